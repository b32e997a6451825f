import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { HistoryStep } from '../../workspace/draft.ts'
import type { FieldWrite, JournalHead, JournalWrite, StoredDraft } from '../../workspace/journal.ts'
import type { Whose, Written } from '../../workspace/keeper.ts'

/** The head, and the tab that the draft is open in. */
type StoredHead = JournalHead & { readonly tab: string }

interface Schema extends DBSchema {
  drafts: { key: string; value: StoredHead }
  handles: { key: string; value: FileSystemFileHandle }
  steps: { key: [draft: string, at: number]; value: HistoryStep }
  /** With a tab's id in place of a text's name: a mark, see `notTaken`. */
  texts: { key: [draft: string, which: string]; value: string }
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
  /** Begun before this returns if the database is open. See `JournalPort.write`. */
  write(tab: string, writes: readonly JournalWrite[], removed: readonly string[]): Promise<Written>
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
  // what fails below says why
  transaction.done.catch(() => {})
  const heads = transaction.objectStore('drafts')
  const left = (await heads.getAll()).filter((head) => !alive.has(head.tab))
  const own = left.filter((head) => head.tab === tab)
  const mine = whose === 'own-first' && own.length > 0 ? own : left.filter((head) => head.tab !== tab)
  for (const head of mine.filter((one) => one.tab !== tab)) {
    await heads.put({ ...head, tab })
    await transaction.objectStore('texts').put('', takenFrom(head.key, head.tab))
    await transaction.objectStore('texts').delete(takenFrom(head.key, tab))
  }
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

/** Removals first and on their own: they make room, and a draft that is too large must not undo them. */
async function writeIn(
  database: Database,
  tab: string,
  writes: readonly JournalWrite[],
  removed: readonly string[],
): Promise<Written> {
  // both begun before anything is waited for
  const [removal, written] = await Promise.all([
    inOneOrEach(removed, (keys) => run(database, (transaction) => removeDrafts(transaction, tab, keys))),
    inOneOrEach(writes, (some) => {
      const gone: string[] = []
      return run(database, (transaction) => putDrafts(transaction, tab, some, gone)).then(() => gone)
    }),
  ])
  const [refused] = removal.failed.filter(({ error }) => !isConstraint(error))
  if (refused !== undefined) throw refused.error
  const taken = written.failed.filter(({ error }) => isConstraint(error))
  const failed = written.failed.filter(({ error }) => !isConstraint(error))
  if (failed.length > 0 && failed.length === writes.length) throw failed[0]?.error
  return {
    gone: written.results.flat(),
    taken: taken.map(({ item }) => item.head.key),
    failed: failed.map(({ item }) => item.head.key),
    error: failed[0]?.error,
  }
}

/** All in one transaction; one after the other where one of them may be in the way of the others. */
async function inOneOrEach<T, R>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<R>,
): Promise<{ readonly results: readonly R[]; readonly failed: readonly { item: T; error: unknown }[] }> {
  if (items.length === 0) return { results: [], failed: [] }
  const results: R[] = []
  const failed: { item: T; error: unknown }[] = []
  try {
    results.push(await work(items))
  } catch (error) {
    const [only] = items
    if (items.length === 1 && only !== undefined) return { results, failed: [{ item: only, error }] }
    const isOnesFault = isConstraint(error) || (error instanceof DOMException && error.name === QUOTA)
    if (!isOnesFault) throw error
    for (const item of items) {
      const one = await inOneOrEach([item], work)
      results.push(...one.results)
      failed.push(...one.failed)
    }
  }
  return { results, failed }
}

const QUOTA = 'QuotaExceededError'

function isConstraint(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'ConstraintError'
}

async function run(
  database: Database,
  ask: (transaction: Transaction) => Iterable<Promise<unknown>>,
): Promise<void> {
  const transaction = begin(database)
  const requests: Promise<unknown>[] = []
  try {
    // one by one: those before one that throws have to be waited for as well
    for (const request of ask(transaction)) requests.push(request)
    // nothing is asked for any more: the browser need not wait for a page that may be gone
    transaction.commit()
  } catch (error) {
    requests.push(transaction.done)
    transaction.abort()
    await Promise.allSettled(requests)
    throw error
  }
  // an aborted transaction fails its requests first, with an error that says less than its own; but where a
  // request is what failed, that one says it, and the transaction and all others only that it was aborted
  const settled = Promise.allSettled(requests)
  const error: unknown = await transaction.done.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  const outcomes = await settled
  if (error === undefined) return
  const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  throw isAbort(error) ? (reasons.find((reason) => !isAbort(reason)) ?? error) : error
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

function takenFrom(key: string, tab: string): [string, string] {
  return [key, `taken from ${tab}`]
}

/**
 * Fails the whole transaction when another tab has taken the draft over from this one, which it took for dead:
 * adding what is there already does that, and unlike an answer that is waited for it works while the page goes away.
 */
function* notTaken(transaction: Transaction, tab: string, key: string): Iterable<Promise<unknown>> {
  const texts = transaction.objectStore('texts')
  yield texts.add('', takenFrom(key, tab))
  yield texts.delete(takenFrom(key, tab))
}

function* removeDrafts(
  transaction: Transaction,
  tab: string,
  keys: readonly string[],
): Iterable<Promise<unknown>> {
  for (const key of keys) {
    yield* notTaken(transaction, tab, key)
    yield transaction.objectStore('drafts').delete(key)
    yield transaction.objectStore('handles').delete(key)
    for (const name of ['steps', 'texts', 'fields'] as const) {
      yield transaction.objectStore(name).delete(rowsOf(key))
    }
  }
}

function* putDrafts(
  transaction: Transaction,
  tab: string,
  writes: readonly JournalWrite[],
  gone: string[],
): Iterable<Promise<unknown>> {
  for (const write of writes) yield* putDraft(transaction, tab, write, gone)
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
  yield* notTaken(transaction, tab, key)
  if (originText === undefined) {
    // somebody cleared the storage: then these rows mean nothing
    yield heads.get(key).then((stored) => stored === undefined && gone.push(key))
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
