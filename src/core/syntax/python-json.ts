/**
 * A JSON document as Python's `json` reads and writes it (CPython `Lib/json/`): `0` and `0.0` are different
 * values, integers have no limit, and `json.dumps(value, sort_keys=True)` prints one canonical ASCII text.
 */
import type { JsonNode } from './json-node.ts'
import { floatRepr } from './python-number.ts'

/** An integer, by its digits: Python keeps them all. */
export class PythonInt {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

export class PythonFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

export type PythonDict = ReadonlyMap<string, PythonValue>

export type PythonValue =
  | null
  | boolean
  | string
  | PythonInt
  | PythonFloat
  | readonly PythonValue[]
  | PythonDict

/** Python itself gives up at about a thousand levels. */
export const MAX_PYTHON_LEVELS = 512

/** `json.loads` of a node; undefined when it is nested deeper than `MAX_PYTHON_LEVELS`. */
export function readPython(node: JsonNode, level = 0): PythonValue | undefined {
  switch (node.kind) {
    case 'object':
      return level < MAX_PYTHON_LEVELS ? readDict(node, level + 1) : undefined
    case 'array':
      return level < MAX_PYTHON_LEVELS ? readList(node, level + 1) : undefined
    case 'string':
      return node.string() ?? ''
    case 'number':
      return readNumber(node.raw)
    case 'boolean':
      return node.boolean() === true
    case 'null':
      return null
  }
}

function readDict(node: JsonNode, level: number): PythonDict | undefined {
  const dict = new Map<string, PythonValue>()
  for (const { key, value } of node.members()) {
    const read = readPython(value, level)
    if (read === undefined) return undefined
    // of duplicate keys the last counts
    dict.set(key, read)
  }
  return dict
}

function readList(node: JsonNode, level: number): readonly PythonValue[] | undefined {
  const list: PythonValue[] = []
  for (const item of node.items()) {
    const read = readPython(item, level)
    if (read === undefined) return undefined
    list.push(read)
  }
  return list
}

/** A point or an exponent makes a float, `1E5` too; there is no negative zero among the integers. */
function readNumber(token: string): PythonInt | PythonFloat {
  if (/[.eE]/.test(token)) return new PythonFloat(Number(token))
  return new PythonInt(token === '-0' ? '0' : token)
}

export function isPythonDict(value: PythonValue | undefined): value is PythonDict {
  return value instanceof Map
}

export function isPythonList(value: PythonValue | undefined): value is readonly PythonValue[] {
  return Array.isArray(value)
}

/** `json.dumps(value, sort_keys=True)`: default separators, ASCII only, keys by code point. */
export function dumpsPython(value: PythonValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return dumpsString(value)
  if (value instanceof PythonInt) return value.digits
  if (value instanceof PythonFloat) return floatRepr(value.value)
  if (isPythonList(value)) return `[${value.map(dumpsPython).join(', ')}]`
  const members = [...value].sort(([a], [b]) => compareCodePoints(a, b))
  return `{${members.map(([key, item]) => `${dumpsString(key)}: ${dumpsPython(item)}`).join(', ')}}`
}

/** The escape of each UTF-16 unit, as far as any was needed: recordings may be written in any script. */
const escapes: string[] = []
for (const [unit, letter] of Object.entries({
  8: 'b',
  9: 't',
  10: 'n',
  12: 'f',
  13: 'r',
  34: '"',
  92: '\\',
})) {
  escapes[Number(unit)] = `\\${letter}`
}

/** Unit by unit, so a pair becomes two escapes and half a pair stays what it is. */
function dumpsString(value: string): string {
  return `"${value.replace(/[^ !#-[\]-~]+/g, escapeUnits)}"`
}

function escapeUnits(run: string): string {
  let escaped = ''
  for (let at = 0; at < run.length; at++) {
    const unit = run.charCodeAt(at)
    escapes[unit] ??= `\\u${unit.toString(16).padStart(4, '0')}`
    escaped += escapes[unit]
  }
  return escaped
}

/** Python's order of strings; by UTF-16 units an emoji would come before U+E000..U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at++) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue
    // a pair may have begun one unit earlier; any other unit there is the same in both
    return codePointDifference(a, b, at - 1) || codePointDifference(a, b, at)
  }
  return a.length - b.length
}

function codePointDifference(a: string, b: string, at: number): number {
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0)
}
