import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_VIEW, LIBRARY_PAGES, type LibraryView } from '../../src/workspace/library-view.ts'
import { formatLocation, parseLocation } from '../../src/workspace/location.ts'

const anyView: fc.Arbitrary<LibraryView> = fc.record({
  page: fc.constantFrom(...LIBRARY_PAGES),
  query: fc.string({ unit: 'grapheme', maxLength: 200 }),
  group: fc.constantFrom('none', 'folder', 'test', 'model', 'provider', 'outcome'),
  sort: fc.constantFrom('path', '-size', 'tokens', 'relevance', '-modified'),
})

describe('a link to a library', () => {
  it('says the query and how the list is shown, and is read again as it was', () => {
    fc.assert(
      fc.property(anyView, (library) => {
        const parsed = parseLocation('', formatLocation({ library }))
        expect(parsed).toEqual({ ok: true, location: { library } })
      }),
    )
  })

  it('names the change that is reviewed, on its page only', () => {
    const library: LibraryView = {
      ...EMPTY_VIEW,
      page: 'review',
      change: 'https://github.com/o/r/compare/a b...c&d#x',
    }
    expect(parseLocation('', formatLocation({ library }))).toEqual({ ok: true, location: { library } })
    expect(formatLocation({ library: { ...library, page: 'numbers' } })).not.toContain('change')
    expect(parseLocation('', '#v=1&page=numbers&change=o/r%231')).toEqual({
      ok: true,
      location: { library: { ...EMPTY_VIEW, page: 'numbers' } },
    })
  })

  it('stands beside a cassette in the same link', () => {
    const location = {
      source: { kind: 'sample' as const },
      library: { ...EMPTY_VIEW, query: 'finish:length' },
    }
    expect(parseLocation('', formatLocation(location))).toEqual({ ok: true, location })
  })

  it('says nothing of a library where there is none', () => {
    expect(parseLocation('', '#v=1&sample=1')).toEqual({ ok: true, location: { source: { kind: 'sample' } } })
  })

  it.each(['#v=1&page=recordings&sort=colour&group=mood', '#v=1&q='])(
    'takes the usual for what it does not know: %s',
    (hash) => {
      expect(parseLocation('', hash)).toEqual({ ok: true, location: { library: EMPTY_VIEW } })
    },
  )
})
