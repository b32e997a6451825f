import { ChevronLeft, ChevronRight, Pause, Play, SkipBack } from 'lucide-react'
import { chunksArrived, pause, seek, step, togglePlay } from '../../workspace/playback.ts'
import { useSelect, useStores } from '../app/deck.ts'
import { Pacing, SkipPauses } from './pacing.tsx'
import { usePlaybackClock } from './playback-clock.ts'
import { Speed } from './speed.tsx'
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
        <div className="flex items-center gap-3">
          <SkipPauses />
          <Position />
        </div>
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
