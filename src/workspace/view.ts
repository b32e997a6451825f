import type { Cassette, Interaction } from '../core/cassette/cassette.ts'
import type { Diagnostic } from '../core/cassette/diagnostic.ts'
import type { Reading } from '../core/open.ts'
import { JsonDocument } from '../core/syntax/json-node.ts'
import type { Draft } from './draft.ts'

/** One reading of one revision, with the text it was read from: what the panels show. */
export interface CassetteView {
  readonly draftId: string
  readonly revision: number
  readonly text: string
  /** The JSON that was read: the text itself, or the file seen as one JSON value. */
  readonly document: JsonDocument | undefined
  readonly cassette: Cassette | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** The text is whole; a view of a broken text shows what stands before the break. */
  readonly sound: boolean
}

/** Binds a reading to the text it is about. */
export function viewOf(draft: Draft, reading: Reading): CassetteView {
  return {
    draftId: draft.id,
    revision: draft.revision,
    text: draft.text,
    document: reading.index && new JsonDocument(reading.projected ?? draft.text, reading.index),
    cassette: reading.cassette,
    diagnostics: reading.diagnostics,
    sound: reading.sound,
  }
}

/** A view that has something to show: an interaction and the document it was read from. */
export interface Shown {
  readonly document: JsonDocument
  readonly interaction: Interaction
  /** Which of the file's interactions it is. */
  readonly position: number
}

/** The interaction at `position`; the last one where there are no longer so many. */
export function shownIn(view: CassetteView | undefined, position = 0): Shown | undefined {
  const interactions = view?.cassette?.interactions ?? []
  const at = Math.max(0, Math.min(position, interactions.length - 1))
  const interaction = interactions[at]
  return view?.document && interaction ? { document: view.document, interaction, position: at } : undefined
}
