import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  applyEdits,
  EditError,
  invertEdits,
  mapOffset,
  orderEdits,
  spliceBetween,
  type TextEdit,
} from '../../../src/core/text/edit.ts'
import { hasUtf8Form, nastyText, soundText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** A text cut into pieces, some of which are replaced: edits that cannot overlap, with the wanted result. */
const edited = fc
  .array(fc.record({ old: nastyText, replacement: fc.option(nastyText, { nil: undefined }) }), {
    maxLength: 8,
  })
  .map((pieces) => {
    const edits: TextEdit[] = []
    let text = ''
    let wanted = ''
    for (const { old, replacement } of pieces) {
      // two insertions at one place in a row are legal; a replacement right behind an insertion too
      if (replacement !== undefined)
        edits.push({ offset: text.length, length: old.length, content: replacement })
      text += old
      wanted += replacement ?? old
    }
    return { text, edits, wanted }
  })

describe('applyEdits', () => {
  it('replaces every span at once, each offset meaning the old text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits, wanted }) => {
        expect(applyEdits(text, edits)).toBe(wanted)
      }),
    )
  })

  it('does not care in which order edits of different places are listed', () => {
    const apart = edited.filter(
      ({ edits }) => new Set(edits.map(({ offset }) => offset)).size === edits.length,
    )
    fc.assert(
      fc.property(apart, ({ text, edits, wanted }) => {
        expect(applyEdits(text, edits.toReversed())).toBe(wanted)
      }),
    )
  })

  it('leaves a text without edits as it is', () => {
    fc.assert(fc.property(nastyText, (text) => applyEdits(text, []) === text))
  })

  it('refuses edits outside the text and edits that overlap', () => {
    const refused: readonly (readonly TextEdit[])[] = [
      [{ offset: -1, length: 0, content: 'x' }],
      [{ offset: 4, length: 0, content: 'x' }],
      [{ offset: 2, length: 2, content: '' }],
      [{ offset: 0, length: -1, content: '' }],
      [
        { offset: 0, length: 2, content: 'x' },
        { offset: 1, length: 1, content: 'y' },
      ],
      [
        { offset: 1, length: 1, content: 'x' },
        { offset: 1, length: 1, content: 'y' },
      ],
    ]
    for (const edits of refused) expect(() => applyEdits('abc', edits)).toThrow(EditError)
  })
})

describe('orderEdits', () => {
  it('keeps the listed order of insertions at one place', () => {
    const first = { offset: 1, length: 0, content: 'x' }
    const second = { offset: 1, length: 0, content: 'y' }
    expect(orderEdits([first, second], 3)).toEqual([first, second])
    expect(applyEdits('abc', [second, first])).toBe('ayxbc')
  })
})

describe('invertEdits', () => {
  it('leads back to the identical text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits, wanted }) => {
        expect(applyEdits(wanted, invertEdits(text, edits))).toBe(text)
      }),
    )
  })

  it('inverted twice is the edit itself', () => {
    fc.assert(
      fc.property(edited, ({ text, edits, wanted }) => {
        const inverse = invertEdits(text, edits)
        expect(applyEdits(text, invertEdits(wanted, inverse))).toBe(wanted)
      }),
    )
  })
})

function cutsAPair(text: string, offset: number): boolean {
  const point = text.codePointAt(offset - 1)
  return offset > 0 && point !== undefined && point > 0xffff
}

const twoTexts = fc.oneof(
  fc.tuple(nastyText, nastyText),
  fc.tuple(nastyText, nastyText, nastyText, nastyText).map(([a, b, c, d]) => [a + b + d, a + c + d] as const),
)

