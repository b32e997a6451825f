import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { HistoryStep } from '../../workspace/draft.ts'
import type { FieldWrite, JournalHead, JournalWrite, StoredDraft } from '../../workspace/journal.ts'
import type { Whose } from '../../workspace/keeper.ts'

/** The head, and the tab that the draft is open in. */
type StoredHead = JournalHead & { readonly tab: string }

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredHead }
  handles: { key: string; value: FileSystemFileHandle }
  steps: { key: [draft: string, at: number]; value: HistoryStep }
  texts: { key: [draft: string, which: 'origin' | 'base']; value: string }
  fields: { key: [draft: string, field: string, part: 'opened' | 'typed']; value: string | FieldWrite }
}

type Database = IDBPDatabase<Schema>

const NAME = 'cassette-deck'
const VERSION = 1
const STORES = ['drafts', 'handles', 'steps', 'texts', 'fields'] as const
/** Sorts behind every number and string in a key. */
const END: [] = []

/** The journal's database, opened when it is first needed and again after it was closed under us. */
export interface JournalDatabase {
  /**
   * Gives drafts whose tab is not alive to `tab`, in one transaction, and reads them: its own, if it has any
   * and `whose` does not say otherwise, else all others.
   */
  adopt(tab: string, alive: ReadonlySet<string>, whose: Whose): Promise<readonly StoredDraft[]>
  /** One transaction, begun before this returns if the database is open. See `JournalPort.write`. */
  write(tab: string, writes: readonly JournalWrite[], removed: readonly string[]): Promise<readonly string[]>
}

export function journalDatabase(name = NAME): JournalDatabase {
  let opening: Promise<Database> | undefined
  let database: Database | undefined

  // async: where storage is switched off, opening throws instead of answering
  const open = async (): Promise<Database> => {
    const drop = (): void => {
      database = undefined
      opening = undefined
    }
    if (opening !== undefined) return opening
    opening = openDB<Schema>(name, VERSION, {
      upgrade(created) {
        created.createObjectStore('drafts', { keyPath: 'key' })
        for (const store of STORES.slice(1)) created.createObjectStore(store)
      },
      // a newer version of the app, or the browser's "clear data", waits for us: never be in the way
      blocking() {
        database?.close()
        drop()
      },
      terminated: drop,
    })
    opening.then((opened) => {
      database = opened
    }, drop)
    return opening
  }

  return {
    async adopt(tab, alive, whose) {
      return adoptIn(await open(), tab, alive, whose)
    },
    write(tab, writes, removed) {
      if (database === undefined) return open().then((opened) => writeIn(opened, tab, writes, removed))
      // no await before: while the page goes away nothing that waits runs any more
      return writeIn(database, tab, writes, removed).catch((error: unknown) => {
        // closed between two writes without anybody saying so
        if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
        database = undefined
        opening = undefined
        throw error
      })
    },
  }
}

async function adoptIn(
  database: Database,
  tab: string,
  alive: ReadonlySet<string>,
  whose: Whose,
): Promise<readonly StoredDraft[]> {
  const transaction = begin(database)
  const heads = transaction.objectStore('drafts')
  const left = (await heads.getAll()).filter((head) => !alive.has(head.tab))
  const own = left.filter((head) => head.tab === tab)
  const mine = whose === 'own-first' && own.length > 0 ? own : left.filter((head) => head.tab !== tab)
  for (const head of mine) await heads.put({ ...head, tab })
  const found: Omit<StoredDraft, 'handle'>[] = []
  for (const head of mine) {
    const range = rowsOf(head.key)
    const texts = transaction.objectStore('texts')
    const [steps, originText, baseText, fields] = await Promise.all([
      transaction.objectStore('steps').getAll(range),
      texts.get([head.key, 'origin']),
      texts.get([head.key, 'base']),
      transaction.objectStore('fields').getAll(range),
    ])
    found.push({ head, originText, baseText, steps, fields: pairsOf(fields) })
  }
  await transaction.done
  // on its own: a handle that cannot be read any more must not take the drafts with it
  const withHandles = found.map(async (draft): Promise<StoredDraft> => {
    const handle = await database.get('handles', draft.head.key).catch(() => undefined)
    return { ...draft, handle }
  })
  return (await Promise.all(withHandles)).toSorted((a, b) => a.head.time - b.head.time)
}

