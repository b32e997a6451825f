import { lazy, Suspense } from 'react'
import { decodeFile } from '../../core/file-text.ts'
import type { LookUpCandidate, OfferedEdit } from '../../core/lookup/answer.ts'
import { requestEdits } from '../../core/lookup/apply-offer.ts'
import { JsonDocument } from '../../core/syntax/json-node.ts'
import { applyEdits, EditError } from '../../core/text/edit.ts'
import type { Library } from '../../workspace/library.ts'
import { useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { applyOffer } from './apply-offer.ts'
import { LoadingPage } from './loading-page.tsx'
import { openEntry } from './open-entry.ts'

const LookUpPage = lazy(async () => ({ default: (await import('../lookup/lookup-page.tsx')).LookUpPage }))

/** "Why was it not found?", with the ways from it to the recordings. */
export function LookUpRoute({ library, opener }: { readonly library: Library; readonly opener: Opener }) {
  const stores = useStores()
  const compare = async ({ path, edits }: LookUpCandidate, asked: string): Promise<void> => {
    const bytes = await library.asks.read(path)
    const decoded = 'problem' in bytes ? undefined : decodeFile(bytes)
    if (decoded === undefined || 'problem' in decoded) {
      notify(`${path} could not be read.`, 'error')
      return
    }
    stores.overlay.set({
      kind: 'compare',
      sources: [
        { name: path, text: decoded.text },
        { name: 'what was asked', text: askedAs(decoded.text, edits) ?? asked },
      ],
    })
  }
  return (
    <Suspense fallback={<LoadingPage />}>
      <LookUpPage
        initial={stores.pasted.get()}
        onText={(text) => stores.pasted.set(text)}
        lookUp={(text, signal, progress) => library.asks.lookUp(text, progress, signal)}
        onOpen={(path) => void openEntry(stores, opener, path)}
        onCompare={(candidate, asked) => void compare(candidate, asked)}
        onApply={(offer) => applyOffer(stores, opener, offer)}
      />
    </Suspense>
  )
}

/** What was asked as a recording with the same answer, so that nothing but the requests differ. */
function askedAs(text: string, edits: readonly OfferedEdit[] | undefined): string | undefined {
  if (edits === undefined) return undefined
  try {
    return applyEdits(text, requestEdits(JsonDocument.of(text), edits))
  } catch (error) {
    // the file is another one by now
    if (error instanceof EditError) return undefined
    throw error
  }
}
