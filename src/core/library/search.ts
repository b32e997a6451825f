/** All entries of a library, ready to be searched as somebody types. Lives in the worker. */
import { type IndexedEntry, isGone } from './entry.ts'
import { type Excerpt, excerptsOf } from './excerpts.ts'
import { codedFieldOf, FACET_FIELDS, type Facet, facetsOf } from './facets.ts'
import { foldText } from './fold-text.ts'
import { isFound, type Matcher, matcherOf, type Searched } from './matcher.ts'
import { isNarrower } from './narrower.ts'
import type { Query } from './query.ts'
import { relevanceOrder } from './relevance.ts'
import { type SortColumn, SortOrders } from './sort-orders.ts'
import { ValueCodes } from './value-codes.ts'

export type { Excerpt } from './excerpts.ts'
export type { Facet } from './facets.ts'

/** A "-" before it turns it round. */
export type SortKey = SortColumn | `-${SortColumn}` | 'relevance' | '-relevance'

export interface SearchAnswer {
  /** Positions in the list of entries, sorted. */
  readonly places: Int32Array
  readonly total: number
  readonly facets: readonly Facet[]
  /** What was not understood, and what was found nowhere. */
  readonly notes: readonly string[]
}

/** A document of the index. */
interface Document extends Searched {
  readonly entry: IndexedEntry
  /** Found by nothing and counted nowhere. */
  readonly gone: boolean
}

/** What the last query left over: the next one mostly goes on from there. */
interface Remembered {
  readonly query: Query
  readonly revision: number
  /** Places that pass, or that fail in one field only. */
  readonly near: Int32Array
}

const PASSES = -1

export class SearchIndex {
  readonly #entries: IndexedEntry[] = []
  readonly #documents: Document[] = []
  readonly #codes = new ValueCodes()
  readonly #orders = new SortOrders(this.#entries)
  #revision = 0
  #last: Remembered | undefined

  get count(): number {
    return this.#entries.length
  }

  /** The list itself: it grows with `add`. */
  get entries(): readonly IndexedEntry[] {
    return this.#entries
  }

  entry(at: number): IndexedEntry | undefined {
    return this.#entries[at]
  }

  add(entries: readonly IndexedEntry[]): void {
    for (const entry of entries) {
      this.#entries.push(entry)
      this.#documents.push(this.#documentOf(entry))
    }
    this.#revision++
  }

  /** What stands at a place is something else now. */
  replace(at: number, entry: IndexedEntry): void {
    if (at < 0 || at >= this.#entries.length) return
    this.#entries[at] = entry
    this.#documents[at] = this.#documentOf(entry)
    this.#orders.forget()
    this.#revision++
  }

  search(query: Query, sort: SortKey = 'path', now: number = Date.now()): SearchAnswer {
    const matcher = matcherOf(query, this.#codes, now)
    const from = this.#last
    const candidates =
      from !== undefined && from.revision === this.#revision && isNarrower(query, from.query)
        ? from.near
        : undefined
    const { near, places, counts } = this.#match(matcher, candidates)
    this.#last = { query, revision: this.#revision, near }
    return {
      places: this.#sorted(places, matcher, sort),
      total: places.length,
      facets: facetsOf(this.#codes, counts),
      notes: [...query.notes, ...matcher.notes],
    }
  }

  /** Where a query is found in an entry: up to three places. */
  excerpts(query: Query, place: number): readonly Excerpt[] {
    const entry = this.#entries[place]
    return entry === undefined ? [] : excerptsOf(query, entry)
  }

  #documentOf(entry: IndexedEntry): Document {
    const { path, facts, problem, asked, answered } = entry
    const about = facts && [
      facts.test ?? '',
      ...facts.models,
      ...facts.providers,
      ...facts.tools,
      ...facts.endpoints,
      ...facts.errors,
    ]
    const parts = [path, about?.join('\n') ?? '', problem?.message ?? '', asked, answered]
    // a character that nobody types keeps a phrase from reaching from one part into the next
    const haystack = foldText(parts.join('\u0001'))
    return {
      entry,
      gone: isGone(entry),
      haystack,
      foldedPath: haystack.slice(0, haystack.indexOf('\u0001')),
      codes: this.#codes.codesOf(entry),
    }
  }

  #match(matcher: Matcher, candidates: Int32Array | undefined): Matched {
    const { texts, fields, others } = matcher
    const documents = this.#documents
    const near: number[] = []
    const places: number[] = []
    const counts = new Int32Array(this.#codes.count)
    const count = candidates?.length ?? documents.length
    for (let at = 0; at < count; at++) {
      const place = candidates === undefined ? at : (candidates[at] ?? 0)
      const document = documents[place]
      if (document === undefined || document.gone) continue
      const failing = failingField(fields, document)
      if (failing === undefined) continue
      if (!others.every((passes) => passes(document))) continue
      if (!texts.every((text) => isFound(text, document) !== text.negated)) continue
      near.push(place)
      if (failing === PASSES) places.push(place)
      this.#count(document, failing === PASSES ? undefined : fields[failing]?.field, counts)
    }
    return { near: Int32Array.from(near), places, counts }
  }

  /** A file that one field keeps out of the result still counts for what that field offers. */
  #count({ codes }: Document, only: string | undefined, counts: Int32Array): void {
    if (only !== undefined && !COUNTED.has(only)) return
    for (const code of codes) {
      if (only === undefined || this.#codes.fieldOf(code) === only) counts[code] = (counts[code] ?? 0) + 1
    }
  }

  #sorted(places: readonly number[], matcher: Matcher, sort: SortKey): Int32Array {
    if (sort === 'relevance' || sort === '-relevance') {
      const byPath = this.#inOrder(places, this.#orders.get('path'))
      const order = relevanceOrder(byPath, this.#documents, matcher.sought)
      return sort === 'relevance' ? order : order.toReversed()
    }
    return this.#inOrder(places, this.#orders.get(sort))
  }

  #inOrder(places: readonly number[], order: Int32Array): Int32Array {
    if (places.length === order.length) return order.slice()
    const wanted = new Uint8Array(order.length)
    for (const place of places) wanted[place] = 1
    const sorted = new Int32Array(places.length)
    let at = 0
    for (const place of order) if (wanted[place] === 1) sorted[at++] = place
    return sorted
  }
}

interface Matched {
  readonly near: Int32Array
  readonly places: readonly number[]
  readonly counts: Int32Array
}

const COUNTED: ReadonlySet<string> = new Set(FACET_FIELDS.map(codedFieldOf))

/** The one field whose filters a document fails; `PASSES`, or undefined for several. */
function failingField(fields: Matcher['fields'], document: Document): number | undefined {
  let failing = PASSES
  for (let at = 0; at < fields.length; at++) {
    if (fields[at]?.passes(document) !== false) continue
    if (failing !== PASSES) return undefined
    failing = at
  }
  return failing
}
