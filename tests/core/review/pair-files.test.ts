import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareItems, kindOf } from '../../../src/core/review/order.ts'
import { type FileRef, pairFiles } from '../../../src/core/review/pair-files.ts'
import type { ReviewItem } from '../../../src/core/review/review-item.ts'

const paths = (pairs: readonly { before: FileRef; after: FileRef }[]): string[] =>
  pairs.map(({ before, after }) => `${before.path} > ${after.path}`)

describe('files of two trees', () => {
  it('are paired by path, then by content, then by what they record', () => {
    const before: FileRef[] = [
      { path: 'same.json', size: 1 },
      { path: 'old/a.json', size: 2, digest: 'A' },
      { path: 'old/b.json', size: 2, digest: 'A' },
      { path: 'abc.json', size: 3, digest: 'B', keys: ['test-1 hello', 'test-1'] },
      { path: 'bcd.json', size: 3, digest: 'C', keys: ['test-1 bye', 'test-1'] },
      { path: 'gone.json', size: 3, digest: 'D', keys: ['test-9 x', 'test-9'] },
    ]
    const after: FileRef[] = [
      { path: 'same.json', size: 9 },
      { path: 'new/b.json', size: 2, digest: 'A' },
      { path: 'new/a.json', size: 2, digest: 'A' },
      { path: 'zzz.json', size: 3, digest: 'E', keys: ['test-1 bye', 'test-1'] },
      { path: 'yyy.json', size: 3, digest: 'F', keys: ['test-1 other', 'test-1'] },
      { path: 'come.json', size: 3, digest: 'G', keys: ['test-8 x', 'test-8'] },
    ]
    const { pairs, moved, added, removed } = pairFiles(before, after)
    expect(paths(pairs)).toEqual(['same.json > same.json'])
    expect(paths(moved).toSorted()).toEqual([
      'abc.json > yyy.json',
      'bcd.json > zzz.json',
      'old/a.json > new/a.json',
      'old/b.json > new/b.json',
    ])
    expect(added.map(({ path }) => path)).toEqual(['come.json'])
    expect(removed.map(({ path }) => path)).toEqual(['gone.json'])
  })

  it('keep every file exactly once, whatever is equal', () => {
    const file = fc.record({
      path: fc.constantFrom('a', 'b', 'c', 'd/a', 'd/b', 'e/a', 'f', 'g'),
      size: fc.constant(1),
      digest: fc.constantFrom('1', '2', '3'),
      keys: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
    })
    const list = fc.uniqueArray(file, { selector: ({ path }) => path })
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { pairs, moved, added, removed } = pairFiles(before, after)
        const both = [...pairs, ...moved]
        expect([...both.map((pair) => pair.before), ...removed].map(({ path }) => path).toSorted()).toEqual(
          before.map(({ path }) => path).toSorted(),
        )
        expect([...both.map((pair) => pair.after), ...added].map(({ path }) => path).toSorted()).toEqual(
          after.map(({ path }) => path).toSorted(),
        )
        expect(pairs.every((pair) => pair.before.path === pair.after.path)).toBe(true)
      }),
    )
  })

  it('are paired by the ten thousand, also where all are alike', () => {
    // in a time that grows with the square this meets the limit of a test
    const many = (folder: string): FileRef[] =>
      Array.from({ length: 20_000 }, (_, at) => ({
        path: `${folder}/${at}.json`,
        size: 1,
        digest: 'same',
        keys: ['k'],
      }))
    expect(pairFiles(many('a'), many('b')).moved).toHaveLength(20_000)
  })
})

describe('the order of a change', () => {
  const verdict = (kind: NonNullable<ReviewItem['verdict']>['kind']): ReviewItem => ({
    path: kind,
    status: 'changed',
    verdict: { kind, sentence: '', reasons: [], requestChanged: false },
  })

  it('is the worst first, then by path', () => {
    const items: readonly ReviewItem[] = [
      { path: 'later', status: 'changed' },
      verdict('identical'),
      verdict('noise'),
      { path: 'told', status: 'changed', note: 'No recording.' },
      { path: 'old', status: 'removed' },
      { path: 'new 2', status: 'added' },
      { path: 'new 1', status: 'added', note: 'A new recording.' },
      verdict('request'),
      verdict('wording'),
      { ...verdict('unreadable'), status: 'added' },
      verdict('behaviour'),
    ]
    expect(items.toSorted(compareItems).map(({ path }) => path)).toEqual([
      'behaviour',
      'unreadable',
      'wording',
      'request',
      'new 1',
      'new 2',
      'old',
      'told',
      'noise',
      'identical',
      'later',
    ])
    expect(kindOf({ path: 'x', status: 'renamed' })).toBe('pending')
  })
})
