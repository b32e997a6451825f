import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { align } from '../../../src/core/compare/align.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 120_000 })

type List = readonly string[]

function runs(old: List, now: List) {
  return align(
    old.length,
    now.length,
    (at) => old[at] ?? '',
    (at) => now[at] ?? '',
  )
}

/** By the textbook, without anchors: how many items can stay at most. */
function longestCommon(old: List, now: List): number {
  const rows = [...old, ''].map(() => new Array<number>(now.length + 1).fill(0))
  for (let o = old.length - 1; o >= 0; o--) {
    for (let n = now.length - 1; n >= 0; n--) {
      const row = rows[o]
      if (row === undefined) continue
      row[n] =
        old[o] === now[n] ? (rows[o + 1]?.[n + 1] ?? 0) + 1 : Math.max(rows[o + 1]?.[n] ?? 0, row[n + 1] ?? 0)
    }
  }
  return rows[0]?.[0] ?? 0
}

const few: fc.Arbitrary<List> = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 20 })

describe('the alignment of two lists', () => {
  it('covers both, in order, and calls the same only what is the same', () => {
    fc.assert(
      fc.property(few, few, (old, now) => {
        let [o, n] = [0, 0]
        for (const { same, oldStart, oldEnd, newStart, newEnd } of runs(old, now)) {
          expect([oldStart, newStart]).toEqual([o, n])
          if (same) expect(old.slice(oldStart, oldEnd)).toEqual(now.slice(newStart, newEnd))
          expect(oldEnd - oldStart + newEnd - newStart).toBeGreaterThan(0)
          o = oldEnd
          n = newEnd
        }
        expect([o, n]).toEqual([old.length, now.length])
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every item that was not touched, for items that all differ', () => {
    const touched = fc
      .tuple(
        fc.uniqueArray(fc.nat(), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 6 }),
      )
      .map(([numbers, edits]) => {
        const old = numbers.map(String)
        const now = [...old]
        edits.forEach(([at, insert], count) => {
          if (insert) now.splice(at % (now.length + 1), 0, `new ${count}`)
          else now.splice(at % (now.length + 1), 1)
        })
        return { old, now }
      })
    fc.assert(
      fc.property(touched, ({ old, now }) => {
        const kept = runs(old, now).reduce(
          (sum, { same, oldStart, oldEnd }) => sum + (same ? oldEnd - oldStart : 0),
          0,
        )
        expect(kept).toBe(longestCommon(old, now))
      }),
      { numRuns: 500 },
    )
  })

  it('takes time with the length, not with its square', () => {
    const old = Array.from({ length: 500_000 }, (_, at) => `token ${at}`)
    const now = [...old]
    now.splice(1000, 1)
    now.splice(400_000, 0, 'new')
    const found = runs(old, now)
    expect(found.filter(({ same }) => !same)).toHaveLength(2)
    // nothing stands out, nothing is the same: still at once
    expect(
      runs(
        old,
        old.map((one) => `${one}!`),
      ),
    ).toHaveLength(1)
    expect(
      runs(
        old.map(() => 'a'),
        [...old.slice(1).map(() => 'a'), 'b'],
      ),
    ).toHaveLength(2)
  })
})
