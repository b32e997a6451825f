import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Chunking, cutText } from '../../../src/core/edits/cut-text.ts'
import { writing } from '../support/writing.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const MODES: readonly Chunking[] = ['keep-count', 'per-word', 'as-recorded']
const lengths = fc.array(fc.nat({ max: 9 }), { maxLength: 12 })

/** Every offset between two graphemes of the whole text. */
function boundaries(text: string): ReadonlySet<number> {
  return new Set([0, text.length, ...[...segmenter.segment(text)].map(({ index }) => index)])
}

function cutsOf(pieces: readonly string[]): readonly number[] {
  let length = 0
  return pieces.map((piece) => {
    length += piece.length
    return length
  })
}

describe('a text cut into pieces', () => {
  for (const mode of MODES) {
    it(`${mode}: joined it is the text, no grapheme and no pair is cut`, () => {
      fc.assert(
        fc.property(writing, lengths, (text, recorded) => {
          const pieces = cutText(text, mode, recorded)
          expect(pieces.join('')).toBe(text)
          const allowed = boundaries(text)
          for (const cut of cutsOf(pieces)) expect(allowed.has(cut), `a cut at ${cut}`).toBe(true)
          if (mode !== 'keep-count') expect(pieces).not.toContain('')
        }),
        { numRuns: 500 },
      )
    })
  }

  it('keep-count: as many as were recorded', () => {
    fc.assert(
      fc.property(
        writing,
        fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 12 }),
        (text, recorded) => {
          expect(cutText(text, 'keep-count', recorded).length).toBe(recorded.length)
        },
      ),
    )
  })

  it('keep-count: the same text is cut as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z ]{1,8}$/), { minLength: 1, maxLength: 12 }),
        (recorded) => {
          const again = cutText(
            recorded.join(''),
            'keep-count',
            recorded.map(({ length }) => length),
          )
          expect(again).toEqual(recorded)
        },
      ),
    )
  })

  it('as-recorded: each piece as long as recorded, over and over', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{0,60}$/), lengths, (text, recorded) => {
        const pieces = cutText(text, 'as-recorded', recorded)
        const useful = recorded.filter((length) => length > 0)
        if (useful.length === 0) {
          expect(pieces.length).toBe(text === '' ? 0 : 1)
          return
        }
        pieces.forEach((piece, at) => {
          const wanted = useful[at % useful.length] ?? 0
          if (at < pieces.length - 1) expect(piece.length).toBe(wanted)
          else expect(piece.length).toBeLessThanOrEqual(wanted)
        })
      }),
    )
  })

  it('as-recorded: the same text is cut as it was', () => {
    const recorded = ['The ', 'red', ' fox', ' 👋🏽', '!']
    const sizes = recorded.map(({ length }) => length)
    expect(cutText(recorded.join(''), 'as-recorded', sizes)).toEqual(recorded)
  })

  it('per-word: one word each', () => {
    const word = fc.stringMatching(/^[a-zäé]{1,8}$/)
    const gap = fc.constantFrom(' ', '  ', '\n', '\n\n', ' — ', ', ', '. ', ' (')
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 12 }), (pairs) => {
        const text = pairs.map(([one, between], at) => (at === 0 ? one : between + one)).join('')
        const pieces = cutText(text, 'per-word', [])
        expect(pieces.length).toBe(pairs.length)
        pairs.forEach(([one], at) => {
          expect(pieces[at]?.match(/[a-zäé]+/g)).toEqual([one])
        })
      }),
    )
  })

  it('per-word: as models say them', () => {
    expect(cutText("The fox's 3.5 dens, “quoted” (so).\n\n- One", 'per-word', [])).toEqual([
      'The',
      " fox's",
      ' 3.5',
      ' dens,',
      ' “quoted”',
      ' (so).',
      '\n\n- One',
    ])
    expect(cutText('', 'per-word', [1])).toEqual([])
    expect(cutText('…', 'per-word', [1])).toEqual(['…'])
    expect(cutText('  hi  ', 'per-word', [])).toEqual(['  hi  '])
    expect(cutText('hi 👋🏽', 'per-word', [])).toEqual(['hi', ' 👋🏽'])
    expect(cutText('世界你好', 'per-word', []).join('|')).toBe('世界|你好')
  })

  it('without a recording: one piece, or none for nothing', () => {
    for (const mode of ['keep-count', 'as-recorded'] as const) {
      expect(cutText('abc', mode, [])).toEqual(['abc'])
      expect(cutText('', mode, [])).toEqual([])
    }
  })

  it('of a hundred thousand characters too', () => {
    const text = 'Wörter 👩‍👩‍👧 und 世界. '.repeat(5000)
    for (const mode of MODES) {
      const pieces = cutText(text, mode, [3, 4, 1])
      expect(pieces.join('') === text).toBe(true)
    }
  })
})
