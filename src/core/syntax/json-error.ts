import { MAX_LEVELS } from './json-index.ts'

/** Where a text stops being JSON (RFC 8259), in words for a person. */
export interface JsonError {
  readonly offset: number
  /** What is wrong there, without the place. */
  readonly message: string
  /** The text before this offset is a sound beginning of a document, ending between two tokens. */
  readonly soundUntil: number
  /** The text breaks off here: it would need more, not something else. */
  readonly atEnd: boolean
}

/** What can stand last in a text that was cut inside a word, a number or an escape. */
const CUT_OFF = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|(?:\.\d+)?[eE][+-]?|\\(?:u[0-9a-fA-F]{0,3})?)?$/

function errorAt(text: string, offset: number, message: string, soundUntil = offset): JsonError {
  const rest = text.slice(offset, offset + 12)
  return { offset, message, soundUntil, atEnd: CUT_OFF.test(rest.trimEnd()) }
}

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids exactly these inside a string
const STRING_RUN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function runLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}

function nameOf(text: string, at: number): string {
  const point = text.codePointAt(at)
  if (point === undefined) return 'the end of the file'
  if (point < 0x20) return `a control character (U+${point.toString(16).toUpperCase().padStart(4, '0')})`
  return `"${String.fromCodePoint(point)}"`
}

/**
 * The first error of a text that `JSON.parse` refused; undefined when there is none. Iterative, so nesting
 * cannot overflow the stack, and about 10 x slower than `JSON.parse`: only for texts known to be broken.
 */
export function findJsonError(text: string): JsonError | undefined {
  const closers: ('}' | ']')[] = []
  let at = 0
  let expect: 'value' | 'key' | 'firstKey' | 'firstItem' | 'next' = 'value'
  for (;;) {
    at += runLength(SPACE, text, at)
    const char = text[at]
    if (expect === 'next') {
      const closer = closers.at(-1)
      if (closer === undefined) {
        return char === undefined
          ? undefined
          : errorAt(text, at, `${nameOf(text, at)} after the end of the document`)
      }
      if (char === closer) {
        closers.pop()
        at++
      } else if (char === ',') {
        at++
        expect = closer === '}' ? 'key' : 'value'
      } else {
        return errorAt(text, at, `expected "," or "${closer}" but found ${nameOf(text, at)}`)
      }
      continue
    }
    if ((expect === 'firstKey' && char === '}') || (expect === 'firstItem' && char === ']')) {
      closers.pop()
      at++
      expect = 'next'
      continue
    }
    if (expect === 'key' || expect === 'firstKey') {
      if (char !== '"') return errorAt(text, at, `expected a key in quotes but found ${nameOf(text, at)}`)
      const end = checkString(text, at)
      if (typeof end !== 'number') return end
      at = end + runLength(SPACE, text, end)
      if (text[at] !== ':') return errorAt(text, at, `expected ":" but found ${nameOf(text, at)}`)
      at++
      expect = 'value'
      continue
    }
    expect = 'next'
    if (closers.length >= MAX_LEVELS) {
      return errorAt(text, at, `nested more than ${MAX_LEVELS.toLocaleString('en')} levels deep`)
    }
    if (char === '{') {
      closers.push('}')
      expect = 'firstKey'
      at++
    } else if (char === '[') {
      closers.push(']')
      expect = 'firstItem'
      at++
    } else if (char === '"') {
      const end = checkString(text, at)
      if (typeof end !== 'number') return end
      at = end
    } else {
      const length = runLength(NUMBER, text, at) || runLength(WORD, text, at)
      if (length === 0) return errorAt(text, at, `expected a value but found ${nameOf(text, at)}`)
      at += length
    }
  }
}

/** The offset behind a correct string literal, or what is wrong with it. */
function checkString(text: string, start: number): number | JsonError {
  let at = start + 1
  for (;;) {
    at += runLength(STRING_RUN, text, at)
    if (text[at] === '"') return at + 1
    if (text[at] === undefined)
      return { offset: start, message: 'a string that is never closed', soundUntil: start, atEnd: true }
    const escaped = runLength(ESCAPE, text, at)
    if (escaped === 0) {
      const what = text[at] === '\\' ? 'an unknown escape' : nameOf(text, at)
      return errorAt(text, at, `${what} inside a string`, start)
    }
    at += escaped
  }
}
