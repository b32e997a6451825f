/** The filters that a query may have, by the name that stands before the colon. */

/**
 * `exact`: one word of a fixed few, compared whole. `part`: found anywhere in a value, or whole with a `=` before it.
 * `start`: the beginning of a path.
 */
export type ValueKind = 'exact' | 'part' | 'start'
/** What a range counts, and so how its numbers are written. */
export type RangeKind = 'count' | 'bytes' | 'age' | 'date'

export const VALUE_FIELDS = {
  model: 'part',
  provider: 'exact',
  tool: 'part',
  offered: 'part',
  finish: 'exact',
  outcome: 'exact',
  has: 'exact',
  status: 'exact',
  test: 'part',
  container: 'exact',
  dialect: 'exact',
  endpoint: 'part',
  error: 'part',
  path: 'part',
  hash: 'part',
  problem: 'part',
  in: 'start',
} as const satisfies Readonly<Record<string, ValueKind>>
export type ValueField = keyof typeof VALUE_FIELDS

export const RANGE_FIELDS = {
  chunks: 'count',
  size: 'bytes',
  tokens: 'count',
  input: 'count',
  output: 'count',
  interactions: 'count',
  age: 'age',
  recorded: 'date',
  modified: 'date',
} as const satisfies Readonly<Record<string, RangeKind>>
export type RangeField = keyof typeof RANGE_FIELDS

export type Field = ValueField | RangeField

const ALIASES: ReadonlyMap<string, Field> = new Map([
  ['file', 'path'],
  ['folder', 'in'],
  ['calls', 'interactions'],
  ['tools', 'tool'],
])

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ...[...Object.keys(VALUE_FIELDS), ...Object.keys(RANGE_FIELDS)].map(
    // the keys of the two tables, which `Object.keys` only knows as strings
    (name) => [name, name as Field] as const,
  ),
  ...ALIASES,
])

/** The filter that a name stands for, whatever its case; undefined where there is none of that name. */
export function fieldNamed(name: string): Field | undefined {
  return FIELDS.get(name.toLowerCase())
}

export function isValueField(field: Field): field is ValueField {
  return Object.hasOwn(VALUE_FIELDS, field)
}
