import { breakLength, breakText, isBlank, isBreak, isDocumentMark, YamlError } from './yaml-chars.ts'
import type { Sink } from './yaml-pieces.ts'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/**
 * Reads the quoted scalar at `start` and returns where it ends (after the closing quote). As PyYAML does, it asks
 * nothing of the indent of continuation lines: recorders have written them at the key's own.
 */
export function readQuoted(text: string, start: number, sink: Sink): number {
  const quote = text.charCodeAt(start)
  const isDouble = quote === 34
  let run = start + 1
  let at = run
  const flush = (next: number): void => {
    if (at > run) sink.copy(run, at)
    run = next
  }
  for (;;) {
    const unit = text.charCodeAt(at)
    if (unit === quote) {
      if (isDouble || text.charCodeAt(at + 1) !== quote) {
        flush(at)
        return at + 1
      }
      flush(at + 2)
      sink.put("'", at, at + 2)
      at = run
    } else if (unit === 92 && isDouble) {
      const end = escapeEnd(text, at)
      flush(end)
      sink.put(escaped(text, at, end), at, end)
      at = end
    } else if (unit === 32 || unit === 9) {
      let end = at + 1
      while (isBlank(text.charCodeAt(end))) end++
      if (isBreak(text.charCodeAt(end))) {
        const next = skipLines(text, end)
        flush(next)
        sink.put(folded(text, end), at, next)
        at = next
      } else {
        at = end
      }
    } else if (isBreak(unit)) {
      const next = skipLines(text, at)
      flush(next)
      sink.put(folded(text, at), at, next)
      at = next
    } else if (Number.isNaN(unit)) {
      throw new YamlError(start, 'the quotes that open here are never closed')
    } else {
      at++
    }
  }
}

/** After the line break at `at`, the blank lines behind it and the indent of the next line with text. */
function skipLines(text: string, at: number): number {
  let next = at
  while (isBreak(text.charCodeAt(next))) {
    next += breakLength(text, next)
    if (isDocumentMark(text, next)) throw new YamlError(next, 'a document ends inside quotes')
    while (isBlank(text.charCodeAt(next))) next++
  }
  return next
}

/** What the line breaks from `at` on are read as: one is a space, of more the first goes. */
function folded(text: string, at: number): string {
  const first = breakText(text, at)
  const rest = linesAfter(text, at)
  if (first !== '\n') return first + rest
  return rest === '' ? ' ' : rest
}

/** The breaks behind the first one. */
function linesAfter(text: string, at: number): string {
  let next = at + breakLength(text, at)
  let breaks = ''
  for (;;) {
    while (isBlank(text.charCodeAt(next))) next++
    if (!isBreak(text.charCodeAt(next))) return breaks
    breaks += breakText(text, next)
    next += breakLength(text, next)
  }
}

function escapeEnd(text: string, at: number): number {
  const letter = text.charAt(at + 1)
  const digits = HEX_DIGITS.get(letter)
  if (digits !== undefined) return at + 2 + digits
  if (ESCAPES.has(letter)) return at + 2
  if (isBreak(text.charCodeAt(at + 1))) return skipLines(text, at + 1)
  throw new YamlError(at, 'there is no such escape in YAML')
}

function escaped(text: string, at: number, end: number): string {
  const letter = text.charAt(at + 1)
  if (HEX_DIGITS.has(letter)) {
    const hex = text.slice(at + 2, end)
    const code = /^[0-9a-fA-F]+$/.test(hex) && at + 2 + hex.length === end ? Number.parseInt(hex, 16) : -1
    if (code < 0 || code > 0x10ffff) throw new YamlError(at, 'this escape names no character')
    return String.fromCodePoint(code)
  }
  return ESCAPES.get(letter) ?? linesAfter(text, at + 1)
}
