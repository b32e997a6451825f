/**
 * The search language: words and "phrases" that all must be found, `field:value` filters with alternatives behind
 * commas, a `-` before what must not be, and `OR` (or `|`) between two of these, which binds them closer than a space
 * does. Nothing that is only half typed ever hides a result.
 */
import { foldText } from './fold-text.ts'
import { isValueField, RANGE_FIELDS, type RangeField, VALUE_FIELDS, type ValueField } from './query-fields.ts'
import { RANGE_EXAMPLES, type Range, readRange, readStatuses } from './query-range.ts'
import { quote, readTokens, type Token, type TokenValue, writeValue } from './query-tokens.ts'

export { filterState, hasFilter, withFilter } from './query-edit.ts'

/** Plain data. */
export interface Query {
  readonly terms: readonly Term[]
  /** What was not understood, a sentence each. */
  readonly notes: readonly string[]
}

export type Term = SingleTerm | AnyTerm
export type SingleTerm = TextTerm | ValueTerm | RangeTerm

/** One of them is enough. */
export interface AnyTerm {
  readonly kind: 'any'
  readonly negated: false
  /** Two or more. */
  readonly terms: readonly SingleTerm[]
}

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
  /** Of a status: the numbers that "4xx" or ">=400" stands for. */
  readonly range?: Range
}

export interface RangeTerm {
  readonly kind: 'range'
  readonly field: RangeField
  readonly negated: boolean
  readonly ranges: readonly (Range & { readonly text: string })[]
}

export function parseQuery(text: string): Query {
  const notes: string[] = []
  const groups: SingleTerm[][] = []
  let joins = false
  const tokens = readTokens(text)
  for (const token of tokens) {
    if (token.operator) {
      joins = groups.length > 0
      if (!joins) notes.push('OR stands between two words or filters; to find the word, write "or".')
      continue
    }
    const term = termOf(token, notes)
    const last = groups.at(-1)
    // what is still being typed keeps its place: "a model: OR b" does not ask for a or b
    const own = term === undefined ? [] : [term]
    if (joins && last !== undefined) last.push(...own)
    else groups.push(own)
    joins = false
  }
  noteOfSigns(tokens, notes)
  return { terms: groups.flatMap(termOfGroup), notes }
}

function termOfGroup(terms: readonly SingleTerm[]): readonly Term[] {
  return terms.length > 1 ? [{ kind: 'any', negated: false, terms }] : terms
}

/** What other search languages have and this one has not: it is looked for, and that is said. */
function noteOfSigns(tokens: readonly Token[], notes: string[]): void {
  const words = tokens.flatMap(({ field, values: [value] }) =>
    field === undefined && value !== undefined && !value.quoted ? [value.text] : [],
  )
  if (words.includes('AND') && tokens.length > 1)
    notes.push('AND is looked for as a word: all that is asked for must be there anyway.')
  if (tokens.some(({ operator }) => operator) && words.some((word) => word.startsWith('(')))
    notes.push('Parentheses are looked for as they stand: OR joins what is next to it.')
}

/** Words and phrases that are asked for, those among alternatives as well. */
export function soughtTexts({ terms }: Query): readonly TextTerm[] {
  return terms
    .flatMap((term): readonly SingleTerm[] => (term.kind === 'any' ? term.terms : [term]))
    .filter((term) => term.kind === 'text')
    .filter(({ negated }) => !negated)
}

function termOf({ negated, field, unknownField, values }: Token, notes: string[]): SingleTerm | undefined {
  if (field === undefined) {
    const [value] = values
    if (unknownField !== undefined) notes.push(`There is no filter named "${unknownField}".`)
    return value && value.text.trim() !== '' ? textTerm(value, negated) : undefined
  }
  if (isValueField(field)) {
    const kind = VALUE_FIELDS[field]
    const wanted = values.flatMap((value): readonly WantedValue[] => {
      const { text, whole } = value
      const plain = { text, folded: foldText(text), whole: whole || kind === 'exact' }
      if (field !== 'status' || whole || value.quoted) return [plain]
      const range = readStatuses(text)
      if (range !== undefined) return [{ ...plain, range }]
      if (!/[<>]|\.\./.test(text)) return [plain]
      if (!/^[<>]=?$/.test(text))
        notes.push(`"${text}" says nothing to the filter "status": it takes "404", "4xx" or ">=400".`)
      return []
    })
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
    case 'any':
      return term.terms.map((each) => `${each.negated ? '-' : ''}${formatTerm(each)}`).join(' OR ')
    case 'text':
      return term.phrase ? quote(term.text) : term.text
    case 'value': {
      const always = VALUE_FIELDS[term.field] === 'exact'
      const values = term.values.map(({ text, whole, range }) =>
        range === undefined ? writeValue(text, whole && !always) : text,
      )
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
