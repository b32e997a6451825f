import { positionAt, type Schedule, timeAt } from './schedule.ts'

/**
 * The playhead. `position` counts the chunks that have arrived: 0 before the first, `count` when the answer
 * is complete. While playing it is fractional; what is shown is its floor. Pacing is the recorded one where there is a
 * `schedule`; otherwise it is synthetic: `rate` chunks a second, the person's choice.
 */
export interface Playback {
  /** The draft that is played; a playhead of another one says nothing about this text. */
  readonly draftId: string
  /** Which of its interactions. */
  readonly interaction: number
  readonly count: number
  readonly position: number
  readonly playing: boolean
  /** Chunks a second. */
  readonly rate: number
  /** When each chunk comes, where that is recorded and wanted. */
  readonly schedule?: Schedule
  /** How much faster than recorded. */
  readonly factor: number
}

export const RATES: readonly number[] = [2, 5, 10, 30, 60, 120, 300, 1000, 10_000]
export const DEFAULT_RATE = 30

export const FACTORS: readonly number[] = [0.5, 1, 2, 4, 8]
export const DEFAULT_FACTOR = 1

export function createPlayback(count: number, rate = DEFAULT_RATE, draftId = '', interaction = 0): Playback {
  return { draftId, interaction, count, position: count, playing: false, rate, factor: DEFAULT_FACTOR }
}

export function chunksArrived(playback: Playback): number {
  return Math.floor(playback.position)
}

/** Play from the end starts over. */
export function play(playback: Playback): Playback {
  if (playback.count === 0) return playback
  const position = playback.position >= playback.count ? 0 : playback.position
  return { ...playback, position, playing: true }
}

export function pause(playback: Playback): Playback {
  return { ...playback, position: chunksArrived(playback), playing: false }
}

export function togglePlay(playback: Playback): Playback {
  return playback.playing ? pause(playback) : play(playback)
}

/** Goes to a position; playing goes on from there. */
export function seek(playback: Playback, position: number): Playback {
  if (Number.isNaN(position)) return playback
  return { ...playback, position: Math.max(0, Math.min(playback.count, Math.round(position))) }
}

/** One or more chunks on or back; a step pauses, as in every player. */
export function step(playback: Playback, chunks: number): Playback {
  return pause(seek(playback, chunksArrived(playback) + chunks))
}

export function setRate(playback: Playback, rate: number): Playback {
  return { ...playback, rate }
}

/** How fast the recorded pace goes by. */
export function setFactor(playback: Playback, factor: number): Playback {
  return playback.factor === factor ? playback : { ...playback, factor }
}

/** Takes up the recorded pace, or goes back to chunks a second; the playhead stays where it is. */
export function setSchedule(playback: Playback, schedule: Schedule | undefined): Playback {
  if (playback.schedule === schedule) return playback
  const { schedule: _, ...rest } = playback
  return schedule === undefined ? rest : { ...rest, schedule }
}

/** Lets `elapsed` milliseconds pass; stops at the end. */
export function advance(playback: Playback, elapsed: number): Playback {
  if (!playback.playing) return playback
  const position = positionAfter(playback, elapsed)
  if (position >= playback.count) return { ...playback, position: playback.count, playing: false }
  return { ...playback, position }
}

function positionAfter({ position, rate, schedule, factor, count }: Playback, elapsed: number): number {
  // a schedule of a text that was edited since says nothing about this one
  if (schedule === undefined || schedule.length !== count) return position + (elapsed / 1000) * rate
  return positionAt(schedule, timeAt(schedule, position) + elapsed * factor)
}

/** The chunk count of a cassette changed while it is open: a playhead at the end stays at the end. */
export function resize(playback: Playback, count: number): Playback {
  if (count === playback.count) return playback
  const atEnd = playback.position >= playback.count
  return { ...playback, count, position: atEnd ? count : Math.min(playback.position, count) }
}

/** The next (1) or previous (-1) of the chunks worth stopping at; undefined when there is none. */
export function markerFrom(
  playback: Playback,
  markers: readonly number[],
  direction: 1 | -1,
): number | undefined {
  const here = chunksArrived(playback)
  const positions = markers.map((chunk) => chunk + 1)
  return direction === 1
    ? positions.find((position) => position > here)
    : positions.findLast((position) => position < here)
}
