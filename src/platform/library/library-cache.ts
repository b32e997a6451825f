import type { IndexedEntry } from '../../core/library/entry.ts'
import type { ListedFile } from '../tree/tree.ts'
import { BlockWriter } from './block-writer.ts'
import { blocksOf, type LibraryDatabase, type StoredEntry } from './library-database.ts'

/** What an earlier visit read of one tree. Failures are told once and cost nothing but time. */
export interface EntryCache {
  /** The entry of a file that is the same as it was; its path is that in its tree. */
  find(file: ListedFile): Promise<IndexedEntry | undefined>
  keep(file: ListedFile, entry: IndexedEntry): void
  /** Writes what is left to write; with `all` what was not asked for is thrown away: those files are gone. */
  finish(all: boolean): Promise<void>
}

/** For where nothing can be kept. */
export const NO_CACHE: EntryCache = {
  find: async () => undefined,
  keep: () => {},
  finish: async () => {},
}

/** How many blocks are read at a time: the first rows need not wait for all of them. */
const BLOCKS_AT_ONCE = 4
/** A block that has come down to fewer entries is taken up by others. */
const SMALLEST_BLOCK = 50

export interface CacheOptions {
  readonly stamp: string
  readonly failed: (reason: unknown) => void
  /** Bytes of all libraries together. */
  readonly room?: number
}

/** The cache of one library. */
export class StoredCache implements EntryCache {
  readonly #database: LibraryDatabase
  readonly #key: string
  readonly #options: CacheOptions
  readonly #writer: BlockWriter
  /** What has been read of the database and not been asked for yet. */
  readonly #found = new Map<string, { readonly stored: StoredEntry; readonly block: number }>()
  /** Of each block: how many entries it has, and which of them are still true. */
  readonly #blocks = new Map<number, { count: number; readonly alive: StoredEntry[] }>()
  #loaded = false
  #loading: Promise<void> | undefined
  /** The block that was read last, and the last that was there in the beginning: what is written now is not read. */
  #last = -1
  #end: number | undefined

  constructor(database: LibraryDatabase, key: string, options: CacheOptions) {
    this.#database = database
    this.#key = key
    this.#options = options
    this.#writer = new BlockWriter(database, key, options)
  }

  async find(file: ListedFile): Promise<IndexedEntry | undefined> {
    let found = this.#found.get(file.path)
    while (found === undefined && !this.#loaded) {
      await this.#load()
      found = this.#found.get(file.path)
    }
    if (found === undefined) return undefined
    this.#found.delete(file.path)
    const { entry, mark } = found.stored
    if (entry.size !== file.size || entry.modified !== file.modified || mark !== file.mark) return undefined
    this.#blocks.get(found.block)?.alive.push(found.stored)
    return entry
  }

  keep({ mark }: ListedFile, entry: IndexedEntry): void {
    this.#writer.add({ entry, ...(mark !== undefined && { mark }) })
  }

  async finish(all: boolean): Promise<void> {
    try {
      if (all) {
        while (!this.#loaded) await this.#load()
        for (const [block, { count, alive }] of this.#blocks) {
          if (alive.length === count) continue
          if (alive.length >= SMALLEST_BLOCK) this.#writer.replace(block, alive)
          else {
            this.#writer.remove(block)
            for (const stored of alive) this.#writer.add(stored)
          }
        }
      }
      await this.#writer.finish()
    } catch (error) {
      this.#options.failed(error)
    }
  }

  /** Reads the next blocks; asked several times at once, it reads once. */
  #load(): Promise<void> {
    this.#loading ??= this.#loadMore().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #loadMore(): Promise<void> {
    try {
      this.#end ??= await this.#begin()
      if (this.#last >= this.#end) {
        this.#loaded = true
        return
      }
      const range = IDBKeyRange.bound([this.#key, this.#last + 1], [this.#key, this.#end])
      const [keys, blocks] = await Promise.all([
        this.#database.getAllKeys('blocks', range, BLOCKS_AT_ONCE),
        this.#database.getAll('blocks', range, BLOCKS_AT_ONCE),
      ])
      for (const [at, { stamp, entries: block = [] }] of blocks.entries()) {
        const number = keys[at]?.[1]
        if (number === undefined) continue
        this.#last = number
        if (stamp !== this.#options.stamp) {
          this.#writer.remove(number)
          continue
        }
        this.#writer.known(number, block)
        this.#blocks.set(number, { count: block.length, alive: [] })
        // a later block is newer: it has what was read again
        for (const stored of block) this.#found.set(stored.entry.path, { stored, block: number })
      }
      this.#loaded = blocks.length < BLOCKS_AT_ONCE
    } catch (error) {
      this.#loaded = true
      this.#writer.stop()
      this.#options.failed(error)
    }
  }

  /** Throws away what another version of the app has written. Gives the number of the last block. */
  async #begin(): Promise<number> {
    const known = await this.#database.get('libraries', this.#key)
    if (known?.stamp !== this.#options.stamp) {
      await this.#database.delete('blocks', blocksOf(this.#key))
    }
    const { store } = this.#database.transaction('blocks')
    const last = await store.openKeyCursor(blocksOf(this.#key), 'prev')
    const end = last?.key[1] ?? -1
    this.#writer.after(end)
    return end
  }
}
