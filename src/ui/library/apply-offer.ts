import type { Offer } from '../../core/lookup/answer.ts'
import { editsOfOffer } from '../../core/lookup/apply-offer.ts'
import { openRead } from '../../queries/opening.ts'
import type { Stores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { nameOfPath } from '../widgets/path-words.ts'
import { draftOf, openEntry } from './open-entry.ts'

/**
 * Does what was offered for a recording that was not found, as one step that can be undone, in the recording on the
 * desk; of a copy, in a new one, which is saved where the person says: `offer.to` is told. Returns why not, as a
 * sentence, or undefined.
 */
export async function applyOffer(stores: Stores, opener: Opener, offer: Offer): Promise<string | undefined> {
  const id =
    offer.kind === 'copy'
      ? await openCopy(stores, opener, offer.path)
      : await openEntry(stores, opener, offer.path).then(() => draftOf(stores, offer.path))
  const draft = stores.session.state.get().drafts.find((one) => one.id === id)
  if (draft === undefined) return `${offer.path} could not be opened.`
  try {
    const outcome = stores.session.commit(draft.id, {
      label: offer.kind === 'rename' ? 'Rename to match the request' : 'Edit the request to match',
      edits: editsOfOffer(draft.text, offer),
      revision: draft.revision,
      name: nameOfPath(offer.to),
    })
    if (!outcome.ok) return outcome.reason
    if (offer.kind === 'copy') notify(`Save the copy as ${offer.to}.`)
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : 'This cannot be changed.'
  }
}

async function openCopy(stores: Stores, opener: Opener, path: string): Promise<string | undefined> {
  const bytes = await stores.shelf.library.get()?.asks.read(path)
  if (bytes === undefined || 'problem' in bytes) return undefined
  const { drafts } = await openRead(nameOfPath(path), bytes, undefined)
  return opener.add(drafts)[0]
}

/** Several, one after the other; what was done stays done where one of them cannot be. */
export async function applyOffers(
  stores: Stores,
  opener: Opener,
  offers: readonly Offer[],
): Promise<string | undefined> {
  let done = 0
  for (const offer of offers) {
    const reason = await applyOffer(stores, opener, offer)
    if (reason !== undefined) {
      return done === 0 ? reason : `${done} of ${offers.length} were renamed. ${reason}`
    }
    done++
  }
  if (done > 1)
    notify(`${done} recordings have their new names. Save them to write them; each can be undone.`)
  return undefined
}
