import { lengthAt, pieceAt, type Stream, type Track } from '../../core/cassette/stream.ts'
import { hasPace, positionAt, type Schedule, scheduleOf } from '../../workspace/schedule.ts'

/** Two answers on one clock. Times are milliseconds from their common beginning. */
export interface BothClock {
  readonly schedules: readonly [Schedule, Schedule]
  /** Both as they were recorded; else a chunk at a time, the same on both sides. */
  readonly recorded: boolean
  readonly duration: number
}

/** Chunks a second where no times are recorded. */
const RATE = 30

/** Recorded times only count where both sides have them: two kinds of pace cannot be compared. */
export function clockOf(before: Stream, after: Stream): BothClock {
  const recorded = hasPace(before.times) && hasPace(after.times)
  const of = (stream: Stream): Schedule =>
    (recorded ? scheduleOf(stream.times, true) : undefined) ??
    Float64Array.from(stream.chunkNodes, (_, at) => ((at + 1) * 1000) / RATE)
  const schedules = [of(before), of(after)] as const
  return { schedules, recorded, duration: Math.max(...schedules.map((one) => one.at(-1) ?? 0)) }
}

/** How many chunks have come at a time. */
export function arrivedAt(schedule: Schedule, time: number): number {
  return Math.floor(positionAt(schedule, time))
}

/** When the two first say something else; undefined where they never do. */
export function firstDifference({ schedules }: BothClock, before: Stream, after: Stream): number | undefined {
  let first: number | undefined
  const [old, now] = [numbered(before), numbered(after)]
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(key), now.get(key)]
    const at = differsAt(one?.text ?? '', other?.text ?? '')
    if (at === undefined) continue
    const times = [timeOf(one, at, schedules[0]), timeOf(other, at, schedules[1])]
    for (const time of times) if (time !== undefined && (first === undefined || time < first)) first = time
  }
  return first
}

/** Tracks of one kind in one choice, by their number. */
function numbered({ tracks }: Stream): ReadonlyMap<string, Track> {
  const counts = new Map<string, number>()
  return new Map(
    tracks.map((track) => {
      const kind = `${track.choice} ${track.kind}`
      const count = counts.get(kind) ?? 0
      counts.set(kind, count + 1)
      return [`${kind} ${count}`, track]
    }),
  )
}

function differsAt(was: string, is: string): number | undefined {
  if (was === is) return undefined
  const shorter = Math.min(was.length, is.length)
  let at = 0
  while (at < shorter && was.charCodeAt(at) === is.charCodeAt(at)) at++
  return at
}

/** When a character came; undefined where it never did. */
function timeOf(track: Track | undefined, offset: number, schedule: Schedule): number | undefined {
  if (track === undefined || offset >= track.text.length) return undefined
  return schedule[track.pieceChunks[pieceAt(track, offset)] ?? 0]
}

/** What of a track has come with so many chunks. */
export function shownLength(track: Track, arrived: number): number {
  return lengthAt(track, arrived - 1)
}

/** "3.2 s of 8.0 s", "chunk 12". */
export function clockWords({ recorded, duration }: BothClock, time: number): string {
  if (!recorded) return `chunk ${Math.floor((time * RATE) / 1000 + 1e-6).toLocaleString('en')}`
  const seconds = (value: number): string => (value / 1000).toFixed(1)
  return `${seconds(time)} s of ${seconds(duration)} s`
}

/** The time of the next chunk on either side, or of the one before the latest. */
export function stepTime({ schedules, duration }: BothClock, time: number, direction: 1 | -1): number {
  if (direction === 1)
    return Math.min(duration, ...schedules.map((schedule) => schedule[arrivedAt(schedule, time)] ?? duration))
  const latest = Math.max(...schedules.map((schedule) => schedule[arrivedAt(schedule, time) - 1] ?? 0))
  return Math.max(
    ...schedules.map((schedule) => {
      let at = arrivedAt(schedule, time) - 1
      while (at >= 0 && (schedule[at] ?? 0) >= latest) at--
      return schedule[at] ?? 0
    }),
  )
}
