/** Where in a recording a query was found, with a few words around it. */
import type { IndexedEntry } from './entry.ts'
import { foldText, unfoldedOffset } from './fold-text.ts'
import { isNamedByStartOf, textMatch } from './matcher.ts'
import type { Query, Term } from './query.ts'

export interface Excerpt {
  readonly where: 'request' | 'answer' | 'path' | 'test' | 'tool'
  /** On one line, with "…" where it goes on. */
  readonly before: string
  /** As it is written there. */
  readonly match: string
  readonly after: string
}

const MOST_EXCERPTS = 3
/** Characters on either side. */
const AROUND = 40

/** One for each thing that was asked for, and where room is left one for each further place. */
export function excerptsOf(query: Query, entry: IndexedEntry): readonly Excerpt[] {
  const wanted = query.terms.flatMap(wantedOf)
  if (wanted.length === 0) return []
  const places = placesOf(entry)
  const found = wanted.map((each) =>
    places.flatMap(({ where, texts }) => {
      if (each.only !== undefined && each.only !== where) return []
      for (const text of texts) {
        const excerpt = findIn(where, text, each)
        if (excerpt !== undefined) return [excerpt]
      }
      return []
    }),
  )
  const excerpts: Excerpt[] = []
  const deepest = Math.max(...found.map(({ length }) => length))
  for (let depth = 0; depth < deepest; depth++) {
    for (const ofTerm of found) {
      const excerpt = ofTerm[depth]
      if (excerpt !== undefined && !excerpts.some((known) => isSame(known, excerpt))) excerpts.push(excerpt)
    }
  }
  return excerpts.slice(0, MOST_EXCERPTS)
}

interface Wanted {
  readonly folded: string
  readonly pattern?: RegExp
  readonly hash?: string
  readonly only?: Excerpt['where']
}

function wantedOf(term: Term): readonly Wanted[] {
  if (term.kind === 'any') return term.terms.flatMap(wantedOf)
  if (term.negated || term.kind === 'range') return []
  if (term.kind === 'text') return [textMatch(term)]
  const only = PLACE_OF_FIELD.get(term.field)
  return only === undefined ? [] : term.values.map(({ folded }) => ({ folded, only }))
}

const PLACE_OF_FIELD: ReadonlyMap<string, Excerpt['where']> = new Map([
  ['tool', 'tool'],
  ['test', 'test'],
  ['path', 'path'],
  ['hash', 'path'],
])

/** The most telling first. */
function placesOf({
  path,
  asked,
  answered,
  facts,
}: IndexedEntry): readonly { readonly where: Excerpt['where']; readonly texts: readonly string[] }[] {
  return [
    { where: 'tool', texts: facts?.tools ?? [] },
    { where: 'answer', texts: [answered] },
    { where: 'request', texts: [asked] },
    { where: 'test', texts: facts?.test === undefined ? [] : [facts.test] },
    { where: 'path', texts: [path] },
  ]
}

function findIn(where: Excerpt['where'], text: string, wanted: Wanted): Excerpt | undefined {
  const folded = foldText(text)
  const { at, length } = locate(where, folded, wanted)
  if (at < 0) return undefined
  const start = unfoldedOffset(text, folded, at)
  const end = unfoldedOffset(text, folded, at + length)
  const from = Math.max(0, start - AROUND)
  const to = Math.min(text.length, end + AROUND)
  return {
    where,
    before: (from > 0 ? '…' : '') + onOneLine(trimStart(text.slice(from, start))),
    match: text.slice(start, end),
    after: onOneLine(trimEnd(text.slice(end, to))) + (to < text.length ? '…' : ''),
  }
}

function locate(
  where: Excerpt['where'],
  folded: string,
  { folded: word, pattern, hash }: Wanted,
): { readonly at: number; readonly length: number } {
  const hit = pattern?.exec(folded)
  if (hit) return { at: hit.index, length: hit[0].length }
  const at = pattern === undefined ? folded.indexOf(word) : -1
  if (at >= 0 || where !== 'path' || hash === undefined) return { at, length: word.length }
  const named = folded.indexOf(hash)
  if (named >= 0 || !isNamedByStartOf(hash, folded)) return { at: named, length: hash.length }
  const stem = /[0-9a-f]{12,64}(?=(?:-[0-9a-f]{8})?\.[^./]*$)/.exec(folded)
  return { at: stem?.index ?? -1, length: stem?.[0].length ?? 0 }
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** Half of a surrogate pair at the cut is no character. */
function trimStart(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '')
}

function trimEnd(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}

function isSame(one: Excerpt, other: Excerpt): boolean {
  return (
    one.where === other.where &&
    one.match === other.match &&
    one.before === other.before &&
    one.after === other.after
  )
}
