import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  advance,
  chunksArrived,
  createPlayback,
  play,
  resize,
  setFactor,
  setSchedule,
} from '../../src/workspace/playback.ts'
import {
  countPauses,
  hasPace,
  positionAt,
  scheduleOf,
  timeAt,
  waitBefore,
  waitWords,
} from '../../src/workspace/schedule.ts'

const waits = fc.array(fc.nat({ max: 20_000 }), { minLength: 2, maxLength: 40 })

function timesOf(gaps: readonly number[]): Float64Array {
  let at = 1_700_000_000_000
  return Float64Array.from(gaps, (gap) => {
    at += gap
    return at
  })
}

describe('recorded times', () => {
  it('give a pace only where chunks came at different times', () => {
    expect(hasPace(undefined)).toBe(false)
    expect(hasPace(Float64Array.of(5))).toBe(false)
    expect(hasPace(Float64Array.of(5, 5, 5))).toBe(false)
    expect(hasPace(Float64Array.of(5, 6))).toBe(true)
    expect(scheduleOf(Float64Array.of(5, 5), true)).toBeUndefined()
  })

  it('are played as they were, pauses cut short where that is wanted', () => {
    const times = Float64Array.of(100, 400, 9400, 9500)
    const waitsOf = (schedule: Float64Array | undefined): readonly number[] =>
      [...(schedule ?? [])].slice(1).map((time, at) => time - (schedule?.[at] ?? 0))
    expect(waitsOf(scheduleOf(times, false))).toEqual([300, 9000, 100])
    expect(waitsOf(scheduleOf(times, true))).toEqual([300, 1000, 100])
    expect(countPauses(times)).toBe(1)
    expect(waitBefore(times, 0)).toBe(0)
    expect(waitBefore(times, 2)).toBe(9000)
    expect(waitWords(640.4)).toBe('640 ms')
    expect(waitWords(2345)).toBe('2.3 s')
  })

  it('lead from a moment to a playhead and back', () => {
    fc.assert(
      fc.property(waits, fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), (gaps, skip, share) => {
        const schedule = scheduleOf(timesOf(gaps), skip)
        if (schedule === undefined) return
        const time = share * ((schedule.at(-1) ?? 0) + 100)
        const position = positionAt(schedule, time)
        expect(Math.floor(position)).toBe([...schedule].filter((arrival) => arrival <= time).length)
        if (position < schedule.length) expect(Math.abs(timeAt(schedule, position) - time)).toBeLessThan(0.1)
      }),
    )
  })

  it('play every chunk at its moment, whatever the frames', () => {
    fc.assert(
      fc.property(
        waits,
        fc.constantFrom(0.5, 1, 2, 8),
        fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1, maxLength: 200 }),
        (gaps, factor, frames) => {
          const schedule = scheduleOf(timesOf(gaps), true)
          if (schedule === undefined) return
          let playback = play(setFactor(setSchedule(createPlayback(gaps.length), schedule), factor))
          let elapsed = 0
          for (const frame of frames) {
            playback = advance(playback, frame)
            elapsed += frame
            const due = [...schedule].filter((arrival) => arrival <= elapsed * factor).length
            // a moment's rounding beside a chunk's own
            expect(Math.abs(chunksArrived(playback) - due)).toBeLessThanOrEqual(
              [...schedule].filter((arrival) => Math.abs(arrival - elapsed * factor) < 0.5).length,
            )
          }
        },
      ),
    )
  })

  it('of a text that was edited since are left alone', () => {
    const schedule = Float64Array.of(100, 200)
    const edited = play(resize(setSchedule(createPlayback(2, 10), schedule), 3))
    expect(advance(edited, 100).position).toBeCloseTo(1)
    expect(setSchedule(edited, undefined).schedule).toBeUndefined()
  })
})
