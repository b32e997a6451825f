/** The files of a result, those first in which the words stand where they say most. */
import { isNamedByStartOf, type Searched, type TextMatch } from './matcher.ts'

/** Of files that say as much the order stays. */
export function relevanceOrder(
  places: Int32Array,
  documents: readonly Searched[],
  wanted: readonly TextMatch[],
): Int32Array {
  if (wanted.length === 0) return places
  const scores = new Map<number, number>()
  for (const place of places) {
    const document = documents[place]
    if (document !== undefined) scores.set(place, scoreOf(document, wanted))
  }
  return places.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))
}

function scoreOf(document: Searched, texts: readonly TextMatch[]): number {
  return texts.reduce((sum, text) => sum + scoreOfText(document, text), 0)
}

function scoreOfText(
  { haystack, foldedPath, entry }: Searched,
  { folded, pattern, hash }: TextMatch,
): number {
  if (hash !== undefined && (foldedPath.includes(hash) || isNamedByStartOf(hash, foldedPath))) return 100
  if (foldedPath.includes(folded)) return 8
  if (entry.facts?.tools.some((tool) => tool.toLowerCase() === folded)) return 6
  const at = pattern === undefined ? haystack.indexOf(folded) : haystack.search(pattern)
  // what stands early in what was said is more likely what it is about
  return at < 0 ? 0 : 1 + 1 / (1 + (at - foldedPath.length) / 500)
}