describe('spliceBetween', () => {
  it('turns the one text into the other', () => {
    fc.assert(
      fc.property(twoTexts, ([before, after]) => {
        const splice = spliceBetween(before, after)
        expect(applyEdits(before, splice === undefined ? [] : [splice])).toBe(after)
        expect(splice === undefined).toBe(before === after)
      }),
    )
  })

  it('never cuts a surrogate pair, neither in the old text nor in the new one', () => {
    fc.assert(
      fc.property(twoTexts, ([before, after]) => {
        const splice = spliceBetween(before, after)
        if (splice === undefined) return
        const { offset, length, content } = splice
        expect(cutsAPair(before, offset)).toBe(false)
        expect(cutsAPair(before, offset + length)).toBe(false)
        expect(cutsAPair(after, offset)).toBe(false)
        expect(cutsAPair(after, offset + content.length)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('replaces nothing that both texts have at its ends, but for the half of a pair', () => {
    fc.assert(
      fc.property(twoTexts, ([before, after]) => {
        const splice = spliceBetween(before, after)
        if (splice === undefined) return
        const removed = before.slice(splice.offset, splice.offset + splice.length)
        const { content } = splice
        if (removed === '' || content === '') return
        const isSurrogate = (unit: string): boolean => /^[\ud800-\udfff]$/.test(unit)
        expect(removed.charAt(0) !== content.charAt(0) || isSurrogate(removed.charAt(0))).toBe(true)
        const last = removed.charAt(removed.length - 1)
        expect(last !== content.charAt(content.length - 1) || isSurrogate(last)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('writes one letter when one letter is typed', () => {
    expect(spliceBetween('the llama', 'the llamas')).toEqual({ offset: 9, length: 0, content: 's' })
    expect(spliceBetween('aaa', 'aa')).toEqual({ offset: 2, length: 1, content: '' })
    expect(spliceBetween('x😀y', 'x😁y')).toEqual({ offset: 1, length: 2, content: '😁' })
    // U+1F600 and U+1F900 differ in both halves, U+1F600 and U+1FA00 only in the first
    expect(spliceBetween('x😀y', 'x\u{1f900}y')).toEqual({ offset: 1, length: 2, content: '\u{1f900}' })
    expect(spliceBetween('x😀y', 'x\u{1fa00}y')).toEqual({ offset: 1, length: 2, content: '\u{1fa00}' })
  })
})

describe('mapOffset', () => {
  it('keeps every character that stays in front of the text behind it', () => {
    fc.assert(
      fc.property(edited, fc.nat(), ({ text, edits, wanted }, seed) => {
        const offset = text.length === 0 ? 0 : seed % text.length
        const inside = edits.some((edit) => edit.offset <= offset && offset < edit.offset + edit.length)
        fc.pre(!inside && !edits.some((edit) => edit.offset === offset))
        const mapped = mapOffset(offset, edits)
        expect(wanted.slice(mapped, mapped + 1)).toBe(text.slice(offset, offset + 1))
        expect(wanted.length - mapped - (text.length - offset)).toBe(
          edits
            .filter((edit) => edit.offset > offset)
            .reduce((sum, edit) => sum + edit.content.length - edit.length, 0),
        )
      }),
    )
  })

  it('is monotonous and stays within the new text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits, wanted }) => {
        let last = 0
        for (let offset = 0; offset <= text.length; offset++) {
          const mapped = mapOffset(offset, edits)
          expect(mapped).toBeGreaterThanOrEqual(last)
          expect(mapped).toBeLessThanOrEqual(wanted.length)
          last = mapped
        }
      }),
    )
  })

  it('moves an offset inside a replaced range to the end of what replaces it', () => {
    const edits = [{ offset: 2, length: 4, content: 'xy' }]
    expect([0, 1, 2, 3, 5, 6, 7].map((offset) => mapOffset(offset, edits))).toEqual([0, 1, 2, 4, 4, 4, 5])
  })

  it('keeps a caret in front of what is inserted at it', () => {
    expect(mapOffset(3, [{ offset: 3, length: 0, content: 'new' }])).toBe(3)
  })

  it('gives the same for edits in any order, as applyEdits does', () => {
    const edits = [
      { offset: 6, length: 4, content: '' },
      { offset: 0, length: 0, content: 'front' },
    ]
    expect(mapOffset(8, edits)).toBe(mapOffset(8, edits.toReversed()))
  })
})

describe('edits of text that has a UTF-8 form', () => {
  it('keep one: a splice between two sound texts has sound content', () => {
    fc.assert(
      fc.property(soundText, soundText, (before, after) => {
        expect(hasUtf8Form(spliceBetween(before, after)?.content ?? '')).toBe(true)
      }),
    )
  })
})
