import { lazy, Suspense } from 'react'
import type { Library } from '../../workspace/library.ts'
import type { LibraryView } from '../../workspace/library-view.ts'
import { useStores } from '../app/deck.ts'
import type { Opener } from '../app/use-opener.ts'
import { LoadingPage } from './loading-page.tsx'
import { openEntry } from './open-entry.ts'

const NumbersPage = lazy(async () => ({ default: (await import('../numbers/numbers-page.tsx')).NumbersPage }))

/** The page of numbers, with the ways from it to the list. */
export function NumbersRoute({
  library,
  view,
  opener,
  onView,
}: {
  readonly library: Library
  readonly view: LibraryView
  readonly opener: Opener
  onView(change: Partial<LibraryView>): void
}) {
  const stores = useStores()
  return (
    <Suspense fallback={<LoadingPage />}>
      <NumbersPage
        library={library}
        query={view.query}
        onQuery={(query) => onView({ query, page: 'recordings' })}
        onOpen={(path) => void openEntry(stores, opener, path)}
      />
    </Suspense>
  )
}
