/** What the files of a result are, counted: how a list is narrowed and widened without typing. */
import { compareTexts } from './sort-orders.ts'
import { type CodedField, foldersOf, type ValueCodes } from './value-codes.ts'

export const FACET_FIELDS = [
  'provider',
  'model',
  'outcome',
  'finish',
  'tool',
  'has',
  'endpoint',
  'container',
  'dialect',
  'status',
  'error',
  'test',
  'folder',
] as const
export type FacetField = (typeof FACET_FIELDS)[number]

/** Counts are those of the result with the filters of this field left out, so that it can be widened. */
export interface Facet {
  /** Also the name of the filter (`withFilter` takes it as it is). */
  readonly field: FacetField
  /** Most first; a folder ends in a slash and counts all below it. */
  readonly values: readonly FacetValue[]
  /** How many further values there are. */
  readonly more: number
}

export interface FacetValue {
  readonly value: string
  readonly count: number
}

const FACET_LENGTH = 50

/** The field under which values are kept: a folder is filtered by `in:`. */
export function codedFieldOf(field: FacetField): CodedField {
  return field === 'folder' ? 'in' : field
}

/** Facets from how often each code was counted; those without any value are left out. */
export function facetsOf(codes: ValueCodes, counts: Int32Array): readonly Facet[] {
  const countOf = (code: number): number => counts[code] ?? 0
  return FACET_FIELDS.flatMap((field) => {
    const counted = codes.codesOfField(codedFieldOf(field)).filter((code) => countOf(code) > 0)
    const shown = field === 'folder' ? withAncestorsOnce(counted, countOf, codes) : counted
    if (shown.length === 0) return []
    const values = shown
      .toSorted((a, b) => countOf(b) - countOf(a) || compareTexts(codes.valueOf(a), codes.valueOf(b)))
      .slice(0, FACET_LENGTH)
      .map((code) => ({ value: codes.valueOf(code), count: countOf(code) }))
    return [{ field, values, more: shown.length - values.length }]
  })
}

/** Folders without those that hold nothing but one of the others. */
function withAncestorsOnce(
  folders: readonly number[],
  countOf: (code: number) => number,
  codes: ValueCodes,
): readonly number[] {
  const largestInside = new Map<string, number>()
  for (const code of folders) {
    const [parent] = foldersOf(codes.valueOf(code).slice(0, -1))
    if (parent !== undefined)
      largestInside.set(parent, Math.max(largestInside.get(parent) ?? 0, countOf(code)))
  }
  return folders.filter((code) => largestInside.get(codes.valueOf(code)) !== countOf(code))
}
