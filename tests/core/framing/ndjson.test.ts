import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ndjsonView } from '../../../src/core/framing/ndjson.ts'
import type { View } from '../../../src/core/projection/view.ts'
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
} from '../projection/holding.ts'

const EMPTY: View = { json: '[]', put: () => [], span: () => undefined }
const read: Read = (text) => (text.trim() === '' ? EMPTY : ndjsonView(text))

function viewOf(text: string): View {
  const view = ndjsonView(text)
  if (view === undefined) throw new Error(`no lines: ${JSON.stringify(text)}`)
  return view
}

const lines = fc
  .tuple(
    fc.array(fc.tuple(payload, fc.constantFrom('', '', ' ', '\t'), fc.constantFrom('', '', ' '), fc.nat(2)), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([values, eol, ends, bom]) => {
    const text = values
      .map(
        ([value, lead, tail, empty]) =>
          `${lead}${JSON.stringify(value)}${tail}${eol.repeat(empty === 2 ? 2 : 1)}`,
      )
      .join('')
    return (bom ? '\ufeff' : '') + (ends ? text : text.trimEnd())
  })

describe('lines of JSON', () => {
  it('hold every change of their list without a refusal', () => {
    fc.assert(
      fc.property(lines, listChange, (text, change) => {
        const after = held(read, text, editsOf(viewOf(text).json, change))
        // every line is a value by itself
        for (const line of after.replace(/^\ufeff/, '').split('\n')) {
          if (line.trim() !== '') expect(() => JSON.parse(line)).not.toThrow()
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('hold any list that is typed in its place', () => {
    fc.assert(
      fc.property(lines, fc.array(payload, { maxLength: 5 }), (text, values) => {
        const wanted = `[\n${values.map((value) => JSON.stringify(value, null, 1)).join(',\n')}\n]`
        held(read, text, becoming(viewOf(text).json, wanted))
      }),
      { numRuns: 500 },
    )
  })

  it('hold several changes at once', () => {
    fc.assert(
      fc.property(lines, fc.array(payload, { minLength: 1, maxLength: 6 }), (text, values) => {
        const { json } = viewOf(text)
        const count = nodeIn(json, '').itemIds().length
        const edits = new Map(values.map((value, at) => [at % count, value]))
        held(
          read,
          text,
          [...edits].map(([at, value]) => replaced(json, `/${at}`, value)),
        )
      }),
    )
  })

  it('stay lines when a value of several lines comes', () => {
    const text = '{"a":1}\r\n\r\n {"b":2}'
    const { json } = viewOf(text)
    const edit = replaced(json, '/1', null)
    expect(held(read, text, [{ ...edit, content: '{\n  "c": [\r\n    1]\n}' }])).toBe(
      '{"a":1}\r\n\r\n { "c": [ 1] }',
    )
    const at = editsOf(json, { kind: 'insert', at: 2, value: 0 })
    expect(held(read, text, at)).toBe('{"a":1}\r\n\r\n {"b":2}\r\n0')
    expect(held(read, text, editsOf(json, { kind: 'insert', at: 1, value: 0 }))).toBe(
      '{"a":1}\r\n\r\n 0\r\n{"b":2}',
    )
  })

  it('may end in a line that is cut off', () => {
    const text = '{"a":1}\n{"b":2}\n{"c":'
    const { json } = viewOf(text)
    expect(JSON.parse(json)).toEqual([{ a: 1 }, { b: 2 }])
    for (const kind of ['remove', 'duplicate'] as const)
      expect(held(read, text, editsOf(json, { kind, at: 1, to: 0 })).endsWith('\n{"c":')).toBe(true)
    held(read, text, editsOf(json, { kind: 'insert', at: 2, value: { z: 1 } }))
    expect(ndjsonView('{"a":1}\n{"b":\n{"c":3}')).toBeUndefined()
    expect(ndjsonView('')).toBeUndefined()
    expect(ndjsonView('{"cut')).toBeUndefined()
  })

  it('refuse what is no list, and what is no JSON', () => {
    const text = '{"a":1}\n{"b":2}\n'
    const { json } = viewOf(text)
    const whole = { offset: 0, length: json.length }
    for (const content of ['{}', '5', '"x"', '', '[', '[{"a":1}', '[{"a":1},]', '[1] 2'])
      refused(read, text, [{ ...whole, content }])
    refused(read, text, [{ offset: json.indexOf('1'), length: 1, content: '' }])
  })

  it('are read by the 100,000, and edited all at once', () => {
    const count = 100_000
    const text = Array.from({ length: count }, (_, at) => `{"i":${at}}\n`).join('')
    const view = viewOf(text)
    const edits = [...nodeIn(view.json, '').items()].map((item) => ({
      offset: item.end - 1,
      length: 0,
      content: ',"x":1',
    }))
    expect(view.put(edits).length).toBe(count)
    const wanted = `[\n${Array.from({ length: count }, (_, at) => `{"j":${at}}`).join(',\n')}\n]`
    expect(view.put(becoming(view.json, wanted)).length).toBe(count)
  })
})

describe('a first line that is neither an object nor a list', () => {
  it('does not come', () => {
    const text = '{"a":1}\n{"b":2}\n'
    const after = hold(read, text, editsOf(viewOf(text).json, { kind: 'insert', at: 0, value: [1] }))
    expect(after).toBe('[1]\n{"a":1}\n{"b":2}\n')
    refused(read, text, editsOf(viewOf(text).json, { kind: 'insert', at: 0, value: 'x' }))
    refused(read, text, [replaced(viewOf(text).json, '/0', 5)])
  })
})
