/** Cuts the text of a query into its words and filters, each with its place, without asking what they mean. */
import { type Field, fieldNamed } from './query-fields.ts'

export interface Token {
  readonly start: number
  readonly end: number
  readonly negated: boolean
  /** Absent for a word or a phrase. */
  readonly field?: Field
  /** What is written before a colon where there is no filter of that name: the token is a word. */
  readonly unknownField?: string
  /** Of a word or a phrase one; of a filter the alternatives, none while it is still being typed. */
  readonly values: readonly TokenValue[]
  /** `OR` or `|`: what stands on both sides are alternatives. It has no values. */
  readonly operator?: true
  /** It stands beside an operator that has something on either side. */
  readonly alternative?: true
  /** Its last quote has not been closed: whatever came behind it would be a part of it. */
  readonly open?: boolean
}

export interface TokenValue {
  readonly text: string
  readonly quoted: boolean
  /** With a `=` before it. */
  readonly whole: boolean
}

/** Never fails: what is unfinished at the end of the text is read as far as it goes. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    while (at < text.length && SPACE.test(text.charAt(at))) at++
    if (at >= text.length) return withAlternatives(tokens)
    const token = readToken(text, at)
    tokens.push(token)
    at = token.end
  }
}

function withAlternatives(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ operator }) => operator)) return tokens
  return tokens.map((token, at) => {
    if (token.operator) return token
    const before = tokens[at - 1]?.operator && tokens.slice(0, at).some(({ operator }) => !operator)
    const behind = tokens[at + 1]?.operator && tokens.slice(at + 1).some(({ operator }) => !operator)
    return before || behind ? { ...token, alternative: true } : token
  })
}

const SPACE = /\s/
const NAME = /[\p{L}_-]+(?=:)/uy
const WORD = /\S+/y
const BARE_VALUE = /[^\s,]*/y

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

function readToken(text: string, start: number): Token {
  const negated = text.charAt(start) === '-'
  const from = negated ? start + 1 : start
  if (text.charAt(from) === '"') {
    const { value, end, open } = readQuoted(text, from)
    return { start, end, negated, open, values: [{ text: value, quoted: true, whole: false }] }
  }
  const name = matchAt(NAME, text, from)
  const field = name === '' ? undefined : fieldNamed(name)
  if (field !== undefined) {
    return { start, negated, field, ...readValues(text, from + name.length + 1) }
  }
  const word = matchAt(WORD, text, from)
  if (!negated && /^(?:OR|\|)$/.test(word))
    return { start, end: from + word.length, negated, operator: true, values: [] }
  // "http://", "test_x::test_y" and "12:30" are no filters
  const misses = name !== '' && !/^(?::|\/\/|$)/.test(word.slice(name.length + 1))
  return {
    start,
    end: from + word.length,
    negated,
    ...(misses && { unknownField: name }),
    values: [{ text: word, quoted: false, whole: false }],
  }
}

function readValues(text: string, start: number): Pick<Token, 'values' | 'end' | 'open'> {
  const values: TokenValue[] = []
  let at = start
  for (;;) {
    const whole = text.charAt(at) === '='
    if (whole) at++
    const quoted = text.charAt(at) === '"'
    const bare = quoted ? '' : matchAt(BARE_VALUE, text, at)
    const read = quoted ? readQuoted(text, at) : { value: bare, end: at + bare.length, open: false }
    at = read.end
    if (read.value !== '') values.push({ text: read.value, quoted, whole })
    if (text.charAt(at) !== ',') return { values, end: at, open: read.open }
    at++
  }
}

/** From a quote to the next one, or to the end where there is none yet; `\"` and `\\` stand for the second character. */
function readQuoted(text: string, start: number): { value: string; end: number; open: boolean } {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '"') return { value, end: at + 1, open: false }
    const next = text.charAt(at + 1)
    if (char === '\\' && (next === '"' || next === '\\')) at++
    value += char === '\\' && (next === '"' || next === '\\') ? next : char
  }
  return { value, end: text.length, open: true }
}

/** A value as it must be written to be read as that value. */
export function writeValue(text: string, whole = false): string {
  const bare = /^[^\s,"=\\<>]+$/.test(text)
  return `${whole ? '=' : ''}${bare ? text : quote(text)}`
}

export function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
