/** A filter that somebody clicks changes the text of the query, and leaves what they typed as they typed it. */
import { type Field, fieldNamed, isValueField, type RangeField, VALUE_FIELDS } from './query-fields.ts'
import { quote, readTokens, type Token, type TokenValue, writeValue } from './query-tokens.ts'

/**
 * `add`: this value as well (an alternative where the field is filtered already). `only`: this value and no other of
 * the field. `and`: what is found already, as far as it has this value as well. `exclude`: not this value. `remove`:
 * neither this value nor its exclusion.
 */
export type FilterMode = 'add' | 'remove' | 'only' | 'and' | 'exclude'

/** The query with a filter added or taken away. An unknown field changes nothing. */
export function withFilter(queryText: string, field: string, value: string, mode: FilterMode): string {
  const known = fieldNamed(field)
  if (known === undefined || value === '') return queryText
  const written = writeFilterValue(known, value)
  switch (mode) {
    case 'add': {
      const cleared = withoutValue(queryText, known, value)
      const held = readTokens(cleared).find((token) => isAbout(token, known) && !token.negated)
      if (held === undefined || held.values.length === 0) return append(cleared, `${known}:${written}`)
      // behind the values that are there; a quote that was never closed is closed
      return replaceToken(cleared, held, [...held.values.map((each) => writeToken(each)), written])
    }
    case 'remove':
      return withoutValue(queryText, known, value)
    case 'only':
      return append(withoutField(queryText, known), `${known}:${written}`)
    case 'and':
      return append(queryText, `${known}:${written}`)
    case 'exclude':
      return append(withoutValue(queryText, known, value), `-${known}:${written}`)
  }
}

/** The query for those of its results that are in a range as well: "chunks" and "10..19". */
export function withRange(queryText: string, field: RangeField, range: string): string {
  return append(queryText, `${field}:${range}`)
}

/** Whether the query asks for this value, as one of the alternatives of its field. */
export function hasFilter(queryText: string, field: string, value: string): boolean {
  return filterState(queryText, field, value) === 'wanted'
}

/** What the query says of a value: that it must be (or another of its field), that it must not be, or nothing. */
export function filterState(
  queryText: string,
  field: string,
  value: string,
): 'wanted' | 'excluded' | undefined {
  const known = fieldNamed(field)
  if (known === undefined) return undefined
  const about = readTokens(queryText).filter((token) => isAbout(token, known) && holds(token, value))
  if (about.length === 0) return undefined
  return about.some(({ negated }) => !negated) ? 'wanted' : 'excluded'
}

/** What stands beside an OR was typed and is no list of a field's values: clicks leave it as it is. */
function isAbout(token: Token, field: Field): boolean {
  return token.field === field && token.alternative === undefined
}

function holds(token: Token, value: string): boolean {
  return token.values.some(({ text }) => sameValue(text, value))
}

function sameValue(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** What is chosen from a list is meant whole, where a filter would be content with a part. */
function writeFilterValue(field: Field, value: string): string {
  const partial = isValueField(field) && VALUE_FIELDS[field] === 'part'
  if (isValueField(field)) return writeValue(value, partial)
  return /[\s,"]/.test(value) ? writeValue(value) : value
}

function writeToken({ text, whole, quoted }: TokenValue): string {
  const value = quoted ? quote(text) : text
  return `${whole ? '=' : ''}${value}`
}

function withoutValue(queryText: string, field: Field, value: string): string {
  let text = queryText
  // from behind, so that the places before stay true
  for (const token of readTokens(queryText).toReversed()) {
    if (!isAbout(token, field) || !holds(token, value)) continue
    const left = token.values.filter((each) => !sameValue(each.text, value))
    text = left.length === 0 ? cut(text, token) : replaceToken(text, token, left.map(writeToken))
  }
  return text
}

function withoutField(queryText: string, field: Field): string {
  let text = queryText
  for (const token of readTokens(queryText).toReversed()) if (isAbout(token, field)) text = cut(text, token)
  return text
}

function replaceToken(text: string, token: Token, values: readonly string[]): string {
  const sign = token.negated ? '-' : ''
  return `${text.slice(0, token.start)}${sign}${token.field}:${values.join(',')}${text.slice(token.end)}`
}

/** Takes a token out with the space behind it. */
function cut(text: string, token: Token): string {
  const before = text.slice(0, token.start)
  const after = text.slice(token.end).trimStart()
  return after === '' ? before.trimEnd() : before + after
}

function append(text: string, filter: string): string {
  const last = readTokens(text).at(-1)
  // an OR at the end waits for what is typed next, not for what is clicked
  if (last?.operator) return append(text.slice(0, last.start), filter)
  // an open quote would swallow what stands behind it
  const base = last?.open ? closed(text, last) : text.trimEnd()
  return base === '' ? filter : `${base} ${filter}`
}

function closed(text: string, last: Token): string {
  if (last.field !== undefined) return replaceToken(text, last, last.values.map(writeToken))
  const sign = last.negated ? '-' : ''
  return `${text.slice(0, last.start)}${sign}${last.values.map(writeToken).join('')}`
}
