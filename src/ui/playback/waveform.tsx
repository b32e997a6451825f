import { Slider } from 'radix-ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Marker } from '../../core/cassette/stream.ts'
import { chunksArrived, pause, seek } from '../../workspace/playback.ts'
import { hasPace, waitBefore, waitWords } from '../../workspace/schedule.ts'
import { useDeck, useSelect, useStores } from '../app/deck.ts'
import { KIND_LOOKS, lookOf } from '../widgets/kinds.ts'
import { passages, waveBars } from './wave.ts'

/** More of them would be a line, not marks. */
const MOST_MARKERS = 100

/** One mark a place: of several at one chunk the first. */
function shownMarkers(markers: readonly Marker[]): readonly Marker[] {
  const places = new Set<number>()
  const shown = markers.filter(({ chunk }) => !places.has(chunk) && places.add(chunk))
  return shown.slice(0, MOST_MARKERS)
}

/** The stream as a waveform and the slider that moves the playhead over it. */
export function Waveform() {
  const { interaction } = useDeck()
  const { playback, hovered } = useStores()
  const arrived = useSelect(playback, chunksArrived)
  const count = useSelect(playback, (value) => value.count)
  const { kinds } = interaction.stream
  const markers = useMemo(() => shownMarkers(interaction.stream.markers), [interaction])
  const words = useMemo(() => passages(kinds), [kinds])
  const share = count === 0 ? 0 : arrived / count
  return (
    <div className="relative min-w-0 px-2">
      <Slider.Root
        className="relative block h-[58px] w-full touch-none select-none max-md:h-10"
        min={0}
        max={Math.max(count, 1)}
        step={1}
        value={[arrived]}
        disabled={count === 0}
        onValueChange={([value]) => playback.update((now) => seek(now, value ?? 0))}
        onPointerDown={() => playback.update((now) => (now.playing ? pause(now) : now))}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = Math.floor(((event.clientX - box.left) / box.width) * count)
          hovered.set(Math.max(0, Math.min(count - 1, at)))
        }}
        onPointerLeave={() => hovered.set(undefined)}
      >
        <Bars share={share} />
        <Slider.Track className="absolute inset-x-0 bottom-0 h-px bg-line-2">
          <Slider.Range />
        </Slider.Track>
        {markers.map(({ chunk, kind, label }) => (
          <i
            key={`${kind} ${chunk}`}
            aria-hidden="true"
            title={label}
            className="pointer-events-none absolute -bottom-[5px] size-[5px] -translate-x-1/2 rotate-45"
            style={{
              left: `${((chunk + 0.5) / count) * 100}%`,
              background: kind === 'text' ? 'var(--ink-3)' : KIND_LOOKS[kind].colour,
            }}
          />
        ))}
        <div
          aria-hidden="true"
          className="pointer-events-none absolute -top-1 bottom-[-6px] w-0.5 -translate-x-1/2 bg-tape"
          style={{ left: `${share * 100}%` }}
        />
        <Slider.Thumb
          aria-label="Playback position"
          aria-valuetext={`chunk ${arrived} of ${count}`}
          className="block h-[58px] w-3 rounded-sm max-md:h-10"
        />
      </Slider.Root>
      <div aria-hidden="true" className="relative mt-1 h-4 text-xs">
        <HoveredWait />
        {words.map(({ kind, chunk }) => {
          const left = (chunk / count) * 100
          const isLast = left > 90
          return (
            <span
              key={chunk}
              className="absolute top-0.5 leading-[14px]"
              style={{
                color: kind === 'text' ? 'var(--ink-3)' : KIND_LOOKS[kind].colour,
                ...(isLast ? { right: 0 } : { left: `${left}%` }),
              }}
            >
              {KIND_LOOKS[kind].word}
            </span>
          )
        })}
      </div>
    </div>
  )
}

/** How long the chunk under the pointer was waited for, where that is recorded. */
function HoveredWait() {
  const { times, chunkNodes } = useDeck().interaction.stream
  const { hovered } = useStores()
  const chunk = useSelect(hovered, (value) => value)
  if (!hasPace(times) || chunk === undefined) return null
  const left = (chunk / chunkNodes.length) * 100
  return (
    <span
      className="absolute top-0.5 z-10 bg-pane px-1 leading-[14px] whitespace-nowrap text-ink-2 tabular-nums"
      style={left > 80 ? { right: 0 } : { left: `${left}%` }}
    >
      chunk {chunk} · after {waitWords(waitBefore(times, chunk))}
    </span>
  )
}

/**
 * Two canvases of the same bars: a faint one, and a full one clipped at the playhead. They are painted when the
 * stream, the width or the theme changes; while it plays only the clip moves.
 */
function Bars({ share }: { readonly share: number }) {
  const { stream } = useDeck().interaction
  const frame = useRef<HTMLDivElement>(null)
  const full = useRef<HTMLCanvasElement>(null)
  const faint = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const theme = useTheme()
  useEffect(() => {
    if (frame.current === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const bars = waveBars(stream.added, stream.kinds, size.width)
    const colourOf = kindColours()
    for (const canvas of [full.current, faint.current]) {
      const pen = canvas?.getContext('2d')
      if (!canvas || !pen) continue
      const ratio = window.devicePixelRatio
      canvas.width = Math.round(size.width * ratio)
      canvas.height = Math.round(size.height * ratio)
      pen.scale(ratio, ratio)
      for (const bar of bars) {
        pen.fillStyle = colourOf(bar.kind)
        const height = Math.round(bar.height * size.height)
        pen.fillRect(bar.x, size.height - height, Math.max(1, bar.width), height)
      }
    }
  }, [stream, size, theme])
  const clip = `inset(0 ${(1 - share) * 100}% 0 0)`
  return (
    <div ref={frame} aria-hidden="true" className="absolute inset-0">
      <canvas ref={faint} className="absolute inset-0 size-full opacity-40" />
      <canvas ref={full} className="absolute inset-0 size-full" style={{ clipPath: clip }} />
    </div>
  )
}

/** The colours of the kinds in the theme in force, each asked for once. */
function kindColours(): (kind: number) => string {
  const style = getComputedStyle(document.documentElement)
  const known = new Map<number, string>()
  return (kind) => {
    const colour = known.get(kind) ?? style.getPropertyValue(lookOf(kind).colour.slice(4, -1))
    known.set(kind, colour)
    return colour
  }
}

/** The theme in force, watched where the page keeps it. */
function useTheme(): string {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? 'light')
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(document.documentElement.dataset.theme ?? 'light'))
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => observer.disconnect()
  }, [])
  return theme
}
