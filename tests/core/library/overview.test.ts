import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OLDER_RULES } from '../../../src/core/containers/llama-stack-json-key-request-rules.ts'
import type { IndexedEntry } from '../../../src/core/library/entry.ts'
import { groupEntries, testLabel } from '../../../src/core/library/group.ts'
import { healthOf } from '../../../src/core/library/health.ts'
import { numbersOf } from '../../../src/core/library/numbers.ts'
import { parseQuery } from '../../../src/core/library/query.ts'
import { SearchIndex } from '../../../src/core/library/search.ts'
import { staleGroups, verdictTitle } from '../../../src/core/library/stale-groups.ts'
import { anEntry, someEntries, someQuery } from './support/some-entries.ts'

function searched(entries: readonly IndexedEntry[], query: string): Int32Array {
  const index = new SearchIndex()
  index.add(entries)
  return index.search(parseQuery(query)).places
}

describe('numbers', () => {
  it('add up, and each has a query that lists exactly what it counts', () => {
    fc.assert(
      fc.property(someEntries, someQuery, (entries, query) => {
        const places = searched(entries, query)
        const numbers = numbersOf(entries, places, query)
        const { totals, sizes, chunks, age } = numbers
        const counted = [...places].flatMap((place) => entries[place] ?? [])
        const recordings = counted.filter(({ facts }) => facts)
        expect(totals.files).toBe(places.length)
        expect(totals.recordings).toBe(recordings.length)
        expect(totals.bytes).toBe(counted.reduce((sum, { size }) => sum + size, 0))
        const sum = (shares: readonly { readonly count: number }[]) =>
          shares.reduce((all, { count }) => all + count, 0)
        expect(sum(numbers.outcomes)).toBe(recordings.length)
        expect(sum(numbers.containers)).toBe(recordings.length)
        expect(sum(sizes)).toBe(places.length)
        expect(sum(chunks)).toBe(recordings.length)
        expect(sum(age.bars) + age.unknown).toBe(places.length)
        const { providers, models, outcomes, finishes, features, tools, tests, folders } = numbers
        const all = [
          providers,
          models,
          outcomes,
          finishes,
          features,
          tools,
          tests,
          folders,
          sizes,
          chunks,
          age.bars,
        ]
        for (const { query: listing, count, bytes } of all.flat()) {
          const listed = searched(entries, listing)
          expect(listed.length, `${query} -> ${listing}`).toBe(count)
          expect([...listed].reduce((most, place) => most + (entries[place]?.size ?? 0), 0)).toBe(bytes)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('show the largest files and say which time the ages are of', () => {
    const entries = [
      anEntry('a', {}, { size: 5 }),
      anEntry('b', {}, { size: 9, modified: Date.UTC(2026, 3, 2) }),
    ]
    const { largest, age } = numbersOf(entries, Int32Array.of(0, 1), '')
    expect(largest.map(({ path }) => path)).toEqual(['b', 'a'])
    expect(age).toMatchObject({
      by: 'modified',
      unknown: 1,
      bars: [{ label: '2026-04', query: 'modified:2026-04' }],
    })
  })
})

describe('groups', () => {
  const entries = [
    anEntry('z/1', { test: 'tests/b.py::y', models: ['m2', 'm1'] }),
    anEntry('a/2', { test: 'tests/a.py::z' }),
    anEntry('3'),
    anEntry('a/4', { test: 'tests/b.py::x', models: ['m1'] }),
    anEntry('a/5', { test: 'tests/b.py::y' }),
  ]
  const grouped = (by: Parameters<typeof groupEntries>[2]) =>
    groupEntries(entries, Int32Array.of(4, 3, 2, 1, 0), by).map(({ label, places }) => [label, [...places]])

  it('are sorted, unknown last, each in the order of the result', () => {
    expect(grouped('test')).toEqual([
      ['a.py › z', [1]],
      ['b.py › x', [3]],
      ['b.py › y', [4, 0]],
      ['Without a test', [2]],
    ])
    expect(grouped('folder')).toEqual([
      ['a', [4, 3, 1]],
      ['z', [0]],
      ['Not in a folder', [2]],
    ])
    expect(grouped('model')).toEqual([
      ['m1', [3]],
      ['m2', [0]],
      ['Without a model', [4, 2, 1]],
    ])
    expect(grouped('none')).toEqual([['All', [4, 3, 2, 1, 0]]])
    expect(testLabel('tests/x/test_a.py::TestB::test_c[x/y]')).toBe('test_a.py › TestB › test_c[x/y]')
  })

  it('of one name in two folders say which folder', () => {
    const same = ['a/t.py::x', 'b/t.py::x', 'b/t.py::y'].map((test, at) => anEntry(`${at}`, { test }))
    expect(groupEntries(same, Int32Array.of(0, 1, 2), 'test').map(({ label }) => label)).toEqual([
      'a/t.py › x',
      'b/t.py › x',
      't.py › y',
    ])
  })

  it('hold each file once', () => {
    fc.assert(
      fc.property(
        someEntries,
        fc.constantFrom('folder', 'test', 'model', 'provider', 'outcome'),
        (some, by) => {
          const places = Int32Array.from(some, (_, at) => at)
          const groups = groupEntries(some, places, by)
          expect(groups.flatMap((group) => [...group.places]).toSorted((a, b) => a - b)).toEqual([...places])
          expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
        },
      ),
    )
  })
})

describe('the health of a folder', () => {
  const of = (path: string, asked: string, answered: string, test?: string, models = ['m']) =>
    anEntry(
      path,
      { models, ...(test !== undefined && { test }) },
      { askedDigest: asked, answeredDigest: answered },
    )

  it('finds what says the same, and what one test recorded several times, biggest first', () => {
    const { duplicates, mergeable, checked } = healthOf(
      [
        of('a', 'q1', 'r1', 't1'),
        of('b', 'q1', 'r1', 't2'),
        of('c', 'q2', 'r1', 't1'),
        of('d', 'q2', 'r2', 't1'),
        of('e', 'q2', 'r2', 't1'),
        of('f', 'q1', 'r1', 't1', ['other']),
        of('g', '', 'r1', 't1'),
        of('h', '', 'r1', 't1'),
      ],
      [],
    )
    expect(duplicates.map(({ paths, test }) => [paths, test])).toEqual([
      [['a', 'b'], undefined],
      [['d', 'e'], 't1'],
    ])
    expect(duplicates[0]?.why).toMatch(/from 2 tests/)
    expect(mergeable.map(({ paths, test }) => [paths, test])).toEqual([[['c', 'd', 'e'], 't1']])
    expect(mergeable[0]?.why).toMatch(/3 recordings with 2 different answers/)
    expect(checked).toBe(8)
  })

  it('says of a new name who has it already, or gets it as well', () => {
    const other = { verdict: { kind: 'other-request' as const }, because: 'Edited.' }
    const { stale } = healthOf(
      [of('x/a', 'q1', 'r1'), of('x/b', 'q2', 'r1'), of('x/c', 'q3', 'r1'), of('x/new', 'q4', 'r1')],
      [
        { path: 'x/a', to: 'x/new', ...other },
        { path: 'x/b', to: 'x/free', ...other },
        { path: 'x/c', to: 'x/free', ...other },
        { path: 'x/d', to: 'y/free', ...other },
        { path: 'x/e', ...other },
      ],
    )
    expect(stale.map(({ clash }) => clash)).toEqual([
      { path: 'x/new', kind: 'taken' },
      undefined,
      { path: 'x/b', kind: 'same-name' },
      undefined,
      undefined,
    ])
  })

  it('names each rule in words, and puts equal findings together', () => {
    const older = (rule: string, path: string) => ({
      path,
      verdict: { kind: 'older-rule' as const, rule, because: `By ${rule}.` },
      because: `By ${rule}.`,
    })
    const ids = [...OLDER_RULES.map(({ id }) => id), 'short-name', 'name-form']
    const titles = [...ids, ...OLDER_RULES.map(({ id }) => `${id}-renamed`), 'renamed'].map((id) =>
      verdictTitle(older(id, '').verdict),
    )
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles.filter((title) => title.startsWith('An older rule'))).toEqual([])
    for (const id of ids) expect(titles.join('\n')).not.toContain(id)
    const groups = staleGroups([older('before-rounding', 'a'), older('renamed', 'b'), older('renamed', 'c')])
    expect(groups.map(({ because, names }) => [because, names.map(({ path }) => path)])).toEqual([
      ['By renamed.', ['b', 'c']],
      ['By before-rounding.', ['a']],
    ])
  })

  it('lists problems and hands on the stale names', () => {
    const problem = { code: 'not-json', message: 'It breaks.' }
    const { facts: _, ...broken } = anEntry('x', {}, { problem })
    const stale = [{ path: 'a', verdict: { kind: 'other-request' as const }, because: 'Edited.' }]
    expect(healthOf([broken], stale)).toEqual({
      stale,
      duplicates: [],
      mergeable: [],
      problems: [{ path: 'x', ...problem }],
      checked: 0,
    })
  })
})
