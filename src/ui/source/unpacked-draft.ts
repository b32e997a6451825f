import type { Draft } from '../../workspace/draft.ts'
import type { CassetteView } from '../../workspace/view.ts'

/** Why the source of a file that is no text cannot be typed into. */
export const UNPACKED =
  'Read only here: this file is no text (compressed, or binary), so its content is shown as JSON.'

/**
 * A file that is no text as the JSON that was read from it. It is only looked at: what the panels change arrives with
 * the next reading. Undefined before the first one.
 */
export function unpackedDraft(draft: Draft, view: CassetteView | undefined): Draft | undefined {
  if (view?.document === undefined || view.draftId !== draft.id) return undefined
  return { ...draft, text: view.document.text, revision: view.revision, steps: [], position: 0 }
}
