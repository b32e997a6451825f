import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { NodeKind, scanJson } from '../../../src/core/syntax/json-index.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { printedJson } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** Compares a node and all it holds with what `JSON.parse` made of the same place; returns the nodes seen. */
function compare(node: JsonNode, value: unknown): void {
  expect(JSON.parse(node.raw)).toEqual(value)
  if (Array.isArray(value)) {
    const items = [...node.items()]
    expect(items.length).toBe(value.length)
    items.forEach((item, at) => {
      compare(item, value[at])
      expect(node.item(at)?.id).toBe(item.id)
    })
    expect(node.item(value.length)).toBeUndefined()
    expect([...node.itemIds()]).toEqual(items.map(({ id }) => id))
  } else if (typeof value === 'object' && value !== null) {
    const last = new Map([...node.members()].map(({ key, value: member }) => [key, member]))
    expect([...last.keys()].toSorted()).toEqual(Object.keys(value).toSorted())
    for (const [key, member] of last) compare(member, Object.getOwnPropertyDescriptor(value, key)?.value)
  } else if (typeof value === 'string') expect(node.string()).toBe(value)
  else if (typeof value === 'number') expect(node.number()).toBe(value)
  else if (typeof value === 'boolean') expect(node.boolean()).toBe(value)
  else expect(node.isNull).toBe(true)
}

describe('scanJson', () => {
  it('finds each key and each value exactly where it was printed, in every layout', () => {
    fc.assert(
      fc.property(printedJson, ({ text, spans }) => {
        const { nodes, count } = scanJson(text)
        expect(count).toBe(spans.length)
        expect(nodes.length).toBe(count * 3)
        spans.forEach(({ start, end }, at) => {
          expect([nodes[at * 3], nodes[at * 3 + 1]]).toEqual([start, end])
        })
      }),
      { numRuns: 300 },
    )
  })

  it('gives nodes whose slices mean what JSON.parse reads at their place', () => {
    fc.assert(
      fc.property(printedJson, ({ text }) => {
        const { root } = JsonDocument.of(text)
        if (root === undefined) throw new Error('no root')
        compare(root, JSON.parse(text))
      }),
      { numRuns: 300 },
    )
  })

  it('links every node to the first one behind all that it holds', () => {
    fc.assert(
      fc.property(printedJson, ({ text, spans }) => {
        const { nodes } = scanJson(text)
        spans.forEach(({ end }, at) => {
          const behind = spans.findIndex((other) => other.start >= end)
          expect((nodes[at * 3 + 2] ?? 0) >> 3).toBe(behind === -1 ? spans.length : behind)
        })
      }),
    )
  })

  it('counts the nesting', () => {
    expect(scanJson('1').depth).toBe(0)
    expect(scanJson('{}').depth).toBe(1)
    expect(scanJson('[[{"a":[]}],{}]').depth).toBe(4)
  })

  it('keeps every node when it has to grow', () => {
    const { count, nodes } = scanJson(`[${'1,'.repeat(99_999)}1]`)
    expect(count).toBe(100_001)
    expect([nodes[300_000], nodes[300_001]]).toEqual([199_999, 200_000])
  })

  it('closes what is open at the limit', () => {
    const text = '{"a": [1, {"b": "x", "c": "cut off'
    const { nodes, count } = scanJson(text, 20)
    const ends = Array.from({ length: count }, (_, at) => nodes[at * 3 + 1] ?? 0)
    expect(ends.every((end) => end <= 20)).toBe(true)
    expect(new JsonDocument(text.slice(0, 20), scanJson(text, 20)).find('/a/1/b')?.string()).toBe('x')
  })

  it('survives 200,000 open brackets', () => {
    const { depth, count } = scanJson('['.repeat(200_000))
    expect([depth, count]).toEqual([200_000, 200_000])
  })

  it('names the seven kinds', () => {
    const { nodes } = scanJson('[{}, [], "", 0, true, false, null]')
    const kinds = Array.from(
      nodes.filter((_, at) => at % 3 === 2),
      (word) => word & 7,
    )
    const { array, object, string, number, null: nothing } = NodeKind
    expect(kinds).toEqual([array, object, array, string, number, NodeKind.true, NodeKind.false, nothing])
  })
})
