/**
 * When chunks come while a recording is played: milliseconds from the beginning, ascending, one a chunk. A playhead
 * between two chunks stands as far between them as the time has come.
 */
export type Schedule = Float64Array

/** Before the first chunk there is a moment in which nothing has come. */
const LEAD = 150

/** A longer wait is a pause. */
const LONGEST_WAIT = 5000

/** What is left of a pause that is skipped: it is still felt. */
const SKIPPED_TO = 1000

/** The recorded times as they are played. Undefined where they say nothing: all chunks at once, or times that are none. */
export function scheduleOf(times: Float64Array | undefined, skipPauses: boolean): Schedule | undefined {
  if (!hasPace(times)) return undefined
  const schedule = new Float64Array(times.length)
  let at = LEAD
  for (let chunk = 0; chunk < times.length; chunk++) {
    const wait = chunk === 0 ? 0 : waitBefore(times, chunk)
    at += skipPauses && wait > LONGEST_WAIT ? SKIPPED_TO : wait
    schedule[chunk] = at
  }
  return schedule
}

/** Whether the chunks came at different times. */
export function hasPace(times: Float64Array | undefined): times is Float64Array {
  const length = (times?.at(-1) ?? 0) - (times?.[0] ?? 0)
  return times !== undefined && times.length > 1 && Number.isFinite(length) && length > 0
}

/** Milliseconds between a chunk and the one before it; 0 for the first. */
export function waitBefore(times: Float64Array, chunk: number): number {
  return chunk === 0 ? 0 : Math.max(0, (times[chunk] ?? 0) - (times[chunk - 1] ?? 0))
}

/** "640 ms", "2.3 s" */
export function waitWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

/** How many waits are skipped as pauses. */
export function countPauses(times: Float64Array): number {
  let count = 0
  for (let chunk = 1; chunk < times.length; chunk++) if (waitBefore(times, chunk) > LONGEST_WAIT) count++
  return count
}

/** The moment of a playhead. */
export function timeAt(schedule: Schedule, position: number): number {
  const arrived = Math.min(schedule.length, Math.max(0, Math.floor(position)))
  const from = arrived === 0 ? 0 : (schedule[arrived - 1] ?? 0)
  const to = schedule[arrived] ?? from
  return from + (position - arrived) * (to - from)
}

/** The playhead of a moment. */
export function positionAt(schedule: Schedule, time: number): number {
  let low = 0
  let high = schedule.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((schedule[middle] ?? 0) <= time) low = middle + 1
    else high = middle
  }
  if (low === schedule.length) return low
  const from = low === 0 ? 0 : (schedule[low - 1] ?? 0)
  const gap = (schedule[low] ?? 0) - from
  // never the next chunk's own number by rounding
  return low + Math.min(0.999_999, gap > 0 ? Math.max(0, time - from) / gap : 0)
}
