import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { JsonHabits } from '../../../src/core/syntax/json-habits.ts'
import { decodeJsonString, encodeJsonString, jsonStringLayer } from '../../../src/core/syntax/json-string.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import {
  editFromShares,
  hasUtf8Form,
  nastyText,
  spliceShares,
  stringLiteral,
} from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const habits: fc.Arbitrary<JsonHabits> = fc.record({
  escapeNonAscii: fc.boolean(),
  upperHex: fc.boolean(),
  escapeSlash: fc.boolean(),
})

describe('encodeJsonString', () => {
  it('writes what JSON.parse and decodeJsonString read back, in all habits', () => {
    fc.assert(
      fc.property(nastyText, habits, (value, how) => {
        const literal = `"${encodeJsonString(value, how)}"`
        expect(JSON.parse(literal)).toBe(value)
        expect(decodeJsonString(`x${literal}y`, 1, literal.length + 1)).toBe(value)
      }),
      { numRuns: 500 },
    )
  })

  it('always has a UTF-8 form, so that nothing is lost on the way to the disk', () => {
    fc.assert(
      fc.property(nastyText, habits, (value, how) => {
        expect(hasUtf8Form(encodeJsonString(value, how))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps the habits', () => {
    fc.assert(
      fc.property(nastyText, habits, (value, how) => {
        const written = encodeJsonString(value, how)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: "only ASCII" is the question
        if (how.escapeNonAscii) expect(written).toMatch(/^[\u0000-\u007e]*$/)
        for (const [hex] of written.replaceAll('\\\\', '').matchAll(/(?<=\\u)[0-9a-fA-F]{4}/g)) {
          expect(hex).toBe(how.upperHex ? hex.toUpperCase() : hex.toLowerCase())
        }
        const slashes = value.split('/').length - 1
        const escapedSlashes = written.replaceAll('\\\\', '').split('\\/').length - 1
        expect(escapedSlashes).toBe(how.escapeSlash ? slashes : 0)
      }),
      { numRuns: 500 },
    )
  })

  it('writes as Python does where a document escapes', () => {
    const python = { escapeNonAscii: true, upperHex: false, escapeSlash: false }
    expect(encodeJsonString('é😀\u007f\b\f\n\r\t"\\/\u0000', python)).toBe(
      '\\u00e9\\ud83d\\ude00\\u007f\\b\\f\\n\\r\\t\\"\\\\/\\u0000',
    )
  })
})

describe('decodeJsonString', () => {
  it('reads any spelling as JSON.parse does', () => {
    fc.assert(
      fc.property(stringLiteral, (literal) => {
        expect(decodeJsonString(literal, 0, literal.length)).toBe(JSON.parse(literal))
      }),
      { numRuns: 500 },
    )
  })
})

describe('jsonStringLayer', () => {
  it('is edited as the decoded text would be', () => {
    fc.assert(
      fc.property(stringLiteral, spliceShares, habits, (literal, shares, how) => {
        const text = `[1, ${literal}]`
        const layer = jsonStringLayer(text, 4, 4 + literal.length, how)
        expect(layer.text).toBe(JSON.parse(literal))
        const edit = editFromShares(layer.text, shares)
        const changed = applyEdits(text, [layer.toInner(edit)])
        const [, value] = JSON.parse(changed) as [number, string]
        expect(value).toBe(applyEdits(layer.text, [edit]))
      }),
      { numRuns: 1000 },
    )
  })

  it('replaces exactly the spelling of the replaced characters and leaves every other escape as it was', () => {
    fc.assert(
      fc.property(stringLiteral, spliceShares, habits, (literal, shares, how) => {
        const layer = jsonStringLayer(literal, 0, literal.length, how)
        const edit = editFromShares(layer.text, shares)
        const inner = layer.toInner(edit)
        const before = `${literal.slice(0, inner.offset)}"`
        const behind = `"${literal.slice(inner.offset + inner.length)}`
        expect(JSON.parse(before)).toBe(layer.text.slice(0, edit.offset))
        expect(JSON.parse(behind)).toBe(layer.text.slice(edit.offset + edit.length))
        expect(inner.content).toBe(encodeJsonString(edit.content, how))
      }),
      { numRuns: 1000 },
    )
  })

  it('leaves foreign spellings alone', () => {
    const literal = '"caf\\u00E9 \\/ \\u0061 x \\ud83d\\ude00"'
    const how = { escapeNonAscii: true, upperHex: false, escapeSlash: false }
    const layer = jsonStringLayer(literal, 0, literal.length, how)
    expect(layer.text).toBe('café / a x 😀')
    const edit = { offset: layer.text.indexOf('x'), length: 1, content: 'é/' }
    expect(applyEdits(literal, [layer.toInner(edit)])).toBe(
      '"caf\\u00E9 \\/ \\u0061 \\u00e9/ \\ud83d\\ude00"',
    )
  })
})
