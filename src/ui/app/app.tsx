import { X } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { IconButton } from '../widgets/button.tsx'
import { TypingProvider } from '../widgets/typing.ts'
import { useSelect, useStores } from './deck.ts'
import { DialogLayer, loadDialogs } from './dialog-layer.tsx'
import { DropZone } from './drop-zone.tsx'
import { EmptyScreen } from './empty-screen.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { type FileDialogs, FileInputs } from './file-inputs.tsx'
import { dismissNotice, notices } from './notices.ts'
import { useLinks, usePaste, useSaveAllKey, useUnloadGuard } from './use-arrivals.ts'
import { useDiskWatch } from './use-disk-watch.ts'
import { useLibraryAddress } from './use-library-address.ts'
import { useOpener } from './use-opener.ts'
import { useTypingOf } from './use-typing.ts'
import { useWayBack } from './use-way-back.ts'

const loadDeckScreen = () => import('./deck-screen.tsx')
const DeckScreen = lazy(async () => ({ default: (await loadDeckScreen()).DeckScreen }))

const loadLibraryScreen = () => import('../library/library-screen.tsx')
const LibraryScreen = lazy(async () => ({ default: (await loadLibraryScreen()).LibraryScreen }))

const WorkNotices = lazy(async () => ({ default: (await import('./work-notices.tsx')).WorkNotices }))

/** The whole page: the empty screen, or the cassette on the desk. */
export function App() {
  const stores = useStores()
  const opener = useOpener()
  const draft = useSelect(stores.session.state, (value) =>
    value.drafts.find(({ id }) => id === value.current),
  )
  const inputs = useRef<FileDialogs>(null)
  const dialogs = useCallback(() => inputs.current, [])
  useLinks(opener)
  usePaste(opener)
  useUnloadGuard()
  useSaveAllKey()
  useDiskWatch()
  const isStarting = useStarting()
  const typing = useTypingOf(draft?.id)
  const shelved = useSelect(stores.shelf.library, (value) => value?.name)
  const wanted = useSelect(stores.screen, (value) => value)
  const isLibrary = wanted === 'library' || (draft === undefined && shelved !== undefined)
  useLibraryAddress(stores)
  useWayBack(stores)
  useEffect(() => {
    // fetched while the person looks for a file, so that opening one does not wait for it
    void loadDeckScreen()
    void loadDialogs()
  }, [])
  useEffect(() => {
    const name = isLibrary ? shelved : draft?.name
    document.title = name ? `${name} · Cassette Deck` : 'Cassette Deck'
  }, [draft, isLibrary, shelved])
  const body = useMemo(
    () =>
      isLibrary ? (
        <Suspense fallback={<OpeningScreen />}>
          <LibraryScreen opener={opener} dialogs={dialogs} />
        </Suspense>
      ) : draft ? (
        <TypingProvider value={typing}>
          <Suspense fallback={<OpeningScreen />}>
            <DeckScreen draft={draft} opener={opener} dialogs={dialogs} />
          </Suspense>
        </TypingProvider>
      ) : isStarting ? null : (
        <>
          <EmptyScreen opener={opener} dialogs={dialogs} />
          <LostWork />
        </>
      ),
    [isLibrary, draft, opener, dialogs, typing, isStarting],
  )
  return (
    <ErrorBoundary name="Cassette Deck">
      {body}
      <FileInputs ref={inputs} opener={opener} />
      <DropZone opener={opener} />
      {draft === undefined && !isLibrary && <DialogLayer opener={opener} />}
      <Notices />
    </ErrorBoundary>
  )
}

/** With no cassette open there is only one thing to say: that one could not be brought back. */
function LostWork() {
  const { keeper } = useStores()
  const isLost = useSelect(keeper.recovered, ({ lost }) => lost.length > 0)
  if (!isLost) return null
  return (
    <div className="fixed inset-x-0 top-12">
      <Suspense>
        <WorkNotices draftId={undefined} />
      </Suspense>
    </div>
  )
}

/** Milliseconds; what an earlier visit left is there in a few dozen, and then no empty screen has to flash by. */
const START = 300

function useStarting(): boolean {
  const { keeper } = useStores()
  const isReading = useSelect(keeper.status, ({ kind }) => kind === 'starting')
  const [patient, setPatient] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), START)
    return () => clearTimeout(timer)
  }, [])
  return isReading && patient
}

function Notices() {
  const shown = useSelect(notices, (value) => value)
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-32 z-50 grid justify-items-center gap-2 px-4"
    >
      {shown.map(({ id, text, tone }) => (
        <p
          key={id}
          className={`pointer-events-auto flex items-center gap-2 rounded-lg border border-line-2 bg-pane py-1.5 pr-1.5 pl-4 shadow-lg ${tone === 'error' ? 'text-error' : ''}`}
        >
          {text}
          <IconButton label="Dismiss" onClick={() => dismissNotice(id)}>
            <X aria-hidden="true" size={13} />
          </IconButton>
        </p>
      ))}
    </div>
  )
}

/** While a screen's code is on its way; a landmark like the screen that takes its place. */
function OpeningScreen() {
  return (
    <main className="grid h-full place-items-center">
      <p className="text-ink-3">Opening…</p>
    </main>
  )
}