/** For each field what it was opened with, then what was typed: the order of the keys. */
function pairsOf(rows: readonly (string | FieldWrite)[]): readonly FieldWrite[] {
  return rows.flatMap((row, at) => {
    const opened = rows[at - 1]
    return typeof row === 'object' && typeof opened === 'string' ? [{ ...row, opened }] : []
  })
}

async function writeIn(
  database: Database,
  tab: string,
  writes: readonly JournalWrite[],
  removed: readonly string[],
): Promise<readonly string[]> {
  const transaction = begin(database)
  const gone: string[] = []
  const requests: Promise<unknown>[] = []
  try {
    for (const key of removed) {
      requests.push(transaction.objectStore('drafts').delete(key))
      requests.push(transaction.objectStore('handles').delete(key))
      for (const name of ['steps', 'texts', 'fields'] as const) {
        requests.push(transaction.objectStore(name).delete(rowsOf(key)))
      }
    }
    // one by one: those before one that throws have to be waited for as well
    for (const write of writes) {
      for (const request of putDraft(transaction, tab, write, gone)) requests.push(request)
    }
    // nothing is asked for any more: the browser need not wait for a page that may be gone
    transaction.commit()
  } catch (error) {
    requests.push(transaction.done)
    transaction.abort()
    await Promise.allSettled(requests)
    throw error
  }
  // an aborted transaction fails its requests first, with an error that says less than its own
  const settled = Promise.allSettled(requests)
  await transaction.done
  await settled
  return gone
}

type Transaction = ReturnType<typeof begin>

function begin(database: Database) {
  return database.transaction(STORES, 'readwrite', { durability: 'strict' })
}

function rowsOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key], [key, END])
}

function* putDraft(
  transaction: Transaction,
  tab: string,
  write: JournalWrite,
  gone: string[],
): Iterable<Promise<unknown>> {
  const { head, originText, baseText, from, steps, fields, closedFields } = write
  const { key } = head
  const heads = transaction.objectStore('drafts')
  if (originText === undefined) {
    // somebody cleared the storage, or took the draft for that of a dead tab: then these rows mean nothing
    yield heads.get(key).then((stored) => stored?.tab !== tab && gone.push(key))
  }
  yield heads.put({ ...head, tab })
  yield* putHandle(transaction, write)
  const texts = transaction.objectStore('texts')
  if (originText !== undefined) {
    yield texts.put(originText, [key, 'origin'])
    // an earlier write of it may have failed half-way
    yield transaction.objectStore('fields').delete(rowsOf(key))
  }
  if (baseText !== undefined) yield texts.put(baseText, [key, 'base'])
  const rows = transaction.objectStore('steps')
  yield rows.delete(IDBKeyRange.bound([key, from], [key, END]))
  for (const [at, step] of steps.entries()) yield rows.put(step, [key, from + at])
  const open = transaction.objectStore('fields')
  for (const id of closedFields) yield open.delete(IDBKeyRange.bound([key, id], [key, id, END]))
  for (const { opened, ...field } of fields) {
    if (opened !== undefined) yield open.put(opened, [key, field.id, 'opened'])
    yield open.put(field, [key, field.id, 'typed'])
  }
}

/** Where handles cannot be stored, the draft is kept without: it is saved through the picker then. */
function* putHandle(transaction: Transaction, { head, handle }: JournalWrite): Iterable<Promise<unknown>> {
  if (handle === undefined) return
  try {
    yield transaction.objectStore('handles').put(handle, head.key)
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'DataCloneError')) throw error
  }
}
