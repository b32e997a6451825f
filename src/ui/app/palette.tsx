import { Command } from 'cmdk'
import { useState } from 'react'
import { isChanged } from '../../workspace/draft.ts'
import { chunksArrived, pause, seek, togglePlay } from '../../workspace/playback.ts'
import { chooseNeighbour } from '../interactions/choose.ts'
import { useMaybeDeck, useSelect, useStores } from './deck.ts'
import { findInCassette } from './find.ts'
import { askToSave, copyDraft, downloadDraft, downloadZip, saveAllChanged } from './saving.ts'
import type { Opener } from './use-opener.ts'

const ITEM =
  'flex cursor-pointer items-baseline justify-between gap-4 rounded px-2 py-1.5 data-[selected=true]:bg-sunk'
const HEADING =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3'

/** Everything by name: what can be done, the open cassettes, and the words of the one on screen. */
export function Palette({ opener, close }: { readonly opener: Opener; close(): void }) {
  const stores = useStores()
  const { session, settings, playback, overlay } = stores
  const [query, setQuery] = useState('')
  const drafts = useSelect(session.state, (value) => value.drafts)
  const current = drafts.find(({ id }) => id === session.state.get().current)
  const deck = useMaybeDeck()
  const found = deck && query.trim().length > 1 ? findInCassette(deck.interaction, query.trim()) : []
  const interactions = deck?.view.cassette?.interactions.length ?? 0
  const run = (action: () => void) => () => {
    close()
    action()
  }
  const commands: readonly (readonly [name: string, action: () => void])[] = [
    ['Play or pause', () => playback.update(togglePlay)],
    ['Restart', () => playback.update((value) => seek(pause(value), 0))],
    ['Go to the end', () => playback.update((value) => seek(pause(value), value.count))],
    ['Source on or off', () => settings.update((value) => ({ ...value, sourceOpen: !value.sourceOpen }))],
    [
      'Show what is to come while playing',
      () => settings.update((value) => ({ ...value, showAhead: !value.showAhead })),
    ],
    ['Open the sample', () => void opener.sample()],
    ['Open from a URL', () => overlay.set({ kind: 'open-url' })],
    ...(interactions > 1 && deck
      ? ([
          ['Next interaction', () => chooseNeighbour(stores, deck.draft.id, interactions, 1)],
          ['Previous interaction', () => chooseNeighbour(stores, deck.draft.id, interactions, -1)],
        ] as const)
      : []),
    ['Compare', () => overlay.set({ kind: 'compare' })],
    ['Keyboard shortcuts', () => overlay.set({ kind: 'shortcuts' })],
    ...(['light', 'dark', 'system'] as const).map(
      (theme) => [`Theme: ${theme}`, () => settings.update((value) => ({ ...value, theme }))] as const,
    ),
    ...(deck && deck.interaction.stream.tracks.length > 0
      ? [
          [
            'Replace the whole text',
            () => overlay.set({ kind: 'stream', task: { kind: 'replace', track: 0 } }),
          ] as const,
        ]
      : []),
    ...(current
      ? ([
          ['Download', () => downloadDraft(stores, current)],
          ['Copy the whole file', () => void copyDraft(stores, current)],
          ['Save', () => askToSave(stores, current)],
          ['Save all changed', () => void saveAllChanged(stores)],
          ['Download a zip of the changed', () => void downloadZip(stores, drafts.filter(isChanged))],
          [
            'Replace the whole text',
            () => overlay.set({ kind: 'stream', task: { kind: 'replace', track: 0 } }),
          ],
          ['History', () => overlay.set({ kind: 'history', draftId: current.id })],
          ...(isChanged(current)
            ? ([
                ['What changed', () => overlay.set({ kind: 'review', draftId: current.id, save: false })],
              ] as const)
            : []),
          ['Undo', () => session.undo(current.id)],
          ['Redo', () => session.redo(current.id)],
        ] as const)
      : []),
  ]
  return (
    <Command label="Everything by name" className="grid gap-2">
      <Command.Input
        autoFocus
        value={query}
        onValueChange={setQuery}
        placeholder="A command, a cassette, or words to find"
        className="h-9 border-b bg-transparent px-2 text-lg outline-none placeholder:text-ink-3"
      />
      <Command.List className={`hairline-scroll max-h-[50vh] overflow-y-auto ${HEADING}`}>
        <Command.Empty className="px-2 py-3 text-ink-3">Nothing by that name.</Command.Empty>
        {found.length > 0 && (
          <Command.Group heading="In this cassette" forceMount>
            {found.map((hit) => (
              <Command.Item
                key={hit.key}
                value={`${hit.key} ${query}`}
                forceMount
                className={ITEM}
                onSelect={run(() => {
                  if (hit.chunk === undefined) hit.reveal?.()
                  else {
                    const position = hit.chunk + 1
                    playback.update((value) =>
                      chunksArrived(value) === position ? value : pause(seek(value, position)),
                    )
                  }
                })}
              >
                <span className="min-w-0 truncate">
                  {hit.before}
                  <mark className="bg-tape-wash text-tape-ink">{hit.match}</mark>
                  {hit.after}
                </span>
                <span className="shrink-0 text-sm text-ink-3">{hit.where}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {drafts.length > 1 && (
          <Command.Group heading="Cassettes">
            {drafts.slice(0, 500).map(({ id, name }) => (
              <Command.Item
                key={id}
                value={`${name} ${id}`}
                className={ITEM}
                onSelect={run(() => session.show(id))}
              >
                <span className="recorded truncate">{name}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Commands">
          {commands.map(([name, action]) => (
            <Command.Item key={name} value={name} className={ITEM} onSelect={run(action)}>
              {name}
            </Command.Item>
          ))}
        </Command.Group>
      </Command.List>
    </Command>
  )
}
