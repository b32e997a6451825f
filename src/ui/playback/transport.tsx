import { Check, ChevronDown, ChevronLeft, ChevronRight, Pause, Play, SkipBack } from 'lucide-react'
import { Select } from 'radix-ui'
import { memo } from 'react'
import { chunksArrived, pause, RATES, seek, setRate, step, togglePlay } from '../../workspace/playback.ts'
import { useDeck, useSelect, useStores } from '../app/deck.ts'
import { usePlaybackClock } from './playback-clock.ts'
import { Waveform } from './waveform.tsx'

const ROUND =
  'grid size-8 place-items-center rounded-md text-ink-2 hover:bg-sunk hover:text-ink disabled:opacity-40 disabled:pointer-events-none pointer-coarse:size-10'

/** The transport: play, step, scrub, speed. */
export function Transport() {
  const { playback } = useStores()
  const playing = useSelect(playback, (value) => value.playing)
  const count = useSelect(playback, (value) => value.count)
  usePlaybackClock()
  const none = count === 0
  return (
    <section
      aria-label="Playback"
      className="col-span-full grid grid-cols-[248px_minmax(0,1fr)_248px] items-center border-t bg-pane py-3.5 max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-10 max-md:grid-cols-[1fr_auto] max-md:py-2"
    >
      <div className="flex items-center gap-1.5 px-4 max-md:order-2 max-md:px-3">
        <button
          type="button"
          aria-label="Restart"
          title="Restart (0)"
          disabled={none}
          className={ROUND}
          onClick={() => playback.update((value) => seek(pause(value), 0))}
        >
          <SkipBack aria-hidden="true" size={16} fill="currentColor" />
        </button>
        <button
          type="button"
          aria-label="Previous chunk"
          title="Previous chunk (←)"
          disabled={none}
          className={ROUND}
          onClick={() => playback.update((value) => step(value, -1))}
        >
          <ChevronLeft aria-hidden="true" size={18} />
        </button>
        <button
          type="button"
          aria-label={playing ? 'Pause' : 'Play'}
          title={playing ? 'Pause (space)' : 'Play (space)'}
          disabled={none}
          onClick={() => playback.update(togglePlay)}
          className="mx-1 grid size-10 place-items-center rounded-full bg-tape text-on-tape hover:opacity-90 disabled:opacity-40"
        >
          {playing ? (
            <Pause aria-hidden="true" size={16} fill="currentColor" />
          ) : (
            <Play aria-hidden="true" size={16} fill="currentColor" className="translate-x-px" />
          )}
        </button>
        <button
          type="button"
          aria-label="Next chunk"
          title="Next chunk (→)"
          disabled={none}
          className={ROUND}
          onClick={() => playback.update((value) => step(value, 1))}
        >
          <ChevronRight aria-hidden="true" size={18} />
        </button>
      </div>
      <div className="min-w-0 max-md:order-1 max-md:col-span-2 max-md:px-3 max-md:pt-2">
        <Waveform />
      </div>
      <div className="grid justify-items-end gap-1 px-4 max-md:order-3 max-md:flex max-md:items-center max-md:gap-2.5 max-md:px-3">
        <Position />
        <div className="flex items-center gap-2.5 text-sm whitespace-nowrap text-ink-2">
          <Speed />
          <Pacing />
        </div>
      </div>
    </section>
  )
}

function Position() {
  const { playback } = useStores()
  const arrived = useSelect(playback, chunksArrived)
  const count = useSelect(playback, (value) => value.count)
  return (
    <p className="text-lg font-semibold whitespace-nowrap tabular-nums max-sm:text-sm">
      {arrived.toLocaleString('en')}{' '}
      <span className="font-[450] text-ink-3">/ {count.toLocaleString('en')}</span>
    </p>
  )
}

/** This format records no times, so the pace is the person's and says so. */
function Pacing() {
  const { interaction } = useDeck()
  if (!interaction.response.streaming) return <span className="max-md:hidden">not streamed</span>
  return (
    <span className="max-md:hidden" title="This format records no times; the pace is yours">
      synthetic pacing
    </span>
  )
}

function rateLabel(rate: number): string {
  return `${rate.toLocaleString('en')} chunks/s`
}

const Speed = memo(function Speed() {
  const { playback, settings } = useStores()
  const rate = useSelect(playback, (value) => value.rate)
  return (
    <Select.Root
      value={String(rate)}
      onValueChange={(value) => {
        playback.update((now) => setRate(now, Number(value)))
        settings.update((now) => ({ ...now, rate: Number(value) }))
      }}
    >
      <Select.Trigger
        aria-label="Speed"
        className="inline-flex h-6 items-center gap-1 rounded-md border px-2 whitespace-nowrap text-ink-2 hover:text-ink pointer-coarse:h-10"
      >
        <Select.Value>
          {/* a phone has no room for the word beside two long numbers */}
          {rate.toLocaleString('en')}
          <span className="max-sm:hidden"> chunks</span>/s
        </Select.Value>
        <ChevronDown aria-hidden="true" size={12} />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          position="popper"
          side="top"
          sideOffset={4}
          className="z-50 rounded-lg border border-line-2 bg-pane p-1 shadow-lg"
        >
          <Select.Viewport>
            {RATES.map((option) => (
              <Select.Item
                key={option}
                value={String(option)}
                className="flex h-7 items-center justify-between gap-4 rounded px-2 text-sm outline-none data-[highlighted]:bg-sunk pointer-coarse:h-10"
              >
                <Select.ItemText>{rateLabel(option)}</Select.ItemText>
                <Select.ItemIndicator>
                  <Check aria-hidden="true" size={12} />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  )
})
