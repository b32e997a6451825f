/** Elements in every corner of JSON that a file can have: what comes in must look as its writer would write it. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  asElementOf,
  insertItems,
  insertMember,
  moveItem,
  removeItems,
  removeMember,
  rewritten,
} from '../../../src/core/syntax/json-list.ts'
import { writeMember } from '../../../src/core/syntax/json-member.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { printedJson } from '../support/arbitraries.ts'
import { expectRefused } from '../support/edit-checks.ts'
import { printTokens, STYLES } from '../support/json-layouts.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

function nodesOf(text: string, kind: 'array' | 'object'): readonly JsonNode[] {
  const found: JsonNode[] = []
  const document = JsonDocument.of(text)
  for (let id = 0; id < document.index.count; id++) {
    const node = document.node(id)
    // keys have ids too and are no nodes: what opens with a bracket is one
    if (node.kind === kind && node.raw.startsWith(kind === 'array' ? '[' : '{')) found.push(node)
  }
  return found
}

const json: fc.Arbitrary<string> = fc.json({ maxDepth: 3 })
const nested = fc.record({ value: json, style: fc.constantFrom(...STYLES), seed: fc.nat() })

describe('in every list and object of a file in one style', () => {
  it('an item that comes and goes', () => {
    fc.assert(
      fc.property(nested, json, ({ value, style, seed }, item) => {
        const text = printTokens(`{"a":{"b":1},"list":[${value},[1,[{"c":[]}]]]}`, style)
        const lists = nodesOf(text, 'array')
        const list = lists[seed % lists.length]
        if (list === undefined) return
        const count = [...list.items()].length
        const position = seed % (count + 1)
        const after = applyEdits(text, [insertItems(list, position, [asElementOf(list, item)])])
        expect(after).toBe(printTokens(after, style))
        const again = JsonDocument.of(after).find(list.pointer)
        expect([...(again?.items() ?? [])].map(({ raw }) => JSON.parse(raw) as unknown)).toEqual(
          [...list.items()]
            .map(({ raw }) => JSON.parse(raw) as unknown)
            .toSpliced(position, 0, JSON.parse(item)),
        )
        if (again !== undefined) expect(applyEdits(after, [removeItems(again, position)])).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('a member that comes and goes', () => {
    fc.assert(
      fc.property(nested, json, ({ value, style, seed }, item) => {
        const text = printTokens(`{"a":{"b":1},"list":[${value},{},[{"c":{}}]]}`, style)
        const objects = nodesOf(text, 'object')
        const object = objects[seed % objects.length]
        if (object === undefined) return
        const edits = insertMember(object, 'N E"W', asElementOf(object, item))
        const after = applyEdits(text, [edits])
        expect(after).toBe(printTokens(after, style))
        const again = JsonDocument.of(after).find(object.pointer)
        if (again === undefined) throw new Error('gone')
        expect(JSON.parse(again.raw)).toEqual({ ...JSON.parse(object.raw), 'N E"W': JSON.parse(item) })
        expect(applyEdits(after, removeMember(again, 'N E"W'))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})

describe('in files that no writer writes', () => {
  // found again by its id: of duplicate keys a pointer leads to the last only
  it('an item comes, goes and moves, and the rest keeps its characters', () => {
    fc.assert(
      fc.property(printedJson, fc.nat(), fc.nat(), ({ text }, a, b) => {
        const lists = nodesOf(text, 'array')
        const list = lists[a % Math.max(1, lists.length)]
        if (list === undefined) return
        const raws = [...list.items()].map(({ raw }) => raw)
        const position = b % (raws.length + 1)
        const after = applyEdits(text, [insertItems(list, position, ['{"new": 1}', '2'])])
        const again = JsonDocument.of(after).node(list.id)
        expect(() => JSON.parse(after)).not.toThrow()
        expect([...again.items()].map(({ raw }) => raw)).toEqual(
          raws.toSpliced(position, 0, '{"new": 1}', '2'),
        )
        const removed = applyEdits(after, [removeItems(again, position, position + 1)])
        if (raws.length > 0) expect(removed).toBe(text)
        else expect(JSON.parse(removed)).toEqual(JSON.parse(text))
        const [from, to] = [a % (raws.length + 2), b % (raws.length + 2)]
        const moved = applyEdits(after, moveItem(again, from, to))
        const last = JsonDocument.of(moved).node(list.id)
        expect(applyEdits(moved, moveItem(last, to, from))).toBe(after)
      }),
      { numRuns: 200 },
    )
  })

  it('members with escaped, doubled and strange keys are removed and written', () => {
    fc.assert(
      fc.property(printedJson, fc.nat(), ({ text }, seed) => {
        const objects = nodesOf(text, 'object')
        const object = objects[seed % Math.max(1, objects.length)]
        if (object === undefined) return
        const keys = [...object.members()].map(({ key }) => key)
        const key = keys[seed % Math.max(1, keys.length)] ?? 'none'
        const removed = applyEdits(text, removeMember(object, key))
        const left = [...JsonDocument.of(removed).node(object.id).members()]
        expect(() => JSON.parse(removed)).not.toThrow()
        expect(left.map((member) => member.key)).toEqual(keys.filter((other) => other !== key))
        const written = applyEdits(text, writeMember(object, key, ['x', { y: null }]))
        expect(JSON.parse(JsonDocument.of(written).node(object.id).get(key)?.raw ?? '0')).toEqual([
          'x',
          { y: null },
        ])
        expect(() => JSON.parse(written)).not.toThrow()
      }),
      { numRuns: 200 },
    )
  })
})

function listIn(text: string, pointer = ''): JsonNode {
  const node = JsonDocument.of(text).find(pointer)
  if (node === undefined) throw new Error('no such node')
  return node
}

describe('a list', () => {
  it('with several items on each line', () => {
    const text = '[\n  1, 2,\n  3, 4\n]'
    expect(applyEdits(text, [insertItems(listIn(text), 1, ['9'])])).toBe('[\n  1, 9, 2,\n  3, 4\n]')
    expect(applyEdits(text, [insertItems(listIn(text), 4, ['9'])])).toBe('[\n  1, 2,\n  3, 4, 9\n]')
    expect(applyEdits(text, [removeItems(listIn(text), 1, 2)])).toBe('[\n  1, 4\n]')
  })

  it('of one item', () => {
    for (const [text, after] of [
      ['[1]', '[1, 2]'],
      ['{"a":[1]}', '{"a":[1,2]}'],
      ['[ 1 ]', '[ 1, 2 ]'],
      ['[\n\t1\n]', '[\n\t1,\n\t2\n]'],
      ['[\r\n1\r\n]', '[\r\n1,\r\n2\r\n]'],
      ['{"a":\n[\n  1]}', '{"a":\n[\n  1,\n  2]}'],
    ] as const) {
      const pointer = text.startsWith('{') ? '/a' : ''
      expect(applyEdits(text, [insertItems(listIn(text, pointer), 1, ['2'])])).toBe(after)
    }
  })

  it('takes nothing, and gives nothing back', () => {
    for (const text of ['[]', '[ ]', '[1]', '[\n  1,\n  2\n]']) {
      expect(applyEdits(text, [insertItems(listIn(text), 0, [])])).toBe(text)
    }
  })

  it('with lines that hold a whole object each', () => {
    const text = '{"list": [\n  {"a": 1, "b": []},\n  {"a": 2, "b": []}\n]}'
    const list = listIn(text, '/list')
    const after = applyEdits(text, [insertItems(list, 2, [asElementOf(list, '{"a":3,"b":[1,2]}')])])
    expect(after).toBe('{"list": [\n  {"a": 1, "b": []},\n  {"a": 2, "b": []},\n  {"a": 3, "b": [1, 2]}\n]}')
  })

  it('refuses places that are none', () => {
    const list = listIn('[1, 2, 3]')
    for (const wrong of [-1, 0.5, 4, Number.NaN, Number.POSITIVE_INFINITY]) {
      expectRefused(() => insertItems(list, wrong, ['1']))
      expectRefused(() => removeItems(list, wrong))
      expectRefused(() => moveItem(list, wrong, 0))
      expectRefused(() => moveItem(list, 0, wrong))
    }
    expectRefused(() => insertItems(listIn('{}'), 0, ['1']))
    expectRefused(() => insertMember(listIn('[]'), 'a', '1'))
    expectRefused(() => writeMember(listIn('"a"'), 'a', 1))
  })

  it('is laid out in a copy of its element as in the file', () => {
    const text = '{\n    "list": [\n        {\n            "a": 1,\n            "b": {}\n        }\n    ]\n}'
    const item = listIn(text, '/list/0')
    const copy = rewritten(item, (root) => {
      const inner = root.get('b')
      return inner ? [insertMember(inner, 'c', '[]')] : []
    })
    const indent = '            '
    expect(copy).toBe(`{\n${indent}"a": 1,\n${indent}"b": {\n${indent}    "c": []\n${indent}}\n        }`)
  })
})
