import { type MouseEvent, memo, useLayoutEffect, useMemo, useRef } from 'react'
import { lengthAt, pieceAt, spanOfChunk, type Track } from '../../core/cassette/stream.ts'
import { chunksArrived, pause, seek } from '../../workspace/playback.ts'
import { useSelect, useSettings, useStores } from '../app/deck.ts'
import { caretAt, type HighlightName, lightRange } from './highlights.ts'
import { blockAt, blockEnds } from './text-blocks.ts'

/** Pixels kept free beneath the line that is growing. */
const MARGIN = 40

/** Blocks in one section: a whole section that has arrived is not looked at again while the text grows. */
const SECTION = 32

interface SectionProps {
  readonly text: string
  readonly ends: readonly number[]
  readonly number: number
  /** How much of the text is shown. */
  readonly shown: number
}

const Section = memo(
  function Section({ text, ends, number, shown }: SectionProps) {
    const first = number * SECTION
    return (
      <div className="[contain-intrinsic-size:auto_12000px] [content-visibility:auto]">
        {ends.slice(first, first + SECTION).map((end, at) => {
          const start = startOf(ends, first + at)
          return start < shown ? <Block key={end} text={text.slice(start, Math.min(end, shown))} /> : null
        })}
      </div>
    )
  },
  (before, after) =>
    before.text === after.text &&
    before.ends === after.ends &&
    (before.shown === after.shown || Math.min(before.shown, after.shown) >= sectionEnd(after)),
)

function sectionEnd({ ends, number }: SectionProps): number {
  return ends[Math.min(ends.length, (number + 1) * SECTION) - 1] ?? 0
}

function startOf(ends: readonly number[], block: number): number {
  return block === 0 ? 0 : (ends[block - 1] ?? 0)
}

const Block = memo(function Block({ text }: { readonly text: string }) {
  return <div className="[contain-intrinsic-size:auto_400px] [content-visibility:auto]">{text}</div>
})

/**
 * One track as far as the playhead has come, verbatim: its text content is exactly the recorded characters.
 * Pointing at a character shows its chunk, clicking it moves the playhead there.
 */
export function TrackText({
  track,
  testId,
  className = '',
}: {
  readonly track: Track
  readonly testId: string
  readonly className?: string
}) {
  const { playback, hovered } = useStores()
  const { showAhead } = useSettings()
  const container = useRef<HTMLDivElement>(null)
  const arrived = useSelect(playback, (value) => lengthAt(track, chunksArrived(value) - 1))
  const shown = showAhead ? track.text.length : arrived
  const ends = useMemo(() => blockEnds(track.text), [track.text])
  const sections = shown === 0 ? 0 : Math.floor(blockAt(ends, shown - 1) / SECTION) + 1

  useTrackHighlights(container, track, ends, arrived, shown)
  useFollowEnd(container, track, ends, arrived)

  const chunkUnder = (event: MouseEvent): number | undefined => {
    const caret = caretAt(event.clientX, event.clientY)
    const element = container.current
    if (caret === undefined || element === null || !element.contains(caret.node)) return undefined
    const block = caret.node.parentElement
    const section = block?.parentElement
    if (caret.node.nodeType !== Node.TEXT_NODE || !block || section?.parentElement !== element)
      return undefined
    const number =
      Array.prototype.indexOf.call(element.children, section) * SECTION +
      Array.prototype.indexOf.call(section.children, block)
    const offset = startOf(ends, number) + caret.offset
    return track.pieceChunks[pieceAt(track, Math.max(0, offset))]
  }

  return (
    // The same is reached by keyboard through the chunk list and the playback keys.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      ref={container}
      data-testid={testId}
      className={`whitespace-pre-wrap break-words ${className}`}
      onMouseMove={(event) => hovered.set(chunkUnder(event))}
      onMouseLeave={() => hovered.set(undefined)}
      onClick={(event) => {
        if (!window.getSelection()?.isCollapsed || event.detail > 1) return
        const chunk = chunkUnder(event)
        if (chunk !== undefined) playback.update((value) => pause(seek(value, chunk + 1)))
      }}
    >
      {Array.from({ length: sections }, (_, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a section is its number
        <Section key={number} text={track.text} ends={ends} number={number} shown={shown} />
      ))}
    </div>
  )
}

