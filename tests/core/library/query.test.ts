import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  filterState,
  formatQuery,
  hasFilter,
  parseQuery,
  withFilter,
} from '../../../src/core/library/query.ts'
import { RANGE_FIELDS, VALUE_FIELDS } from '../../../src/core/library/query-fields.ts'

const terms = (text: string) => parseQuery(text).terms

describe('a query', () => {
  it('is words, phrases and filters that all must hold', () => {
    expect(terms('weather "in Paris" -rain model:gpt-4o')).toMatchObject([
      { kind: 'text', text: 'weather', negated: false, phrase: false },
      { kind: 'text', text: 'in Paris', phrase: true },
      { kind: 'text', text: 'rain', negated: true },
      { kind: 'value', field: 'model', values: [{ text: 'gpt-4o', whole: false }] },
    ])
  })

  it('takes alternatives, quotes and whole values', () => {
    expect(terms('finish:stop,length test:"a b, c" model:=gpt-4o,"x y"')).toMatchObject([
      { values: [{ text: 'stop', whole: true }, { text: 'length' }] },
      { values: [{ text: 'a b, c', whole: false }] },
      {
        values: [
          { text: 'gpt-4o', whole: true },
          { text: 'x y', whole: false },
        ],
      },
    ])
  })

  it.each([
    ['chunks:>100', 101, Infinity],
    ['chunks:>=100', 100, Infinity],
    ['chunks:<100', -Infinity, 99],
    ['chunks:5', 5, 5],
    ['tokens:1000..2000', 1000, 2000],
    ['tokens:..2k', -Infinity, 2000],
    ['size:<10kb', -Infinity, 9999],
    ['size:>1.5mb', 1_500_001, Infinity],
    ['size:1kib..', 1024, Infinity],
    ['age:<30d', -Infinity, 30 * 86_400_000 - 1],
    ['recorded:2026-04', Date.UTC(2026, 3, 1), Date.UTC(2026, 4, 1) - 1],
    ['recorded:2026', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1) - 1],
    ['recorded:>2026-01-15', Date.UTC(2026, 0, 16), Infinity],
    ['recorded:2026-01..2026-02', Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 1) - 1],
  ])('%s is a range', (text, least, most) => {
    expect(terms(text)).toMatchObject([{ kind: 'range', ranges: [{ least, most }] }])
  })

  it.each([
    'model:',
    'model:=',
    'model:""',
    'chunks:',
    'chunks:>',
    'chunks:<=',
    '-',
    '-model:',
    '"',
    '',
    '  ',
  ])('%j is still being typed and hides nothing', (text) =>
    expect(parseQuery(text)).toEqual({ terms: [], notes: [] }),
  )

  it('joins what stands around OR, and nothing else', () => {
    const shape = (text: string): unknown =>
      terms(text).map((term) =>
        term.kind === 'any'
          ? term.terms.map((each) => formatQuery({ terms: [each], notes: [] }))
          : formatQuery({ terms: [term], notes: [] }),
      )
    expect(shape('a OR b c')).toEqual([['a', 'b'], 'c'])
    expect(shape('x a | -b OR model:c,d "e f"')).toEqual(['x', ['a', '-b', 'model:c,d'], '"e f"'])
    // on its way
    expect(shape('a OR')).toEqual(['a'])
    expect(shape('a OR model:')).toEqual(['a'])
    expect(shape('a model: OR b')).toEqual(['a', 'b'])
    // words
    expect(shape('a or b "OR" x|y')).toEqual(['a', 'or', 'b', '"OR"', 'x|y'])
    expect(parseQuery('OR a').notes.join()).toMatch(/between two/)
    expect(parseQuery('(a OR b) c').notes.join()).toMatch(/Parentheses/)
    expect(parseQuery('a AND b').notes.join()).toMatch(/AND/)
    expect(parseQuery('a OR b').notes).toEqual([])
  })

  it('takes classes and comparisons of a status', () => {
    expect(terms('status:>=400')).toMatchObject([{ values: [{ range: { least: 400, most: Infinity } }] }])
    expect(terms('status:5xx,404')).toMatchObject([
      { values: [{ range: { least: 500, most: 599 } }, { text: '404', whole: true }] },
    ])
    expect(terms('status:>')).toEqual([])
    expect(parseQuery('status:>many')).toMatchObject({ terms: [], notes: [expect.stringMatching(/4xx/)] })
  })

  it('reads an open quote as far as it goes', () => {
    expect(terms('"in Par')).toMatchObject([{ text: 'in Par', phrase: true }])
    expect(terms('test:"a b')).toMatchObject([{ field: 'test', values: [{ text: 'a b' }] }])
  })

  it('says that a filter is unknown, and looks for the word', () => {
    const query = parseQuery('foo:bar')
    expect(query.notes).toEqual(['There is no filter named "foo".'])
    expect(query.terms).toMatchObject([{ kind: 'text', text: 'foo:bar' }])
  })

  it.each(['http://localhost:11434/v1', 'test_x.py::test_y', 'localhost:8000', '12:30', 'a::b'])(
    '%s is a word, and no unknown filter but for a bare name before a colon',
    (text) => expect(terms(text)).toMatchObject([{ kind: 'text', text }]),
  )

  it('says what a number should look like', () => {
    expect(parseQuery('size:big').notes.join()).toMatch(/"big".*size.*<10kb/)
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const query = parseQuery(text)
        expect(parseQuery(formatQuery(query)).terms).toEqual(query.terms)
      }),
    )
  })

  it('reads any text without failing, and the same filters in whatever case', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '"',
        '-',
        ':',
        ',',
        '=',
        '\\',
        ' ',
        ' OR ',
        '|',
        'status:',
        '4xx',
        'model:',
        'Model:',
        'size:',
        '>',
        '..',
        '2026-13',
      ),
      fc.string({ maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const query = parseQuery(pieces.join(''))
        expect(parseQuery(formatQuery(query)).terms).toEqual(query.terms)
      }),
    )
    expect(terms('MODEL:x')).toEqual(terms('model:x'))
  })
})

