/** Counts by size and by time, each bar with the query that lists what is in it. */

import type { Entry } from './entry.ts'
import { amountOf } from './matcher.ts'
import { withRange } from './query-edit.ts'
import type { RangeField } from './query-fields.ts'

export interface Bar {
  /** "1 to 3 kB", "2026-04". */
  readonly label: string
  /** Both belong to it. */
  readonly least: number
  readonly most: number
  readonly count: number
  readonly bytes: number
  /** Lists exactly these. */
  readonly query: string
}

/** Bars that double or so: 1, 2, 5, 10, 20, 50, ... From the first that holds something to the last. */
export function logHistogram(
  entries: readonly Entry[],
  field: RangeField,
  queryText: string,
  label: (amount: number) => string,
): readonly Bar[] {
  const counts = new Map<number, { count: number; bytes: number }>()
  for (const entry of entries) {
    const amount = amountOf(entry, field, 0)
    if (amount === undefined) continue
    const at = stepOf(amount)
    const held = counts.get(at) ?? { count: 0, bytes: 0 }
    counts.set(at, { count: held.count + 1, bytes: held.bytes + entry.size })
  }
  if (counts.size === 0) return []
  const steps = [...counts.keys()]
  const first = Math.min(...steps)
  const last = Math.max(...steps)
  return Array.from({ length: last - first + 1 }, (_, offset): Bar => {
    const step = first + offset
    const least = boundOf(step)
    const most = boundOf(step + 1) - 1
    const { count, bytes } = counts.get(step) ?? { count: 0, bytes: 0 }
    return {
      label: least === most ? label(least) : `${label(least)} to ${label(most)}`,
      least,
      most,
      count,
      bytes,
      query: withRange(queryText, field, least === most ? `${least}` : `${least}..${most}`),
    }
  })
}

const FACTORS = [1, 2, 5] as const

/** The lower bound of a step: 0, 1, 2, 5, 10, 20, ... */
function boundOf(step: number): number {
  if (step <= 0) return 0
  return (FACTORS[(step - 1) % 3] ?? 1) * 10 ** Math.floor((step - 1) / 3)
}

function stepOf(amount: number): number {
  let step = 0
  while (boundOf(step + 1) <= amount) step++
  return step
}

/** One bar a month, empty months included. */
export function monthHistogram(
  entries: readonly Entry[],
  field: 'recorded' | 'modified',
  queryText: string,
): readonly Bar[] {
  const counts = new Map<number, { count: number; bytes: number }>()
  for (const entry of entries) {
    const time = amountOf(entry, field, 0)
    if (time === undefined) continue
    const date = new Date(time)
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth()
    const held = counts.get(month) ?? { count: 0, bytes: 0 }
    counts.set(month, { count: held.count + 1, bytes: held.bytes + entry.size })
  }
  if (counts.size === 0) return []
  const months = [...counts.keys()]
  const first = Math.min(...months)
  const last = Math.max(...months)
  // a clock that stood at 1970 must not draw six hundred bars
  const shown =
    last - first < MOST_MONTHS
      ? Array.from({ length: last - first + 1 }, (_, offset) => first + offset)
      : months.toSorted((a, b) => a - b)
  return shown.map((month): Bar => {
    const [year, index] = [Math.floor(month / 12), month % 12]
    const label = `${String(year).padStart(4, '0')}-${String(index + 1).padStart(2, '0')}`
    const { count, bytes } = counts.get(month) ?? { count: 0, bytes: 0 }
    return {
      label,
      least: Date.UTC(year, index, 1),
      most: Date.UTC(year, index + 1, 1) - 1,
      count,
      bytes,
      query: withRange(queryText, field, label),
    }
  })
}

const MOST_MONTHS = 120