/** Lights the chunk at the playhead, the one pointed at, and what is still to come. */
function useTrackHighlights(
  container: React.RefObject<HTMLDivElement | null>,
  track: Track,
  ends: readonly number[],
  arrived: number,
  shown: number,
): void {
  const { playback, hovered } = useStores()
  const current = useSelect(playback, (value) =>
    value.position < value.count ? chunksArrived(value) - 1 : -1,
  )
  const pointed = useSelect(hovered, (value) => value ?? -1)
  useLayoutEffect(() => {
    const lit: (() => void)[] = []
    const light = (name: HighlightName, start: number, end: number): void => {
      const range = container.current && rangeOf(container.current, ends, start, Math.min(end, shown))
      if (range) lit.push(lightRange(name, range))
    }
    if (shown > arrived) light('ahead', arrived, shown)
    for (const [name, chunk] of [
      ['playhead', current],
      ['hovered', pointed],
    ] as const) {
      if (chunk < 0) continue
      const { start, end } = spanOfChunk(track, chunk)
      light(name, start, end)
    }
    return () => {
      for (const putOut of lit) putOut()
    }
  }, [container, track, ends, arrived, shown, current, pointed])
}

/**
 * Keeps the growing end in view inside its own scroller. Only the playhead's movement scrolls: pointing and
 * reading elsewhere stay undisturbed.
 */
function useFollowEnd(
  container: React.RefObject<HTMLDivElement | null>,
  track: Track,
  ends: readonly number[],
  arrived: number,
): void {
  const before = useRef({ track, arrived })
  useLayoutEffect(() => {
    const moved = before.current.track === track && before.current.arrived !== arrived
    before.current = { track, arrived }
    // a text that was edited is another track: nobody moved the playhead
    if (!moved) return
    const scroller = container.current?.closest<HTMLElement>('[data-follow]')
    if (!scroller || !container.current || scroller.scrollHeight <= scroller.clientHeight) return
    const end = rangeOf(container.current, ends, Math.max(0, arrived - 1), arrived)?.getBoundingClientRect()
    const frame = scroller.getBoundingClientRect()
    if (end === undefined) scroller.scrollTop = arrived === 0 ? 0 : scroller.scrollTop
    else if (end.bottom > frame.bottom - MARGIN) scroller.scrollTop += end.bottom - frame.bottom + MARGIN
    else if (end.top < frame.top) scroller.scrollTop += end.top - frame.top - MARGIN
  }, [container, track, ends, arrived])
}

/** A DOM range over `start..end` of the shown text; undefined when it is empty or not on screen. */
function rangeOf(
  container: HTMLElement,
  ends: readonly number[],
  start: number,
  end: number,
): Range | undefined {
  if (end <= start) return undefined
  const from = pointAt(container, ends, start)
  const to = pointAt(container, ends, end - 1)
  if (from === undefined || to === undefined) return undefined
  const range = document.createRange()
  range.setStart(from.node, from.offset)
  range.setEnd(to.node, Math.min(to.offset + 1, to.node.length))
  return range
}

function pointAt(
  container: HTMLElement,
  ends: readonly number[],
  offset: number,
): { readonly node: Text; readonly offset: number } | undefined {
  const block = blockAt(ends, offset)
  const node = container.children[Math.floor(block / SECTION)]?.children[block % SECTION]?.firstChild
  if (!(node instanceof Text)) return undefined
  const within = offset - startOf(ends, block)
  return within <= node.length ? { node, offset: within } : undefined
}
