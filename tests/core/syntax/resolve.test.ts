import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { resolveRegion, setJson, setString, spanOf } from '../../../src/core/syntax/resolve.ts'
import type { Address } from '../../../src/core/text/address.ts'
import { applyEdits, EditError, invertEdits } from '../../../src/core/text/edit.ts'
import { editFromShares, nastyText, spellString, spliceShares } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const at = (...pointers: readonly string[]): Address => pointers.map((pointer) => ({ in: 'json', pointer }))

/** Wraps a text as a string inside JSON, in spellings that the choices decide. */
function wrapped(inner: string, choices: Iterator<number>): string {
  const literal = spellString(inner, (options) => Number(choices.next().value) % options)
  return `{"before": [1, 2.0],\n "arguments":${literal} , "after": "\\u00e9"}`
}

interface Wrapped {
  readonly before: unknown
  readonly arguments: string
  readonly after: unknown
}

const spellings = fc.infiniteStream(fc.nat())

describe('setString', () => {
  it('reaches a string inside JSON inside a string, and changes nothing else', () => {
    fc.assert(
      fc.property(nastyText, nastyText, spellings, (old, value, choices) => {
        const inner = `{"days": 3.0, "location": ${JSON.stringify(old)}, "x": [null]}`
        const text = wrapped(inner, choices)
        const address = at('/arguments', '/location')
        const edits = setString(text, address, value)
        const changed = applyEdits(text, edits)
        const outer = JSON.parse(changed) as Wrapped
        expect({ ...outer, arguments: '' }).toEqual({ before: [1, 2], arguments: '', after: 'é' })
        expect(JSON.parse(outer.arguments)).toEqual({ days: 3, location: value, x: [null] })
        expect(outer.arguments.startsWith('{"days": 3.0, "location": "')).toBe(true)
        expect(outer.arguments.endsWith('", "x": [null]}')).toBe(true)
        expect(resolveRegion(changed, address)?.text).toBe(value)
        expect(applyEdits(changed, invertEdits(text, edits))).toBe(text)
        const span = spanOf(text, address)
        for (const { offset, length } of edits) {
          expect(offset).toBeGreaterThan(span?.start ?? Number.POSITIVE_INFINITY)
          expect(offset + length).toBeLessThan(span?.end ?? 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('reaches through three layers', () => {
    fc.assert(
      fc.property(nastyText, nastyText, spellings, (old, value, choices) => {
        const text = wrapped(wrapped(JSON.stringify({ deep: old }), choices), choices)
        const changed = applyEdits(text, setString(text, at('/arguments', '/arguments', '/deep'), value))
        const inner = JSON.parse((JSON.parse(changed) as Wrapped).arguments) as Wrapped
        expect(JSON.parse(inner.arguments)).toEqual({ deep: value })
      }),
      { numRuns: 200 },
    )
  })

  it('writes nothing when nothing changes', () => {
    expect(setString('{"a": "\\u00e9\\/"}', at('/a'), 'é/')).toEqual([])
  })

  it('types one word into a nested text as a few characters, in the habits of each layer', () => {
    const text = '{"arguments": "{\\"city\\": \\"Z\\\\u00fcrich\\"}"}'
    const edits = setString(text, at('/arguments', '/city'), 'Zürich Süd')
    expect(applyEdits(text, edits)).toBe('{"arguments": "{\\"city\\": \\"Z\\\\u00fcrich S\\\\u00fcd\\"}"}')
    expect(edits).toHaveLength(1)
    expect(edits[0]?.length).toBe(0)
  })

  it('takes a document that is already indexed', () => {
    const document = JsonDocument.of('{"a": ["x", "y"]}')
    expect(applyEdits(document.text, setString(document, at('/a/1'), 'z'))).toBe('{"a": ["x", "z"]}')
  })

  it('says that an address is stale, or names no string', () => {
    const text = '{"a": "x", "n": 1, "broken": "{\\"x\\": \\"y\\", oops"}'
    for (const address of [
      at('/b'),
      at('/n'),
      at('/a', '/b'),
      at('/n', '/x'),
      at('/broken', '/x'),
      [],
      at(''),
    ]) {
      expect(() => setString(text, address, 'new'), JSON.stringify(address)).toThrow(EditError)
    }
  })
})

describe('setJson', () => {
  it('replaces a value by what was typed, trimmed', () => {
    const cases = [
      ['/n', '1', '{"n": 1.0, "s": "x", "o": {"a": []}}'],
      ['/n', ' null ', '{"n": null, "s": "x", "o": {"a": []}}'],
      ['/s', '{"y": 1}', '{"n": 0.0, "s": {"y": 1}, "o": {"a": []}}'],
      ['/o', '[]', '{"n": 0.0, "s": "x", "o": []}'],
      ['/o/a', '"t"', '{"n": 0.0, "s": "x", "o": {"a": "t"}}'],
    ] as const
    const text = '{"n": 0.0, "s": "x", "o": {"a": []}}'
    for (const [pointer, typed, wanted] of cases) {
      const edits = setJson(text, at(pointer), typed)
      expect(applyEdits(text, edits)).toBe(wanted)
      expect(applyEdits(wanted, invertEdits(text, edits))).toBe(text)
    }
  })

  it('reaches a number inside JSON inside a string', () => {
    const text = '{"arguments": "{\\"days\\": 3.0}"}'
    const changed = applyEdits(text, setJson(text, at('/arguments', '/days'), '4'))
    expect(changed).toBe('{"arguments": "{\\"days\\": 4.0}"}')
  })

  it('refuses what is no JSON, and says why', () => {
    for (const typed of ['', '01', 'True', "'x'", '{a: 1}', '[1,]', '"x', '1 2', 'NaN']) {
      expect(() => setJson('{"a": 1.0}', at('/a'), typed), typed).toThrow(EditError)
    }
  })

  it('refuses an address that leads nowhere', () => {
    expect(() => setJson('{"a": 1}', at('/b'), '2')).toThrow(EditError)
  })
})

describe('resolveRegion', () => {
  it('gives the raw text of what is no string, editable as it is', () => {
    const text = '{"a": {"b": 1.0}}'
    const region = resolveRegion(text, at('/a'))
    expect(region?.text).toBe('{"b": 1.0}')
    expect(applyEdits(text, region?.toOuter({ offset: 6, length: 3, content: '2' }) ?? [])).toBe(
      '{"a": {"b": 2}}',
    )
  })

  it('gives a string decoded; edits of it are edits of the decoded text', () => {
    fc.assert(
      fc.property(nastyText, spliceShares, spellings, (value, shares, choices) => {
        const text = wrapped(value, choices)
        const region = resolveRegion(text, at('/arguments'))
        if (region === undefined) throw new Error('not found')
        expect(region.text).toBe(value)
        const edit = editFromShares(value, shares)
        const changed = JSON.parse(applyEdits(text, region.toOuter(edit))) as Wrapped
        expect(changed.arguments).toBe(applyEdits(value, [edit]))
      }),
      { numRuns: 300 },
    )
  })

  it('gives the whole text for the empty address and nothing for a wrong one', () => {
    expect(resolveRegion('{"a": 1}', [])?.text).toBe('{"a": 1}')
    expect(resolveRegion('{"a": 1}', at('/b'))).toBeUndefined()
    expect(spanOf('{"a": 1}', at('/a'))).toEqual({ start: 6, end: 7 })
    expect(spanOf('{"a": 1}', at('/b'))).toBeUndefined()
    expect(spanOf('{"a": 1}', [])).toBeUndefined()
  })
})
