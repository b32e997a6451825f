import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  advance,
  chunksArrived,
  createPlayback,
  DEFAULT_RATE,
  markerFrom,
  type Playback,
  pause,
  play,
  RATES,
  resize,
  seek,
  setRate,
  step,
  togglePlay,
} from '../../src/workspace/playback.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

type Move =
  | { readonly do: 'play' | 'pause' | 'toggle' }
  | { readonly do: 'seek' | 'step' | 'rate' | 'advance' | 'resize'; readonly by: number }

const anyPlace = fc.oneof(
  fc.integer({ min: -20, max: 120 }),
  fc.double({ min: -20, max: 120, noNaN: true }),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, 0.5, 1.5, -0),
)
const move: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom<Move>({ do: 'play' }, { do: 'pause' }, { do: 'toggle' }),
  fc.record({ do: fc.constant('seek' as const), by: anyPlace }),
  fc.record({ do: fc.constant('step' as const), by: fc.integer({ min: -130, max: 130 }) }),
  fc.record({ do: fc.constant('rate' as const), by: fc.constantFrom(...RATES) }),
  fc.record({ do: fc.constant('advance' as const), by: fc.double({ min: 0, max: 400, noNaN: true }) }),
  fc.record({ do: fc.constant('resize' as const), by: fc.nat({ max: 100 }) }),
)

function perform(playback: Playback, what: Move): Playback {
  switch (what.do) {
    case 'play':
      return play(playback)
    case 'pause':
      return pause(playback)
    case 'toggle':
      return togglePlay(playback)
    case 'seek':
      return seek(playback, what.by)
    case 'step':
      return step(playback, what.by)
    case 'rate':
      return setRate(playback, what.by)
    case 'advance':
      return advance(playback, what.by)
    default:
      return resize(playback, what.by)
  }
}

/** Plain variables that do what the words of the issue say. */
class Player {
  count: number
  position: number
  playing = false
  rate = DEFAULT_RATE

  constructor(count: number) {
    this.count = count
    this.position = count
  }

  perform(what: Move): void {
    switch (what.do) {
      case 'play':
        this.#play()
        break
      case 'pause':
        this.#pause()
        break
      case 'toggle':
        if (this.playing) this.#pause()
        else this.#play()
        break
      case 'seek':
        this.#go(what.by)
        break
      case 'step':
        this.#pause()
        this.#go(this.position + what.by)
        break
      case 'rate':
        this.rate = what.by
        break
      case 'advance':
        if (!this.playing) break
        this.position += (what.by / 1000) * this.rate
        if (this.position >= this.count) {
          this.position = this.count
          this.playing = false
        }
        break
      default:
        if (this.position === this.count) this.position = what.by
        this.count = what.by
        if (this.position > this.count) this.position = this.count
    }
  }

  #play(): void {
    if (this.count === 0) return
    if (this.position === this.count) this.position = 0
    this.playing = true
  }

  #pause(): void {
    this.playing = false
    this.position = Math.floor(this.position)
  }

  #go(to: number): void {
    if (to <= 0) this.position = 0
    else if (to >= this.count) this.position = this.count
    else this.position = Math.round(to)
  }
}

