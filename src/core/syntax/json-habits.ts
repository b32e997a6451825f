/** How this document writes what JSON leaves open. Observed, never imposed. */
export interface JsonHabits {
  /** Non-ASCII characters are written `\uXXXX` (Python's `json.dump` default). */
  readonly escapeNonAscii: boolean
  /** `\u00E9` rather than `\u00e9`. */
  readonly upperHex: boolean
  /** `\/` rather than `/` (PHP's default). */
  readonly escapeSlash: boolean
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: "is there anything outside ASCII" is the question
const NON_ASCII = /[^\u0000-\u007f]/
const NON_ASCII_ESCAPE = /\\u(?!00[0-7])[0-9a-fA-F]{4}/
const UPPER_HEX = /\\u[0-9a-fA-F]{0,3}[A-F]/
const LOWER_HEX = /\\u[0-9a-fA-F]{0,3}[a-f]/
const BARE_SLASH = /[^\\]\//

/**
 * Reads the habits of a JSON document. A document with no evidence either way (plain ASCII, no escapes) is
 * taken to be written by Python's `json.dump`, whose default escapes: an escaped character is also correct in
 * every reader, a raw one is not.
 */
export function jsonHabits(text: string): JsonHabits {
  const hasRaw = NON_ASCII.test(text)
  return {
    escapeNonAscii: !hasRaw || (NON_ASCII_ESCAPE.test(text) && rawIsRare(text)),
    upperHex: UPPER_HEX.test(text) && !LOWER_HEX.test(text),
    escapeSlash: text.includes('\\/') && !BARE_SLASH.test(text),
  }
}

/** A hand-edited file can hold both forms; the one that is used more often is the habit. */
function rawIsRare(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: counts what lies outside ASCII
  const raw = text.match(/[^\u0000-\u007f]/gu)?.length ?? 0
  const escaped = text.match(/\\u(?!00[0-7])[0-9a-fA-F]{4}/g)?.length ?? 0
  return escaped > raw
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * A number as a person typed it, in the habit of the token it replaces: an integer that replaces a float
 * keeps the ".0" (`0.0` -> `1` is written `1.0`; Llama Stack's hash tells the two apart). Undefined when the
 * text is no JSON number.
 */
export function numberInHabit(typed: string, replaced: string): string | undefined {
  const token = typed.trim()
  if (!NUMBER.test(token)) return undefined
  const wasFloat = /^-?\d+\.\d+$/.test(replaced)
  return wasFloat && /^-?\d+$/.test(token) ? `${token}.0` : token
}
