import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { printedJson } from '../support/arbitraries.ts'
import { leavesOf } from '../support/json-leaves.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

describe('JsonDocument', () => {
  it('finds every scalar at the pointer that JSON.parse gives it', () => {
    fc.assert(
      fc.property(printedJson, ({ text }) => {
        const document = JsonDocument.of(text)
        for (const { pointer, value } of leavesOf(JSON.parse(text))) {
          const node = document.find(pointer)
          expect(node && JSON.parse(node.raw), pointer).toEqual(value)
          expect(node?.pointer).toBe(pointer)
          expect(node?.at).toEqual([{ in: 'json', pointer }])
          expect(document.pointerOf(node?.id ?? -1)).toBe(pointer)
          expect(document.node(node?.id ?? -1).pointer).toBe(pointer)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes the last of duplicate keys, as JSON.parse does', () => {
    const document = JsonDocument.of('{"a": 1, "b": {"a": 2}, "a": {"a": 3}, "\\u0061": {"a": 4}}')
    expect(document.find('/a/a')?.raw).toBe('4')
    expect(document.find('/b/a')?.raw).toBe('2')
    expect([...(document.root?.members() ?? [])].map(({ key }) => key)).toEqual(['a', 'b', 'a', 'a'])
  })

  it('finds keys that are spelt with escapes', () => {
    const document = JsonDocument.of('{"\\u0061\\/b": 1, "\\"": 2, "\\ud83d\\ude00": 3, "": 4}')
    expect(document.find('/a~1b')?.raw).toBe('1')
    expect(document.find('/"')?.raw).toBe('2')
    expect(document.find('/😀')?.raw).toBe('3')
    expect(document.find('/')?.raw).toBe('4')
  })

  it('does not take a key for another whose literal is spelt like it', () => {
    const document = JsonDocument.of('{"\\\\\\\\n": "wanted", "\\\\n": "other"}')
    expect(Object.keys(JSON.parse(document.text))).toEqual(['\\\\n', '\\n'])
    expect(document.find('/\\\\n')?.string()).toBe('wanted')
  })

  it('does not find a key that is not there, because its literal is spelt like it', () => {
    expect(JsonDocument.of('{"\\u0061": 1}').find('/\\u0061')).toBeUndefined()
  })

  it('finds nothing where nothing is', () => {
    const document = JsonDocument.of('{"a": [1, {"b": null}], "s": "text"}')
    for (const pointer of [
      '/x',
      '/a/2',
      '/a/-',
      '/a/01',
      '/a/1e0',
      '/a/length',
      '/a/1/b/c',
      '/s/0',
      '/toString',
      '/__proto__',
    ]) {
      expect(document.find(pointer), pointer).toBeUndefined()
    }
    expect(document.find('')?.id).toBe(0)
    expect(JsonDocument.of('').root).toBeUndefined()
    expect(JsonDocument.of('').find('/a')).toBeUndefined()
  })

  it('finds nothing at a text that is no pointer', () => {
    expect(JsonDocument.of('{"": "the empty key"}').find('no pointer')).toBeUndefined()
  })

  it('knows the innermost node at an offset', () => {
    const text = '{"a": [10, "x"], "b": {}}'
    const document = JsonDocument.of(text)
    const at = (part: string): string | undefined => document.nodeAt(text.indexOf(part))?.pointer
    expect([at('10'), at('"x"'), at('{}'), at('"b"'), at('[')]).toEqual(['/a/0', '/a/1', '/b', '', '/a'])
    expect(document.nodeAt(text.length + 1)).toBeUndefined()
  })

  it('names a node under 100,000 levels, which the source view may ask for', () => {
    const levels = 100_000
    const document = JsonDocument.of(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
    expect(document.nodeAt(levels)?.pointer.length).toBe(levels * 2)
  })

  it('names a node under 100,000 levels by its id', () => {
    const levels = 100_000
    const document = JsonDocument.of(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
    expect(document.node(levels).pointer.length).toBe(levels * 2)
  })
})
