import { useMemo } from 'react'
import { forgetTyped, noteTyped } from '../../workspace/typing.ts'
import type { TypingMemory } from '../widgets/typing.ts'
import { useStores } from './deck.ts'

/** Fields that are on screen, of all drafts; what else is remembered waits for its field. */
const live = new Set<string>()

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
      note(field) {
        live.add(field.id)
        const { id, label, opened, text } = field
        typing.update((all) => noteTyped(all, draftId, { id, label, opened, text }))
      },
      forget(id) {
        live.delete(id)
        typing.update((all) => forgetTyped(all, draftId, id))
      },
      release: (id) => live.delete(id),
      claim(label, shown) {
        const mine = (typing.get().get(draftId) ?? []).filter(
          (field) => field.label === label && isWaiting(field.id),
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
