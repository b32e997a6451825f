/** The review that is open goes on, and keeps its marks, while another page is looked at. */
import type { OpenReview, ReviewPort, ReviewSource } from '../../workspace/review-port.ts'
import { createStore, type Store } from '../../workspace/store.ts'
import { heard, NOTHING_HEARD, type ReviewState } from './review-state.ts'

export interface RunningReview {
  /** Of this page; for the keys of what is asked. */
  readonly id: number
  readonly source: ReviewSource
  readonly state: Store<ReviewState>
  /** Paths that were marked as viewed. */
  readonly viewed: Store<ReadonlySet<string>>
  readonly chosen: Store<string | undefined>
  read: OpenReview['read']
}

let token: string | undefined
let made = 0
let current: { readonly review: RunningReview; close(): void } | undefined
/** Marks outlive the review: the same change may be opened again, with a token or after a failure. */
const marks = new Map<string, Store<ReadonlySet<string>>>()

/** Kept until this tab is closed, in memory only. */
export function rememberToken(given: string): void {
  token = given === '' ? undefined : given
}

export function hasToken(): boolean {
  return token !== undefined
}

/** The running review of a source; one of another source ends. Asked again, it is the same. */
export function reviewOf(source: ReviewSource, port: ReviewPort): RunningReview {
  if (current?.review.source === source) return current.review
  current?.close()
  const state = createStore(NOTHING_HEARD)
  const known: ReviewSource =
    source.kind === 'github' && source.token === undefined && token !== undefined
      ? { ...source, token }
      : source
  const open = port.open(known, (event) => state.update((before) => heard(before, event)))
  const review: RunningReview = {
    id: ++made,
    source,
    state,
    viewed: marksOf(source),
    chosen: createStore<string | undefined>(undefined),
    read: (path, side) => open.read(path, side),
  }
  current = { review, close: () => open.close() }
  return review
}

/** Ends the review that runs. */
export function closeReview(): void {
  current?.close()
  current = undefined
}

function marksOf(source: ReviewSource): Store<ReadonlySet<string>> {
  const key = source.kind === 'github' ? source.url : undefined
  const found = key === undefined ? undefined : marks.get(key)
  if (found) return found
  const store = createStore<ReadonlySet<string>>(new Set())
  if (key !== undefined) marks.set(key, store)
  return store
}
