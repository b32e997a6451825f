import { ChevronDown, Code, History, Redo2, Search, Undo2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type Draft, isChanged } from '../../workspace/draft.ts'
import { losesWork } from '../../workspace/typing.ts'
import { Button, IconButton } from '../widgets/button.tsx'
import { MENU, MENU_ITEM } from '../widgets/menu.ts'
import { shortName } from '../widgets/path-words.ts'
import { Brand } from './brand.tsx'
import { useMaybeDeck, useSelect, useSettings, useStores } from './deck.ts'
import { ExportMenu } from './export-menu.tsx'
import type { FileDialogs } from './file-inputs.tsx'
import { ShareButton } from './share-button.tsx'
import { COMMAND } from './shortcuts.ts'
import { ThemeButton } from './theme-button.tsx'
import type { Opener } from './use-opener.ts'

/** What is on the desk, and what can be done with it as a whole. */
export function DeckHeader({
  draft,
  opener,
  dialogs,
}: {
  readonly draft: Draft
  readonly opener: Opener
  readonly dialogs: () => FileDialogs | null
}) {
  const { session, playback, overlay, settings } = useStores()
  const { sourceOpen } = useSettings()
  const playing = useSelect(playback, (value) => value.playing)
  return (
    <header className="col-span-full flex h-12 items-center gap-4 border-b bg-pane px-4 max-md:sticky max-md:top-0 max-md:z-10 max-md:gap-2">
      <Brand playing={playing} compact />
      <div className="flex min-w-0 items-center gap-2 md:ml-6 md:shrink-0">
        <h1 className="recorded max-w-[260px] truncate font-semibold max-md:max-w-[130px]" title={draft.name}>
          {shortName(draft.name)}
        </h1>
        {isChanged(draft) && (
          <button
            type="button"
            title="Show what changed"
            onClick={() => overlay.set({ kind: 'review', draftId: draft.id, save: false })}
            className="flex shrink-0 items-center gap-1.5 rounded px-1 text-sm text-tape-ink hover:underline"
          >
            <i aria-hidden="true" className="size-1.5 rounded-full bg-tape" />
            <span className="max-md:sr-only">edited</span>
          </button>
        )}
      </div>
      <Facts />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <button
          type="button"
          onClick={() => overlay.set({ kind: 'palette' })}
          className="mr-1 flex h-7 w-32 items-center whitespace-nowrap gap-1.5 rounded-md border px-2.5 text-ink-3 hover:text-ink max-lg:hidden"
        >
          <Search aria-hidden="true" size={13} />
          Search
          <kbd className="ml-auto font-sans text-xs">{COMMAND}K</kbd>
        </button>
        <IconButton
          label="Undo"
          disabled={draft.position === 0}
          onClick={() => session.undo(draft.id)}
          title={`Undo ${draft.steps[draft.position - 1]?.label ?? ''}`}
          className="max-sm:hidden"
        >
          <Undo2 aria-hidden="true" size={15} />
        </IconButton>
        <IconButton
          label="Redo"
          disabled={draft.position === draft.steps.length}
          onClick={() => session.redo(draft.id)}
          title={`Redo ${draft.steps[draft.position]?.label ?? ''}`}
          className="max-sm:hidden"
        >
          <Redo2 aria-hidden="true" size={15} />
        </IconButton>
        <HistoryButton draftId={draft.id} />
        <Button
          aria-pressed={sourceOpen}
          onClick={() => settings.update((value) => ({ ...value, sourceOpen: !value.sourceOpen }))}
          className="aria-pressed:bg-sunk aria-pressed:text-ink max-sm:hidden"
        >
          <Code aria-hidden="true" size={14} /> Source
        </Button>
        <Button className="max-sm:hidden" onClick={() => overlay.set({ kind: 'compare' })}>
          Compare
        </Button>
        <OpenMenu opener={opener} dialogs={dialogs} />
        <ShareButton draft={draft} />
        <ExportMenu draft={draft} />
        <span className="max-sm:hidden">
          <ThemeButton />
        </span>
      </div>
    </header>
  )
}

