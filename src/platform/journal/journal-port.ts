import type { JournalPort } from '../../workspace/keeper.ts'
import type { Tab } from '../tabs.ts'
import { hashOf } from './hash.ts'
import { type JournalDatabase, journalDatabase } from './journal-database.ts'

/** The journal of this tab. Throws nothing: what cannot be done is a rejection that says why. */
export function journalPort(
  entering: Promise<Tab>,
  database: JournalDatabase = journalDatabase(),
): JournalPort {
  /** Known once the tab has entered: a write while the page goes away cannot wait for it. */
  let tabId: string | undefined
  let isAsked = false
  /** Once there is something to lose: storage that is not persistent is cleared when the disk runs full. */
  const askToPersist = (): void => {
    if (isAsked) return
    isAsked = true
    const storage = globalThis.navigator?.storage as StorageManager | undefined
    storage?.persist?.().catch(() => {})
  }
  return {
    async adopt(whose) {
      const tab = await entering
      const found = await tab.alone((alive) => database.adopt(tab.id, alive, whose))
      tabId = tab.id
      return found
    },
    write(writes, removed) {
      const writing =
        tabId !== undefined
          ? database.write(tabId, writes, removed)
          : entering.then(({ id }) => database.write(id, writes, removed))
      if (writes.length > 0) writing.then(askToPersist, () => {})
      return writing
    },
    hash: hashOf,
  }
}

/** Calls `flush` whenever this page may be about to go away, and `leave` when it goes. */
export function whenLeaving(flush: () => void, leave: () => void): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush())
  window.addEventListener('pagehide', () => {
    flush()
    leave()
  })
}
