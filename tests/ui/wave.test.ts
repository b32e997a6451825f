import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { CHUNK_KIND_CODE, CHUNK_KINDS } from '../../src/core/cassette/delta.ts'
import { passages, waveBars } from '../../src/ui/playback/wave.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

interface Shape {
  readonly added: Uint32Array
  readonly kinds: Uint8Array
}

const shape: fc.Arbitrary<Shape> = fc
  .array(
    fc.tuple(
      fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0, 0, 4_000_000_000)),
      fc.nat({ max: CHUNK_KINDS.length - 1 }),
    ),
    {
      minLength: 1,
      maxLength: 400,
    },
  )
  .map((chunks) => ({
    added: Uint32Array.from(chunks, ([characters]) => characters),
    kinds: Uint8Array.from(chunks, ([, kind]) => kind),
  }))
const width = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.5, max: 2000, noNaN: true }))

describe('the waveform', () => {
  it('covers the whole width from its left edge in even steps, without one bar over another', () => {
    fc.assert(
      fc.property(shape, width, ({ added, kinds }, room) => {
        const bars = waveBars(added, kinds, room)
        const slot = room / bars.length
        bars.forEach((bar, at) => {
          expect(bar.x).toBeCloseTo(at * slot, 6)
          expect(bar.width).toBeGreaterThan(0)
          expect(bar.x + bar.width).toBeLessThanOrEqual((at + 1) * slot + 1e-9)
        })
        expect(bars.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('has one bar a chunk while there is room, else as many as there is room for', () => {
    fc.assert(
      fc.property(shape, width, ({ added, kinds }, room) => {
        const bars = waveBars(added, kinds, room)
        expect(bars.length).toBe(
          kinds.length * 3 <= room ? kinds.length : Math.min(kinds.length, Math.max(1, Math.floor(room / 3))),
        )
        if (bars.length < kinds.length) return
        bars.forEach((bar, chunk) => {
          expect(bar.kind).toBe(kinds[chunk])
        })
      }),
      { numRuns: 500 },
    )
  })

  it('has heights from 0 to 1, the tallest bar reaching the top and all in the order of what chunks add', () => {
    fc.assert(
      fc.property(shape, width, ({ added, kinds }, room) => {
        const bars = waveBars(added, kinds, room)
        for (const { height } of bars) expect(height > 0 && height <= 1).toBe(true)
        if (Math.max(...added) > 0) expect(Math.max(...bars.map(({ height }) => height))).toBeCloseTo(1, 9)
        if (bars.length !== kinds.length) return
        const order = [...bars.keys()].toSorted((a, b) => (added[a] ?? 0) - (added[b] ?? 0))
        for (let at = 1; at < order.length; at++) {
          const [lower, higher] = [order[at - 1] ?? 0, order[at] ?? 0]
          expect(bars[higher]?.height).toBeGreaterThanOrEqual(bars[lower]?.height ?? 0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('loses no chunk where bars stand for several: each shows in the bar at its place', () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.integer({ min: 3, max: 300 }), ({ added, kinds }, place, room) => {
        // one chunk that stands out by its length and its kind
        const chunk = place % kinds.length
        const loud = { added: added.map(() => 1), kinds: kinds.map(() => CHUNK_KIND_CODE.text) }
        loud.added[chunk] = 1000
        loud.kinds[chunk] = CHUNK_KIND_CODE.error
        const bars = waveBars(loud.added, loud.kinds, room)
        const tallest = bars.flatMap((bar, at) => (bar.height > 0.99 ? [at] : []))
        expect(tallest).toEqual(bars.flatMap((bar, at) => (bar.kind === CHUNK_KIND_CODE.error ? [at] : [])))
        expect(tallest).toHaveLength(1)
        const at = tallest[0] ?? 0
        // not further from where the chunk is than one bar
        expect(Math.abs((at + 0.5) / bars.length - (chunk + 0.5) / kinds.length)).toBeLessThanOrEqual(
          1 / bars.length,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('is empty without chunks or room, and flat where no chunk adds anything', () => {
    expect(waveBars(new Uint32Array(0), new Uint8Array(0), 500)).toEqual([])
    expect(waveBars(Uint32Array.of(1), Uint8Array.of(4), 0)).toEqual([])
    expect(waveBars(Uint32Array.of(1), Uint8Array.of(4), -5)).toEqual([])
    const flat = waveBars(new Uint32Array(9), new Uint8Array(9), 500)
    expect(new Set(flat.map(({ height }) => height)).size).toBe(1)
  })

  it('does not take long for a million chunks', () => {
    const added = new Uint32Array(1_000_000).fill(3)
    expect(waveBars(added, new Uint8Array(1_000_000).fill(4), 1200)).toHaveLength(400)
  })
})

describe('passages', () => {
  const SILENT = new Set<string>(['empty', 'unknown', 'message-start', 'usage', 'note'])
  const runs = fc
    .array(fc.tuple(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 60 })), { maxLength: 20 })
    .map((all) => Uint8Array.from(all.flatMap(([kind, length]) => new Array<number>(length).fill(kind))))

  it('stand in order, apart from each other, each where its kind begins', () => {
    fc.assert(
      fc.property(runs, (kinds) => {
        const found = passages(kinds)
        let before = Number.NEGATIVE_INFINITY
        for (const { kind, chunk } of found) {
          expect(chunk - before).toBeGreaterThanOrEqual(kinds.length * 0.09)
          before = chunk
          expect(SILENT).not.toContain(kind)
          expect(CHUNK_KINDS[kinds[chunk] ?? 0]).toBe(kind)
          expect(kinds[chunk - 1]).not.toBe(kinds[chunk])
        }
        expect(found.length).toBeLessThanOrEqual(12)
      }),
      { numRuns: 1000 },
    )
  })

  it('name the first thing that is said, and every kind where there is room for all', () => {
    fc.assert(
      fc.property(runs, (kinds) => {
        const first = kinds.findIndex((code) => !SILENT.has(CHUNK_KINDS[code] ?? 'empty'))
        expect(passages(kinds)[0]?.chunk).toBe(first === -1 ? undefined : first)
      }),
      { numRuns: 500 },
    )
    const { reasoning, text, 'tool-call': call, stop, usage, empty } = CHUNK_KIND_CODE
    const kinds = Uint8Array.from(
      [reasoning, usage, reasoning, text, empty, text, call, stop].flatMap((kind) => [kind, kind, kind]),
    )
    expect(passages(kinds).map(({ kind, chunk }) => `${kind} ${chunk}`)).toEqual([
      'reasoning 0',
      'text 9',
      'tool-call 18',
      'stop 21',
    ])
  })

  it('are none where nothing is said', () => {
    expect(passages(new Uint8Array(0))).toEqual([])
    expect(passages(Uint8Array.of(0, 1, 2, 3))).toEqual([])
  })
})
