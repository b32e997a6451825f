import { describe, expect, it } from 'vitest'
import { comparable } from '../../src/ui/compare/comparable.ts'
import { FORMAT_LIMIT, showText, soundIndex } from '../../src/ui/source/shown-text.ts'

/** A compact file of `length` characters. */
function compact(length: number): string {
  return `["${'x'.repeat(length - 8)}",1]`.padEnd(length)
}

describe('a very long compact file', () => {
  it('is laid out up to the limit and shown as it is above', () => {
    expect(showText(compact(FORMAT_LIMIT), true).kind).toBe('formatted')
    const text = compact(FORMAT_LIMIT + 1)
    const shown = showText(text, true)
    expect(shown.kind).toBe('file')
    expect(shown.projection.text).toBe(text)
  })

  it('is compared as it is, and that is said', () => {
    const [one, other] = [compact(FORMAT_LIMIT + 1), compact(3000)]
    for (const [original, modified] of [
      [one, other],
      [other, one],
    ] as const) {
      const sides = comparable(original, modified)
      expect(sides).toMatchObject({ original, modified })
      expect(sides.note).toContain('5,000,000')
    }
  })
})

describe('a sound text', () => {
  it('is one that parses', () => {
    for (const text of ['{"a":[1,{}]}', ' null ', '"\\u00e9"']) expect(soundIndex(text), text).toBeDefined()
    for (const text of ['', '{"a":1', '[1,]', '\ufeff{}', '{} {}', '01']) {
      expect(soundIndex(text), text).toBeUndefined()
    }
  })
})
