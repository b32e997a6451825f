/**
 * Elements of lists and objects in JSON of every layout: what `JSON.parse` reads afterwards is what the same
 * change makes of the plain values, and what was not meant keeps its characters.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asElementOf,
  insertItems,
  insertMember,
  moveItem,
  removeItems,
  removeMember,
  valueAsElementOf,
} from '../../../src/core/syntax/json-list.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'

const EOLS = ['\n', '\r\n', '\r'] as const
const INDENTS = [2, 4, 1, '\t'] as const

/** A value as text in one of the layouts that writers have. */
const laidOutValue = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .record({
      value,
      indent: fc.constantFrom(undefined, ...INDENTS),
      eol: fc.constantFrom(...EOLS),
      spaced: fc.boolean(),
      end: fc.constantFrom('', '\n', '\r\n\n', '  '),
    })
    .map(({ value: made, indent, eol, spaced, end }) => {
      const text = JSON.stringify(made, null, indent)
      // on one line, as Python writes it: no string here holds these characters
      const shown = indent === undefined && spaced ? text.replaceAll(',', ', ').replaceAll(':', ': ') : text
      return shown.replaceAll('\n', eol) + end
    })

const word = fc.stringMatching(/^[a-z]{1,6}$/)
const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null))
const item = fc.oneof(leaf, fc.dictionary(word, leaf, { maxKeys: 3 }), fc.array(leaf, { maxLength: 3 }))
const items = fc.array(item, { maxLength: 6 })
const holder = items.map((list) => ({ before: 1, list, after: { x: [] } }))

function listOf(text: string): JsonNode {
  const list = JsonDocument.of(text).find('/list')
  if (list === undefined) throw new Error('no list')
  return list
}

function read(text: string): { before: number; list: unknown[]; after: unknown } {
  return JSON.parse(text)
}

describe('lists', () => {
  it('inserts items anywhere, in every layout', () => {
    fc.assert(
      fc.property(
        laidOutValue(holder),
        fc.array(item, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (text, news, seed) => {
          const list = listOf(text)
          const before = read(text)
          const position = seed % (before.list.length + 1)
          const raws = news.map((value) => valueAsElementOf(list, value as never))
          const after = applyEdits(text, [insertItems(list, position, raws)])
          expect(read(after)).toEqual({ ...before, list: before.list.toSpliced(position, 0, ...news) })
        },
      ),
    )
  })

  it('looks as if the writer of the file had written it', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 2, maxLength: 6 }),
        item,
        fc.constantFrom(undefined, ...INDENTS),
        fc.nat(),
        (list, news, indent, seed) => {
          const write = (value: unknown): string => JSON.stringify({ a: 1, list: value }, null, indent)
          // an empty or flat neighbour shows no layout for what is deeper: the first must have one
          fc.pre(typeof list[0] === 'object' && list[0] !== null && JSON.stringify(list[0]).length > 2)
          const text = write(list)
          const position = seed % (list.length + 1)
          const node = listOf(text)
          const after = applyEdits(text, [
            insertItems(node, position, [valueAsElementOf(node, news as never)]),
          ])
          expect(after).toBe(write(list.toSpliced(position, 0, news)))
        },
      ),
    )
  })

  it('fills an empty list as the rest of the file is written', () => {
    for (const indent of [undefined, ...INDENTS]) {
      const text = JSON.stringify({ a: { b: 1 }, list: [] }, null, indent)
      const node = listOf(text)
      const after = applyEdits(text, [insertItems(node, 0, ['1', '2'])])
      expect(after).toBe(JSON.stringify({ a: { b: 1 }, list: [1, 2] }, null, indent))
      expect(applyEdits(after, [removeItems(listOf(after), 0, 1)])).toBe(text)
    }
  })

  it('inserts an item and removes it again: the identical text', () => {
    fc.assert(
      fc.property(laidOutValue(holder), item, fc.nat(), (text, news, seed) => {
        const list = listOf(text)
        const count = read(text).list.length
        fc.pre(count > 0)
        const position = seed % (count + 1)
        const inserted = applyEdits(text, [
          insertItems(list, position, [valueAsElementOf(list, news as never)]),
        ])
        expect(applyEdits(inserted, [removeItems(listOf(inserted), position)])).toBe(text)
      }),
    )
  })

  it('removes any run of items', () => {
    fc.assert(
      fc.property(laidOutValue(holder), fc.nat(), fc.nat(), (text, a, b) => {
        const before = read(text)
        const count = before.list.length
        fc.pre(count > 0)
        const [first, last] = [a % count, b % count].toSorted((x, y) => x - y) as [number, number]
        const after = applyEdits(text, [removeItems(listOf(text), first, last)])
        expect(read(after)).toEqual({ ...before, list: before.list.toSpliced(first, last - first + 1) })
      }),
    )
  })

  it('moves an item, and back: the identical text', () => {
    fc.assert(
      fc.property(laidOutValue(holder), fc.nat(), fc.nat(), (text, a, b) => {
        const before = read(text)
        const count = before.list.length
        fc.pre(count > 0)
        const [from, to] = [a % count, b % count]
        const after = applyEdits(text, moveItem(listOf(text), from, to))
        const [moved] = before.list.slice(from, from + 1)
        expect(read(after).list).toEqual(before.list.toSpliced(from, 1).toSpliced(to, 0, moved))
        expect(applyEdits(after, moveItem(listOf(after), to, from))).toBe(text)
      }),
    )
  })

  it('refuses positions that are none and nodes that are no list', () => {
    const list = listOf('{"list": [1]}')
    expect(() => insertItems(list, 2, ['1'])).toThrow(EditError)
    expect(() => removeItems(list, 1)).toThrow(EditError)
    expect(() => moveItem(list, 0, 1)).toThrow(EditError)
    expect(() => removeItems(JsonDocument.of('1').node(0), 0)).toThrow(EditError)
  })
})

describe('members', () => {
  const object = fc.dictionary(word, item, { maxKeys: 5 })

  it('come and go: the identical text', () => {
    fc.assert(
      fc.property(laidOutValue(object), item, (text, value) => {
        const node = JsonDocument.of(text).node(0)
        const before = JSON.parse(text)
        const inserted = applyEdits(text, [insertMember(node, 'NEW', valueAsElementOf(node, value as never))])
        expect(JSON.parse(inserted)).toEqual({ ...before, NEW: value })
        if (Object.keys(before).length === 0) return
        expect(applyEdits(inserted, removeMember(JsonDocument.of(inserted).node(0), 'NEW'))).toBe(text)
      }),
    )
  })

  it('goes with all its duplicates', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 }), (keys) => {
        const text = `{ ${keys.map((key, at) => `"${key}": ${at}`).join(', ')} }`
        const after = applyEdits(text, removeMember(JsonDocument.of(text).node(0), 'a'))
        const left = keys.flatMap((key, at) => (key === 'a' ? [] : [[key, at] as const]))
        expect(JSON.parse(after)).toEqual(Object.fromEntries(left))
      }),
    )
  })

  it('refuses a key that is there already', () => {
    expect(() => insertMember(JsonDocument.of('{"a": 1}').node(0), 'a', '2')).toThrow(EditError)
  })
})

it('keeps every token of what is put in', () => {
  const list = listOf('{"list": [\n  {\n    "a": 1\n  }\n]}')
  expect(asElementOf(list, '{"x":0.0,"y":[1e5,"\\u00f6"]}')).toBe(
    '{\n    "x": 0.0,\n    "y": [\n      1e5,\n      "\\u00f6"\n    ]\n  }',
  )
})
