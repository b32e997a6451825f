import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { hasChunkList } from '../../core/edits/recording.ts'
import { pause, seek } from '../../workspace/playback.ts'
import { useDeck, useSelect, useStores } from '../app/deck.ts'
import { Pane } from '../widgets/pane.tsx'
import { Segmented } from '../widgets/segmented.tsx'
import { ChunkMenu, type MenuAt } from './chunk-menu.tsx'
import { ChunkRow } from './chunk-row.tsx'
import { useReadablePosition } from './readable-position.ts'
import { SameInAll } from './same-in-all.tsx'
import { deleteCommand, moveCommand, type StreamCommand } from './stream-commands.ts'
import { useRecording, useStreamCommand } from './use-stream-command.ts'
import { useUnfolded } from './use-unfolded.ts'

type RowView = 'delta' | 'json'

const ROW_VIEWS: readonly { readonly value: RowView; readonly label: string }[] = [
  { value: 'delta', label: 'Delta' },
  { value: 'json', label: 'JSON' },
]

/** All chunks, one row each, tied to the playhead both ways. */
export function ChunkList() {
  const { draft, document, interaction, editable } = useDeck()
  const { playback, hovered } = useStores()
  const [view, setView] = useState<RowView>('delta')
  const recording = useRecording()
  const [unfolded, setUnfolded] = useUnfolded(recording, draft.id)
  const [menu, setMenu] = useState<MenuAt>()
  const run = useStreamCommand()
  const list = useRef<VListHandle>(null)
  const frame = useRef<HTMLDivElement>(null)
  const count = interaction.stream.chunkNodes.length
  const numbers = useMemo(() => chunkNumbers(count), [count])
  const current = useReadablePosition() - 1
  const tabbable = Math.max(0, current)
  // what was typed into a row, and the row that Tab reaches, must not go when they are scrolled out
  const kept = useMemo(() => [tabbable, ...unfolded], [tabbable, unfolded])
  const complete = useSelect(playback, (value) => value.position >= value.count)
  const pointed = useSelect(hovered, (value) => value)

  useFollow(list, current, complete)
  const focusLater = useFocusAfterChange(frame, document)
  /** The row that an arrow has asked for and that has no focus yet. */
  const aimed = useRef<number>(undefined)

  const onSeek = useCallback(
    (index: number) => playback.update((value) => pause(seek(value, index + 1))),
    [playback],
  )
  const onHover = useCallback((index: number | undefined) => hovered.set(index), [hovered])
  const onToggle = useCallback(
    (index: number) =>
      setUnfolded((known) => {
        const next = new Set(known)
        if (!next.delete(index)) next.add(index)
        return next
      }),
    [setUnfolded],
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const at = headOf(event.target)
    if (at === undefined) return
    const command = editable && hasChunkList(recording) ? commandOf(event, at, by) : undefined
    if (command !== undefined) {
      event.preventDefault()
      if (run(command)) focusLater(command)
    } else if (by !== 0 && !event.altKey) {
      event.preventDefault()
      // a held key comes faster than the focus
      const wanted = Math.max(0, Math.min(count - 1, (aimed.current ?? at) + by))
      aimed.current = wanted
      playback.update((value) => pause(seek(value, wanted + 1)))
      requestAnimationFrame(() => {
        if (aimed.current === wanted) aimed.current = undefined
        frame.current?.querySelector<HTMLElement>(`[data-row="${wanted}"]`)?.focus()
      })
    }
  }

  /** What a key means on a row beside moving. */
  const commandOf = (event: KeyboardEvent, at: number, by: number): StreamCommand | undefined => {
    const isRow = event.target instanceof Element && event.target.matches('[data-row]')
    if (!isRow) return undefined
    if (!event.altKey && (event.key === 'Delete' || event.key === 'Backspace'))
      return deleteCommand(at, count)
    const to = at + by
    return event.altKey && by !== 0 && to >= 0 && to < count ? moveCommand(at, to) : undefined
  }

  return (
    <Pane
      name="Chunks"
      aside={count.toLocaleString('en')}
      actions={
        <Segmented
          label="Show chunks as"
          value={view}
          onChange={(next) => setView(next)}
          options={ROW_VIEWS}
        />
      }
      className="h-full"
    >
      <SameInAll />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble up from the rows' buttons */}
      <div ref={frame} className="min-h-0 flex-1 max-md:h-80 max-md:flex-none" onKeyDown={onKeyDown}>
        {count === 0 ? (
          <p className="px-5 py-4 text-ink-3">No response body was recorded.</p>
        ) : (
          <VList
            ref={list}
            data={numbers}
            itemSize={26}
            keepMounted={kept}
            className="hairline-scroll"
            tabIndex={-1}
          >
            {(index) => (
              <ChunkRow
                key={index}
                document={document}
                interaction={interaction}
                index={index}
                state={index > current ? 'later' : index === current && !complete ? 'current' : 'past'}
                hovered={index === pointed}
                unfolded={unfolded.has(index)}
                asJson={view === 'json'}
                reachable={index === tabbable}
                onSeek={onSeek}
                onHover={onHover}
                onToggle={onToggle}
                onMenu={setMenu}
              />
            )}
          </VList>
        )}
      </div>
      {menu && <ChunkMenu at={menu} onClose={() => setMenu(undefined)} onDone={focusLater} />}
    </Pane>
  )
}

/** An array-like of 0..count-1 that takes no memory: a stream can have half a million chunks. */
function chunkNumbers(count: number): ArrayLike<number> {
  return new Proxy({ length: count } as ArrayLike<number>, {
    get: (target, key) => (key === 'length' ? target.length : Number(key as string)),
  })
}

/** The chunk on whose row something stands; undefined inside of an unfolded chunk. */
function headOf(target: EventTarget): number | undefined {
  const head = target instanceof Element ? target.closest<HTMLElement>('[data-head]') : null
  return head === null ? undefined : Number(head.dataset.head)
}

/** Keeps the playhead's row in view while it moves, without moving a list that already shows it. */
function useFollow(list: React.RefObject<VListHandle | null>, current: number, complete: boolean): void {
  const first = useRef(true)
  useEffect(() => {
    // a cassette opens complete with its beginning in view
    if (first.current) {
      first.current = false
      return
    }
    const handle = list.current
    if (handle === null || current < 0 || complete) return
    const top = handle.getItemOffset(current)
    if (top < handle.scrollOffset || top + 26 > handle.scrollOffset + handle.viewportSize) {
      handle.scrollToIndex(current, { align: 'center' })
    }
  }, [list, current, complete])
}

/** The focus goes along with the chunk that a command was about, once its row is the new text's. */
function useFocusAfterChange(
  frame: React.RefObject<HTMLDivElement | null>,
  document: unknown,
): (command: StreamCommand) => void {
  const wanted = useRef<number>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new document is what is waited for
  useEffect(() => {
    const row = wanted.current
    if (row === undefined) return
    wanted.current = undefined
    requestAnimationFrame(() => {
      const active = window.document.activeElement
      // somebody who went elsewhere meanwhile stays there
      if (active !== null && active !== window.document.body && !frame.current?.contains(active)) return
      frame.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus()
    })
  }, [document, frame])
  return useCallback(({ leadsTo }) => {
    wanted.current = leadsTo
  }, [])
}
