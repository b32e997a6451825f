import { queryOptions } from '@tanstack/react-query'
import { readText } from '../platform/reader/reader-client.ts'
import type { Draft } from '../workspace/draft.ts'
import { type CassetteView, viewOf } from '../workspace/view.ts'

/**
 * The reading of one revision. The revision is in the key, so nothing is ever invalidated by hand; the answer
 * holds typed arrays and must keep its identity.
 */
export function readingQuery(draft: Draft) {
  return queryOptions({
    queryKey: ['reading', draft.id, draft.revision] as const,
    queryFn: async (): Promise<CassetteView> => viewOf(draft, await readText(draft.text)),
    staleTime: Number.POSITIVE_INFINITY,
    // a reading of an older revision is not asked for again, except by undo, which reads anew
    gcTime: 2000,
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}
