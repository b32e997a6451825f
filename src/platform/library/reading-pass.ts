import type { IndexedEntry } from '../../core/library/entry.ts'
import { problemEntry } from '../../core/library/summarise.ts'
import type { LibraryProgress } from '../../workspace/library-port.ts'
import type { TreeNote, Unreadable } from '../../workspace/tree.ts'
import { Breather } from '../tree/breather.ts'
import { isLikelyRecording, nameOfPath } from '../tree/likely-recording.ts'
import { noPermission } from '../tree/notes.ts'
import type { ListedFile } from '../tree/tree.ts'
import { ByteBudget } from './byte-budget.ts'
import type { EntryReaders } from './entry-readers.ts'
import type { EntryCache } from './library-cache.ts'
import type { LibraryEffects, Placed } from './library-index.ts'
import { leavesOut, type OpenedSource } from './opened-source.ts'
import { tooLargeToRead } from './read-entry.ts'
import { WorkQueue } from './work-queue.ts'

/** Files that are read at the same time. */
const AT_ONCE = 8
/** Milliseconds between two reports of progress. */
const REPORT_AFTER = 200
/** Paths of other files that are kept to be listed; beyond them they are only counted. */
const MOST_OTHERS = 10_000

/** What a pass over a library works on, and whom it tells. */
export interface PassContext {
  readonly sources: readonly OpenedSource[]
  /** What is there already, by path. */
  readonly places: ReadonlyMap<string, Placed>
  readonly effects: LibraryEffects
  readonly signal: AbortSignal
  isFull(): boolean
  note(note: TreeNote): void
  /** Files that are called like no recording, by their paths: all that are listed. */
  others(paths: readonly string[]): void
  progress(progress: LibraryProgress): void
  add(source: OpenedSource, file: ListedFile, entry: IndexedEntry): void
  change(placed: Placed, file: ListedFile, entry: IndexedEntry): void
}

interface Opened {
  readonly source: OpenedSource
  readonly cache: EntryCache
}

interface Work {
  readonly source: OpenedSource
  readonly cache: EntryCache
  readonly listed: ListedFile
}

/** Lists all sources once and reads what is not known yet, while it is still listed. */
export class ReadingPass {
  readonly #context: PassContext
  readonly #queue = new WorkQueue<Work>()
  readonly #budget = new ByteBudget()
  readonly #breather = new Breather()
  readonly #readers: EntryReaders
  readonly #seen = new Set<string>()
  /** Sources of which a part could not be had: what was not found of them may be there all the same. */
  readonly #incomplete = new Set<OpenedSource>()
  readonly #forbidden = new Set<OpenedSource>()
  readonly #others: string[] = []
  readonly #progress = { files: 0, listed: false, done: 0, cached: 0, bytes: 0, skipped: 0 }
  #reported = 0

  constructor(context: PassContext) {
    this.#context = context
    this.#readers = context.effects.readers()
  }

