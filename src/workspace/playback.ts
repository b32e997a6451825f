/**
 * The playhead. `position` counts the chunks that have arrived: 0 before the first, `count` when the answer
 * is complete. While playing it is fractional; what is shown is its floor. Pacing is synthetic: `rate` chunks
 * a second, the person's choice, since this format records no times.
 */
export interface Playback {
  /** The draft that is played; a playhead of another one says nothing about this text. */
  readonly draftId: string
  readonly count: number
  readonly position: number
  readonly playing: boolean
  /** Chunks a second. */
  readonly rate: number
}

export const RATES: readonly number[] = [2, 5, 10, 30, 60, 120, 300, 1000, 10_000]
export const DEFAULT_RATE = 30

export function createPlayback(count: number, rate = DEFAULT_RATE, draftId = ''): Playback {
  return { draftId, count, position: count, playing: false, rate }
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

/** Lets `elapsed` milliseconds pass; stops at the end. */
export function advance(playback: Playback, elapsed: number): Playback {
  if (!playback.playing) return playback
  const position = playback.position + (elapsed / 1000) * playback.rate
  if (position >= playback.count) return { ...playback, position: playback.count, playing: false }
  return { ...playback, position }
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
