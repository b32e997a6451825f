import { describe, expect, it } from 'vitest'
import { withRange } from '../../src/ui/library/range-selection.ts'

const PATHS = ['a', undefined, 'b', 'c', 'd']
const select = (base: readonly string[], from: number, to: number) =>
  [...withRange(new Set(base), from, to, (at) => PATHS[at])].toSorted()

describe('a range of rows', () => {
  it('is all rows between, in either direction, but for the heads of groups', () => {
    expect(select([], 0, 2)).toEqual(['a', 'b'])
    expect(select([], 4, 2)).toEqual(['b', 'c', 'd'])
    expect(select([], 3, 3)).toEqual(['c'])
  })

  it('stands on what was selected before, so that it shrinks to that', () => {
    expect(select(['d'], 0, 3)).toEqual(['a', 'b', 'c', 'd'])
    expect(select(['d'], 0, 0)).toEqual(['a', 'd'])
  })
})