describe('the playhead', () => {
  it('follows a plain player through everything a person does', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(move, { maxLength: 40 }), (count, moves) => {
        let playback = createPlayback(count)
        const player = new Player(count)
        for (const what of moves) {
          const before = Object.freeze(playback)
          playback = perform(before, what)
          player.perform(what)
          expect(playback.count).toBe(player.count)
          expect(playback.position).toBeCloseTo(player.position, 9)
          expect(playback.playing).toBe(player.playing)
          expect(playback.rate).toBe(player.rate)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('is never outside of its chunks, and stands between two of them only while it plays', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(move, { maxLength: 60 }), (count, moves) => {
        let playback = createPlayback(count)
        for (const what of moves) {
          playback = perform(playback, what)
          const { position } = playback
          expect(position >= 0 && position <= playback.count).toBe(true)
          const arrived = chunksArrived(playback)
          expect(Number.isInteger(arrived) && arrived >= 0 && arrived <= playback.count).toBe(true)
          if (!playback.playing) expect(position).toBe(arrived)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('opens complete, at the default rate, not playing', () => {
    expect(createPlayback(7)).toEqual({
      draftId: '',
      interaction: 0,
      factor: 1,
      count: 7,
      position: 7,
      playing: false,
      rate: DEFAULT_RATE,
    })
    expect(createPlayback(7, 300).rate).toBe(300)
    expect(RATES).toContain(DEFAULT_RATE)
    expect(RATES).toEqual([...RATES].toSorted((a, b) => a - b))
  })

  it('starts over when played from the end, and goes on from anywhere else', () => {
    expect(play(createPlayback(4))).toMatchObject({ position: 0, playing: true })
    expect(play(seek(createPlayback(4), 3))).toMatchObject({ position: 3, playing: true })
    expect(play(createPlayback(0))).toMatchObject({ position: 0, playing: false })
  })

  it('plays to the end in count / rate seconds and stops there, in frames of any length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(...RATES),
        fc.array(fc.double({ min: 0.1, max: 250, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (count, rate, frames) => {
          let playback = play(createPlayback(count, rate))
          let passed = 0
          let before = 0
          for (let at = 0; playback.playing && at < 300; at++) {
            const elapsed = frames[at % frames.length] ?? 16
            playback = advance(playback, elapsed)
            passed += elapsed
            expect(playback.position).toBeGreaterThanOrEqual(before)
            before = playback.position
            const due = Math.min(count, (passed / 1000) * rate)
            expect(playback.position).toBeCloseTo(due, 6)
            expect(playback.playing).toBe(playback.position < count)
          }
          if (!playback.playing) expect(advance(playback, 1000)).toBe(playback)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('keeps its place when the rate changes while playing', () => {
    const half = advance(play(createPlayback(100, 10)), 1250)
    const faster = setRate(half, 1000)
    expect(faster).toMatchObject({ position: half.position, playing: true })
    expect(advance(faster, 10).position).toBeCloseTo(22.5, 9)
  })

  it('pauses on the chunk that arrived last', () => {
    const between = advance(play(createPlayback(100, 10)), 290)
    expect(between.position).toBeCloseTo(2.9, 9)
    expect(pause(between)).toMatchObject({ position: 2, playing: false })
    expect(togglePlay(between)).toEqual(pause(between))
  })

  it('goes on playing after a seek and pauses at a step', () => {
    const playing = advance(play(createPlayback(100, 10)), 290)
    expect(seek(playing, 50.4)).toMatchObject({ position: 50, playing: true })
    expect(step(playing, 1)).toMatchObject({ position: 3, playing: false })
    expect(step(playing, -1)).toMatchObject({ position: 1, playing: false })
    expect(step(playing, -100)).toMatchObject({ position: 0, playing: false })
    expect(step(playing, 1000)).toMatchObject({ position: 100, playing: false })
  })

  it('stays at the end when chunks come or go, else where it is', () => {
    expect(resize(createPlayback(5), 9)).toMatchObject({ count: 9, position: 9 })
    expect(resize(createPlayback(5), 2)).toMatchObject({ count: 2, position: 2 })
    expect(resize(createPlayback(0), 4)).toMatchObject({ count: 4, position: 4 })
    expect(resize(seek(createPlayback(5), 3), 9)).toMatchObject({ count: 9, position: 3 })
    expect(resize(seek(createPlayback(5), 3), 2)).toMatchObject({ count: 2, position: 2 })
    const same = createPlayback(5)
    expect(resize(same, 5)).toBe(same)
  })

  it('does not lose its place to a seek to nowhere: NaN', () => {
    expect(chunksArrived(seek(createPlayback(5), Number.NaN))).toBeGreaterThanOrEqual(0)
  })
})

describe('markers', () => {
  it('are found nearest in both directions, one chunk behind the one they mark', () => {
    const chunks = fc
      .array(fc.nat({ max: 60 }), { maxLength: 8 })
      .map((found) => found.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(chunks, fc.nat({ max: 61 }), (markers, position) => {
        const playback = seek(createPlayback(61), position)
        // shown is the marked chunk itself, so it must have arrived
        const stops = new Set(markers.map((chunk) => chunk + 1))
        let next: number | undefined
        for (let at = 61; at > position; at--) if (stops.has(at)) next = at
        let previous: number | undefined
        for (let at = 0; at < position; at++) if (stops.has(at)) previous = at
        expect(markerFrom(playback, markers, 1)).toBe(next)
        expect(markerFrom(playback, markers, -1)).toBe(previous)
      }),
      { numRuns: 500 },
    )
  })

  it('are all visited by going on from the start, and again by going back from the end', () => {
    const markers = [0, 3, 3, 9, 41]
    const visited = (from: number, direction: 1 | -1): readonly number[] => {
      const found: number[] = []
      let playback = seek(createPlayback(50), from)
      for (;;) {
        const next = markerFrom(playback, markers, direction)
        if (next === undefined) return found
        found.push(next)
        playback = seek(playback, next)
      }
    }
    expect(visited(0, 1)).toEqual([1, 4, 10, 42])
    expect(visited(50, -1)).toEqual([42, 10, 4, 1])
  })

  it('count from the chunk on screen while playing between two chunks', () => {
    const between = advance(seek(play(seek(createPlayback(50, 10), 4)), 4), 50)
    expect(between.position).toBeCloseTo(4.5, 9)
    expect(markerFrom(between, [3, 4], 1)).toBe(5)
    expect(markerFrom(between, [3, 4], -1)).toBeUndefined()
  })
})
