import { describe, expect, it } from 'vitest'
import { readHeaders, statusOf } from '../../../src/core/containers/http-message.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'

function headers(value: unknown): readonly string[] {
  const read = readHeaders(JsonDocument.of(JSON.stringify(value)).root)
  return read.map((header) => `${header.name}=${header.value.value}`)
}

function status(value: unknown): string | undefined {
  return statusOf(JsonDocument.of(JSON.stringify(value)).root)?.value
}

describe('headers', () => {
  it('are read in every way that they are written', () => {
    expect(headers({ a: 'x', B: ['y', 'z'], n: 1 })).toEqual(['a=x', 'B=y', 'B=z', 'n=1'])
    expect(
      headers([
        { name: 'a', value: 'x' },
        { name: 'a', value: 'y' },
      ]),
    ).toEqual(['a=x', 'a=y'])
    expect(
      headers([
        ['a', 'x'],
        ['b', 'y'],
      ]),
    ).toEqual(['a=x', 'b=y'])
    expect(headers(['a', 'x', 'b', 'y'])).toEqual(['a=x', 'b=y'])
    expect(headers(['a: x\r\n', 'b-c: y\r\n'])).toEqual(['a=a: x\r\n', 'b-c=b-c: y\r\n'])
  })

  it('may be missing or anything else', () => {
    for (const value of [null, 'x', 1, {}, [], [1], [{}], [[]], { a: {} }]) headers(value)
    expect(readHeaders(undefined)).toEqual([])
    expect(headers(['a', 'x', 'b'])).toEqual(['a=x'])
  })

  it('have the value that stands at their address', () => {
    const document = JsonDocument.of('{"h": [{"name": "a", "value": "x"}], "o": {"b": ["y"]}}')
    for (const key of ['h', 'o']) {
      for (const { value } of readHeaders(document.root?.get(key))) {
        const [step] = value.at
        expect(step?.in === 'json' && document.find(step.pointer)?.string()).toBe(value.value)
      }
    }
  })
})

describe('a status', () => {
  it('is a number, a text, or an object with one', () => {
    expect(status(200)).toBe('200')
    expect(status('200 OK')).toBe('200 OK')
    expect(status({ code: 404, message: 'Not Found' })).toBe('404')
    expect(status(null)).toBeUndefined()
    expect(status({})).toBeUndefined()
  })
})
