/** A query made ready to be asked of many files. */
import { byKey } from './by-key.ts'
import type { Entry } from './entry.ts'
import {
  type Query,
  type RangeTerm,
  type SingleTerm,
  soughtTexts,
  type Term,
  type TextTerm,
  type ValueTerm,
} from './query.ts'
import { type RangeField, VALUE_FIELDS } from './query-fields.ts'
import type { CodedField, ValueCodes } from './value-codes.ts'

/** A file as a matcher sees it. */
export interface Searched {
  readonly entry: Entry
  /** All that words are looked for in, folded. */
  readonly haystack: string
  readonly foldedPath: string
  readonly codes: readonly number[]
}

export interface Matcher {
  readonly texts: readonly TextMatch[]
  /** One for each field that is filtered by its values. */
  readonly fields: readonly FieldMatch[]
  /** Ranges and alternatives. */
  readonly others: readonly Test[]
  /** Words that are asked for, those among alternatives as well: what relevance goes by. */
  readonly sought: readonly TextMatch[]
  readonly notes: readonly string[]
}

type Test = (searched: Searched) => boolean

export interface TextMatch {
  readonly negated: boolean
  readonly folded: string
  /** Where a phrase may be broken into lines differently. */
  readonly pattern?: RegExp
  /** The word as a hash, to find files that are named by its beginning. */
  readonly hash?: string
}

export interface FieldMatch {
  readonly field: ValueTerm['field']
  passes(searched: Searched): boolean
}

export function matcherOf(query: Query, codes: ValueCodes, now: number): Matcher {
  const notes: string[] = []
  const byField = byKey(query.terms.filter(isValueTerm), ({ field }) => field)
  return {
    texts: query.terms.flatMap((term) => (term.kind === 'text' ? [textMatch(term)] : [])),
    fields: [...byField].map(([field, terms]) => {
      const tests = terms.map((term) => valueTest(term, codes, notes))
      return { field, passes: (searched) => tests.every((test) => test(searched)) }
    }),
    others: query.terms.flatMap((term) => {
      if (term.kind === 'range') return [rangeTest(term, now)]
      if (term.kind !== 'any') return []
      const tests = term.terms.map((each) => singleTest(each, codes, now, notes))
      return [(searched: Searched) => tests.some((test) => test(searched))]
    }),
    sought: soughtTexts(query).map(textMatch),
    notes,
  }
}

function singleTest(term: SingleTerm, codes: ValueCodes, now: number, notes: string[]): Test {
  switch (term.kind) {
    case 'text': {
      const text = textMatch(term)
      return (searched) => isFound(text, searched) !== text.negated
    }
    case 'value':
      return valueTest(term, codes, notes)
    case 'range':
      return rangeTest(term, now)
  }
}

function isValueTerm(term: Term): term is ValueTerm {
  return term.kind === 'value'
}

