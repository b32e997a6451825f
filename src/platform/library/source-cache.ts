import { ENTRY_VERSION } from '../../core/library/entry.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { type EntryCache, NO_CACHE, StoredCache } from './library-cache.ts'
import { type LibraryDatabase, openLibraryDatabase } from './library-database.ts'
import { rememberFolder } from './remembered-folders.ts'

/** Milliseconds that a folder waits for what is kept of it. */
const PATIENCE = 5000

/**
 * The cache of a source: of a folder by its handle, of everything else by its name, since there is nothing more to know
 * it by; two of one name only push each other out. `build` is another one whenever what reads the files is.
 */
export function sourceCaches(
  build: string,
  open: () => Promise<LibraryDatabase> = openLibraryDatabase,
  patience = PATIENCE,
) {
  let opening: Promise<LibraryDatabase> | undefined
  return async (source: TreeSource, failed: (reason: unknown) => void): Promise<EntryCache> => {
    try {
      opening ??= open()
      const database = await inTime(opening, patience)
      const key =
        source.kind === 'folder'
          ? await rememberFolder(database, source.handle)
          : `${source.kind}:${source.name}`
      return new StoredCache(database, key, { stamp: `${ENTRY_VERSION} ${build}`, failed })
    } catch (error) {
      opening = undefined
      failed(error)
      return NO_CACHE
    }
  }
}

/** Browsers have been seen that never answer when they are asked for a database; a folder is read without one. */
async function inTime<T>(asked: Promise<T>, patience: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('its storage does not answer')), patience)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
