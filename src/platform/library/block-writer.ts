import { blocksOf, type LibraryDatabase, type StoredBlock, type StoredEntry } from './library-database.ts'

/** Entries of a block. */
const BLOCK = 200
/**
 * Bytes of all libraries together, as they are estimated here. The browser packs them: 100,000 recordings of 310 MB took
 * 93 MB of its disk.
 */
const ROOM = 900 * 1024 * 1024
/** What an entry takes beside its texts. */
const FACTS = 1500

interface WriterOptions {
  readonly stamp: string
  readonly failed: (reason: unknown) => void
  readonly room?: number
}

/** Writes entries in blocks, behind what is there. After a failure it writes nothing more. */
export class BlockWriter {
  readonly #database: LibraryDatabase
  readonly #key: string
  readonly #options: WriterOptions
  readonly #room: number
  #pending: StoredEntry[] = []
  #next = 0
  /** Bytes of each block, by its number. */
  readonly #sizes = new Map<number, number>()
  #full = false
  /** One after the other: what fails must not be followed by what would succeed. */
  #writing: Promise<unknown> = Promise.resolve()

  constructor(database: LibraryDatabase, key: string, options: WriterOptions) {
    this.#database = database
    this.#key = key
    this.#options = options
    this.#room = options.room ?? ROOM
  }

  /** Writes nothing: where it is not known what is there, it would be written over. */
  stop(): void {
    this.#full = true
  }

  /** What is written comes behind the last block that is there. */
  after(last: number): void {
    this.#next = last + 1
  }

  /** A block that is there. */
  known(number: number, block: readonly StoredEntry[]): void {
    this.#sizes.set(number, sizeOf(block))
  }

  add(stored: StoredEntry): void {
    if (this.#full) return
    this.#pending.push(stored)
    if (this.#pending.length >= BLOCK) this.#write()
  }

  replace(block: number, entries: readonly StoredEntry[]): void {
    this.#sizes.set(block, sizeOf(entries))
    this.#put(block, entries)
  }

  remove(block: number): void {
    this.#sizes.delete(block)
    this.#queue(() => this.#database.delete('blocks', [this.#key, block]))
  }

  /** Waits for everything, notes when the library was used and makes room. */
  async finish(): Promise<void> {
    if (this.#pending.length > 0) this.#write()
    this.#queue(() => this.#sumUp())
    await this.#writing
  }

  #write(): void {
    const block = this.#pending
    this.#pending = []
    const size = sizeOf(block)
    if (this.#size() + size > this.#room) {
      this.#full = true
      return
    }
    const number = this.#next++
    this.#sizes.set(number, size)
    this.#put(number, block)
  }

  /** With the row of the library: blocks that no row knows would stay for ever when the tab is closed in the middle. */
  #put(number: number, entries: readonly StoredEntry[]): void {
    const { stamp } = this.#options
    const block: StoredBlock = { stamp, entries }
    const row = { key: this.#key, stamp, used: Date.now(), size: this.#size() }
    this.#queue(async () => {
      const writing = this.#database.transaction(['blocks', 'libraries'], 'readwrite')
      await Promise.all([
        writing.objectStore('blocks').put(block, [this.#key, number]),
        writing.objectStore('libraries').put(row),
        writing.done,
      ])
    })
  }

  #queue(work: () => Promise<unknown>): void {
    this.#writing = this.#writing.then(work).catch((error: unknown) => {
      if (!this.#full) this.#options.failed(error)
      this.#full = true
    })
  }

  async #sumUp(): Promise<void> {
    const size = this.#size()
    const { stamp } = this.#options
    await this.#database.put('libraries', { key: this.#key, stamp, used: Date.now(), size })
    const others = (await this.#database.getAll('libraries')).filter(({ key }) => key !== this.#key)
    let all = others.reduce((sum, other) => sum + other.size, size)
    for (const other of others.toSorted((a, b) => a.used - b.used)) {
      if (all <= this.#room) break
      await this.#database.delete('blocks', blocksOf(other.key))
      await this.#database.delete('libraries', other.key)
      all -= other.size
    }
  }

  #size(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0)
  }
}

function sizeOf(block: readonly StoredEntry[]): number {
  return block.reduce((sum, { entry }) => sum + entry.asked.length + entry.answered.length + FACTS, 0)
}
