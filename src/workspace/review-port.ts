import type { Hunk } from '../core/review/git-diff.ts'
import type { ReviewItem } from '../core/review/review-item.ts'
import type { TreeNote, TreeSource, Unreadable } from './tree.ts'

/** Where a change comes from. */
export type ReviewSource =
  | { readonly kind: 'trees'; readonly before: readonly TreeSource[]; readonly after: readonly TreeSource[] }
  /** A unified git diff; `base` is the folder that it applies to, before or after it, where one is open. */
  | {
      readonly kind: 'diff'
      readonly name: string
      readonly text: string
      readonly base?: readonly TreeSource[]
    }
  /** A pull request, commit or comparison on GitHub; the token is kept in memory only. */
  | { readonly kind: 'github'; readonly url: string; readonly token?: string }

/** A change that a link names: GitHub is not asked for it before the person agrees. */
export interface LinkedChange {
  readonly kind: 'link'
  readonly url: string
}

/** Changes are found, fetched and judged away from the screen. */
export interface ReviewPort {
  open(source: ReviewSource, hear: (event: ReviewEvent) => void): OpenReview
  readonly memory: ReviewMemory
}

/** What of reviews outlives the page, as far as the browser keeps anything. No content and no token. */
export interface ReviewMemory {
  /** Marks of what was viewed; each stands for the contents of a changed file (`ReviewItem.mark`). */
  viewed(): readonly string[]
  keepViewed(mark: string, isViewed: boolean): void
  /** Whether the person chose this change himself in this tab, or agreed to it: a reload does not ask again. */
  isAgreed(url: string): boolean
  agree(url: string): void
  /** What was reviewed in this tab and cannot be opened again without the person, in words. */
  lost(): string | undefined
  keepLost(title: string | undefined): void
}

export type ReviewEvent =
  /** What is reviewed, in words: "ogx-ai/ogx#123 · Fix recordings", "before.zip → after.zip". */
  | { readonly kind: 'title'; readonly title: string; readonly link?: string }
  | { readonly kind: 'progress'; readonly done: number; readonly all: number }
  /** New items, or the same (by `path`) with more known about them. */
  | { readonly kind: 'items'; readonly items: readonly ReviewItem[] }
  | { readonly kind: 'notes'; readonly notes: readonly TreeNote[] }
  | { readonly kind: 'done' }
  /** It cannot go on; a sentence that says why and what to do. */
  | { readonly kind: 'failed'; readonly problem: string; readonly advice?: string }

export interface OpenReview {
  close(): void
  /** A file of one side; undefined where it is not on that side. */
  read(path: string, side: 'before' | 'after'): Promise<Uint8Array | Unreadable | undefined>
  /** The changed lines of each commit, the oldest first, where the change is known by its lines. */
  lines(path: string): Promise<ChangedLines | undefined>
}

/** What each commit of a diff does to one file; most diffs are of one. */
export type ChangedLines = readonly (readonly Hunk[])[]
