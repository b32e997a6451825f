import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Conversation } from '../../core/cassette/conversation.ts'
import type { RequestCommand } from '../../core/cassette/request-edits.ts'
import { commandLabel } from '../../core/cassette/request-labels.ts'
import { dialectOf } from '../../core/dialects/index.ts'
import type { CassetteView } from '../../workspace/view.ts'
import { useDeck } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import { focusAfter } from './focus-after.ts'
import type { RequestEditing } from './request-editing.ts'

interface Waiting {
  /** What was shown when the command was given. */
  readonly view: CassetteView
  places(after: Conversation): readonly string[]
}

/** What can be done to the request on screen; undefined where its dialect can only be read. */
export function useRequestEditingValue(): {
  readonly editing: RequestEditing | undefined
  setLayer(element: HTMLElement | null): void
} {
  const { edit, interaction, view } = useDeck()
  const { conversation } = interaction
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  /** Who gets the focus when another revision is shown than the one that was changed. */
  const waiting = useRef<Waiting>(undefined)

  useLayoutEffect(() => {
    const next = waiting.current
    if (next === undefined || next.view === view || layer === null) return
    waiting.current = undefined
    if (next.view.draftId !== view.draftId) return
    for (const place of next.places(conversation)) if (giveFocus(layer.parentElement, place)) return
  }, [view, conversation, layer])

  const editing = useMemo((): RequestEditing | undefined => {
    const { requestEdits: edits } = dialectOf(interaction.dialect)
    const body = conversation.at
    if (edits === undefined || body === undefined) return undefined
    const run = (command: RequestCommand): string | undefined => {
      const refusal = edit(commandLabel(conversation, command), (document) =>
        edits.plan(document, body, command),
      )
      if (refusal === undefined) {
        waiting.current = { view, places: (after) => focusAfter(command, after) }
      }
      return refusal
    }
    return {
      edits,
      conversation,
      body,
      run,
      act(command) {
        const refusal = run(command)
        if (refusal !== undefined) notify(refusal, 'error')
      },
      focusNext(places) {
        waiting.current = { view, places: () => places }
      },
      layer,
    }
  }, [edit, interaction.dialect, conversation, view, layer])
  return { editing, setLayer }
}

/** The element of that name, or the first control in it. */
function giveFocus(pane: HTMLElement | null, place: string): boolean {
  const found = pane?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(place)}"]`)
  const control = found?.matches('button, input')
    ? found
    : found?.querySelector<HTMLElement>('button, input, [role="combobox"]')
  if (!control) return false
  // a hidden editor's field closes when it loses the focus: that is the wish here
  control.focus({ preventScroll: true })
  control.scrollIntoView({ block: 'nearest' })
  return true
}
