import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { IndexedEntry } from '../../core/library/entry.ts'

/** What is known of a library without its entries. */
export interface StoredLibrary {
  readonly key: string
  /** Of which version of the app its entries are: of another they are worth nothing. */
  readonly stamp: string
  /** Milliseconds since the epoch; the one that was used longest ago makes room. */
  readonly used: number
  /** About how many bytes its entries take. */
  readonly size: number
}

/** An entry as it is kept: with its path in its own tree. */
export interface StoredEntry {
  readonly entry: IndexedEntry
  /** See `ListedFile`. */
  readonly mark?: string
}

/** Entries that were read by one version of the app: two of them may be open in two tabs, and write into one library. */
export interface StoredBlock {
  readonly stamp: string
  readonly entries: readonly StoredEntry[]
}

export interface StoredFolder {
  readonly key: string
  readonly name: string
  readonly handle: FileSystemDirectoryHandle
  readonly opened: number
}

export interface LibrarySchema extends DBSchema {
  libraries: { key: string; value: StoredLibrary }
  /** Some hundred entries each: one by one they would take a minute to write, all in one they would be written anew. */
  blocks: { key: [library: string, block: number]; value: StoredBlock }
  folders: { key: string; value: StoredFolder }
}

export type LibraryDatabase = IDBPDatabase<LibrarySchema>

/** Apart from the journal's: losing this one costs nothing but time. */
const NAME = 'cassette-deck-library'
const VERSION = 1

/** Rejects where the browser keeps nothing (private windows, storage switched off). */
export function openLibraryDatabase(name = NAME): Promise<LibraryDatabase> {
  return openDB<LibrarySchema>(name, VERSION, {
    upgrade(created) {
      created.createObjectStore('libraries', { keyPath: 'key' })
      created.createObjectStore('blocks')
      created.createObjectStore('folders', { keyPath: 'key' })
    },
    // a newer version of the app, or the browser's "clear data", waits for us: never be in the way
    blocking: (_current, _blocked, { target }) => (target as IDBDatabase | null)?.close(),
  })
}

/** All blocks of a library. */
export function blocksOf(library: string): IDBKeyRange {
  // an empty list sorts behind every number
  return IDBKeyRange.bound([library], [library, []])
}
