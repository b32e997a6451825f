import { FolderOpen, RefreshCw, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useCallback } from 'react'
import { LIBRARY_PAGES, type LibraryPage, type LibraryView } from '../../workspace/library-view.ts'
import { Brand } from '../app/brand.tsx'
import { useStores } from '../app/deck.ts'
import { DialogLayer } from '../app/dialog-layer.tsx'
import { ErrorBoundary } from '../app/error-boundary.tsx'
import type { FileDialogs } from '../app/file-inputs.tsx'
import { RejectedFiles } from '../app/problems.tsx'
import { RememberedFolders } from '../app/remembered-folders.tsx'
import { ThemeButton } from '../app/theme-button.tsx'
import type { Opener } from '../app/use-opener.ts'
import { Button, IconButton } from '../widgets/button.tsx'
import { BackToDeck } from './back-to-deck.tsx'
import { HealthRoute } from './health-route.tsx'
import { LibraryNotes } from './library-notes.tsx'
import { LibraryProgressBar } from './library-progress.tsx'
import { LoadingPage } from './loading-page.tsx'
import { LookUpRoute } from './lookup-route.tsx'
import { NumbersRoute } from './numbers-route.tsx'
import { RecordingsPage } from './recordings-page.tsx'
import { useLibrary, useLibraryView } from './use-library.ts'
import { useLibraryKeys } from './use-library-keys.ts'

const ReviewRoute = lazy(async () => ({ default: (await import('./review-route.tsx')).ReviewRoute }))

const TITLES: Readonly<Record<LibraryPage, string>> = {
  recordings: 'Recordings',
  numbers: 'Numbers',
  health: 'Check',
  lookup: 'Not found?',
  review: 'Review a change',
}

/** A folder of recordings on the whole page: the list, what it adds up to, what is wrong with it, what changed. */
export function LibraryScreen({
  opener,
  dialogs,
}: {
  readonly opener: Opener
  readonly dialogs: () => FileDialogs | null
}) {
  const stores = useStores()
  const { shelf, libraryView } = stores
  const library = useLibrary()
  const view = useLibraryView()
  const onView = useCallback(
    (change: Partial<LibraryView>) => libraryView.update((before) => ({ ...before, ...change })),
    [libraryView],
  )
  useLibraryKeys(stores, dialogs)
  return (
    <Tabs.Root
      value={view.page}
      onValueChange={(page) => onView({ page: page as LibraryPage })}
      activationMode="manual"
      className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)]"
    >
      <header className="flex min-h-12 items-center gap-4 border-b bg-pane px-4 max-md:flex-wrap max-md:gap-x-2">
        <Brand compact />
        <h1 className="min-w-0 truncate font-semibold md:ml-6" title={library?.name}>
          {library?.name ?? 'No folder is open'}
        </h1>
        <Tabs.List
          aria-label="Library pages"
          className="flex h-12 min-w-0 gap-4 max-md:order-last max-md:h-9 max-md:w-full max-md:overflow-x-auto"
        >
          {LIBRARY_PAGES.map((page) => (
            <Tabs.Trigger
              key={page}
              value={page}
              className="-mx-1.5 -mb-px border-b-2 border-transparent px-1.5 whitespace-nowrap text-ink-2 focus-visible:-outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-[550] data-[state=active]:text-ink"
            >
              {TITLES[page]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <BackToDeck />
          {library && (
            <>
              <IconButton
                label="Look again at the folder"
                disabled={library.status === 'reading'}
                onClick={() => shelf.refresh()}
              >
                <RefreshCw aria-hidden="true" size={14} />
              </IconButton>
              <IconButton
                label="Close the folder"
                onClick={() => {
                  shelf.close()
                  stores.screen.set('deck')
                  // the button is gone with the folder
                  requestAnimationFrame(() => {
                    if (document.activeElement === document.body)
                      document.querySelector<HTMLElement>('main button, header button')?.focus()
                  })
                }}
              >
                <X aria-hidden="true" size={15} />
              </IconButton>
            </>
          )}
          <Button onClick={() => dialogs()?.pickFiles()} className="max-sm:hidden">
            Open
          </Button>
          <Button onClick={() => dialogs()?.pickFolder()}>
            <FolderOpen aria-hidden="true" size={14} /> <span className="max-sm:sr-only">Open folder</span>
          </Button>
          <ThemeButton />
        </div>
      </header>
      <div>
        <RejectedFiles />
        {library && <LibraryProgressBar library={library} />}
        {library && <LibraryNotes key={library.id} library={library} />}
      </div>
      <main className="grid min-h-0 min-w-0">
        <ErrorBoundary name={TITLES[view.page]} key={view.page}>
          <Page page="recordings">
            {library ? (
              <RecordingsPage
                key={library.id}
                library={library}
                view={view}
                opener={opener}
                onView={onView}
              />
            ) : (
              <NoFolder dialogs={dialogs} opener={opener} query={view.query} />
            )}
          </Page>
          <Page page="numbers">
            {library ? (
              <NumbersRoute library={library} view={view} opener={opener} onView={onView} />
            ) : (
              <NoFolder dialogs={dialogs} opener={opener} query="" />
            )}
          </Page>
          <Page page="health">
            {library ? (
              <HealthRoute library={library} opener={opener} />
            ) : (
              <NoFolder dialogs={dialogs} opener={opener} query="" />
            )}
          </Page>
          <Page page="lookup">
            {library ? (
              <LookUpRoute library={library} opener={opener} />
            ) : (
              <NoFolder dialogs={dialogs} opener={opener} query="" />
            )}
          </Page>
          <Page page="review">
            <Suspense fallback={<LoadingPage />}>
              <ReviewRoute opener={opener} />
            </Suspense>
          </Page>
        </ErrorBoundary>
      </main>
      <DialogLayer opener={opener} />
    </Tabs.Root>
  )
}

function Page({ page, children }: { readonly page: LibraryPage; readonly children: ReactNode }) {
  return (
    <Tabs.Content value={page} tabIndex={-1} className="grid min-h-0 min-w-0 outline-none">
      {children}
    </Tabs.Content>
  )
}

function NoFolder({
  dialogs,
  opener,
  query,
}: {
  readonly dialogs: () => FileDialogs | null
  readonly opener: Opener
  readonly query: string
}) {
  return (
    <div className="grid place-items-center p-8">
      <div className="grid max-w-[440px] justify-items-center gap-4 text-center">
        <p className="text-ink-2">
          {query === ''
            ? 'Open a folder of recordings, a zip or a tar.gz, or drop one anywhere. It is read here; nothing leaves this browser.'
            : 'This link searches a folder of recordings. Open the folder that it is about, and the search is made in it:'}
        </p>
        {query !== '' && <p className="recorded break-all">{query}</p>}
        <Button tone="main" onClick={() => dialogs()?.pickFolder()}>
          Open folder
        </Button>
        <RememberedFolders opener={opener} />
      </div>
    </div>
  )
}
