/**
 * The search language: words and "phrases" that all must be found, `field:value` filters with alternatives behind
 * commas, and a `-` before what must not be. Nothing that is only half typed ever hides a result.
 */
import { foldText } from './fold-text.ts'
import { isValueField, RANGE_FIELDS, type RangeField, VALUE_FIELDS, type ValueField } from './query-fields.ts'
import { RANGE_EXAMPLES, type Range, readRange } from './query-range.ts'
import { quote, readTokens, type Token, type TokenValue, writeValue } from './query-tokens.ts'

export { filterState, hasFilter, withFilter } from './query-edit.ts'

/** Plain data. */
export interface Query {
  readonly terms: readonly Term[]
  /** What was not understood, a sentence each. */
  readonly notes: readonly string[]
}

export type Term = TextTerm | ValueTerm | RangeTerm

/** A word or a phrase, found anywhere. */
export interface TextTerm {
  readonly kind: 'text'
  readonly negated: boolean
  readonly text: string
  readonly folded: string
  readonly phrase: boolean
}

/** One of the values is enough. */
export interface ValueTerm {
  readonly kind: 'value'
  readonly field: ValueField
  readonly negated: boolean
  readonly values: readonly WantedValue[]
}

export interface WantedValue {
  readonly text: string
  readonly folded: string
  /** Compared whole. */
  readonly whole: boolean
}

export interface RangeTerm {
  readonly kind: 'range'
  readonly field: RangeField
  readonly negated: boolean
  readonly ranges: readonly (Range & { readonly text: string })[]
}

export function parseQuery(text: string): Query {
  const terms: Term[] = []
  const notes: string[] = []
  for (const token of readTokens(text)) {
    const term = termOf(token, notes)
    if (term !== undefined) terms.push(term)
  }
  return { terms, notes }
}

function termOf({ negated, field, unknownField, values }: Token, notes: string[]): Term | undefined {
  if (field === undefined) {
    const [value] = values
    if (unknownField !== undefined) notes.push(`There is no filter named "${unknownField}".`)
    return value && value.text.trim() !== '' ? textTerm(value, negated) : undefined
  }
  if (isValueField(field)) {
    const kind = VALUE_FIELDS[field]
    const wanted = values.map(({ text, whole }) => ({
      text,
      folded: foldText(text),
      whole: whole || kind === 'exact',
    }))
    return wanted.length === 0 ? undefined : { kind: 'value', field, negated, values: wanted }
  }
  const kind = RANGE_FIELDS[field]
  const ranges = values.flatMap(({ text }) => {
    const range = readRange(text, kind)
    if (range === undefined && !/^[<>]?=?$/.test(text))
      notes.push(`"${text}" says nothing to the filter "${field}": it takes ${RANGE_EXAMPLES[kind]}.`)
    return range ? [{ ...range, text }] : []
  })
  return ranges.length === 0 ? undefined : { kind: 'range', field, negated, ranges }
}

function textTerm({ text, quoted }: TokenValue, negated: boolean): TextTerm {
  return { kind: 'text', negated, text, folded: foldText(text), phrase: quoted }
}

/** The query as text again: the shortest that is read as the same. */
export function formatQuery({ terms }: Query): string {
  return terms.map((term) => `${term.negated ? '-' : ''}${formatTerm(term)}`).join(' ')
}

function formatTerm(term: Term): string {
  switch (term.kind) {
    case 'text':
      return term.phrase ? quote(term.text) : term.text
    case 'value': {
      const always = VALUE_FIELDS[term.field] === 'exact'
      const values = term.values.map(({ text, whole }) => writeValue(text, whole && !always))
      return `${term.field}:${values.join(',')}`
    }
    case 'range':
      return `${term.field}:${term.ranges.map(({ text }) => writeRange(text)).join(',')}`
  }
}

/** A date or a size needs no quotes unless somebody wrote a space in it. */
function writeRange(text: string): string {
  return /[\s,"]/.test(text) ? quote(text) : text
}
