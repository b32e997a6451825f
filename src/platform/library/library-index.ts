import { withSharedNames } from '../../core/library/detached.ts'
import type { IndexedEntry } from '../../core/library/entry.ts'
import { SearchIndex } from '../../core/library/search.ts'
import type { LibraryEvent } from '../../workspace/library-port.ts'
import type { TreeNote, TreeSource, Unreadable } from '../../workspace/tree.ts'
import type { ListableTree, ListedFile } from '../tree/tree.ts'
import { unreadable } from '../tree/tree.ts'
import type { EntryReaders } from './entry-readers.ts'
import type { EntryCache } from './library-cache.ts'
import { MEMORY_LIMITS, MemoryGauge, type MemoryLimits } from './memory-gauge.ts'
import { type OpenedSource, openSources } from './opened-source.ts'
import { Outbox, rowOf } from './outbox.ts'
import { ReadingPass } from './reading-pass.ts'

/** What a library needs of the world. */
export interface LibraryEffects {
  readonly treeOf: (source: TreeSource) => ListableTree
  /** What an earlier visit read of a source. */
  readonly cacheOf: (source: TreeSource, failed: (reason: unknown) => void) => Promise<EntryCache>
  /** Who reads what is not known yet; asked for once a pass, and closed at its end. */
  readonly readers: () => EntryReaders
  readonly memory?: MemoryLimits
}

/** Where an entry of the list comes from. */
export interface Placed {
  readonly at: number
  readonly source: OpenedSource
  /** As it was when it was read. */
  readonly file: ListedFile
}

/** Notes beyond these say nothing new. */
const MOST_NOTES = 200

/** One library: its files, what is known of them, and how it is read. */
export class LibraryIndex {
  readonly index = new SearchIndex()
  readonly #effects: LibraryEffects
  readonly #hear: (event: LibraryEvent) => void
  readonly #sources: readonly OpenedSource[]
  readonly #places = new Map<string, Placed>()
  readonly #outbox: Outbox
  readonly #gauge: MemoryGauge
  /** Of the entries that have not been sent yet as well. */
  #count = 0
  #notes = 0
  #pass: AbortController | undefined
  /** A pass that has not begun: it will find all that changes until then, another one behind it would find nothing. */
  #next: { readonly control: AbortController; readonly ended: Promise<void> } | undefined
  #reading: Promise<void> = Promise.resolve()

  constructor(sources: readonly TreeSource[], effects: LibraryEffects, hear: (event: LibraryEvent) => void) {
    this.#effects = effects
    this.#hear = hear
    this.#sources = openSources(sources, effects.treeOf)
    this.#gauge = new MemoryGauge(effects.memory ?? MEMORY_LIMITS, (note) => this.#note(note))
    this.#outbox = new Outbox({
      entries: (entries) => {
        const at = this.index.count
        this.index.add(entries)
        this.#hear({ kind: 'entries', at, entries: entries.map(rowOf) })
      },
      changed: (entries) => this.#hear({ kind: 'changed', entries }),
    })
  }

  /** Lists and reads all; called again, what is new or changed. Passes follow one another. */
  read(): Promise<void> {
    if (this.#next !== undefined) return this.#next.ended
    const control = new AbortController()
    this.#reading = this.#reading.then(() => {
      if (control.signal.aborted) return
      this.#next = undefined
      return this.#readOnce(control)
    })
    this.#next = { control, ended: this.#reading }
    return this.#reading
  }

  cancel(): void {
    this.#pass?.abort()
    // who asked to look again and then to stop wants neither
    this.#next?.control.abort()
    this.#next = undefined
  }

  async fileOf(path: string): Promise<Uint8Array | Unreadable> {
    const placed = this.#places.get(path)
    return placed === undefined
      ? unreadable('vanished', `There is no file "${path}" in this library.`)
      : placed.source.tree.read(placed.file.path)
  }

  async handleOf(path: string): Promise<FileSystemFileHandle | undefined> {
    const placed = this.#places.get(path)
    return placed?.source.tree.handle?.(placed.file.path)
  }

  async #readOnce(control: AbortController): Promise<void> {
    this.#pass = control
    this.#notes = 0
    const pass = new ReadingPass({
      sources: this.#sources,
      places: this.#places,
      effects: this.#effects,
      signal: control.signal,
      isFull: () => this.#gauge.isFull,
      note: (note) => this.#note(note),
      others: (paths) => this.#hear({ kind: 'others', paths }),
      progress: (progress) => this.#hear({ kind: 'progress', progress }),
      add: (source, file, entry) => this.#add(source, file, entry),
      change: (placed, file, entry) => this.#change(placed, file, entry),
    })
    try {
      await pass.run()
      this.#outbox.flush()
      this.#hear({ kind: 'done', cancelled: control.signal.aborted })
    } catch (error) {
      this.#outbox.flush()
      const reason = error instanceof Error ? error.message : String(error)
      this.#hear({ kind: 'failed', problem: `The folder could not be read to its end: ${reason}` })
    } finally {
      this.#pass = undefined
    }
  }

  #add(source: OpenedSource, file: ListedFile, read: IndexedEntry): void {
    const path = source.prefix + file.path
    const entry = this.#gauge.add(withSharedNames({ ...read, path }), this.#count)
    this.#places.set(path, { at: this.#count, source, file })
    this.#count++
    this.#outbox.add(entry)
  }

  #change({ at, source }: Placed, file: ListedFile, read: IndexedEntry): void {
    // the place may not have been sent yet
    if (at >= this.index.count) this.#outbox.flush()
    const path = source.prefix + file.path
    const before = this.index.entry(at)
    if (before !== undefined) this.#gauge.remove(before)
    const entry = this.#gauge.add(withSharedNames({ ...read, path }), this.#count)
    this.#places.set(path, { at, source, file })
    this.index.replace(at, entry)
    this.#outbox.change(at, rowOf(entry))
  }

  #note(note: TreeNote): void {
    if (this.#notes < MOST_NOTES) this.#hear({ kind: 'notes', notes: [note] })
    this.#notes++
  }
}
