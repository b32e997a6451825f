import { describe, expect, it } from 'vitest'
import type { Stream, Track } from '../../src/core/cassette/stream.ts'
import { arrivedAt, clockOf, clockWords, firstDifference, stepTime } from '../../src/ui/compare/both-clock.ts'

/** A stream of texts, one piece a chunk. */
function stream(pieces: readonly string[], times?: readonly number[]): Stream {
  let length = 0
  const track: Track = {
    choice: 0,
    kind: 'text',
    text: pieces.join(''),
    pieceChunks: Uint32Array.from(pieces, (_, at) => at),
    pieceEnds: Uint32Array.from(pieces, (piece) => {
      length += piece.length
      return length
    }),
    pieceNodes: new Uint32Array(pieces.length),
  }
  return {
    chunkNodes: new Int32Array(pieces.length),
    kinds: new Uint8Array(pieces.length),
    added: new Uint32Array(pieces.length),
    tracks: [track],
    messages: [],
    vectors: [],
    markers: [],
    constants: [],
    errors: [],
    ...(times && { times: Float64Array.from(times) }),
  }
}

describe('two answers on one clock', () => {
  it('come chunk by chunk where one of them has no recorded times', () => {
    const clock = clockOf(stream(['a', 'b'], [0, 900]), stream(['a', 'b', 'c']))
    expect(clock.recorded).toBe(false)
    expect(clock.duration).toBeCloseTo(100)
    expect(clock.schedules.map((one) => arrivedAt(one, clock.duration))).toEqual([2, 3])
    expect(clockWords(clock, clock.duration)).toBe('chunk 3')
  })

  it('come as they were recorded where both have times, the slower one later', () => {
    const clock = clockOf(stream(['a', 'b'], [5000, 5100]), stream(['a', 'b'], [100, 2100]))
    expect(clock.recorded).toBe(true)
    expect(clock.schedules.map((one) => arrivedAt(one, 1000))).toEqual([2, 1])
    expect(clockWords(clock, 1000)).toBe('1.0 s of 2.1 s')
  })

  it('part where the first differing letter comes on either side', () => {
    const [one, other] = [stream(['ab', 'cd', 'ef']), stream(['a', 'b', 'c', 'X'])]
    const clock = clockOf(one, other)
    // the "d" of chunk 1 comes before the "X" of chunk 3
    expect(firstDifference(clock, one, other)).toBeCloseTo(clock.schedules[0][1] ?? 0)
    expect(firstDifference(clock, one, one)).toBeUndefined()
    expect(firstDifference(clock, one, stream(['abcdef', 'g']))).toBeCloseTo(clock.schedules[1][1] ?? 0)
  })

  it('go on by the next chunk of either, and back to before the latest', () => {
    const [one, other] = [stream(['a', 'b'], [0, 1000]), stream(['a', 'b'], [0, 400])]
    const clock = clockOf(one, other)
    const lead = clock.schedules[0][0] ?? 0
    expect(stepTime(clock, 0, 1)).toBe(lead)
    expect(stepTime(clock, lead, 1)).toBe(lead + 400)
    expect(stepTime(clock, clock.duration, 1)).toBe(clock.duration)
    expect(stepTime(clock, clock.duration, -1)).toBe(lead + 400)
    expect(stepTime(clock, lead + 400, -1)).toBe(lead)
    expect(stepTime(clock, lead, -1)).toBe(0)
  })
})
