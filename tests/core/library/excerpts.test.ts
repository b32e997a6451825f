import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excerptsOf } from '../../../src/core/library/excerpts.ts'
import { parseQuery } from '../../../src/core/library/query.ts'
import { anEntry, someEntries } from './support/some-entries.ts'

const of = (query: string, entry: Parameters<typeof excerptsOf>[1]) => excerptsOf(parseQuery(query), entry)

describe('an excerpt', () => {
  const entry = anEntry(
    'tests/recordings/0ea7359289934ddd.json',
    { tools: ['get_weather'], test: 'tests/a.py::test_weather' },
    {
      asked: 'What is the\n  WEATHER like in Zu\u0308rich today?',
      answered: `get_weather({"city":\n  "Z\u00fcrich"})${' filler'.repeat(30)}`,
    },
  )

  it('is at most three, of different places, as it is written there', () => {
    const found = of('weather', entry)
    expect(found.map(({ where, match }) => [where, match])).toEqual([
      ['tool', 'weather'],
      ['answer', 'weather'],
      ['request', 'WEATHER'],
    ])
    expect(found[2]).toMatchObject({ before: 'What is the ', after: ' like in Zu\u0308rich today?' })
    expect(found[1]?.after).toMatch(/^\(\{"city": "Z\u00fcrich"\}\) filler.*…$/)
  })

  it('finds letters however they are composed, and shows them as recorded', () => {
    expect(of('Z\u00dcRICH', entry).map(({ match }) => match)).toEqual(['Z\u00fcrich', 'Zu\u0308rich'])
  })

  it('shows one for each word, and what a filter met', () => {
    expect(of('city today', entry).map(({ where, match }) => [where, match])).toEqual([
      ['answer', 'city'],
      ['request', 'today'],
    ])
    expect(of('tool:weather test:a.py model:x', entry).map(({ where }) => where)).toEqual(['tool', 'test'])
    expect(of('-weather chunks:>1', entry)).toEqual([])
  })

  it('finds a phrase over the end of a line, and a whole hash in a name that begins it', () => {
    expect(of('"the weather"', entry)).toMatchObject([{ where: 'request', match: 'the\n  WEATHER' }])
    expect(of('0ea7359289934ddd1f11', entry)).toMatchObject([{ where: 'path', match: '0ea7359289934ddd' }])
    expect(of('rec-0ea735928993', entry)).toMatchObject([{ where: 'path', match: '0ea735928993' }])
  })

  it('is cut between characters', () => {
    const [excerpt] = of('x', anEntry('p', {}, { asked: `${'😀'.repeat(30)}ax${'😀'.repeat(30)}` }))
    expect(excerpt?.before).toMatch(/^…😀+a$/u)
    expect(excerpt?.after).toMatch(/^😀+…$/u)
  })

  it('shows the characters that were looked for', () => {
    fc.assert(
      fc.property(
        someEntries,
        fc.constantFrom('paris', 'zürich', 'straße', 'οδος', '42'),
        (entries, word) => {
          for (const each of entries) {
            for (const { match } of of(word, each)) {
              expect(match.normalize('NFC').toLowerCase().replaceAll('ς', 'σ')).toBe(
                word.replaceAll('ς', 'σ'),
              )
            }
          }
        },
      ),
    )
  })
})
