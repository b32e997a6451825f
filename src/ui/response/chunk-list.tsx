import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { chunksArrived, pause, seek, step } from '../../workspace/playback.ts'
import { useDeck, useSelect, useStores } from '../app/deck.ts'
import { Pane } from '../widgets/pane.tsx'
import { Segmented } from '../widgets/segmented.tsx'
import { ChunkRow } from './chunk-row.tsx'
import { useReadablePosition } from './readable-position.ts'

type RowView = 'delta' | 'json'

const ROW_VIEWS: readonly { readonly value: RowView; readonly label: string }[] = [
  { value: 'delta', label: 'Delta' },
  { value: 'json', label: 'JSON' },
]

/** All chunks, one row each, tied to the playhead both ways. */
export function ChunkList() {
  const { draft, document, interaction } = useDeck()
  const { playback, hovered } = useStores()
  const [view, setView] = useState<RowView>('delta')
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
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

  // biome-ignore lint/correctness/useExhaustiveDependencies: another cassette starts with everything folded
  useEffect(() => setUnfolded(new Set()), [draft.id])
  useFollow(list, current, complete)

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
    [],
  )
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 || (event.target as HTMLElement).closest('input, textarea')) return
    event.preventDefault()
    playback.update((value) => step(value, by))
    const wanted = chunksArrived(playback.get()) - 1
    requestAnimationFrame(() => {
      frame.current?.querySelector<HTMLElement>(`[data-row="${wanted}"]`)?.focus()
    })
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
              />
            )}
          </VList>
        )}
      </div>
    </Pane>
  )
}

/** An array-like of 0..count-1 that takes no memory: a stream can have half a million chunks. */
function chunkNumbers(count: number): ArrayLike<number> {
  return new Proxy({ length: count } as ArrayLike<number>, {
    get: (target, key) => (key === 'length' ? target.length : Number(key as string)),
  })
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

/** Members that are the same in every chunk, said once. */
function SameInAll() {
  const { constants } = useDeck().interaction.stream
  if (constants.length === 0) return null
  return (
    <p
      className="shrink-0 truncate border-b px-5 py-2 text-sm text-ink-3"
      title={constants.map(({ name, raw }) => `${name}: ${raw}`).join('\n')}
    >
      Same in all:{' '}
      <span className="recorded text-xs text-ink-2">{constants.map(({ name }) => name).join(' ')}</span>
    </p>
  )
}
