/** A folder (or a result) in numbers, each with the query that lists what it counts. */
import { type Entry, OUTCOMES } from './entry.ts'
import { codedFieldOf, type FacetField } from './facets.ts'
import { type Bar, logHistogram, monthHistogram } from './histogram.ts'
import { tokensOf } from './matcher.ts'
import { withFilter } from './query-edit.ts'
import { ValueCodes } from './value-codes.ts'

export type { Bar } from './histogram.ts'

export interface Numbers {
  readonly totals: Totals
  /** Most first. A recording with two models counts for both. */
  readonly providers: readonly Share[]
  readonly models: readonly Share[]
  readonly endpoints: readonly Share[]
  readonly outcomes: readonly Share[]
  readonly finishes: readonly Share[]
  readonly containers: readonly Share[]
  readonly dialects: readonly Share[]
  readonly features: readonly Share[]
  /** Called; the 50 that most recordings call. */
  readonly tools: readonly Share[]
  /** The 50 with most recordings. */
  readonly tests: readonly Share[]
  readonly folders: readonly Share[]
  readonly sizes: readonly Bar[]
  readonly chunks: readonly Bar[]
  readonly age: Ages
  /** The 20 largest. */
  readonly largest: readonly { readonly path: string; readonly size: number; readonly place: number }[]
}

export interface Totals {
  readonly files: number
  readonly recordings: number
  /** Files that are no recording or have something wrong with them. */
  readonly problems: number
  readonly calls: number
  readonly bytes: number
  readonly chunks: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Recordings that say how many tokens they took: the sums above are theirs. */
  readonly withTokens: number
  readonly withImages: number
  readonly withToolCalls: number
  readonly tests: number
}

export interface Share {
  readonly value: string
  readonly count: number
  readonly bytes: number
  /** Lists exactly these. */
  readonly query: string
}

/** By month: of the recording where the files say it, else of the file's last change. */
export interface Ages {
  readonly by: 'recorded' | 'modified'
  readonly bars: readonly Bar[]
  /** Recordings that have no such time. */
  readonly unknown: number
}

const MOST_SHOWN = 50
const MOST_LARGEST = 20

/** What some of the entries add up to; `queryText` is the query that they are the answer to. */
export function numbersOf(entries: readonly Entry[], places: Int32Array, queryText: string): Numbers {
  const chosen = [...places].flatMap((place) => entries[place] ?? [])
  const shares = sharesOf(chosen, queryText)
  return {
    totals: totalsOf(chosen),
    providers: shares('provider'),
    models: shares('model'),
    endpoints: shares('endpoint'),
    outcomes: shares('outcome').toSorted((a, b) => rankOf(a.value) - rankOf(b.value)),
    finishes: shares('finish'),
    containers: shares('container'),
    dialects: shares('dialect'),
    features: shares('has'),
    tools: shares('tool', MOST_SHOWN),
    tests: shares('test', MOST_SHOWN),
    folders: shares('folder', MOST_SHOWN),
    sizes: logHistogram(chosen, 'size', queryText, bytesLabel),
    chunks: logHistogram(chosen, 'chunks', queryText, (count) => count.toLocaleString('en')),
    age: agesOf(chosen, queryText),
    largest: largestOf(entries, places),
  }
}

function rankOf(outcome: string): number {
  // looked for among strings: what is no outcome is in no place
  return (OUTCOMES as readonly string[]).indexOf(outcome)
}

function totalsOf(entries: readonly Entry[]): Totals {
  const totals = {
    files: entries.length,
    recordings: 0,
    problems: 0,
    calls: 0,
    bytes: 0,
    chunks: 0,
    inputTokens: 0,
    outputTokens: 0,
    withTokens: 0,
    withImages: 0,
    withToolCalls: 0,
  }
  const tests = new Set<string>()
  for (const { facts, problem, size } of entries) {
    totals.bytes += size
    if (problem !== undefined) totals.problems++
    if (facts === undefined) continue
    totals.recordings++
    totals.calls += facts.interactions
    totals.chunks += facts.chunks
    totals.inputTokens += facts.inputTokens ?? 0
    totals.outputTokens += facts.outputTokens ?? 0
    if (tokensOf(facts) !== undefined) totals.withTokens++
    if (facts.features.includes('image')) totals.withImages++
    if (facts.features.includes('tool-calls')) totals.withToolCalls++
    if (facts.test !== undefined) tests.add(facts.test)
  }
  return { ...totals, tests: tests.size }
}

function sharesOf(
  entries: readonly Entry[],
  queryText: string,
): (field: FacetField, most?: number) => readonly Share[] {
  const codes = new ValueCodes()
  const counts: number[] = []
  const bytes: number[] = []
  for (const entry of entries) {
    for (const code of codes.codesOf(entry)) {
      counts[code] = (counts[code] ?? 0) + 1
      bytes[code] = (bytes[code] ?? 0) + entry.size
    }
  }
  return (field, most = Number.POSITIVE_INFINITY) =>
    codes
      .codesOfField(codedFieldOf(field))
      .toSorted(
        (a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (codes.valueOf(a) < codes.valueOf(b) ? -1 : 1),
      )
      .slice(0, most)
      .map((code) => ({
        value: codes.valueOf(code),
        count: counts[code] ?? 0,
        bytes: bytes[code] ?? 0,
        query: withFilter(queryText, field, codes.valueOf(code), 'and'),
      }))
}

function agesOf(entries: readonly Entry[], queryText: string): Ages {
  const dated = entries.some(({ facts }) => facts?.recorded !== undefined)
  const by = dated ? 'recorded' : 'modified'
  const bars = monthHistogram(entries, by, queryText)
  return { by, bars, unknown: entries.length - bars.reduce((sum, { count }) => sum + count, 0) }
}

function largestOf(entries: readonly Entry[], places: Int32Array): Numbers['largest'] {
  return [...places]
    .flatMap((place) => {
      const entry = entries[place]
      return entry ? [{ path: entry.path, size: entry.size, place }] : []
    })
    .toSorted((a, b) => b.size - a.size || a.place - b.place)
    .slice(0, MOST_LARGEST)
}

function bytesLabel(bytes: number): string {
  if (bytes >= 1e9) return `${round(bytes / 1e9)} GB`
  if (bytes >= 1e6) return `${round(bytes / 1e6)} MB`
  return bytes >= 1e3 ? `${round(bytes / 1e3)} kB` : `${bytes} B`
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 1 })
}
