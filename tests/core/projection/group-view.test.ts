import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpackBody } from '../../../src/core/framing/body.ts'
import { listView, objectView } from '../../../src/core/projection/group-view.ts'
import { joinedRegion, jsonSource } from '../../../src/core/projection/source.ts'
import {
  fixedView,
  inside,
  partOf,
  textView,
  type View,
  valueView,
  verbatim,
} from '../../../src/core/projection/view.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { wholeRegion } from '../../../src/core/text/region.ts'
import {
  becoming,
  editsOf,
  held,
  hold,
  listChange,
  nodeIn,
  payload,
  type Read,
  refused,
  replaced,
} from './holding.ts'

/** `|` separated values: a list of JSON as simple as it can be. */
const bars: Read = (text) => {
  const pieces = text === '' ? [] : text.slice(0, -1).split('|')
  let at = 0
  const placed = pieces.map((piece) => {
    const start = at
    at += piece.length + 1
    return { start, end: at }
  })
  return listView(
    placed.map(({ start, end }) => verbatim(partOf(text, start, end - 1))),
    {
      insert: (position, json) => [{ offset: placed[position]?.start ?? at, length: 0, content: `${json}|` }],
      remove: (position) => {
        const item = placed[position]
        return item ? [{ offset: item.start, length: item.end - item.start, content: '' }] : []
      },
    },
  )
}
const value = fc.oneof(
  fc.integer({ min: 0, max: 120 }),
  fc.record({ a: fc.integer({ min: 0, max: 20 }) }),
  fc.array(fc.constantFrom(1, 11, 111), { maxLength: 2 }),
)
const items = fc.array(value, { maxLength: 6 })

describe('a list', () => {
  const textOf = (values: readonly unknown[]): string =>
    values.map((each) => `${JSON.stringify(each)}|`).join('')

  it('becomes any other by the least edit of its JSON', () => {
    fc.assert(
      fc.property(items, items, (before, after) => {
        const text = textOf(before)
        const json = bars(text)?.json ?? ''
        const wanted =
          after.length === 0 ? '[]' : `[\n${after.map((each) => JSON.stringify(each)).join(',\n')}\n]`
        expect(held(bars, text, becoming(json, wanted))).toBe(textOf(after))
      }),
      { numRuns: 2000 },
    )
  })

  it('holds what commands do, and touches nothing else', () => {
    fc.assert(
      fc.property(items, listChange, (before, change) => {
        const text = textOf(before)
        const json = bars(text)?.json ?? ''
        const edits = editsOf(json, change)
        expect(held(bars, text, edits)).toBe(textOf(JSON.parse(applyEdits(json, edits)) as unknown[]))
      }),
      { numRuns: 1000 },
    )
  })

  it('writes copies of its items as insertions, however many at once', () => {
    const text = textOf(Array.from({ length: 50 }, (_, at) => at))
    const view = bars(text)
    const list = nodeIn(view?.json ?? '', '')
    for (const edge of ['start', 'end'] as const) {
      const copies = [...list.items()].map((item) => ({
        offset: item[edge],
        length: 0,
        content: edge === 'end' ? `,${item.raw}` : `${item.raw},`,
      }))
      const planned = view?.put(copies) ?? []
      expect(planned.length).toBe(50)
      expect(planned.every(({ length }) => length === 0)).toBe(true)
    }
  })

  it('does not take what ends an item and begins another for an edit of the item', () => {
    const text = '{"a":12}|'
    const json = bars(text)?.json ?? ''
    const at = json.indexOf('2')
    expect(held(bars, text, [{ offset: at, length: 0, content: '},{"a":1' }])).toBe('{"a":1}|{"a":12}|')
    refused(
      bars,
      text,
      [{ offset: at, length: 0, content: '},{"a":' + '' }].map((edit) => ({ ...edit, content: '},' })),
    )
    refused(bars, text, [{ offset: at, length: 1, content: ',' }])
  })

  it('without a writer changes, and neither grows nor shrinks', () => {
    const fixed: Read = (text) => {
      const [a = '', b = ''] = text.split('|')
      return listView([
        verbatim(partOf(text, 0, a.length)),
        textView(partOf(text, a.length + 1, a.length + 1 + b.length)),
      ])
    }
    fc.assert(
      fc.property(listChange, (change) => {
        const text = '{"a":1}|word'
        hold(fixed, text, editsOf(fixed(text)?.json ?? '', change))
      }),
    )
    refused(fixed, '1|x', editsOf('[\n1,\n"x"\n]', { kind: 'insert', at: 0, value: [] }))
    refused(fixed, '1|x', editsOf('[\n1,\n"x"\n]', { kind: 'remove', at: 1, to: 0 }))
  })
})

