import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { spliceBetween } from '../../../src/core/text/edit.ts'
import {
  graphemeBoundary,
  graphemeEnds,
  isGraphemeBoundary,
  wholeGraphemes,
} from '../../../src/core/text/graphemes.ts'
import { writing } from '../support/writing.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Every offset between two graphemes of the whole text, both ends included. */
function boundaries(text: string): readonly number[] {
  return [...new Set([...[...segmenter.segment(text)].map(({ index }) => index), 0, text.length])].toSorted(
    (a, b) => a - b,
  )
}

function expectAsWhole(text: string, offsets: Iterable<number>): void {
  const ends = boundaries(text)
  const known = new Set(ends)
  for (const offset of offsets) {
    if (offset > text.length) continue
    expect(isGraphemeBoundary(text, offset), `at ${offset} of ${text.length}`).toBe(known.has(offset))
    expect(graphemeBoundary(text, offset, -1)).toBe(ends.findLast((end) => end <= offset))
    expect(graphemeBoundary(text, offset, 1)).toBe(ends.find((end) => end >= offset))
  }
}

function* all(text: string): Generator<number> {
  for (let offset = 0; offset <= text.length; offset++) yield offset
}

describe('graphemes', () => {
  it('end where the segmenter of the whole text says', () => {
    fc.assert(
      fc.property(writing, (text) => {
        expect(graphemeEnds(text)).toEqual(boundaries(text))
        expectAsWhole(text, all(text))
      }),
    )
  })

  it('are found far inside a text as at its beginning', () => {
    for (const filler of ['a', 'ab ', '👋🏽', '👩‍👩‍👧', 'e\u0301', '각', '\r\n', '🇩🇪', 'a🇩🇪🇫🇷']) {
      for (const shift of ['', 'x', 'xx', 'xxx']) {
        const text = `${shift}${filler.repeat(400)}y`
        expectAsWhole(text, [255, 256, 257, 258, 511, 512, 513, 514, 700, 701, 702, 703])
      }
    }
  })

  it('are pairs of flags in a long row of them', () => {
    const flags = `x${'🇩🇪🇫🇷🇧🇷'.repeat(100)}`
    expectAsWhole(flags, all(flags))
    const odd = `${flags}🇪`
    expectAsWhole(odd, [...all(odd)].slice(-600))
  })

  it('stop at the ends of the text', () => {
    expect(isGraphemeBoundary('', 0)).toBe(true)
    expect(graphemeBoundary('e\u0301', 9, 1)).toBe(2)
    expect(graphemeBoundary('e\u0301', 9, -1)).toBe(2)
    expect(graphemeBoundary('e\u0301', -3, -1)).toBe(0)
  })

  it('of a hostile length are not read to their end, and cut no pair', () => {
    const zalgo = `a${'\u0301'.repeat(50_000)}`
    expect(isGraphemeBoundary(zalgo, 25_000)).toBe(false)
    const after = `${zalgo.slice(0, 25_000)}b${zalgo.slice(25_000)}`
    const least = spliceBetween(zalgo, after)
    if (least === undefined) throw new Error('no difference')
    const { offset, length, content } = wholeGraphemes(zalgo, after, least)
    expect(zalgo.slice(0, offset) + content + zalgo.slice(offset + length)).toBe(after)
  })
})

describe('a splice widened to whole graphemes', () => {
  it('makes the same text, and cuts no grapheme of either', () => {
    fc.assert(
      fc.property(writing, writing, writing, writing, (front, old, now, behind) => {
        const [before, after] = [front + old + behind, front + now + behind]
        const least = spliceBetween(before, after)
        if (least === undefined) return
        const { offset, length, content } = wholeGraphemes(before, after, least)
        expect(before.slice(0, offset) + content + before.slice(offset + length)).toBe(after)
        const [ofBefore, ofAfter] = [new Set(boundaries(before)), new Set(boundaries(after))]
        expect(ofBefore.has(offset) && ofBefore.has(offset + length)).toBe(true)
        expect(ofAfter.has(offset) && ofAfter.has(offset + content.length)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('takes no more than it must', () => {
    const least = { offset: 1, length: 1, content: 'x' }
    expect(wholeGraphemes('abc', 'axc', least)).toEqual(least)
    expect(wholeGraphemes('ae c', 'ae\u0301 c', { offset: 2, length: 0, content: '\u0301' })).toEqual({
      offset: 1,
      length: 1,
      content: 'e\u0301',
    })
  })
})
