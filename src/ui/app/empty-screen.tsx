import { Folder, GitPullRequest, HardDrive, Link, Play } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../widgets/button.tsx'
import { Brand } from './brand.tsx'
import { useStores } from './deck.ts'
import type { FileDialogs } from './file-inputs.tsx'
import { RejectedFiles } from './problems.tsx'
import { RememberedFolders } from './remembered-folders.tsx'
import { useShortcuts } from './shortcuts.ts'
import { ThemeButton } from './theme-button.tsx'
import type { Opener } from './use-opener.ts'

const noMarkers = (): readonly number[] => []

/** What a newcomer sees: what this is, every way in, and that nothing leaves the browser. */
export function EmptyScreen({
  opener,
  dialogs,
}: {
  readonly opener: Opener
  readonly dialogs: () => FileDialogs | null
}) {
  const stores = useStores()
  const { overlay } = stores
  const actions = useMemo(
    () => ({
      open: () => dialogs()?.pickFiles(),
      save: () => {},
      showInteraction: () => {},
      showCassette: () => {},
    }),
    [dialogs],
  )
  useShortcuts(stores, noMarkers, actions)
  return (
    <div className="hairline-scroll grid h-full grid-rows-[48px_minmax(0,1fr)] overflow-y-auto">
      <header className="flex items-center justify-between px-4">
        <Brand />
        <ThemeButton />
      </header>
      <main className="grid place-items-center px-4 pt-4 pb-24">
        <div className="grid w-full max-w-[640px] gap-6">
          <div className="grid gap-2">
            <h1 className="text-[22px] leading-8 font-semibold tracking-[-0.02em]">
              Open a recorded LLM call
            </h1>
            <p className="max-w-[60ch] text-ink-2">
              See the request as the conversation it is, play the stream chunk by chunk beside the text it
              adds up to, edit it at any of those levels, and save a file in which git shows only what you
              meant to change.
            </p>
          </div>
          <div className="grid gap-4 rounded-lg border border-dashed border-line-2 bg-pane p-6">
            <p className="text-ink-2">
              Drop files, a folder, a zip or a tar.gz anywhere, paste the text of one, or
            </p>
            <div className="flex flex-wrap gap-2">
              <Button tone="main" onClick={() => dialogs()?.pickFiles()}>
                Open
              </Button>
              <Button tone="outline" onClick={() => dialogs()?.pickFolder()}>
                <Folder aria-hidden="true" size={14} /> Folder
              </Button>
              {'showDirectoryPicker' in window && (
                <Button
                  tone="outline"
                  title="Opens a directory with the right to save in place, and remembers it for the next visit"
                  onClick={() => void dialogs()?.pickDirectory()}
                >
                  <HardDrive aria-hidden="true" size={14} /> Working directory
                </Button>
              )}
              <Button tone="outline" onClick={() => overlay.set({ kind: 'open-url' })}>
                <Link aria-hidden="true" size={14} /> From a URL
              </Button>
              <Button tone="outline" onClick={() => void opener.sample()}>
                <Play aria-hidden="true" size={14} /> Open sample
              </Button>
            </div>
            <RememberedFolders opener={opener} />
            <p className="flex flex-wrap items-center gap-x-1.5 border-t pt-3 text-ink-2">
              <GitPullRequest aria-hidden="true" size={14} className="text-ink-3" />A change of many
              recordings:
              <button
                type="button"
                className="text-ink underline underline-offset-2 pointer-coarse:min-h-10"
                onClick={() => opener.review(undefined)}
              >
                review a pull request, a diff, or before and after
              </button>
            </p>
          </div>
          <RejectedFiles />
          <p className="text-sm text-ink-3">
            Nothing leaves this browser: files are read here, and links carry their cassette in the part of
            the address that is never sent. Reads Llama Stack / OGX recordings, vcr.py, Ruby VCR, go-vcr, HAR,
            nock, WireMock, httprr, raw streams and others.
          </p>
        </div>
      </main>
    </div>
  )
}
