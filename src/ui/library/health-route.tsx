import { lazy, Suspense } from 'react'
import type { Library } from '../../workspace/library.ts'
import { useStores } from '../app/deck.ts'
import type { Opener } from '../app/use-opener.ts'
import { applyOffers } from './apply-offer.ts'
import { compareEntries } from './compare-entries.ts'
import { LoadingPage } from './loading-page.tsx'
import { openEntry } from './open-entry.ts'

const HealthPage = lazy(async () => ({ default: (await import('../health/health-page.tsx')).HealthPage }))

/** The check of the folder, with the ways from it to the recordings. */
export function HealthRoute({ library, opener }: { readonly library: Library; readonly opener: Opener }) {
  const stores = useStores()
  return (
    <Suspense fallback={<LoadingPage />}>
      <HealthPage
        library={library}
        onOpen={(path) => void openEntry(stores, opener, path)}
        onRename={(offers) => applyOffers(stores, opener, offers)}
        onCompare={(one, other) => void compareEntries(stores, library, one, other)}
      />
    </Suspense>
  )
}