/** Opens the list of steps, and closes it. */
function HistoryButton({ draftId }: { readonly draftId: string }) {
  const { overlay } = useStores()
  const open = useSelect(overlay, (value) => value?.kind === 'history')
  return (
    <IconButton
      label="History"
      title="History (h)"
      data-history=""
      aria-haspopup="dialog"
      aria-expanded={open}
      onClick={() => overlay.set(open ? undefined : { kind: 'history', draftId })}
      className="aria-expanded:bg-sunk aria-expanded:text-ink max-sm:hidden"
    >
      <History aria-hidden="true" size={15} />
    </IconButton>
  )
}

function Facts() {
  const deck = useMaybeDeck()
  if (deck === undefined) return null
  const { interaction, position, view } = deck
  const interactions = view.cassette?.interactions.length ?? 0
  const { stream, request, response } = interaction
  const stops = [...new Set(stream.messages.flatMap(({ stop }) => stop?.reason.value ?? []))]
  const count = stream.chunkNodes.length
  return (
    <ul className="flex min-w-0 gap-3.5 overflow-hidden text-ink-2 max-lg:hidden [&>li]:relative [&>li]:whitespace-nowrap [&>li+li]:before:absolute [&>li+li]:before:top-[5px] [&>li+li]:before:-left-[7px] [&>li+li]:before:h-2.5 [&>li+li]:before:border-l [&>li+li]:before:border-line-2">
      <li data-testid="container" title={view.cassette?.because}>
        {view.cassette?.container}
        {view.cassette?.variant}
      </li>
      <li data-testid="dialect" title={interaction.dialectBecause}>
        {interaction.dialect}
      </li>
      {interactions > 1 && (
        <li>
          interaction {position + 1} of {interactions.toLocaleString('en')}
        </li>
      )}
      {request.model && (
        <li className="min-w-0">
          <span className="block truncate">{request.model.value}</span>
        </li>
      )}
      <li>{response.streaming ? `${count} ${count === 1 ? 'chunk' : 'chunks'}` : 'not streamed'}</li>
      {stops.length > 0 && <li>{stops.join(', ')}</li>}
      {response.exception && <li className="text-error">{response.exception.type}</li>}
    </ul>
  )
}

function OpenMenu({
  opener,
  dialogs,
}: {
  readonly opener: Opener
  readonly dialogs: () => FileDialogs | null
}) {
  const { overlay, settings, session, typing } = useStores()
  const current = useSelect(session.state, (value) => value.drafts.find(({ id }) => id === value.current))
  return (
    <div className="flex items-center">
      <Button className="max-sm:hidden" onClick={() => dialogs()?.pickFiles()}>
        Open
      </Button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton label="More" className="-ml-2">
            <ChevronDown aria-hidden="true" size={13} />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end" sideOffset={4} className={MENU}>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => dialogs()?.pickFiles()}>
            Open files…
          </DropdownMenu.Item>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => dialogs()?.pickFolder()}>
            Open folder…
          </DropdownMenu.Item>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => overlay.set({ kind: 'open-url' })}>
            Open from a URL…
          </DropdownMenu.Item>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => void opener.sample()}>
            Open the sample
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 border-t" />
          {current && (
            <>
              <DropdownMenu.Item
                className={MENU_ITEM}
                disabled={current.position === 0}
                onSelect={() => session.undo(current.id)}
              >
                Undo
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={MENU_ITEM}
                disabled={current.position === current.steps.length}
                onSelect={() => session.redo(current.id)}
              >
                Redo
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={MENU_ITEM}
                onSelect={() => overlay.set({ kind: 'history', draftId: current.id })}
              >
                History…
              </DropdownMenu.Item>
            </>
          )}
          <DropdownMenu.Item
            className={MENU_ITEM}
            onSelect={() => settings.update((value) => ({ ...value, sourceOpen: !value.sourceOpen }))}
          >
            Source on or off
          </DropdownMenu.Item>
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => overlay.set({ kind: 'compare' })}>
            Compare…
          </DropdownMenu.Item>
          {current && (
            <DropdownMenu.Item
              className={MENU_ITEM}
              onSelect={() =>
                losesWork(current, typing.get())
                  ? overlay.set({ kind: 'close-changed', draftId: current.id })
                  : session.close(current.id)
              }
            >
              Close this cassette
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={MENU_ITEM} onSelect={() => overlay.set({ kind: 'shortcuts' })}>
            Keyboard shortcuts
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Root>
    </div>
  )
}
