import type { FileVerdict } from '../judge.ts'

/** One file of a change. Plain data. */
export interface ReviewItem {
  /** Of the new side; of the old side where it was removed. */
  readonly path: string
  /** Where it was before, when that was elsewhere. */
  readonly oldPath?: string
  readonly status: 'added' | 'removed' | 'changed' | 'renamed'
  /**
   * Absent until both sides have been read. For what is only on one side it judges that side alone (what was
   * added or removed).
   */
  readonly verdict?: FileVerdict
  /** Why there is no verdict and will be none, or on what less than both files it rests. A sentence. */
  readonly note?: string
  /** Stands for what is in both versions: whoever has viewed it has viewed it wherever it comes from. Absent until read. */
  readonly mark?: string
  /** First words of the user, else what was called; of the new side where there is one. Absent until read. */
  readonly asks?: string
  /** Lines that the change adds and removes, where known. */
  readonly added?: number
  readonly removed?: number
}
