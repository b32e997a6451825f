import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { excerptOf } from '../../../src/core/compare/excerpt.ts'
import { nastyText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const words = fc
  .array(fc.constantFrom('the ', 'a ', 'Rhine', '\n', 'river ', '世', '😀 ', ' '), { maxLength: 8 })
  .map((all) => all.join(''))

function side(before: string, after: string, kind: 'removed' | 'added'): string {
  return excerptOf(before, after)
    .filter((part) => part.kind === 'same' || part.kind === kind)
    .map(({ text }) => text)
    .join('')
}

describe('an excerpt', () => {
  it('of a short text is that text, before and after', () => {
    fc.assert(
      fc.property(fc.oneof(words, nastyText), fc.oneof(words, nastyText), (before, after) => {
        fc.pre(before !== after && before.length + after.length < 40)
        expect(side(before, after, 'removed')).toBe(before)
        expect(side(before, after, 'added')).toBe(after)
      }),
      { numRuns: 500 },
    )
  })

  it('tells whole words, each where it changed', () => {
    expect(
      excerptOf('Grüße aus Köln: der Fluss heißt Rhein.', 'Grüße aus Bonn: der Fluss heißt Main.'),
    ).toEqual([
      { kind: 'same', text: 'Grüße aus ' },
      { kind: 'removed', text: 'Köln: ' },
      { kind: 'added', text: 'Bonn: ' },
      { kind: 'same', text: 'der Fluss heißt ' },
      { kind: 'removed', text: 'Rhein.' },
      { kind: 'added', text: 'Main.' },
    ])
    expect(excerptOf('same', 'same')).toEqual([])
  })

  it('of a long text stays short and made of whole characters', () => {
    const long = '😀 and so on '.repeat(20_000)
    const parts = excerptOf(long, `${long.slice(0, 100_000)}x${long.slice(100_003)}`)
    expect(parts.map(({ text }) => text).join('').length).toBeLessThan(400)
    for (const { text } of parts) expect(() => encodeURIComponent(text)).not.toThrow()
    const all = excerptOf(long, long.replaceAll('and', 'or'))
    expect(all.map(({ text }) => text).join('').length).toBeLessThan(4000)
  })
})
