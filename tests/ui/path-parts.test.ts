import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { middleCut, pathParts } from '../../src/ui/compare/path-parts.ts'

describe('what differs between two paths', () => {
  it.each<[before: string, after: string, start: string, one: string, other: string, end: string]>([
    ['x/recordings/0a1.json', 'x/recordings/0b2.json', 'x/recordings/', '0a1', '0b2', '.json'],
    ['before/a/b.json', 'after/a/b.json', '', 'before', 'after', '/a/b.json'],
    ['x/a.json', 'x/a.json', 'x/', 'a.json', 'a.json', ''],
    ['a.json', 'what was asked', '', 'a.json', 'what was asked', ''],
    ['a/a/x', 'a/x', 'a/', 'a/x', 'x', ''],
  ])('%s and %s', (before, after, start, one, other, end) => {
    expect(pathParts(before, after)).toEqual({ start, before: one, after: other, end })
  })

  it('leaves nothing out', () => {
    const path = fc.array(fc.constantFrom('a', 'ab', '/', '.', '_', '💧')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(path, path, (before, after) => {
        const parts = pathParts(before, after)
        expect(parts.start + parts.before + parts.end).toBe(before)
        expect(parts.start + parts.after + parts.end).toBe(after)
      }),
    )
  })
})

describe('a middle that is left out', () => {
  it('keeps both ends, and never half a letter', () => {
    expect(middleCut('0123456789', 5)).toBe('01…89')
    expect(middleCut('01234', 5)).toBe('01234')
    expect(middleCut('a💧💧💧💧b', 5)).toBe('a…b')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (text, most) => {
        const cut = middleCut(text, most)
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(/(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/.test(cut)).toBe(false)
      }),
    )
  })
})
