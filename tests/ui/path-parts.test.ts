import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathParts } from '../../src/ui/compare/path-parts.ts'

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
