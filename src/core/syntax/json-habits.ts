/** How this document writes what JSON leaves open. Observed, never imposed. */
export interface JsonHabits {
  /** Non-ASCII characters are written `\uXXXX` (Python's `json.dump` default). */
  readonly escapeNonAscii: boolean
  /** `\u00E9` rather than `\u00e9`. */
  readonly upperHex: boolean
  /** `\/` rather than `/` (PHP's default). */
  readonly escapeSlash: boolean
}

/** Characters that are looked at for habits: enough to know a writer by, and cheap in a file of any size. */
const SAMPLE = 2_000_000

// biome-ignore lint/suspicious/noControlCharactersInRegex: "is there anything outside ASCII" is the question
const NON_ASCII = /[^\u0000-\u007f]/
const HEX = /^[0-9a-fA-F]{4}$/
const ASCII_HEX = /^00[0-7]/

/**
 * Reads the habits of a JSON document from its beginning. A document with no evidence either way (plain
 * ASCII, no escapes) is taken to be written by Python's `json.dump`, whose default escapes: an escaped
 * character is also correct in every reader, a raw one is not. A hand-edited file can hold both forms; the one
 * that is used more often is the habit.
 */
export function jsonHabits(text: string): JsonHabits {
  const { raw, escaped, upper, lower, slashes, escapedSlashes } = countForms(text)
  return {
    escapeNonAscii: escaped > raw || !NON_ASCII.test(text),
    upperHex: upper && !lower,
    escapeSlash: escapedSlashes > 0 && slashes === 0,
  }
}

interface Forms {
  /** Characters outside ASCII, as they are and as `\uXXXX`. */
  raw: number
  escaped: number
  /** Some `\uXXXX` has such a digit. */
  upper: boolean
  lower: boolean
  slashes: number
  escapedSlashes: number
}

/** Walks escape by escape: in `\\u00f6`, the form of JSON inside a JSON string, nothing is escaped but a `\`. */
function countForms(text: string): Forms {
  const forms: Forms = { raw: 0, escaped: 0, upper: false, lower: false, slashes: 0, escapedSlashes: 0 }
  const limit = Math.min(text.length, SAMPLE)
  for (let at = 0; at < limit; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 92) {
      at++
      const letter = text.charCodeAt(at)
      if (letter === 47) forms.escapedSlashes++
      else if (letter === 117) countHex(text.slice(at + 1, at + 5), forms)
    } else if (unit === 47) forms.slashes++
    // the second half of a pair is no further character
    else if (unit > 127 && !(isLow(unit) && isHigh(text.charCodeAt(at - 1)))) forms.raw++
  }
  return forms
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00
}

function countHex(digits: string, forms: Forms): void {
  if (!HEX.test(digits)) return
  if (!ASCII_HEX.test(digits)) forms.escaped++
  if (/[A-F]/.test(digits)) forms.upper = true
  if (/[a-f]/.test(digits)) forms.lower = true
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
