import { useMemo } from 'react'
import { forgetTyped, noteTyped } from '../../workspace/typing.ts'
import type { TypingMemory } from '../widgets/typing.ts'
import { useStores } from './deck.ts'

/** Fields that are on screen, of all drafts; what else is remembered waits for its field. */
const live = new Set<string>()

/** How many fields of a label that show the same text are on screen. */
const alike = new Map<string, number>()

function kindOf(label: string, shown: string): string {
  return `${label}\n${shown}`
}

/** Whether a typed text waits for a field that shows what it was typed into. */
export function isWaiting(fieldId: string): boolean {
  return !live.has(fieldId)
}

/** Keeps what stands in the open fields of one draft, for the journal and for fields that come back. */
export function useTypingOf(draftId: string | undefined): TypingMemory | undefined {
  const { typing } = useStores()
  return useMemo(() => {
    if (draftId === undefined) return undefined
    return {
      enter(label, shown) {
        const kind = kindOf(label, shown)
        alike.set(kind, (alike.get(kind) ?? 0) + 1)
        return () => {
          const left = (alike.get(kind) ?? 0) - 1
          if (left > 0) alike.set(kind, left)
          else alike.delete(kind)
        }
      },
      note(field) {
        live.add(field.id)
        const { id, label, opened, text } = field
        const isShared = (alike.get(kindOf(label, opened)) ?? 0) > 1
        const typed = { id, label, opened, text, ...(isShared && { shared: true as const }) }
        typing.update((all) => noteTyped(all, draftId, typed))
      },
      forget(id) {
        live.delete(id)
        typing.update((all) => forgetTyped(all, draftId, id))
      },
      release: (id) => live.delete(id),
      claim(label, shown) {
        const mine = (typing.get().get(draftId) ?? []).filter(
          // the wrong one would take it over: it is shown to be copied instead
          (field) => field.label === label && !field.shared && isWaiting(field.id),
        )
        const fitting = mine.find(({ opened }) => opened === shown)
        if (fitting !== undefined) {
          live.add(fitting.id)
          return fitting
        }
        // it has been committed after all: the page went away between the commit and the next write
        const done = mine.find(({ text }) => text === shown)
        if (done !== undefined) typing.update((all) => forgetTyped(all, draftId, done.id))
        return undefined
      },
    }
  }, [typing, draftId])
}
