/** The review that is open goes on, and keeps its marks, while another page is looked at. */
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { OpenReview, ReviewPort, ReviewSource } from '../../workspace/review-port.ts'
import { createStore, type Store } from '../../workspace/store.ts'
import { heard, NOTHING_HEARD, type ReviewState, withMark } from './review-state.ts'

export interface RunningReview {
  /** Of this page; for the keys of what is asked. */
  readonly id: number
  readonly source: ReviewSource
  readonly state: Store<ReviewState>
  /** What was marked as viewed, by mark or (not read yet) by path. */
  readonly viewed: Store<ReadonlySet<string>>
  mark(item: ReviewItem, isViewed: boolean): void
  readonly chosen: Store<string | undefined>
  read: OpenReview['read']
  lines: OpenReview['lines']
}

let token: string | undefined
let made = 0
let current: { readonly review: RunningReview; close(): void } | undefined
/** Marks outlive the review, and the page: the same contents may come again, with a token or by another way. */
let marks: Store<ReadonlySet<string>> | undefined

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
  const { memory } = port
  // given by the person, or agreed to
  if (source.kind === 'github') memory.agree(source.url)
  memory.keepLost(undefined)
  const state = createStore(NOTHING_HEARD)
  const known: ReviewSource =
    source.kind === 'github' && source.token === undefined && token !== undefined
      ? { ...source, token }
      : source
  const open = port.open(known, (event) => {
    if (event.kind === 'title' && source.kind !== 'github') memory.keepLost(event.title)
    state.update((before) => heard(before, event))
  })
  marks ??= createStore<ReadonlySet<string>>(new Set(memory.viewed()))
  const viewed = marks
  const review: RunningReview = {
    id: ++made,
    source,
    state,
    viewed,
    mark(item, isViewed) {
      viewed.update((before) => withMark(before, item, isViewed))
      if (item.mark !== undefined) memory.keepViewed(item.mark, isViewed)
    },
    chosen: createStore<string | undefined>(undefined),
    read: (path, side) => open.read(path, side),
    lines: (path) => open.lines(path),
  }
  current = { review, close: () => open.close() }
  return review
}

/** The same for a change that a link names and the person agreed to; drawn again, it is the one that runs. */
export function linkedReviewOf(url: string, port: ReviewPort): RunningReview {
  const running = current?.review
  if (running?.source.kind === 'github' && running.source.url === url) return running
  return reviewOf({ kind: 'github', url }, port)
}

/** Ends the review that runs. */
export function closeReview(): void {
  current?.close()
  current = undefined
}
