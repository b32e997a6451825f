import type { Entry, IndexedEntry } from '../../core/library/entry.ts'

/** Entries in the first message: what fills a screen. */
const FIRST = 20
/** In any message: more would hold up the page that takes them in. */
const MOST = 500
/** Milliseconds after which a message goes though it is not full: first, and later. Each draws the list anew. */
const FIRST_AFTER = 50
const AFTER = 250

interface Changed {
  readonly at: number
  readonly entry: Entry
}

/** Whom it hands on to. */
interface Outlet {
  entries(entries: readonly IndexedEntry[]): void
  changed(entries: readonly Changed[]): void
}

/** Gathers what was read, and hands it on soon at first and seldom later. */
export class Outbox {
  readonly #outlet: Outlet
  #pending: IndexedEntry[] = []
  /** By place: after another branch was checked out each file is another one, and a message for each too many. */
  readonly #changed = new Map<number, Entry>()
  #sent = 0
  #last = performance.now()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(outlet: Outlet) {
    this.#outlet = outlet
  }

  get waiting(): number {
    return this.#pending.length
  }

  add(entry: IndexedEntry): void {
    this.#pending.push(entry)
    this.#soon()
  }

  /** What stands at a place that was told is something else now. */
  change(at: number, entry: Entry): void {
    this.#changed.set(at, entry)
    this.#soon()
  }

  #soon(): void {
    const isFirst = this.#sent === 0
    const after = isFirst ? FIRST_AFTER : AFTER
    const most = isFirst ? FIRST : MOST
    const waiting = this.#pending.length + this.#changed.size
    if (waiting >= most || performance.now() - this.#last >= after) this.flush()
    // when nothing more comes for a while, what is there is not held back
    else this.#timer ??= setTimeout(() => this.flush(), after)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#last = performance.now()
    if (this.#pending.length > 0) {
      const entries = this.#pending
      this.#pending = []
      this.#sent += entries.length
      this.#outlet.entries(entries)
    }
    // behind the new ones: one of them may have changed already
    if (this.#changed.size > 0) {
      const changed = Array.from(this.#changed, ([at, entry]) => ({ at, entry }))
      this.#changed.clear()
      this.#outlet.changed(changed)
    }
  }
}

/** What a row needs; the texts stay here. */
export function rowOf({ path, size, modified, facts, problem }: IndexedEntry): Entry {
  return { path, size, modified, ...(facts && { facts }), ...(problem && { problem }) }
}
