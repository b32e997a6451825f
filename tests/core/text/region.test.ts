import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { concat, lift, type Region, wholeRegion } from '../../../src/core/text/region.ts'
import { editFromShares, spliceShares } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** Pieces of an outer text, with a bar around each that no piece and no edit has. */
const pieceText = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀'), maxLength: 6 })

function regionsOf(pieces: readonly string[]): {
  readonly outer: string
  readonly regions: readonly Region[]
} {
  let outer = '|'
  const starts = pieces.map((piece) => {
    const start = outer.length
    outer += `${piece}|`
    return start
  })
  const whole = wholeRegion(outer)
  const regions = pieces.map((text, at) =>
    lift(whole, { text, toInner: (edit) => ({ ...edit, offset: edit.offset + (starts[at] ?? 0) }) }),
  )
  return { outer, regions }
}

function piecesIn(outer: string): readonly string[] {
  return outer.slice(1, -1).split('|')
}

describe('concat', () => {
  it('is edited as the joined text would be', () => {
    fc.assert(
      fc.property(
        fc.array(pieceText, { minLength: 1, maxLength: 6 }),
        spliceShares,
        pieceText,
        (pieces, shares, content) => {
          const { outer, regions } = regionsOf(pieces)
          const joined = concat(regions)
          expect(joined.text).toBe(pieces.join(''))
          const edit = editFromShares(joined.text, { ...shares, content })
          const after = piecesIn(applyEdits(outer, joined.toOuter(edit)))
          expect(after.length).toBe(pieces.length)
          expect(after.join('')).toBe(applyEdits(joined.text, [edit]))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves every piece alone that the edit does not touch', () => {
    fc.assert(
      fc.property(fc.array(pieceText, { minLength: 1, maxLength: 6 }), spliceShares, (pieces, shares) => {
        const { outer, regions } = regionsOf(pieces)
        const joined = concat(regions)
        const edit = editFromShares(joined.text, { ...shares, content: 'x' })
        const after = piecesIn(applyEdits(outer, joined.toOuter(edit)))
        const changed = after.map((piece, at) => (piece === pieces[at] ? -1 : at)).filter((at) => at >= 0)
        let end = 0
        const touching = pieces.map((piece) => {
          const start = end
          end += piece.length
          return piece !== '' && start <= edit.offset + edit.length && edit.offset <= end
        })
        // where no piece has a character, the text must still go somewhere
        if (joined.text !== '') expect(changed.every((at) => touching[at])).toBe(true)
      }),
    )
  })

  it('continues the word at whose end is typed', () => {
    const { outer, regions } = regionsOf(['Lla', '', 'ma'])
    const typed = concat(regions).toOuter({ offset: 3, length: 0, content: 'X' })
    expect(applyEdits(outer, typed)).toBe('|LlaX||ma|')
  })

  it('writes in front of the first character into the first piece that has any', () => {
    const { outer, regions } = regionsOf(['', 'Lla', 'ma'])
    const typed = concat(regions).toOuter({ offset: 0, length: 0, content: 'X' })
    expect(applyEdits(outer, typed)).toBe('||XLla|ma|')
  })

  it('puts a replacement across a seam where the replaced text begins', () => {
    const { outer, regions } = regionsOf(['Lla', 'ma', 's'])
    const typed = concat(regions).toOuter({ offset: 2, length: 4, content: 'X' })
    expect(applyEdits(outer, typed)).toBe('|LlX|||')
  })

  it('can be concatenated again', () => {
    const { outer, regions } = regionsOf(['one', 'two', 'three'])
    const nested = concat([concat(regions.slice(0, 2)), ...regions.slice(2)])
    expect(nested.text).toBe('onetwothree')
    expect(applyEdits(outer, nested.toOuter({ offset: 5, length: 4, content: '' }))).toBe('|one|tw|ee|')
  })
})
