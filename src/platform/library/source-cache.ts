import { ENTRY_VERSION } from '../../core/library/entry.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { type EntryCache, NO_CACHE, StoredCache } from './library-cache.ts'
import { type LibraryDatabase, openLibraryDatabase } from './library-database.ts'
import { rememberFolder } from './remembered-folders.ts'

/**
 * The cache of a source: of a folder by its handle, of everything else by its name, since there is nothing more to know
 * it by; two of one name only push each other out. `build` is another one whenever what reads the files is.
 */
export function sourceCaches(build: string, open: () => Promise<LibraryDatabase> = openLibraryDatabase) {
  let opening: Promise<LibraryDatabase> | undefined
  return async (source: TreeSource, failed: (reason: unknown) => void): Promise<EntryCache> => {
    try {
      opening ??= open()
      const database = await opening
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
