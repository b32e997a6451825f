import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { lineColumnAt } from '../../../src/core/syntax/lines.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const lined = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n'), maxLength: 30 })

describe('lineColumnAt', () => {
  it('counts as splitting the text into lines does', () => {
    fc.assert(
      fc.property(lined, fc.nat(), (text, seed) => {
        const offset = seed % (text.length + 1)
        // between "\r" and "\n" the line has not ended yet
        fc.pre(!(text[offset - 1] === '\r' && text[offset] === '\n'))
        const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
        expect(lineColumnAt(text, offset)).toEqual({
          line: lines.length,
          column: (lines.at(-1)?.length ?? 0) + 1,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('stays in the line that "\\r\\n" ends until both have passed', () => {
    expect(lineColumnAt('ab\r\ncd', 3)).toEqual({ line: 1, column: 4 })
    expect(lineColumnAt('ab\r\ncd', 4)).toEqual({ line: 2, column: 1 })
  })

  it('takes an offset behind the end for the end', () => {
    expect(lineColumnAt('a\nb', 99)).toEqual({ line: 2, column: 2 })
    expect(lineColumnAt('', 0)).toEqual({ line: 1, column: 1 })
  })
})
