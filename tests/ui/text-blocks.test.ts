import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { blockAt, blockEnds } from '../../src/ui/response/text-blocks.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** What text-blocks.ts says a block may hold at most. */
const LONGEST = 20_000
const COMFORTABLE = 2000

type Stretch = readonly [unit: string, length: number]

function spell(stretches: readonly Stretch[]): string {
  return stretches
    .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length))
    .join('')
}

/** Long stretches with and without line breaks, halves of pairs at every place. */
const wildText: fc.Arbitrary<readonly Stretch[]> = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom('x', '😀', 'é', '\ud83d', '\ude00', 'a 😀'), fc.nat({ max: 30_000 })),
    fc.tuple(fc.constantFrom('x', '😀'), fc.integer({ min: 19_990, max: 20_010 })),
    fc.tuple(fc.constantFrom('x', '😀'), fc.integer({ min: 1990, max: 2010 })),
    fc.constantFrom<Stretch>(['\n', 1], ['\r\n', 2], ['\n', 3], ['word\n', 5], ['z', 1], ['\r', 1]),
  ),
  { maxLength: 8 },
)

/** The same without halves of pairs. */
const soundStretches = wildText.map((stretches) =>
  stretches.map(([unit, length]): Stretch => {
    const sound = unit.replaceAll(/\p{Cs}/gu, '\ufffd')
    return [sound, Math.ceil(length / sound.length) * sound.length]
  }),
)

function isPairCut(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1))
}

describe('the blocks of a text', () => {
  it('lie side by side from its start to its end', () => {
    fc.assert(
      fc.property(wildText, (stretches) => {
        const text = spell(stretches)
        const ends = blockEnds(text)
        let start = 0
        let joined = ''
        for (const end of ends) {
          expect(end).toBeGreaterThan(start)
          joined += text.slice(start, end)
          start = end
        }
        expect(joined).toBe(text)
        expect(ends.at(-1)).toBe(text === '' ? undefined : text.length)
      }),
      { numRuns: 400 },
    )
  })

  it('are never longer than the longest, and as long as is comfortable where line breaks allow it', () => {
    fc.assert(
      fc.property(wildText, (stretches) => {
        const text = spell(stretches)
        let start = 0
        for (const end of blockEnds(text)) {
          expect(end - start).toBeLessThanOrEqual(LONGEST)
          // longer than comfortable only for want of a line break in its comfortable part
          if (end - start > COMFORTABLE) expect(text.slice(start, start + COMFORTABLE)).not.toContain('\n')
          start = end
        }
      }),
      { numRuns: 400 },
    )
  })

  it('are cut behind a line break wherever there is one within reach, and never inside a pair', () => {
    fc.assert(
      fc.property(soundStretches, (stretches) => {
        const text = spell(stretches)
        let start = 0
        for (const end of blockEnds(text)) {
          if (end < text.length) {
            expect(isPairCut(text, end), `pair at ${end}`).toBe(false)
            if (text[end - 1] !== '\n') {
              expect(text.slice(start, start + LONGEST)).not.toContain('\n')
              expect(end - start).toBeGreaterThanOrEqual(LONGEST - 1)
            }
          }
          start = end
        }
      }),
      { numRuns: 400 },
    )
  })

  it('do not move when a text grows at its end, but for the last', () => {
    fc.assert(
      fc.property(wildText, fc.constantFrom('x', 'word\n', '😀', 'x'.repeat(3000)), (stretches, more) => {
        const text = spell(stretches)
        const before = blockEnds(text).slice(0, -1)
        const after = blockEnds(text + more)
        // playback changes only the last block: the blocks before it may be joined or cut only near the end
        const kept = before.filter((end) => text.length - end > LONGEST)
        expect(after.slice(0, kept.length)).toEqual(kept)
      }),
      { numRuns: 200 },
    )
  })

  it('are one block for a short text and none for none', () => {
    expect(blockEnds('')).toEqual([])
    expect(blockEnds('a')).toEqual([1])
    expect(blockEnds(`${'a'.repeat(1000)}\n${'b'.repeat(999)}`)).toEqual([2000])
    expect(blockEnds(`${'a'.repeat(1000)}\n${'b'.repeat(1000)}`)).toEqual([1001, 2001])
    expect(blockEnds('x'.repeat(45_000))).toEqual([20_000, 40_000, 45_000])
  })

  it('are not cut inside a pair that half a pair follows', () => {
    const text = `${'x'.repeat(19_998)}😀\ude00${'x'.repeat(10)}`
    for (const end of blockEnds(text)) expect(isPairCut(text, end), `pair at ${end}`).toBe(false)
  })

  it('are found in a text of megabytes without a break', () => {
    expect(blockEnds('x'.repeat(4_000_000))).toEqual(
      Array.from({ length: 200 }, (_, at) => (at + 1) * 20_000),
    )
  })
})

describe('the block of a character', () => {
  it('is the one that a walk over all blocks finds', () => {
    const ends = fc
      .uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 })
      .map((found) => found.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(ends, fc.integer({ min: 0, max: 320 }), (all, offset) => {
        const found = all.findIndex((end) => offset < end)
        expect(blockAt(all, offset)).toBe(found === -1 ? all.length - 1 : found)
      }),
      { numRuns: 1000 },
    )
  })

  it('holds that character', () => {
    fc.assert(
      fc.property(wildText, fc.nat(), (stretches, place) => {
        const text = `${spell(stretches)}.`
        const ends = blockEnds(text)
        const offset = place % text.length
        const block = blockAt(ends, offset)
        expect(offset).toBeLessThan(ends[block] ?? 0)
        expect(offset).toBeGreaterThanOrEqual(ends[block - 1] ?? 0)
      }),
      { numRuns: 300 },
    )
  })

  it('is the first where there are none', () => {
    expect(blockAt([], 5)).toBe(0)
  })
})
