/** What is known of a review so far: every event of its port folded into one value. */
import { compareItems, ITEM_KINDS, type ItemKind, kindOf } from '../../core/review/order.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { ReviewEvent } from '../../workspace/review-port.ts'
import type { TreeNote } from '../../workspace/tree.ts'

export interface ReviewState {
  readonly title: string | undefined
  readonly link: string | undefined
  /** Worst first. */
  readonly items: readonly ReviewItem[]
  readonly done: number
  readonly all: number
  readonly notes: readonly TreeNote[]
  readonly status: 'finding' | 'judging' | 'done' | 'failed'
  readonly problem: string | undefined
  readonly advice: string | undefined
}

export const NOTHING_HEARD: ReviewState = {
  title: undefined,
  link: undefined,
  items: [],
  done: 0,
  all: 0,
  notes: [],
  status: 'finding',
  problem: undefined,
  advice: undefined,
}

export function heard(state: ReviewState, event: ReviewEvent): ReviewState {
  switch (event.kind) {
    case 'title':
      return { ...state, title: event.title, link: event.link, status: 'judging' }
    case 'progress':
      return { ...state, done: event.done, all: event.all }
    case 'items':
      return { ...state, items: withItems(state.items, event.items) }
    case 'notes':
      return { ...state, notes: [...state.notes, ...event.notes] }
    case 'done':
      return { ...state, status: 'done' }
    case 'failed':
      return { ...state, status: 'failed', problem: event.problem, advice: event.advice }
  }
}

function withItems(before: readonly ReviewItem[], news: readonly ReviewItem[]): readonly ReviewItem[] {
  const byPath = new Map(before.map((item) => [item.path, item]))
  for (const item of news) byPath.set(item.path, item)
  return [...byPath.values()].toSorted(compareItems)
}

/** Whether it was looked at, in this form or (before it was read) under this path. */
export function isViewed({ path, mark }: ReviewItem, viewed: ReadonlySet<string>): boolean {
  return viewed.has(path) || (mark !== undefined && viewed.has(mark))
}

/** Marked by its content where that is known. */
export function withMark(
  viewed: ReadonlySet<string>,
  { path, mark }: ReviewItem,
  isMarked: boolean,
): ReadonlySet<string> {
  const next = new Set(viewed)
  next.delete(path)
  if (mark !== undefined) next.delete(mark)
  if (isMarked) next.add(mark ?? path)
  return next
}

/** How many there are of each kind, in the order of the list; none of those that there are none of. */
export function countsOf(items: readonly ReviewItem[]): readonly (readonly [ItemKind, number])[] {
  const counts = new Map<ItemKind, number>()
  for (const item of items) counts.set(kindOf(item), (counts.get(kindOf(item)) ?? 0) + 1)
  return ITEM_KINDS.flatMap((kind) => {
    const count = counts.get(kind)
    return count === undefined ? [] : [[kind, count] as const]
  })
}

/** The next one behind `path`, or from the top again, that was not looked at. */
export function nextUnviewed(
  items: readonly ReviewItem[],
  path: string,
  viewed: ReadonlySet<string>,
): string | undefined {
  const at = items.findIndex((item) => item.path === path)
  const others = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))]
  return others.find((item) => !isViewed(item, viewed))?.path
}

/** The path `by` places on; the ends hold. Undefined in an empty list. */
export function neighbour(
  items: readonly ReviewItem[],
  path: string | undefined,
  by: number,
): string | undefined {
  const at = items.findIndex((item) => item.path === path)
  if (at === -1) return items[by < 0 ? items.length - 1 : 0]?.path
  return items[Math.min(items.length - 1, Math.max(0, at + by))]?.path
}
