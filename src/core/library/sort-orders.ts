/** Every file in the order of a column, kept: a result is then put into order by walking along it once. */
import { type Entry, OUTCOMES } from './entry.ts'
import { tokensOf } from './matcher.ts'

export const SORT_COLUMNS = [
  'path',
  'size',
  'chunks',
  'model',
  'test',
  'outcome',
  'modified',
  'tokens',
] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]
type Sorting = SortColumn | `-${SortColumn}`

export class SortOrders {
  readonly #entries: readonly Entry[]
  #orders = new Map<Sorting, Int32Array>()

  /** The list may grow; a change of what is in it has to be told by `forget`. */
  constructor(entries: readonly Entry[]) {
    this.#entries = entries
  }

  forget(): void {
    this.#orders = new Map()
  }

  /** The places of all files, in order. Files that have no such value come last, whatever the direction. */
  get(sorting: Sorting): Int32Array {
    const known = this.#orders.get(sorting) ?? new Int32Array(0)
    const count = this.#entries.length
    if (known.length === count) return known
    const compare = this.#comparison(sorting)
    const added = Int32Array.from({ length: count - known.length }, (_, at) => known.length + at).sort(
      compare,
    )
    const order = merge(known, added, compare)
    this.#orders.set(sorting, order)
    return order
  }

  #comparison(sorting: Sorting): (a: number, b: number) => number {
    const column = sorting.replace(/^-/, '')
    const sign = sorting.startsWith('-') ? -1 : 1
    const entries = this.#entries
    const byPath = (a: number, b: number): number =>
      compareTexts(entries[a]?.path ?? '', entries[b]?.path ?? '')
    if (column === 'path') return (a, b) => sign * byPath(a, b)
    const key = SORT_KEYS[column as Exclude<SortColumn, 'path'>] // `sorting` is one of the columns, with or without "-"
    const keys = entries.map(key)
    return (a, b) => {
      const [one, other] = [keys[a], keys[b]]
      if (one === other) return byPath(a, b)
      if (one === undefined || other === undefined) return one === undefined ? 1 : -1
      return sign * (one < other ? -1 : 1)
    }
  }
}

/** By code units: fast, and the same in every language. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

const OUTCOME_RANK: ReadonlyMap<string, number> = new Map(OUTCOMES.map((outcome, rank) => [outcome, rank]))

const SORT_KEYS: Readonly<
  Record<Exclude<SortColumn, 'path'>, (entry: Entry) => string | number | undefined>
> = {
  size: ({ size }) => size,
  chunks: ({ facts }) => facts?.chunks,
  model: ({ facts }) => facts?.models[0],
  test: ({ facts }) => facts?.test,
  outcome: ({ facts }) => facts && OUTCOME_RANK.get(facts.outcome),
  modified: ({ modified }) => modified || undefined,
  tokens: ({ facts }) => facts && tokensOf(facts),
}

function merge(one: Int32Array, other: Int32Array, compare: (a: number, b: number) => number): Int32Array {
  if (one.length === 0) return other
  const merged = new Int32Array(one.length + other.length)
  let left = 0
  let right = 0
  for (let at = 0; at < merged.length; at++) {
    const a = one[left]
    const b = other[right]
    const takeLeft = b === undefined || (a !== undefined && compare(a, b) <= 0)
    merged[at] = (takeLeft ? a : b) ?? 0
    if (takeLeft) left++
    else right++
  }
  return merged
}
