import './app.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { copyText } from './platform/clipboard.ts'
import { download, filesOfDrop, filesOfInput, pickFolder } from './platform/files.ts'
import { journalPort, whenLeaving } from './platform/journal/journal-port.ts'
import { libraryPort } from './platform/library/library-client.ts'
import { reviewPort } from './platform/review/review-client.ts'
import { readDisk, save } from './platform/saving.ts'
import { keepSettings, storedSettings } from './platform/settings-storage.ts'
import { tabChannel } from './platform/tab-channel.ts'
import { enterTab, randomId } from './platform/tabs.ts'
import { App } from './ui/app/app.tsx'
import { type Overlay, type Stores, StoresProvider, type TextRange } from './ui/app/deck.ts'
import { byDraft, byDraftIn, forgetClosed } from './workspace/closed.ts'
import type { DiskFiles } from './workspace/disk.ts'
import { createKeeper } from './workspace/keeper.ts'
import { createShelf } from './workspace/library.ts'
import { EMPTY_VIEW } from './workspace/library-view.ts'
import { createPeers } from './workspace/peers.ts'
import { createPlayback } from './workspace/playback.ts'
import type { LinkedChange, ReviewSource } from './workspace/review-port.ts'
import { createSession } from './workspace/session.ts'
import { parseSettings } from './workspace/settings.ts'
import { createStore } from './workspace/store.ts'
import type { TypedFields } from './workspace/typing.ts'

const settings = createStore(parseSettings(storedSettings()))
keepSettings(settings)

const session = createSession()
const handles = new Map<string, FileSystemFileHandle>()
const typing = createStore<TypedFields>(new Map())
// what an earlier visit left behind is asked for before anything is drawn
const keeper = createKeeper({ session, typing, handles, port: journalPort(enterTab()), newKey: randomId })
const peers = createPeers(randomId(), session, tabChannel())
whenLeaving(keeper.flush, peers.leave)

const folders = libraryPort()

const stores: Stores = {
  browser: { filesOfDrop, filesOfInput, pickFolder, download, copyText, save, readDisk },
  session,
  settings,
  playback: createStore(createPlayback(0, settings.get().rate)),
  playheads: new Map(),
  chosen: createStore<ReadonlyMap<string, number>>(new Map()),
  hovered: createStore<number | undefined>(undefined),
  handles,
  typing,
  keeper,
  peers,
  shelf: createShelf(folders),
  libraryPort: folders,
  libraryView: createStore(EMPTY_VIEW),
  selection: createStore<ReadonlySet<string>>(new Set()),
  places: createStore<ReadonlyMap<string, string>>(new Map()),
  lastRow: { at: 0, path: undefined },
  kept: new Set(),
  pasted: createStore(''),
  reviewPort: reviewPort(),
  reviewSource: createStore<ReviewSource | LinkedChange | undefined>(undefined),
  screen: createStore<'deck' | 'library'>('deck'),
  disk: createStore<DiskFiles>(new Map()),
  arrivals: new Map(),
  overlay: createStore<Overlay | undefined>(undefined),
  reveal: createStore<TextRange | undefined>(undefined),
}

const { playheads, arrivals, disk, chosen, places } = stores
forgetClosed(session, [
  ...[handles, playheads, arrivals].map(byDraft),
  byDraftIn(typing),
  byDraftIn(disk),
  byDraftIn(chosen),
  byDraftIn(places),
])

const client = new QueryClient()
// a reading that was put in by hand has no options yet and would be kept for five minutes
client.setQueryDefaults(['reading'], { gcTime: 0 })

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <StoresProvider value={stores}>
        <App />
      </StoresProvider>
    </QueryClientProvider>
  </StrictMode>,
)
