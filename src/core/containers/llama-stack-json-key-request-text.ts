/**
 * What the recorder does to every string of a request body before it hashes it: the five patterns of
 * `_normalize_file_search_metadata` and `_normalize_numeric_literal_strings` (api_recorder.py).
 *
 * Python's `\d` is any decimal digit of Unicode and its `\s` is not JavaScript's. Where a pattern as written
 * takes quadratic time over a long run of digits or blanks it is replaced by one with the same matches.
 */
import { formatFixed5, parsePythonFloat } from '../syntax/python-number.ts'

/** How the recorder treated strings at some time. */
export interface TextRules {
  /** Floats are rounded to five places, decimals in strings too. */
  readonly rounding: boolean
  /** What is taken out of the text that a file search puts into a prompt. */
  readonly fileSearch: 'nothing' | 'scores-and-attributes' | 'everything'
}

/** `str.isspace()`, as a class of a pattern. */
const BLANK = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const UUID = '[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}'

// `\d*\.?\d+` without its backtracking
const SCORE = new RegExp(
  `score:${BLANK}*[-+]?(?:\\p{Nd}+(?:\\.\\p{Nd}+)?|\\.\\p{Nd}+)(?:[eE][-+]?\\p{Nd}+)?`,
  'gu',
)
const DOCUMENT_ID = new RegExp(`document_id:${BLANK}*${UUID}`, 'g')
const CITATION = new RegExp(`<\\|${UUID}\\|>`, 'g')
const IS_BLANK = new RegExp(`^${BLANK}$`)
// `-?\d+\.\d{4,}`, but a run of digits without such a fraction is taken whole, and put back, instead of being
// tried again from each of its digits
const DECIMAL = /-?\p{Nd}+(\.\p{Nd}{4,})?/gu

export function normalizeText(text: string, { fileSearch, rounding }: TextRules): string {
  let result = text
  if (fileSearch !== 'nothing') {
    if (result.includes('score:')) result = result.replace(SCORE, 'score: __NORMALIZED__')
    result = withoutAttributes(result)
  }
  if (fileSearch === 'everything') {
    if (result.includes('document_id:')) result = result.replace(DOCUMENT_ID, 'document_id: __NORMALIZED__')
    if (result.includes('<|')) result = result.replace(CITATION, '<|__NORMALIZED__|>')
  }
  return rounding ? roundDecimals(result) : result
}

function roundDecimals(text: string): string {
  if (!/\.\p{Nd}{4}/u.test(text)) return text
  return text.replace(DECIMAL, (match: string, fraction: string | undefined) =>
    fraction === undefined ? match : formatFixed5(parsePythonFloat(match)),
  )
}

const ATTRIBUTES = 'attributes:'

/** `re.sub(r',?\s*attributes:\s*\{[^}]*\}', '', text)`, going once over the text. */
function withoutAttributes(text: string): string {
  let result = ''
  let done = 0
  for (let at = text.indexOf(ATTRIBUTES); at !== -1; ) {
    const brace = skipBlanks(text, at + ATTRIBUTES.length)
    if (text[brace] === '{') {
      const close = text.indexOf('}', brace)
      // and none further on either
      if (close === -1) break
      result += text.slice(done, startBefore(text, at, done))
      done = close + 1
    }
    at = text.indexOf(ATTRIBUTES, Math.max(done, at + ATTRIBUTES.length))
  }
  return result + text.slice(done)
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && IS_BLANK.test(text.charAt(at))) at++
  return at
}

/** Where the blanks before `end`, and a comma before those, begin; not before `limit`. */
function startBefore(text: string, end: number, limit: number): number {
  let at = end
  while (at > limit && IS_BLANK.test(text.charAt(at - 1))) at--
  return at > limit && text[at - 1] === ',' ? at - 1 : at
}
