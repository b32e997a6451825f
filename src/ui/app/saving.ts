import { encodeFile } from '../../core/open.ts'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import type { Stores } from './deck.ts'
import { notify } from './notices.ts'

/** The draft as the bytes of its file. */
function bytesOf(draft: Draft): Uint8Array {
  return encodeFile({ text: draft.text, bom: draft.base.bom })
}

/** Downloads the cassette under its own name. */
export function downloadDraft({ browser }: Stores, draft: Draft): void {
  browser.download(draft.name, bytesOf(draft))
}

/** Copies the cassette's text, to the letter. */
export async function copyDraft({ browser }: Stores, draft: Draft): Promise<void> {
  if (await browser.copyText(draft.text)) notify('Copied the whole file.')
  else notify('The browser did not allow copying. Download the file instead.', 'error')
}

/** Saving shows what changed first; an unchanged cassette has nothing to save. */
export function askToSave(stores: Stores, draft: Draft): void {
  if (isChanged(draft)) stores.overlay.set({ kind: 'review', draftId: draft.id, save: true })
  else notify('Nothing was changed; the file is as it was.')
}

/** Where a draft is written: to its own file if that is as it was opened, to it in any case, or to another one. */
export type SaveTo = 'own' | 'own-whatever-it-holds' | 'other'

/** Writes the draft to its file, or to one the person chooses where it has none yet. */
export async function saveDraft(stores: Stores, draft: Draft, to: SaveTo = 'own'): Promise<void> {
  const { browser, handles, session, overlay } = stores
  const expected = to === 'own' ? encodeFile(draft.base) : undefined
  const handle = to === 'other' ? undefined : handles.get(draft.id)
  const outcome = await browser.save(draft.name, bytesOf(draft), handle, expected)
  switch (outcome.kind) {
    case 'saved':
      handles.set(draft.id, outcome.handle)
      session.saved(draft.id, { text: draft.text, bom: draft.base.bom }, draft.name)
      notify(`Saved ${outcome.handle.name}.`)
      break
    case 'changed-on-disk':
      overlay.set({ kind: 'disk-changed', draftId: draft.id, handle: outcome.handle })
      break
    case 'unsupported':
      downloadDraft(stores, draft)
      notify('This browser cannot write files in place; the file was downloaded instead.')
      break
    case 'failed':
      notify(`Not saved: ${outcome.reason} The file on disk is as it was.`, 'error')
      break
    case 'cancelled':
      break
    default:
      outcome satisfies never
  }
}