const anyField = fc.constantFrom(...Object.keys(VALUE_FIELDS).filter((name) => name !== 'in'), 'folder')
const anyValue = fc.oneof(
  fc.constantFrom('a b', 'a,b', 'say "x"', 'back\\', '\\"', '=x', '-x', 'tests/a.py::t[x=1, y]', 'ä'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
)
const anyText = fc.oneof(
  fc.constantFrom('', 'weather', '"open quote', 'model:gpt,"x y"', '-model:a tool:', 'test:"open \\', 'a\\'),
  fc.string({ maxLength: 20 }),
)

describe('a filter that is clicked', () => {
  it('is there when it was added, and gone when it was removed', () => {
    fc.assert(
      fc.property(anyText, anyField, anyValue, (text, field, value) => {
        const added = withFilter(text, field, value, 'add')
        expect(hasFilter(added, field, value), added).toBe(true)
        expect(hasFilter(withFilter(added, field, value, 'remove'), field, value)).toBe(false)
        const excluded = withFilter(added, field, value, 'exclude')
        expect(filterState(excluded, field, value), excluded).toBe('excluded')
        expect(filterState(withFilter(excluded, field, value, 'add'), field, value)).toBe('wanted')
        expect(filterState(withFilter(excluded, field, value, 'remove'), field, value)).toBeUndefined()
        expect(withFilter(added, field, value, 'add')).toBe(withFilter(added, field, value, 'add'))
      }),
    )
  })

  it('is asked for whole, with exactly its characters', () => {
    fc.assert(
      fc.property(anyField, anyValue, (field, value) => {
        const [term, ...rest] = terms(withFilter('', field, value, 'add'))
        expect(rest).toEqual([])
        expect(term).toMatchObject({ kind: 'value', values: [{ text: value }] })
        if (field !== 'folder') expect(term).toMatchObject({ values: [{ whole: true }] })
      }),
    )
  })

  it('leaves all other words and filters as they were', () => {
    fc.assert(
      fc.property(anyText, anyValue, (text, value) => {
        const others = (query: string) =>
          terms(query).filter((term) => term.kind !== 'value' || term.field !== 'provider')
        const before = others(text)
        for (const mode of ['add', 'only', 'exclude', 'remove', 'and'] as const) {
          expect(others(withFilter(text, 'provider', value, mode)), mode).toEqual(before)
        }
      }),
    )
  })

  it('is an alternative when added, alone when it is the only one, and turned round when excluded', () => {
    expect(withFilter('x model:a', 'model', 'b', 'add')).toBe('x model:a,=b')
    expect(withFilter('x model:a,c y -model:d', 'model', 'b', 'only')).toBe('x y model:=b')
    expect(withFilter('model:=b,c x', 'model', 'b', 'exclude')).toBe('model:c x -model:=b')
    expect(withFilter('finish:stop', 'finish', 'stop', 'exclude')).toBe('-finish:stop')
    expect(withFilter('-finish:stop', 'finish', 'stop', 'add')).toBe('finish:stop')
    expect(withFilter('model:a', 'model', 'b', 'and')).toBe('model:a model:=b')
    expect(withFilter('', 'folder', 'a/b/', 'add')).toBe('in:a/b/')
    expect(withFilter('x', 'nonsense', 'b', 'add')).toBe('x')
  })

  it('leaves what is joined by OR alone, and joins nothing itself', () => {
    expect(withFilter('model:a OR tool:b', 'model', 'a', 'remove')).toBe('model:a OR tool:b')
    expect(withFilter('model:a OR tool:b', 'model', 'c', 'add')).toBe('model:a OR tool:b model:=c')
    expect(hasFilter('model:=a OR tool:b', 'model', 'a')).toBe(false)
    expect(withFilter('x OR', 'model', 'a', 'and')).toBe('x model:=a')
  })

  it('knows every filter that there is', () => {
    for (const field of Object.keys(RANGE_FIELDS))
      expect(hasFilter(withFilter('', field, '5', 'add'), field, '5'), field).toBe(true)
  })
})
