import './app.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { copyText } from './platform/clipboard.ts'
import { download, filesOfDrop, filesOfInput, save } from './platform/files.ts'
import { keepSettings, storedSettings } from './platform/settings-storage.ts'
import { App } from './ui/app/app.tsx'
import { type Overlay, type Stores, StoresProvider, type TextRange } from './ui/app/deck.ts'
import { createPlayback } from './workspace/playback.ts'
import { createSession } from './workspace/session.ts'
import { parseSettings } from './workspace/settings.ts'
import { createStore } from './workspace/store.ts'

const settings = createStore(parseSettings(storedSettings()))
keepSettings(settings)

const stores: Stores = {
  browser: { filesOfDrop, filesOfInput, download, copyText, save },
  session: createSession(),
  settings,
  playback: createStore(createPlayback(0, settings.get().rate)),
  playheads: new Map(),
  hovered: createStore<number | undefined>(undefined),
  handles: new Map(),
  arrivals: new Map(),
  overlay: createStore<Overlay | undefined>(undefined),
  reveal: createStore<TextRange | undefined>(undefined),
}

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
