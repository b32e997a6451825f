import type { FileVerdict } from '../../core/judge.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { ChangedLines } from '../../workspace/review-port.ts'
import type { TreeNote, Unreadable } from '../../workspace/tree.ts'

export type Side = 'before' | 'after'

/** Undefined: the file is not on that side. */
export type SideContent = Uint8Array | Unreadable | undefined

/** A file that a change names, wherever it comes from. */
export interface ChangedFile {
  /** Without a verdict. */
  readonly item: ReviewItem
  /** False: both sides have it, and only reading tells whether it changed at all. */
  readonly isCertain: boolean
  read(side: Side, signal?: AbortSignal): Promise<SideContent>
  /** What can be said where the whole files cannot be had. */
  byLines?(): FileVerdict | undefined
  /** The changed lines, where the change is known by them. */
  lines?(): ChangedLines
}

/** A change, found but not judged. */
export interface FoundChange {
  readonly title: string
  readonly link?: string
  readonly files: readonly ChangedFile[]
  readonly notes: readonly TreeNote[]
}

/** It cannot go on: expected, and said to the person. */
export class ReviewFailure extends Error {
  readonly advice: string | undefined

  constructor(message: string, advice?: string) {
    super(message)
    this.name = 'ReviewFailure'
    this.advice = advice
  }
}

export function isUnreadable(content: SideContent): content is Unreadable {
  return content !== undefined && 'problem' in content
}
