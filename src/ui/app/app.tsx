import { X } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react'
import { IconButton } from '../widgets/button.tsx'
import { useSelect, useStores } from './deck.ts'
import { DialogLayer, loadDialogs } from './dialog-layer.tsx'
import { DropZone } from './drop-zone.tsx'
import { EmptyScreen } from './empty-screen.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { type FileDialogs, FileInputs } from './file-inputs.tsx'
import { dismissNotice, notices } from './notices.ts'
import { useLinks, usePaste, useUnloadGuard } from './use-arrivals.ts'
import { useOpener } from './use-opener.ts'

const loadDeckScreen = () => import('./deck-screen.tsx')
const DeckScreen = lazy(async () => ({ default: (await loadDeckScreen()).DeckScreen }))

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
  useEffect(() => {
    // fetched while the person looks for a file, so that opening one does not wait for it
    void loadDeckScreen()
    void loadDialogs()
  }, [])
  useEffect(() => {
    document.title = draft ? `${draft.name} · Cassette Deck` : 'Cassette Deck'
  }, [draft])
  const body = useMemo(
    () =>
      draft ? (
        <Suspense fallback={<p className="grid h-full place-items-center text-ink-3">Opening…</p>}>
          <DeckScreen draft={draft} opener={opener} dialogs={dialogs} />
        </Suspense>
      ) : (
        <EmptyScreen opener={opener} dialogs={dialogs} />
      ),
    [draft, opener, dialogs],
  )
  return (
    <ErrorBoundary name="Cassette Deck">
      {body}
      <FileInputs ref={inputs} opener={opener} />
      <DropZone opener={opener} />
      {draft === undefined && <DialogLayer opener={opener} />}
      <Notices />
    </ErrorBoundary>
  )
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
