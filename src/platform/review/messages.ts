import type { ChangedLines, ReviewEvent, ReviewSource } from '../../workspace/review-port.ts'
import type { Side, SideContent } from './changed-file.ts'

/** What the review worker is told; each review has a worker of its own. */
export type ToReview =
  | { readonly kind: 'open'; readonly source: ReviewSource }
  | { readonly kind: 'read'; readonly id: number; readonly path: string; readonly side: Side }
  | { readonly kind: 'lines'; readonly id: number; readonly path: string }

export type FromReview =
  | { readonly kind: 'event'; readonly event: ReviewEvent }
  | { readonly kind: 'read'; readonly id: number; readonly content: SideContent }
  | { readonly kind: 'lines'; readonly id: number; readonly lines: ChangedLines | undefined }
