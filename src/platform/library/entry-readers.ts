import type { IndexedEntry } from '../../core/library/entry.ts'
import { WorkerQueue } from '../worker-queue.ts'

/** A file whose bytes are there. */
export interface FileToRead {
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly modified: number
  readonly bytes: Uint8Array
}

/** Reads files as entries of a list, for as long as a folder is gone through. */
export interface EntryReaders {
  /**
   * The bytes may be given away: nobody may use them any more. Rejects when the file could not be read for a mistake of ours,
   * or nobody is there to read it any more.
   */
  read(file: FileToRead): Promise<IndexedEntry>
  close(): void
}

/** Files that a worker has at a time: one to read, and one to go on with. */
const AHEAD = 2
/** More workers would wait for the disk, and each takes memory. */
const MOST_WORKERS = 4

/** As many as there are processors; a browser may keep their number to itself. */
export function workersFor(processors: number | undefined): number {
  return Math.max(1, Math.min(MOST_WORKERS, processors ?? 1))
}

/** Several workers, started when there is something for them; where none comes up, the files are read here. */
export class ReaderPool implements EntryReaders {
  readonly #start: () => Worker
  readonly #most: number
  readonly #here: (file: FileToRead) => Promise<IndexedEntry>
  readonly #queues: WorkerQueue<FileToRead, IndexedEntry>[] = []
  #closed = false

  constructor(start: () => Worker, most: number, here: (file: FileToRead) => Promise<IndexedEntry>) {
    this.#start = start
    this.#most = most
    this.#here = here
  }

  async read(file: FileToRead): Promise<IndexedEntry> {
    if (this.#closed) throw new Error('Nobody reads this folder any more.')
    const queue = this.#freest()
    const { buffer } = file.bytes
    try {
      // a worker that has answered will be up for the next one: until then the bytes may be wanted here
      const isGiven = queue.hasAnswered && buffer.byteLength === file.bytes.byteLength
      return await queue.ask(file, { give: isGiven ? [buffer as ArrayBuffer] : [] })
    } catch (error) {
      // one that worked and then broke off may have broken off at this very file
      if (queue.hasAnswered || this.#closed) throw error
      return this.#here(file)
    }
  }

  close(): void {
    this.#closed = true
    for (const queue of this.#queues) queue.close()
  }

  #freest(): WorkerQueue<FileToRead, IndexedEntry> {
    let freest = this.#queues[0]
    for (const queue of this.#queues) if (freest && queue.load < freest.load) freest = queue
    if (freest !== undefined && (freest.load === 0 || this.#queues.length >= this.#most)) return freest
    const queue = new WorkerQueue<FileToRead, IndexedEntry>(this.#start, AHEAD)
    this.#queues.push(queue)
    return queue
  }
}
