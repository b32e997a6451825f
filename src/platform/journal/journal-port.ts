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
  return {
    async adopt(whose) {
      const tab = await entering
      const found = await tab.alone((alive) => database.adopt(tab.id, alive, whose))
      tabId = tab.id
      return found
    },
    write(writes, removed) {
      if (tabId !== undefined) return database.write(tabId, writes, removed)
      return entering.then(({ id }) => database.write(id, writes, removed))
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
