import type { Layer } from '../text/region.ts'
import type { JsonHabits } from './json-habits.ts'

const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [12, '\\f'],
  [13, '\\r'],
  [34, '\\"'],
  [92, '\\\\'],
])

/** Decoded content of the string literal at `start..end` (quotes included). Lone surrogates are kept. */
export function decodeJsonString(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1)
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw
}

/** Writes text as the inside of a JSON string literal, in a document's own escape habits. */
export function encodeJsonString(value: string, habits: JsonHabits): string {
  let result = ''
  let done = 0
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    const escaped = escapeOf(value, at, unit, habits)
    if (escaped === undefined) continue
    result += value.slice(done, at) + escaped
    done = at + 1
  }
  return done === 0 ? value : result + value.slice(done)
}

function escapeOf(value: string, at: number, unit: number, habits: JsonHabits): string | undefined {
  if (unit >= 0x20 && unit < 0x7f) {
    if (unit === 47 && habits.escapeSlash) return '\\/'
    return SHORT_ESCAPES.get(unit)
  }
  if (unit < 0x20) return SHORT_ESCAPES.get(unit) ?? unicodeEscape(unit, habits)
  if (habits.escapeNonAscii) return unicodeEscape(unit, habits)
  // A lone surrogate has no UTF-8 form: written literally it would reach the disk as U+FFFD.
  return isLoneSurrogate(value, at, unit) ? unicodeEscape(unit, habits) : undefined
}

function unicodeEscape(unit: number, habits: JsonHabits): string {
  const hex = unit.toString(16).padStart(4, '0')
  return `\\u${habits.upperHex ? hex.toUpperCase() : hex}`
}

function isLoneSurrogate(value: string, at: number, unit: number): boolean {
  if (unit >= 0xd800 && unit <= 0xdbff) {
    const next = value.charCodeAt(at + 1)
    return !(next >= 0xdc00 && next <= 0xdfff)
  }
  if (unit >= 0xdc00 && unit <= 0xdfff) {
    const previous = value.charCodeAt(at - 1)
    return !(previous >= 0xd800 && previous <= 0xdbff)
  }
  return false
}

/** Source length of the escape or character at `at` inside a literal. */
function unitLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== 92) return 1
  return text.charCodeAt(at + 1) === 117 ? 6 : 2
}

/**
 * The string literal at `start..end` of `text` as a layer: edits of its decoded content become edits of the
 * characters between its quotes, everything outside the touched characters stays byte for byte.
 */
export function jsonStringLayer(text: string, start: number, end: number, habits: JsonHabits): Layer {
  const decoded = decodeJsonString(text, start, end)
  const plain = decoded.length === end - start - 2
  // edits come in order mostly: the walk goes on where the last one ended
  let known = { decoded: 0, source: start + 1 }
  /** Source offset of a decoded offset, walking the escapes up to it. */
  const sourceOffset = (target: number): number => {
    if (plain) return start + 1 + target
    let { decoded: count, source } = known.decoded <= target ? known : { decoded: 0, source: start + 1 }
    for (; count < target; count++) source += unitLength(text, source)
    known = { decoded: target, source }
    return source
  }
  return {
    text: decoded,
    toInner(edit) {
      const from = sourceOffset(edit.offset)
      const to = sourceOffset(edit.offset + edit.length)
      return { offset: from, length: to - from, content: encodeJsonString(edit.content, habits) }
    },
  }
}
