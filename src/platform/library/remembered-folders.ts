import type { RememberedFolder } from '../../workspace/library-port.ts'
import type { TreeSource, Unreadable } from '../../workspace/tree.ts'
import { unreadable, whyUnreadable } from '../tree/tree.ts'
import { blocksOf, type LibraryDatabase, openLibraryDatabase } from './library-database.ts'

/** Folders are remembered this long back; their handles cost nothing but a row. */
const MOST_REMEMBERED = 20

type Mode = { readonly mode: 'read' }
/** Chromium's; a file system that the page owns needs no permission and may not have them. */
type Asking = {
  queryPermission?(mode: Mode): Promise<PermissionState>
  requestPermission?(mode: Mode): Promise<PermissionState>
}

/** Remembers a folder, or that it was opened again. Gives the key under which all of it is kept. */
export async function rememberFolder(
  database: LibraryDatabase,
  handle: FileSystemDirectoryHandle,
): Promise<string> {
  const known = await database.getAll('folders')
  let key: string | undefined
  for (const folder of known) {
    if (folder.name === handle.name && (await isSame(folder.handle, handle))) key = folder.key
  }
  key ??= `folder:${crypto.randomUUID()}`
  await database.put('folders', { key, name: handle.name, handle, opened: Date.now() })
  const others = known.filter((folder) => folder.key !== key).toSorted((a, b) => b.opened - a.opened)
  for (const folder of others.slice(MOST_REMEMBERED - 1)) await forgetIn(database, folder.key)
  return key
}

async function isSame(one: FileSystemDirectoryHandle, other: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    return await one.isSameEntry(other)
  } catch {
    return false
  }
}

/** The latest first; none where the browser keeps nothing. */
export async function rememberedFolders(): Promise<readonly RememberedFolder[]> {
  return withDatabase(async (database) => {
    const folders = await database.getAll('folders')
    return folders
      .toSorted((a, b) => b.opened - a.opened)
      .map(({ key, name, opened }) => ({ key, name, opened }))
  }, [])
}

/** Asks for permission where it is needed: browsers show their question only in a click. */
export async function reopenFolder(key: string): Promise<TreeSource | Unreadable> {
  const gone = unreadable('vanished', 'This folder is no longer remembered. Open it again.')
  const folder = await withDatabase((database) => database.get('folders', key), undefined)
  if (folder === undefined) return gone
  const { handle, name } = folder
  try {
    const asking = handle as unknown as Asking
    let state = (await asking.queryPermission?.({ mode: 'read' })) ?? 'granted'
    if (state === 'prompt') state = (await asking.requestPermission?.({ mode: 'read' })) ?? 'granted'
    if (state !== 'granted') {
      return unreadable(
        'permission',
        `The browser was not allowed to read "${name}". Open it again to allow it.`,
      )
    }
    return { kind: 'folder', name, handle }
  } catch (error) {
    return whyUnreadable(error)
  }
}

export async function forgetFolder(key: string): Promise<void> {
  await withDatabase((database) => forgetIn(database, key), undefined)
}

/** With all that was read of it. */
async function forgetIn(database: LibraryDatabase, key: string): Promise<void> {
  await database.delete('folders', key)
  await database.delete('libraries', key)
  await database.delete('blocks', blocksOf(key))
}

/** Opened for one question: a connection that stays would be in the way of "clear data". */
async function withDatabase<T>(ask: (database: LibraryDatabase) => Promise<T>, otherwise: T): Promise<T> {
  try {
    const database = await openLibraryDatabase()
    try {
      return await ask(database)
    } finally {
      database.close()
    }
  } catch {
    return otherwise
  }
}
