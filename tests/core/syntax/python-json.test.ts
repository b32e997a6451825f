/** CPython itself is the oracle where it is installed: one process answers for thousands of random values. */
import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import {
  compareCodePoints,
  dumpsPython,
  MAX_PYTHON_LEVELS,
  readPython,
} from '../../../src/core/syntax/python-json.ts'
import { floatRepr, formatFixed5, parsePythonFloat, round5 } from '../../../src/core/syntax/python-number.ts'
import { nastyText, printedJson, stringLiteral } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const hasPython = spawnSync('python3', ['--version']).status === 0
const PYTHON_MISSING = 'skipped where python3 is missing'

/** Runs `answer(case)` in Python for each case; both ways as ASCII JSON, so half pairs survive. */
function askPython(answer: string, cases: readonly unknown[]): unknown {
  const script = `import json, sys, unicodedata\n${answer}\nprint(json.dumps([answer(case) for case in json.load(sys.stdin)]))`
  const ascii = JSON.stringify(cases).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const { stdout, stderr, status } = spawnSync('python3', ['-c', script], {
    input: ascii,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`the harness itself is wrong: ${stderr}`)
  return JSON.parse(stdout)
}

function dumps(text: string): string | undefined {
  const { root } = JsonDocument.of(text)
  const value = root && readPython(root)
  return value === undefined ? undefined : dumpsPython(value)
}

/** Doubles of every kind: all bit patterns, short decimals, ties of five places, powers of ten, whole numbers. */
const anyDouble: fc.Arbitrary<number> = fc.oneof(
  fc.double({ noNaN: true }),
  fc.double({ noNaN: true, min: -1000, max: 1000 }),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((units) => units / 10 ** 6),
  fc.tuple(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.nat(20)).map(([n, shift]) => n / 2 ** shift),
  fc.tuple(fc.integer({ min: -325, max: 308 }), fc.nat(999)).map(([power, n]) => Number(`${n}e${power}`)),
  fc.integer(),
  fc.constantFrom(0, -0, 5e-324, 1.7976931348623157e308, 2 ** 53, 1e15, 1e16, 1e22, 1e-4, 1e-5, 1e21, 1e23),
)

describe('floats as Python prints them', () => {
  it('lays out repr by the exponent', () => {
    const expected: readonly (readonly [number, string])[] = [
      [0, '0.0'],
      [-0, '-0.0'],
      [1, '1.0'],
      [100000, '100000.0'],
      [1e15, '1000000000000000.0'],
      [1e16, '1e+16'],
      [1.5e300, '1.5e+300'],
      [0.0001, '0.0001'],
      [0.00001, '1e-05'],
      [-1.25e-7, '-1.25e-07'],
      [5e-324, '5e-324'],
      [123.456, '123.456'],
      [Number.NaN, 'NaN'],
      [Number.POSITIVE_INFINITY, 'Infinity'],
      [Number.NEGATIVE_INFINITY, '-Infinity'],
    ]
    for (const [value, text] of expected) expect(floatRepr(value)).toBe(text)
  })

  it('rounds the exact binary value to five places, ties to even', () => {
    const expected: readonly (readonly [number, string])[] = [
      [0.015625, '0.01562'],
      [0.046875, '0.04688'],
      [-0.015625, '-0.01562'],
      [1.000005, '1.00001'],
      [2.675, '2.67500'],
      [-0.000001, '-0.00000'],
      [5e-324, '0.00000'],
      [1e22, '10000000000000000000000.00000'],
      [Number.NaN, 'nan'],
      [Number.POSITIVE_INFINITY, 'inf'],
      [Number.NEGATIVE_INFINITY, '-inf'],
    ]
    for (const [value, text] of expected) expect(formatFixed5(value)).toBe(text)
    expect(round5(-0.000001)).toBe(-0)
    expect(round5(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
  })

  it.skipIf(!hasPython)(`agrees with CPython on 6,000 random doubles (${PYTHON_MISSING})`, () => {
    const doubles = fc.sample(anyDouble, { numRuns: 6000, seed: 20260507 })
    // JavaScript's shortest spelling reads back as the same double in both languages
    const answers = askPython(
      'def answer(text):\n  x = float(text)\n  return [json.dumps(x), "%.5f" % x, json.dumps(round(x, 5))]',
      doubles.map((value) => (Object.is(value, -0) ? '-0.0' : String(value))),
    )
    expect(doubles.map((x) => [floatRepr(x), formatFixed5(x), floatRepr(round5(x))])).toEqual(answers)
  })

  it.skipIf(!hasPython)(`reads the digits of every script as CPython does (${PYTHON_MISSING})`, () => {
    const codes = Array.from({ length: 0x110000 }, (_, code) => code).filter(
      (code) => !(code >= 0xd800 && code < 0xe000) && /\p{Nd}/u.test(String.fromCodePoint(code)),
    )
    const digits = codes.map((code) => String.fromCodePoint(code))
    const answers = askPython(
      // null where this Python's Unicode is older than ours
      'def answer(digit):\n  return float("-1" + digit + ".5" + digit) if digit.isdecimal() else None',
      digits,
    ) as readonly (number | null)[]
    expect(digits.length).toBeGreaterThan(600)
    expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(600)
    const ours = digits.map((digit) => parsePythonFloat(`-1${digit}.5${digit}`))
    expect(ours.map((value, at) => (answers[at] === null ? null : value))).toEqual(answers)
  })
})

describe('documents as Python prints them', () => {
  it('tells integers from floats by their spelling, whatever their size', () => {
    expect(dumps('[0, -0, 0.0, -0.0, 1E5, 1e400, -1e400, 123456789012345678901234567890]')).toBe(
      '[0, 0, 0.0, -0.0, 100000.0, Infinity, -Infinity, 123456789012345678901234567890]',
    )
  })

  it('sorts keys by code point; of duplicates the last counts', () => {
    expect(dumps('{"\u{1f600}": 1, "\uff5e": 2, "z": 3, "A": 4, "z": 5, "": {}, "__proto__": []}')).toBe(
      '{"": {}, "A": 4, "__proto__": [], "z": 5, "\\uff5e": 2, "\\ud83d\\ude00": 1}',
    )
    expect(compareCodePoints('\u{1f600}', '\ud83d\u{1f900}')).toBeGreaterThan(0)
  })

  it('escapes as json.dumps does, half pairs too', () => {
    expect(dumps('"\\u0000\\b\\t\\n\\f\\r\\u001f\\u007f\\"\\\\\\/\\u00E9 \\ud83d x"')).toBe(
      '"\\u0000\\b\\t\\n\\f\\r\\u001f\\u007f\\"\\\\/\\u00e9 \\ud83d x"',
    )
  })

  it('reads as deep as it says and no deeper', () => {
    const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(dumps(nested(MAX_PYTHON_LEVELS))).toBe(nested(MAX_PYTHON_LEVELS))
    expect(dumps(nested(MAX_PYTHON_LEVELS + 1))).toBeUndefined()
    expect(dumps(`{"a": ${nested(MAX_PYTHON_LEVELS)}}`)).toBeUndefined()
    expect(dumps(nested(100_000))).toBeUndefined()
  })

  it.skipIf(!hasPython)(`agrees with CPython on 3,000 random documents (${PYTHON_MISSING})`, () => {
    const texts = [
      ...fc.sample(printedJson, { numRuns: 2000, seed: 1 }).map(({ text }) => text),
      ...fc.sample(stringLiteral, { numRuns: 1000, seed: 2 }),
    ]
    const answers = askPython(
      'def answer(text):\n  return json.dumps(json.loads(text), sort_keys=True)',
      texts,
    )
    expect(texts.map(dumps)).toEqual(answers)
  })

  it.skipIf(!hasPython)(`sorts as CPython does, half pairs among them (${PYTHON_MISSING})`, () => {
    const units = fc.constantFrom('\ud83d', '\ude00', '\u{1f600}', '\u{1fa00}', '\uffff', '\ue000', 'a')
    const key = fc.oneof(nastyText, fc.string({ unit: units, maxLength: 4 }))
    const lists = fc.sample(fc.array(key, { maxLength: 12 }), { numRuns: 1000, seed: 3 })
    const answers = askPython('def answer(keys):\n  return sorted(keys)', lists)
    expect(lists.map((keys) => keys.toSorted(compareCodePoints))).toEqual(answers)
  })
})
