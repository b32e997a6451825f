import { queryOptions } from '@tanstack/react-query'
import type { SearchAnswer, SortKey } from '../core/library/search.ts'
import type { Library } from '../workspace/library.ts'
import type { LibraryView } from '../workspace/library-view.ts'

/**
 * What a library answers. The library's number and revision are in the key: while it is read, the same question has
 * another answer several times a second, and the one before stays on screen until the next has come.
 */
const ANSWERS = {
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 5000,
  structuralSharing: false,
  retry: false,
  networkMode: 'always',
} as const

/** An answer that knows its question: it stays on screen while the next one is asked. */
export interface Found extends SearchAnswer {
  readonly query: string
  readonly sort: SortKey
}

export function searchQuery({ id, revision, asks }: Library, { query, sort }: LibraryView) {
  return queryOptions({
    ...ANSWERS,
    queryKey: ['library', id, 'search', revision, query, sort] as const,
    queryFn: async ({ signal }): Promise<Found> => ({
      ...(await asks.search(query, sort, signal)),
      query,
      sort,
    }),
  })
}

/** Where the words of a query stand in the entries of some rows. */
export function excerptsQuery({ id, revision, asks }: Library, query: string, places: readonly number[]) {
  return queryOptions({
    ...ANSWERS,
    queryKey: ['library', id, 'excerpts', revision, query, places] as const,
    queryFn: ({ signal }) => asks.excerpts(query, places, signal),
  })
}

export function numbersQuery({ id, revision, asks }: Library, query: string) {
  return queryOptions({
    ...ANSWERS,
    queryKey: ['library', id, 'numbers', revision, query] as const,
    queryFn: ({ signal }) => asks.numbers(query, signal),
  })
}

/** Asked for by hand, since every file is read again; kept for as long as the folder is as it is. */
export function healthQuery({ id, revision, asks }: Library, progress: (done: number, all: number) => void) {
  return queryOptions({
    ...ANSWERS,
    gcTime: 600_000,
    queryKey: ['library', id, 'health', revision] as const,
    queryFn: ({ signal }) => asks.health(progress, signal),
  })
}
