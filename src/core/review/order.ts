/** Worst first: the order in which a change is looked at. */
import type { ReviewItem } from './review-item.ts'

/** What an item is in one word: its verdict, or that it is on one side only, or that nothing is known. */
export const ITEM_KINDS = [
  'behaviour',
  'unreadable',
  'wording',
  'request',
  'added',
  'removed',
  'unknown',
  'noise',
  'identical',
  'pending',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** `pending`: not judged yet. `unknown`: it will not be. */
export function kindOf({ verdict, status, note }: ReviewItem): ItemKind {
  if (verdict?.kind === 'unreadable') return 'unreadable'
  if (status === 'added' || status === 'removed') return status
  if (verdict !== undefined) return verdict.kind
  return note === undefined ? 'pending' : 'unknown'
}

const RANKS: ReadonlyMap<ItemKind, number> = new Map(ITEM_KINDS.map((kind, rank) => [kind, rank]))

/** Worst first, ties by path. */
export function compareItems(one: ReviewItem, other: ReviewItem): number {
  const ranks = (RANKS.get(kindOf(one)) ?? 0) - (RANKS.get(kindOf(other)) ?? 0)
  if (ranks !== 0) return ranks
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
