import type { GroupBy } from '../core/library/group.ts'
import type { SortKey } from '../core/library/search.ts'

/** The pages of the library. */
export const LIBRARY_PAGES = ['recordings', 'numbers', 'health', 'lookup', 'review'] as const
export type LibraryPage = (typeof LIBRARY_PAGES)[number]

const GROUPS: readonly GroupBy[] = ['none', 'folder', 'test', 'model', 'provider', 'outcome']

/** What of the library is on screen, as far as a link says it. */
export interface LibraryView {
  readonly page: LibraryPage
  readonly query: string
  readonly group: GroupBy
  readonly sort: SortKey
  /** In a link: the change on GitHub that is reviewed, as its URL or one of GitHub's short forms. */
  readonly change?: string
}

export const EMPTY_VIEW: LibraryView = { page: 'recordings', query: '', group: 'none', sort: 'path' }

/** Characters of a query that a link may hold. */
const LONGEST_QUERY = 2000
/** Characters of the name of a change; branches may be long. */
const LONGEST_CHANGE = 1000

/** Reads `page`, `q`, `group`, `sort` and `change` of a link; undefined when it says nothing of a library. */
export function viewFrom(keys: URLSearchParams): LibraryView | undefined {
  const page = LIBRARY_PAGES.find((candidate) => candidate === keys.get('page'))
  const query = keys.get('q')?.slice(0, LONGEST_QUERY)
  if (page === undefined && query === undefined) return undefined
  const change = page === 'review' ? keys.get('change')?.slice(0, LONGEST_CHANGE) : undefined
  return {
    page: page ?? EMPTY_VIEW.page,
    query: query ?? '',
    group: GROUPS.find((candidate) => candidate === keys.get('group')) ?? EMPTY_VIEW.group,
    sort: sortFrom(keys.get('sort')),
    ...(change && { change }),
  }
}

/** Adds what is not as it is at the start; `page` says that there is a library at all. */
export function addView(keys: URLSearchParams, { page, query, group, sort, change }: LibraryView): void {
  keys.set('page', page)
  if (query !== '') keys.set('q', query)
  if (group !== EMPTY_VIEW.group) keys.set('group', group)
  if (sort !== EMPTY_VIEW.sort) keys.set('sort', sort)
  if (page === 'review' && change) keys.set('change', change)
}

const SORTS = [
  'path',
  'size',
  'chunks',
  'model',
  'test',
  'outcome',
  'modified',
  'tokens',
  'relevance',
] as const

function sortFrom(text: string | null): SortKey {
  const [, sign = '', name] = /^(-?)(\w+)$/.exec(text ?? '') ?? []
  const key = SORTS.find((candidate) => candidate === name)
  if (key === undefined) return EMPTY_VIEW.sort
  return sign === '-' ? `-${key}` : key
}
