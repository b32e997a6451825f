import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { jsonHabits, numberInHabit } from '../../../src/core/syntax/json-habits.ts'
import { encodeJsonString } from '../../../src/core/syntax/json-string.ts'
import { nastyText, numberToken } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

describe('jsonHabits', () => {
  it('takes a document without evidence for one that Python wrote', () => {
    expect(jsonHabits('{"a": "plain"}')).toEqual({
      escapeNonAscii: true,
      upperHex: false,
      escapeSlash: false,
    })
  })

  it('sees raw characters, upper-case escapes and escaped slashes', () => {
    expect(jsonHabits('["Grüße"]').escapeNonAscii).toBe(false)
    expect(jsonHabits('["\\u00E9 \\u00AB"]')).toMatchObject({ escapeNonAscii: true, upperHex: true })
    expect(jsonHabits('["\\u00E9 \\u00ab"]').upperHex).toBe(false)
    expect(jsonHabits('["https:\\/\\/a"]').escapeSlash).toBe(true)
    expect(jsonHabits('["https:\\/\\/a", "b/c"]').escapeSlash).toBe(false)
  })

  it('follows the majority of a document that has both forms', () => {
    expect(jsonHabits('["é", "\\u00e9\\u00e8"]').escapeNonAscii).toBe(true)
    expect(jsonHabits('["éè", "\\u00e9"]').escapeNonAscii).toBe(false)
  })

  it('does not take a backslash and what follows it for an escape of its own', () => {
    // JSON inside a JSON string: the file itself writes ö as it is and escapes only the backslash
    const nested = JSON.stringify([JSON.stringify({ city: 'K' }).replace('K', 'K\\u00f6ln'), 'ö'])
    expect(nested).toContain('\\\\u00f6')
    expect(jsonHabits(nested).escapeNonAscii).toBe(false)
    expect(jsonHabits('["\\\\u00f6\\\\u00f6", "ö"]').escapeNonAscii).toBe(false)
    expect(jsonHabits('["\\\\\\u00f6\\u00f6", "ö"]').escapeNonAscii).toBe(true)
    expect(jsonHabits('["\\\\u00E9"]').upperHex).toBe(false)
    expect(jsonHabits('["\\\\u00e9 \\u00E9"]').upperHex).toBe(true)
    expect(jsonHabits('["C:\\\\/x"]').escapeSlash).toBe(false)
    expect(jsonHabits('["C:\\\\\\/x"]').escapeSlash).toBe(true)
    expect(jsonHabits('["a\\/b", "C:\\\\/x"]').escapeSlash).toBe(false)
  })

  it('counts characters outside ASCII, not their halves', () => {
    expect(jsonHabits('["😀", "\\u00e9"]').escapeNonAscii).toBe(false)
    expect(jsonHabits('["😀", "\\ud83d\\ude00"]').escapeNonAscii).toBe(true)
  })

  it('judges a large document by its beginning, in little time', () => {
    const escaped = `["${'\\u00e9'.repeat(400_000)}", "${'é'.repeat(18_000_000)}"]`
    expect(jsonHabits(escaped).escapeNonAscii).toBe(true)
    expect(jsonHabits(`["${'é'.repeat(20_000_000)}"]`).escapeNonAscii).toBe(false)
    // a raw character is seen wherever it stands
    expect(jsonHabits(`["${'x'.repeat(3_000_000)}é"]`).escapeNonAscii).toBe(false)
  })

  it('is stable: a text written in a habit has that habit', () => {
    const written = fc.tuple(nastyText, fc.boolean(), fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(written, ([value, escapeNonAscii, upperHex, escapeSlash]) => {
        const how = { escapeNonAscii, upperHex, escapeSlash }
        const document = `["é/«", "${encodeJsonString(value, how)}"]`.replace(
          'é/«',
          encodeJsonString('é/«', how),
        )
        expect(encodeJsonString(value, jsonHabits(document))).toBe(encodeJsonString(value, how))
      }),
      { numRuns: 300 },
    )
  })
})

describe('numberInHabit', () => {
  it('never changes the number that was typed', () => {
    fc.assert(
      fc.property(numberToken, numberToken, (typed, replaced) => {
        const written = numberInHabit(` ${typed} `, replaced)
        expect(Number(written)).toBe(Number(typed))
        expect(written?.startsWith(typed)).toBe(true)
      }),
    )
  })

  it('keeps ".0" where an integer replaces a float, and only there', () => {
    expect(numberInHabit('1', '0.0')).toBe('1.0')
    expect(numberInHabit('-3', '-9999.0')).toBe('-3.0')
    expect(numberInHabit('1', '0')).toBe('1')
    expect(numberInHabit('0.5', '0.0')).toBe('0.5')
    expect(numberInHabit('1e5', '0.0')).toBe('1e5')
    expect(numberInHabit('1', '1e-05')).toBe('1')
  })

  it('refuses what is no JSON number', () => {
    for (const typed of [
      '',
      '.5',
      '1.',
      '01',
      '+1',
      '0x1',
      'NaN',
      'Infinity',
      '1e',
      '1 2',
      '1,5',
      '--1',
      '"1"',
    ]) {
      expect(numberInHabit(typed, '0.0'), typed).toBeUndefined()
    }
  })

  it('refuses exactly what JSON.parse does not read as a number', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789.eE+- '), maxLength: 8 })
    const isNumber = (text: string): boolean => {
      try {
        return typeof JSON.parse(text) === 'number'
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(typed, (text) => (numberInHabit(text, '0') !== undefined) === isNumber(text)),
      { numRuns: 1000 },
    )
  })
})