export function textMatch({ negated, folded }: TextTerm): TextMatch {
  const [, hash] = /^(?:rec-)?([0-9a-f]{12,64})$/.exec(folded) ?? []
  const spaced = /\s/.test(folded)
  return {
    negated,
    folded,
    ...(spaced && { pattern: new RegExp(escapePattern(folded).replace(/\s+/g, '\\s+')) }),
    ...(hash !== undefined && { hash }),
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Whether a word or phrase is in the file, whatever its sign. */
export function isFound({ folded, pattern, hash }: TextMatch, { haystack, foldedPath }: Searched): boolean {
  if (pattern === undefined ? haystack.includes(folded) : pattern.test(haystack)) return true
  return hash !== undefined && (foldedPath.includes(hash) || isNamedByStartOf(hash, foldedPath))
}

/** Old recordings are named by the first 12 digits of their hash: the whole hash finds them as well. */
export function isNamedByStartOf(hash: string, foldedPath: string): boolean {
  const [, stem] = FILE_HASH.exec(foldedPath) ?? []
  return stem !== undefined && hash.startsWith(stem)
}

const FILE_HASH = /(?:^|[/-])([0-9a-f]{12,64})(?:-[0-9a-f]{8})?\.[^./]*$/

function valueTest(term: ValueTerm, codes: ValueCodes, notes: string[]): Test {
  const { field, negated } = term
  if (field === 'path' || field === 'hash') return pathTest(term)
  const wanted = wantedCodes(term, field, codes, notes)
  // several filters of one field must each be met by a value, not by the same one
  return ({ codes: own }) => {
    for (const code of own) if (wanted[code] === 1) return !negated
    return negated
  }
}

function pathTest({ field, values, negated }: ValueTerm): Test {
  const tests = values.map(({ folded, whole }) => {
    const hash = field === 'hash' ? folded.replace(/^rec-/, '') : folded
    return (path: string): boolean => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (whole) return path === folded || name === folded
      if (field === 'path') return path.includes(folded)
      return name.includes(hash) || (hash.length >= 12 && isNamedByStartOf(hash, path))
    }
  })
  return ({ foldedPath }) => tests.some((test) => test(foldedPath)) !== negated
}

/** Which codes are asked for: 1 at their place. */
function wantedCodes(
  { values, negated }: ValueTerm,
  field: CodedField,
  codes: ValueCodes,
  notes: string[],
): Uint8Array {
  const wanted = new Uint8Array(codes.count)
  const ofField = codes.codesOfField(field)
  const choose = (test: (folded: string) => boolean): number => {
    const chosen = ofField.filter((code) => test(codes.foldedOf(code)))
    for (const code of chosen) wanted[code] = 1
    return chosen.length
  }
  for (const { text, folded, whole, range } of values) {
    if (range !== undefined) {
      const { least, most } = range
      const isInside = (value: string): boolean => Number(value) >= least && Number(value) <= most
      if (choose(isInside) === 0 && !negated) notes.push(`Nothing here has a ${field} that is ${text}.`)
    } else if (VALUE_FIELDS[field] === 'start') choose((value) => value.startsWith(folded))
    else if (!whole) choose((value) => value.includes(folded))
    else if (choose((value) => value === folded) === 0 && !negated) {
      // "finish:sto" on its way to "finish:stop" already shows what it will
      const begun = VALUE_FIELDS[field] === 'exact' ? choose((value) => value.startsWith(folded)) : 0
      const none = `Nothing here has the ${field} "${text}"`
      notes.push(begun > 0 ? `${none}; shown is what begins with it.` : `${none}.`)
    }
  }
  return wanted
}

function rangeTest({ field, ranges, negated }: RangeTerm, now: number): Test {
  return ({ entry }) => {
    const amount = amountOf(entry, field, now)
    // what is not known is neither inside nor outside
    if (amount === undefined) return false
    return ranges.some(({ least, most }) => amount >= least && amount <= most) !== negated
  }
}

/** The number that a range is about; undefined where it is not known. */
export function amountOf(entry: Entry, field: RangeField, now: number): number | undefined {
  const { facts } = entry
  switch (field) {
    case 'size':
      return entry.size
    case 'modified':
      return entry.modified || undefined
    case 'recorded':
      return facts?.recorded
    case 'age': {
      const made = facts?.recorded ?? (entry.modified || undefined)
      return made === undefined ? undefined : now - made
    }
    case 'chunks':
      return facts?.chunks
    case 'interactions':
      return facts?.interactions
    case 'input':
      return facts?.inputTokens
    case 'output':
      return facts?.outputTokens
    case 'tokens':
      return facts && tokensOf(facts)
  }
}

/** All tokens of a recording, where any are recorded. */
export function tokensOf({
  inputTokens,
  outputTokens,
}: {
  readonly inputTokens?: number
  readonly outputTokens?: number
}): number | undefined {
  if (inputTokens === undefined && outputTokens === undefined) return undefined
  return (inputTokens ?? 0) + (outputTokens ?? 0)
}
