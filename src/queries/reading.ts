import { queryOptions } from '@tanstack/react-query'
import { readText } from '../platform/reader/reader-client.ts'
import type { Draft } from '../workspace/draft.ts'
import { type CassetteView, viewOf } from '../workspace/view.ts'

/** Characters; the readings of longer texts take too much memory to keep those that nobody shows. */
const KEPT_BELOW = 1_000_000

/** How long a reading that nobody shows is kept: `wanted` milliseconds, if its text is not too long. */
export function keptFor(draft: Draft, wanted: number): number {
  return draft.text.length > KEPT_BELOW ? 0 : wanted
}

/**
 * The reading of one revision. The revision is in the key, so nothing is ever invalidated by hand; the answer
 * holds typed arrays and must keep its identity. It takes the signal: a reading that typing has left behind
 * before its turn came is never made.
 */
export function readingQuery(draft: Draft) {
  return queryOptions({
    queryKey: ['reading', draft.id, draft.revision] as const,
    queryFn: async ({ signal }): Promise<CassetteView> => viewOf(draft, await readText(draft.text, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    // a reading of an older revision is not asked for again, except by undo, which reads anew
    gcTime: keptFor(draft, 2000),
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}
