import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndexedEntry } from '../../../src/core/library/entry.ts'
import { codedFieldOf, FACET_FIELDS } from '../../../src/core/library/facets.ts'
import { parseQuery } from '../../../src/core/library/query.ts'
import { SearchIndex, type SortKey } from '../../../src/core/library/search.ts'
import { naiveMatches, valuesOf } from './support/naive-search.ts'
import { anEntry, someEntries, someQuery } from './support/some-entries.ts'

function indexOf(entries: readonly IndexedEntry[]): SearchIndex {
  const index = new SearchIndex()
  index.add(entries)
  return index
}

function found(index: SearchIndex, query: string, sort: SortKey = 'path'): readonly string[] {
  return [...index.search(parseQuery(query), sort).places].map((place) => index.entry(place)?.path ?? '')
}

function naively(entries: readonly IndexedEntry[], query: string): readonly string[] {
  const parsed = parseQuery(query)
  return entries
    .filter((entry) => naiveMatches(parsed, entry))
    .map(({ path }) => path)
    .toSorted()
}

describe('a search', () => {
  it('finds what a naive search finds, one query after another', () => {
    fc.assert(
      fc.property(someEntries, fc.array(someQuery, { minLength: 1, maxLength: 4 }), (entries, queries) => {
        const index = indexOf(entries)
        for (const query of queries) {
          expect(found(index, query).toSorted(), query).toEqual(naively(entries, query))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('finds the same while it is typed letter by letter, and when letters go again', () => {
    fc.assert(
      fc.property(someEntries, someQuery, (entries, query) => {
        const index = indexOf(entries)
        const typed = Array.from(query, (_, at) => query.slice(0, at + 1))
        for (const text of [...typed, ...typed.toReversed()]) {
          // a word of a fixed few that is not whole yet already shows what it will: the naive search does not
          if (/(?:^|\s)(?:finish|provider|outcome|has|status):[^\s]*$/.test(text)) found(index, text)
          else expect(found(index, text), text).toEqual(found(indexOf(entries), text))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('shows what a half typed value will find', () => {
    const index = indexOf([anEntry('a', { finishes: ['stop'] }), anEntry('b', { finishes: ['length'] })])
    expect(found(index, 'finish:sto')).toEqual(['a'])
    expect(index.search(parseQuery('finish:sto')).notes.join()).toMatch(/begins with/)
    expect(found(index, 'finish:xyz')).toEqual([])
    expect(found(index, '-finish:sto')).toEqual(['a', 'b'])
  })

  it('goes on with entries that come later or change', () => {
    const index = indexOf([anEntry('b', {}, { asked: 'one' })])
    expect(found(index, 'one')).toEqual(['b'])
    index.add([anEntry('a', {}, { asked: 'one two' })])
    expect(found(index, 'one')).toEqual(['a', 'b'])
    index.replace(0, anEntry('b', {}, { asked: 'two' }))
    expect(found(index, 'one')).toEqual(['a'])
    expect(found(index, 'two')).toEqual(['a', 'b'])
    expect(index.replace(7, anEntry('c'))).toBeUndefined()
    expect(index.count).toBe(2)
  })

  it('finds a file by its whole hash, by its first twelve digits and by an id made of it', () => {
    const hash = '0ea7359289934ddd34f11c2ffa4b0f4f9e0ad3d6a9bf0eb5f5d1c1d4a2d0ad11'
    const index = indexOf([
      anEntry(`new/${hash}.json`),
      anEntry(`old/${hash.slice(0, 12)}.json`),
      anEntry(`old/models-${hash.slice(0, 12)}-3057338f.json`),
      anEntry('other.json'),
    ])
    expect(found(index, hash)).toHaveLength(3)
    expect(found(index, hash.toUpperCase())).toHaveLength(3)
    expect(found(index, `rec-${hash.slice(0, 12)}`)).toHaveLength(3)
    expect(found(index, `hash:${hash.slice(0, 8)}`)).toHaveLength(3)
    expect(found(index, `hash:${hash}`)).toHaveLength(3)
    expect(found(index, `x${hash}`)).toHaveLength(0)
  })

  it('compares letters by what they are, not by how they are written', () => {
    const index = indexOf([anEntry('Zu\u0308rich.json', {}, { asked: 'ΟΔΟΣ Straße' })])
    for (const query of ['zürich', 'Z\u00dcRICH', 'οδος', 'οδοσ', 'STRAßE'])
      expect(found(index, query), query).toHaveLength(1)
  })
})

describe('the order of a result', () => {
  const amount: Readonly<Record<string, (entry: IndexedEntry) => number | string | undefined>> = {
    size: ({ size }) => size,
    chunks: ({ facts }) => facts?.chunks,
    model: ({ facts }) => facts?.models[0],
    test: ({ facts }) => facts?.test,
    tokens: ({ facts }) => facts?.inputTokens,
  }

  it('is that of the column, then of the path; what has no value is last', () => {
    fc.assert(
      fc.property(
        someEntries,
        fc.constantFrom(...Object.keys(amount)),
        fc.boolean(),
        (entries, column, down) => {
          const index = new SearchIndex()
          // in two parts, since an order is kept and extended
          index.add(entries.slice(0, 9))
          const sort = (down ? `-${column}` : column) as SortKey
          index.search(parseQuery(''), sort)
          index.add(entries.slice(9))
          const keyOf = amount[column]
          const expected = entries.toSorted((a, b) => {
            const [one, other] = [keyOf?.(a), keyOf?.(b)]
            if (one !== other) {
              if (one === undefined) return 1
              if (other === undefined) return -1
              return one < other === down ? 1 : -1
            }
            return a.path < b.path ? -1 : 1
          })
          expect(found(index, '', sort)).toEqual(expected.map(({ path }) => path))
        },
      ),
    )
  })

  it('by relevance puts names of files and tools before texts', () => {
    const index = indexOf([
      anEntry('1', {}, { asked: `${'x '.repeat(500)} weather` }),
      anEntry('2', {}, { asked: 'weather' }),
      anEntry('3', { tools: ['weather'] }),
      anEntry('4/weather.json'),
    ])
    expect(found(index, 'weather', 'relevance')).toEqual(['4/weather.json', '3', '2', '1'])
    expect(found(index, '', 'relevance')).toEqual(['1', '2', '3', '4/weather.json'])
  })
})

describe('facets', () => {
  it('count what is found when their own filters are left out', () => {
    fc.assert(
      fc.property(someEntries, someQuery, (entries, query) => {
        const index = indexOf(entries)
        const { facets } = index.search(parseQuery(query))
        for (const field of FACET_FIELDS) {
          const coded = codedFieldOf(field)
          if (field === 'folder' || field === 'endpoint' || field === 'dialect' || field === 'error') continue
          const counts = new Map<string, number>()
          for (const entry of entries) {
            if (!naiveMatches(parseQuery(query), entry, coded)) continue
            for (const value of new Set(valuesOf(entry, coded).map((each) => each.toLowerCase())))
              counts.set(value, (counts.get(value) ?? 0) + 1)
          }
          const facet = facets.find((each) => each.field === field)
          const shown = (facet?.values ?? []).map(({ value, count }) => [value.toLowerCase(), count] as const)
          expect(new Map(shown), `${field} of ${query}`).toEqual(counts)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('show the most common first, fifty of them, and how many more there are', () => {
    const entries = Array.from({ length: 60 }, (_, at) => anEntry(`${at}`, { models: [`m${at}`, 'all'] }))
    const facet = indexOf(entries)
      .search(parseQuery(''))
      .facets.find(({ field }) => field === 'model')
    expect(facet?.values[0]).toEqual({ value: 'all', count: 60 })
    expect(facet?.values).toHaveLength(50)
    expect(facet?.more).toBe(11)
  })

  it('name a reason to finish once, in lower case, however files write it; and what is wrong with files', () => {
    const index = indexOf([
      anEntry('a', { finishes: ['STOP'] }),
      anEntry('b', { finishes: ['stop'] }),
      anEntry('c', { finishes: ['MAX_TOKENS'] }, { problem: { code: 'not-json', message: 'It breaks.' } }),
    ])
    const { facets } = index.search(parseQuery(''))
    expect(facets.find(({ field }) => field === 'finish')?.values).toEqual([
      { value: 'stop', count: 2 },
      { value: 'max_tokens', count: 1 },
    ])
    expect(found(index, 'finish:Stop')).toEqual(['a', 'b'])
    expect(found(index, 'finish:max_tokens')).toEqual(['c'])
    expect(facets.find(({ field }) => field === 'has')?.values).toEqual([{ value: 'problem', count: 1 }])
    expect(found(index, 'has:problem')).toEqual(['c'])
  })

  it('count a folder with all below it, and not twice the folder that only holds another', () => {
    const index = indexOf(['a/b/1', 'a/b/2', 'a/b/c/3', 'd/e/4', '5'].map((path) => anEntry(path)))
    const folders = index.search(parseQuery('')).facets.find(({ field }) => field === 'folder')
    expect(folders?.values).toEqual([
      { value: 'a/b/', count: 3 },
      { value: 'a/b/c/', count: 1 },
      { value: 'd/e/', count: 1 },
    ])
    for (const { value, count } of folders?.values ?? [])
      expect(found(index, `in:${value}`), value).toHaveLength(count)
  })
})
