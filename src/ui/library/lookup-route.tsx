import { lazy, Suspense } from 'react'
import { decodeFile } from '../../core/file-text.ts'
import type { Library } from '../../workspace/library.ts'
import { useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { applyOffer } from './apply-offer.ts'
import { openEntry } from './open-entry.ts'

const LookUpPage = lazy(async () => ({ default: (await import('../lookup/lookup-page.tsx')).LookUpPage }))

/** "Why was it not found?", with the ways from it to the recordings. */
export function LookUpRoute({ library, opener }: { readonly library: Library; readonly opener: Opener }) {
  const stores = useStores()
  const compare = async (path: string, asked?: string): Promise<void> => {
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
        { name: 'what was asked', text: asked ?? decoded.text },
      ],
    })
  }
  return (
    <Suspense fallback={<p className="p-8 text-ink-3">Loading…</p>}>
      <LookUpPage
        initial={stores.pasted.get()}
        onText={(text) => stores.pasted.set(text)}
        lookUp={(text, signal, progress) => library.asks.lookUp(text, progress, signal)}
        onOpen={(path) => void openEntry(stores, opener, path)}
        onCompare={(path, asked) => void compare(path, asked)}
        onApply={(offer) => applyOffer(stores, opener, offer)}
      />
    </Suspense>
  )
}
