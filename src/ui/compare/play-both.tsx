import { Pause, Play, SkipBack } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Side } from '../../core/compare/side.ts'
import { FACTORS } from '../../workspace/playback.ts'
import { IconButton } from '../widgets/button.tsx'
import { arrivedAt, clockOf, clockWords, firstDifference, stepTime } from './both-clock.ts'
import type { CompareSource } from './compare-source.ts'
import { PlayedAnswer } from './played-answer.tsx'
import { useBothPlayer } from './use-both-player.ts'
import type { Comparison } from './use-comparison.ts'

/** Two answers side by side, growing on one clock. */
export function PlayBoth({
  comparison: { meaning, before, after },
  ...names
}: {
  readonly comparison: Comparison
  readonly before: CompareSource
  readonly after: CompareSource
}) {
  const pairs = (meaning?.calls ?? []).flatMap(({ before: o, after: n }) => {
    const [one, other] = [o === undefined ? undefined : before[o], n === undefined ? undefined : after[n]]
    return one && other ? [{ one, other, number: (n ?? 0) + 1 }] : []
  })
  const [chosen, setChosen] = useState(0)
  const pair = pairs[chosen]
  if (pair === undefined)
    return <p className="p-4 text-ink-2">There are no two answers here that could be played side by side.</p>
  return (
    <div className="flex h-full min-h-0 flex-col">
      {pairs.length > 1 && (
        <label className="flex items-center gap-2 border-b px-4 py-2 text-ink-2">
          Call
          <select
            value={chosen}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
            className="recorded h-7 rounded-md border border-line-2 bg-pane px-2 pointer-coarse:h-10"
          >
            {pairs.map(({ number }, at) => (
              <option key={number} value={at}>
                {number}
              </option>
            ))}
          </select>
        </label>
      )}
      <Both key={chosen} one={pair.one} other={pair.other} before={names.before} after={names.after} />
    </div>
  )
}

function Both({
  one,
  other,
  before,
  after,
}: {
  readonly one: Side
  readonly other: Side
  readonly before: CompareSource
  readonly after: CompareSource
}) {
  const [old, now] = [one.interaction.stream, other.interaction.stream]
  const clock = useMemo(() => clockOf(old, now), [old, now])
  const parts = useMemo(() => firstDifference(clock, old, now), [clock, old, now])
  const player = useBothPlayer(clock.duration)
  const { time, playing } = player
  const percent = (at: number): number => (clock.duration === 0 ? 0 : (at / clock.duration) * 100)
  return (
    <>
      <div className="grid min-h-0 flex-1 grid-cols-2 divide-x overflow-hidden @max-2xl:grid-cols-1 @max-2xl:grid-rows-2 @max-2xl:divide-x-0 @max-2xl:divide-y">
        <PlayedAnswer
          side={one}
          label={before.label ?? before.name}
          arrived={arrivedAt(clock.schedules[0], time)}
          other={now}
        />
        <PlayedAnswer
          side={other}
          label={after.label ?? after.name}
          arrived={arrivedAt(clock.schedules[1], time)}
          other={old}
        />
      </div>
      <section
        aria-label="Playback of both"
        className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-2"
      >
        <IconButton label="Restart both" onClick={() => player.seek(0)}>
          <SkipBack aria-hidden="true" size={14} fill="currentColor" />
        </IconButton>
        <button
          type="button"
          aria-label={playing ? 'Pause both' : 'Play both'}
          onClick={player.toggle}
          className="grid size-9 place-items-center rounded-full bg-tape text-on-tape hover:opacity-90 pointer-coarse:size-10"
        >
          {playing ? (
            <Pause aria-hidden="true" size={14} fill="currentColor" />
          ) : (
            <Play aria-hidden="true" size={14} fill="currentColor" className="translate-x-px" />
          )}
        </button>
        <div className="relative min-w-40 flex-1">
          <input
            type="range"
            aria-label="Position of both"
            aria-valuetext={clockWords(clock, time)}
            min={0}
            max={clock.duration}
            step="any"
            value={time}
            onChange={(event) => player.seek(Number(event.currentTarget.value))}
            onKeyDown={(event) => {
              const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined
              if (direction === undefined) return
              event.preventDefault()
              player.seek(stepTime(clock, time, direction))
            }}
            className="block w-full accent-tape"
          />
          {parts !== undefined && (
            <span
              aria-hidden="true"
              style={{ left: `${percent(parts)}%` }}
              className="pointer-events-none absolute top-full h-1.5 w-0.5 bg-error"
            />
          )}
        </div>
        <span className="text-sm text-ink-2 tabular-nums">{clockWords(clock, time)}</span>
        <select
          aria-label="Speed of both"
          value={player.factor}
          onChange={(event) => player.setFactor(Number(event.currentTarget.value))}
          className="h-7 rounded-md border border-line-2 bg-pane px-2 text-sm pointer-coarse:h-10"
        >
          {FACTORS.map((factor) => (
            <option key={factor} value={factor}>
              {factor}×
            </option>
          ))}
        </select>
        <span className="basis-full text-sm text-ink-3">
          {clock.recorded
            ? 'At the recorded pace, long pauses skipped. '
            : 'A chunk at a time on both sides. '}
          {parts === undefined ? (
            'They say the same to the end.'
          ) : (
            <button
              type="button"
              onClick={() => player.seek(parts)}
              className="underline decoration-line-2 underline-offset-3 hover:text-ink pointer-coarse:min-h-10"
            >
              They part at {clockWords(clock, parts)}
            </button>
          )}
        </span>
      </section>
    </>
  )
}
