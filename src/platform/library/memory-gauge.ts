import type { IndexedEntry } from '../../core/library/entry.ts'
import type { TreeNote } from '../../workspace/tree.ts'

const GB = 1024 * 1024 * 1024

/** A browser gives a tab about 4 GB at most, and less on a small machine; the page itself needs some of it. */
export interface MemoryLimits {
  /** From here on texts are no longer kept. */
  readonly texts: number
  /** Here reading stops. */
  readonly all: number
}

export const MEMORY_LIMITS: MemoryLimits = { texts: 1.5 * GB, all: 2 * GB }

/** What a row takes in the worker and on the page, beside its texts. */
const FACTS = 5000
/** A text is kept as it is and in lower case. */
const COPIES = 2

/** Estimates what the entries take: browsers do not tell it a worker. */
export class MemoryGauge {
  readonly #limits: MemoryLimits
  readonly #hear: (note: TreeNote) => void
  #taken = 0
  #told = 0

  constructor(limits: MemoryLimits, hear: (note: TreeNote) => void) {
    this.#limits = limits
    this.#hear = hear
  }

  get isFull(): boolean {
    return this.#taken >= this.#limits.all
  }

  /** Counts an entry; where there is no room for them, without its texts. `before` is how many there are. */
  add(entry: IndexedEntry, before: number): IndexedEntry {
    const keeps = this.#taken < this.#limits.texts
    this.#taken += keeps ? bytesOf(entry) : FACTS
    if (!keeps) this.#tell(1, textsAreLeftOut(before))
    if (this.isFull) this.#tell(2, readingStops(before + 1))
    return keeps ? entry : { ...entry, asked: '', answered: '' }
  }

  /** An entry makes room for another one. */
  remove(entry: IndexedEntry): void {
    this.#taken -= bytesOf(entry)
  }

  #tell(step: number, message: string): void {
    if (this.#told >= step) return
    this.#told = step
    this.#hear({ code: 'memory', message })
  }
}

function bytesOf({ asked, answered }: IndexedEntry): number {
  return FACTS + bytesIn(asked) + bytesIn(answered)
}

function bytesIn(text: string): number {
  // the engine keeps a text in one byte a character where it can
  return text.length * COPIES * (/[^\0-\xff]/.test(text) ? 2 : 1)
}

function textsAreLeftOut(count: number): string {
  return `The texts of ${count.toLocaleString('en')} recordings fill what a browser tab can hold. Further ones are listed with their facts, but their words cannot be searched: open a folder inside of it for that.`
}

function readingStops(count: number): string {
  return `Reading stopped after ${count.toLocaleString('en')} files: the memory of a browser tab is full. Everything that is listed works; open a folder inside of it for the others.`
}
