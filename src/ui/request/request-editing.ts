import { createContext, use } from 'react'
import type { Conversation } from '../../core/cassette/conversation.ts'
import type { RequestCommand, RequestEdits } from '../../core/cassette/request-edits.ts'
import type { Address } from '../../core/text/address.ts'

/** Changing the request on screen at the level of meaning. */
export interface RequestEditing {
  readonly edits: RequestEdits
  readonly conversation: Conversation
  /** The address of the body. */
  readonly body: Address
  /** Does a command as one named step; what was made or moved gets the focus. Returns why it is refused. */
  run(command: RequestCommand): string | undefined
  /** The same for menus and buttons, where a refusal is said in passing. */
  act(command: RequestCommand): void
  /** Gives the focus to the first of these (values of `data-focus`) that the next reading shows. */
  focusNext(places: readonly string[]): void
  /** Where menus are drawn: inside of the pane's landmark, outside of everything that clips. */
  readonly layer: HTMLElement | null
}

const RequestEditingContext = createContext<RequestEditing | undefined>(undefined)
export const RequestEditingProvider = RequestEditingContext.Provider

/** Undefined where the dialect can only be read. */
export function useRequestEditing(): RequestEditing | undefined {
  return use(RequestEditingContext)
}

/** A menu that closes gives the focus back to its button, unless a command has moved it on already. */
export function keepFocus(event: Event): void {
  const active = document.activeElement
  if (active !== null && active !== document.body && !active.closest('[role="menu"], [role="dialog"]')) {
    event.preventDefault()
  }
}