  /** Ends early, without an error, when its signal says so. */
  async run(): Promise<void> {
    const { signal, isFull } = this.#context
    const stop = (): void => {
      this.#queue.drop()
      this.#readers.close()
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      const opened = await this.#readWhatIsListed()
      this.#report(true)
      for (const { cache, source } of opened) {
        // what was not looked at is not gone
        await cache.finish(!this.#incomplete.has(source) && !signal.aborted && !isFull())
      }
    } finally {
      signal.removeEventListener('abort', stop)
      stop()
    }
  }

  async #readWhatIsListed(): Promise<readonly Opened[]> {
    const { signal, sources, isFull, others } = this.#context
    const readers = Array.from({ length: AT_ONCE }, () => this.#readAll())
    // a reader that fails stops the listing as well: nobody would take what it finds
    const read = Promise.all(readers).catch((error: unknown) => {
      this.#queue.drop()
      throw error
    })
    read.catch(() => {})
    const opened: Opened[] = []
    try {
      for (const source of sources) {
        if (signal.aborted || isFull()) break
        opened.push({ source, cache: await this.#list(source) })
      }
      this.#progress.listed = !signal.aborted
    } finally {
      others(this.#others)
      this.#queue.close()
    }
    await read
    return opened
  }

  async #list(source: OpenedSource): Promise<EntryCache> {
    const { signal, effects, note } = this.#context
    const cache = await effects.cacheOf(source.source, (reason) => note(notKept(reason)))
    try {
      await source.tree.list(
        {
          files: (batch) => this.#found(source, cache, batch),
          note: (said) => {
            if (leavesOut(said)) this.#incomplete.add(source)
            note(said)
          },
        },
        signal,
      )
    } catch (error) {
      if (!signal.aborted) throw error
      this.#incomplete.add(source)
    }
    if (!this.#incomplete.has(source)) this.#tellGone(source)
    return cache
  }

  #found(source: OpenedSource, cache: EntryCache, batch: readonly ListedFile[]): void {
    const likely = batch.filter((listed) => {
      const isLikely = isLikelyRecording(nameOfPath(listed.path))
      if (!isLikely && this.#others.length < MOST_OTHERS) this.#others.push(source.prefix + listed.path)
      return isLikely
    })
    this.#progress.skipped += batch.length - likely.length
    this.#progress.files += likely.length
    for (const { path } of likely) this.#seen.add(source.prefix + path)
    this.#queue.push(likely.map((listed) => ({ source, cache, listed })))
    this.#report(false)
  }

  /** Files that were there and are not any more. */
  #tellGone(source: OpenedSource): void {
    for (const [path, placed] of this.#context.places) {
      if (placed.source !== source || this.#seen.has(path) || placed.file.modified === NEVER) continue
      const { file } = placed
      const gone = { code: 'vanished', problem: 'This file is gone: it was moved or deleted.' }
      this.#context.change(placed, { ...file, modified: NEVER }, unreadEntry(file, gone))
    }
  }

  async #readAll(): Promise<void> {
    for (let work = await this.#queue.next(); work !== undefined; work = await this.#queue.next()) {
      const { signal, isFull } = this.#context
      if (signal.aborted) return
      if (isFull()) this.#queue.drop()
      else await this.#take(work)
      await this.#breather.breathe()
    }
  }

  async #take({ source, cache, listed }: Work): Promise<void> {
    const { places, add, change, signal } = this.#context
    const placed = places.get(source.prefix + listed.path)
    const looked = listed.size < 0 || placed !== undefined ? await source.tree.look(listed.path) : listed
    if (signal.aborted) return
    if ('problem' in looked) {
      this.#missed(source, looked)
      if (placed !== undefined && looked.code === 'permission') return this.#done(0, false)
      const file = { ...listed, modified: NEVER }
      const entry = unreadEntry(listed, looked)
      if (placed === undefined) add(source, file, entry)
      else if (placed.file.modified !== NEVER) change(placed, file, entry)
      this.#done(0, false)
      return
    }
    const file: ListedFile = { ...listed, size: looked.size, modified: looked.modified }
    const cached = await cache.find(file)
    if (signal.aborted) return
    if (placed !== undefined && isSame(placed.file, file)) {
      this.#done(file.size, true)
      return
    }
    const entry = cached ?? (await this.#read(source, cache, file))
    if (entry === undefined) return
    if (placed !== undefined && entry.problem?.code === 'permission') return this.#done(0, false)
    const told = UNREAD.has(entry.problem?.code ?? '') ? { ...file, modified: NEVER } : file
    if (placed === undefined) add(source, told, entry)
    else change(placed, told, entry)
    this.#done(file.size, cached !== undefined)
  }

  /** Undefined when nobody wants it any more. */
  async #read(source: OpenedSource, cache: EntryCache, file: ListedFile): Promise<IndexedEntry | undefined> {
    const { signal } = this.#context
    const { path, size, modified } = file
    const tooLarge = tooLargeToRead(path, size, modified)
    if (tooLarge !== undefined) return tooLarge
    const free = await this.#budget.take(size)
    try {
      const bytes = await source.tree.read(path)
      if (signal.aborted) return undefined
      if ('problem' in bytes) {
        this.#missed(source, bytes)
        return unreadEntry(file, bytes)
      }
      const entry = await this.#readers.read({ path, modified, bytes })
      cache.keep(file, entry)
      return entry
    } catch (error) {
      if (signal.aborted) return undefined
      const why = error instanceof Error ? error.message : String(error)
      return unreadEntry(file, {
        code: 'failed',
        problem: `This file could not be read as a recording: ${why}`,
      })
    } finally {
      free()
    }
  }

  /** A file that cannot be had now. Where nothing may be read any more, that is said, and what is known stays. */
  #missed(source: OpenedSource, { code }: Unreadable): void {
    if (code !== 'vanished') this.#incomplete.add(source)
    if (code !== 'permission' || this.#forbidden.has(source)) return
    this.#forbidden.add(source)
    this.#context.note(noPermission(source.tree.name))
  }

  #done(bytes: number, cached: boolean): void {
    this.#progress.done++
    this.#progress.bytes += bytes
    if (cached) this.#progress.cached++
    this.#report(false)
  }

  #report(last: boolean): void {
    const now = performance.now()
    if (!last && this.#reported > 0 && now - this.#reported < REPORT_AFTER) return
    this.#reported = now
    this.#context.progress({ ...this.#progress })
  }
}

/** A time that no file has: one that could not be read is read again when it is there. */
const NEVER = -2
/** Problems of the moment, not of the file. */
const UNREAD: ReadonlySet<string> = new Set(['vanished', 'permission', 'unreadable', 'failed'])

function isSame(one: ListedFile, other: ListedFile): boolean {
  return one.size === other.size && one.modified === other.modified && one.mark === other.mark
}

function unreadEntry({ path, size, modified }: ListedFile, { code, problem }: Unreadable): IndexedEntry {
  return problemEntry(path, Math.max(0, size), Math.max(0, modified), {
    code: code ?? 'unreadable',
    message: problem,
  })
}

function notKept(reason: unknown): TreeNote {
  const why = reason instanceof Error ? reason.message : String(reason)
  return {
    code: 'not-kept',
    message: `The browser keeps nothing of this folder for the next visit (${why}). Everything else works.`,
  }
}