describe('an object', () => {
  const read: Read = (text) => {
    const [a = '', b = ''] = text.split('|')
    return objectView([
      { key: 'a"\n', view: verbatim(partOf(text, 0, a.length)) },
      { key: 'b', view: textView(partOf(text, a.length + 1, a.length + 1 + b.length)) },
      { key: 'n', view: fixedView('7', 'this number is fixed') },
    ])
  }
  const text = '{"x":1}|word'
  const json = read(text)?.json ?? ''

  it('holds its values, in any order and layout', () => {
    fc.assert(
      fc.property(payload, fc.string({ unit: fc.constantFrom('w', '"', 'é', '\n') }), (a, b) => {
        held(read, text, becoming(json, JSON.stringify({ n: 7, b, 'a"\n': a }, null, 1)))
        held(read, text, [replaced(json, '/b', b), { ...replaced(json, '/a"\n', a) }])
      }),
    )
  })

  it('refuses what it has no place for', () => {
    for (const wanted of [
      { b: 'x', n: 7 },
      { 'a"\n': 1, b: 'x', n: 7, c: 1 },
      { 'a"\n': 1, b: 2, n: 7 },
      { 'a"\n': 1, b: 'x', n: 8 },
      [],
    ])
      refused(read, text, becoming(json, JSON.stringify(wanted)))
    refused(read, text, [{ offset: 0, length: json.length, content: `${json}x` }])
    refused(read, text, [{ offset: json.indexOf('"word"'), length: 6, content: '"a" "b"' }])
    refused(read, text, [{ offset: json.indexOf('"word"') + 3, length: 0, content: '","c":"' }])
  })

  it('holds values that are written otherwise', () => {
    const number: Read = (each) =>
      valueView(
        each.slice(1),
        inside(wholeRegion(each), verbatim(wholeRegion(each))) && wholeRegion(each),
        (now) => `=${now}`,
      )
    expect(held(number, '=5', [{ offset: 0, length: 1, content: '67' }])).toBe('=67')
  })
})

describe('a JSON text with bodies in it', () => {
  const read: Read = (text) => {
    const document = JsonDocument.of(text)
    const source = jsonSource(document)
    const holes = new Map<string, View>()
    for (const pointer of ['/one', '/list/1', '/two']) {
      const region = source.region(pointer)
      if (region) holes.set(pointer, unpackBody(region).view)
    }
    const lines = document.find('/lines')
    const region = lines && joinedRegion(wholeRegion(text), lines, '\n')
    if (region) holes.set('/lines', unpackBody(region).view)
    return source.view(holes)
  }
  const stream = fc
    .array(
      payload.map((each) => `data: ${JSON.stringify(each)}\n\n`),
      { minLength: 2, maxLength: 4 },
    )
    .map((all) => all.join(''))
  const file = fc
    .tuple(stream, stream, payload, fc.constantFrom(undefined, 1, '\t'))
    .map(([one, two, other, layout]) =>
      JSON.stringify(
        {
          one,
          'a/b~': 'é\u2028',
          list: [1, JSON.stringify({ in: other }), 'x'],
          two,
          lines: two.split('\n'),
        },
        null,
        layout,
      ),
    )

  it('holds edits in and beside them, at once', () => {
    fc.assert(
      fc.property(file, listChange, payload, fc.string(), (text, change, other, word) => {
        const json = read(text)?.json ?? ''
        const edits: TextEdit[] = [
          ...(change.kind === 'remove' ? [] : editsOf(json, change, '/one')),
          replaced(json, '/list/1/in', other),
          replaced(json, '/a~1b~0', word),
        ]
        const after = hold(read, text, edits)
        if (after === undefined) return
        const [was, is] = [JSON.parse(text), JSON.parse(after)] as [
          Record<string, unknown>,
          Record<string, unknown>,
        ]
        expect(is.two).toBe(was.two)
        expect(is.lines).toEqual(was.lines)
        expect(typeof is.one).toBe('string')
      }),
      { numRuns: 1000 },
    )
  })

  it('holds edits of a body in a list of lines', () => {
    fc.assert(
      fc.property(file, listChange, (text, change) => {
        if (change.kind === 'remove') return
        const after = hold(read, text, editsOf(read(text)?.json ?? '', change, '/lines'))
        if (after !== undefined)
          expect((JSON.parse(after) as { two: string }).two).toBe((JSON.parse(text) as { two: string }).two)
      }),
    )
    const odd = '{"lines": ["data: {\\"a\\":1}",\n"",   "data: {\\"a\\":2}","",""]}'
    expect(read(odd)?.put([])).toEqual([])
    expect(held(read, odd, [replaced(read(odd)?.json ?? '', '/lines/1/a', 3)])).toContain('3}')
  })

  it('refuses what reaches over the edge of a body', () => {
    const text = JSON.stringify({ one: '{"a":12}', two: 'data: {"a":1}\n\n' })
    const json = read(text)?.json ?? ''
    refused(read, text, [{ offset: json.indexOf('12') + 1, length: 0, content: '},"c":{"a":1' }])
    refused(read, text, [{ offset: json.indexOf('12'), length: 8, content: '' }])
    refused(read, text, [{ offset: json.indexOf('12'), length: 2, content: '' }])
    for (const scalar of [5, null, true]) refused(read, text, [replaced(json, '/one', scalar)])
  })
})

describe('one text in several strings', () => {
  it('stays in as many, and an edit reaches only those it touches', () => {
    const text = '{"chunks": [\n  "data: Hel",\n  "lo, ",\n  "world",\n  "!"\n]}'
    const list = JsonDocument.of(text).find('/chunks')
    const region = list && joinedRegion(wholeRegion(text), list, '')
    const at = region?.text.indexOf('lo, ') ?? -1
    const after = applyEdits(text, region?.toOuter({ offset: at, length: 6, content: 'p! W' }) ?? [])
    expect(after).toBe('{"chunks": [\n  "data: Hel",\n  "p! W",\n  "rld",\n  "!"\n]}')
  })
})
