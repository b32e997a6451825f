import { type FileMarks, marksOf } from '../core/file-text.ts'
import { replay, type StoredDraft } from './journal.ts'
import type { JournalPort } from './keeper.ts'
import type { KeptDraft } from './session.ts'

/** A stored draft that could not be put together again. */
export interface LostDraft {
  readonly key: string
  readonly name: string
  readonly reason: string
  /** What could be had of it. */
  readonly text: string | undefined
  readonly marks: FileMarks
}

/** What an earlier visit left behind. */
export interface Recovered {
  readonly ids: readonly string[]
  readonly lost: readonly LostDraft[]
}

/** Puts a stored draft together; what does not fit its hash or its rows is told apart. */
export async function putTogether(
  stored: StoredDraft,
  hash: JournalPort['hash'],
): Promise<{ readonly stored: StoredDraft; readonly draft: KeptDraft } | LostDraft> {
  const { head, originText } = stored
  const { key, name } = head
  const marks = marksOf(head)
  const lost = (reason: string, text: string | undefined): LostDraft => ({ key, name, reason, text, marks })
  const done = replay(stored)
  if (!done.ok) return lost(done.reason, done.text)
  if (head.hashes !== undefined && originText !== undefined) {
    const { base } = done.draft
    const origin = await hash({ ...marks, text: originText }).catch(() => undefined)
    const own = head.ownBase ? await hash(base).catch(() => undefined) : origin
    if (origin !== head.hashes.origin || own !== head.hashes.base) {
      return lost('the stored text is not the one that was opened', done.draft.text)
    }
  }
  return { stored, draft: done.draft }
}

export const SLOW = 'the browser’s storage does not answer.'

/** Ends the sentence "Changes are kept in this tab only: ...". */
export function whyNot(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError') return 'the browser’s storage is full.'
  if (name === 'SecurityError') return 'the browser does not allow this page to store anything.'
  if (name === 'VersionError') return 'a newer version of Cassette Deck is open in another tab.'
  return 'the browser’s storage cannot be written to.'
}
