import type { Entry, IndexedEntry } from '../../core/library/entry.ts'

/** Entries in the first message: what fills a screen. */
const FIRST = 20
/** In any message: more would hold up the page that takes them in. */
const MOST = 200
/** Milliseconds after which a message goes though it is not full: first, and later. */
const FIRST_AFTER = 50
const AFTER = 120

/** Gathers what was read, and hands it on soon at first and seldom later. */
export class Outbox {
  readonly #send: (entries: readonly IndexedEntry[]) => void
  #pending: IndexedEntry[] = []
  #sent = 0
  #last = performance.now()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: (entries: readonly IndexedEntry[]) => void) {
    this.#send = send
  }

  get waiting(): number {
    return this.#pending.length
  }

  add(entry: IndexedEntry): void {
    this.#pending.push(entry)
    const isFirst = this.#sent === 0
    const after = isFirst ? FIRST_AFTER : AFTER
    const most = isFirst ? FIRST : MOST
    if (this.#pending.length >= most || performance.now() - this.#last >= after) this.flush()
    // when nothing more comes for a while, what is there is not held back
    else this.#timer ??= setTimeout(() => this.flush(), after)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#last = performance.now()
    if (this.#pending.length === 0) return
    const entries = this.#pending
    this.#pending = []
    this.#sent += entries.length
    this.#send(entries)
  }
}

/** What a row needs; the texts stay here. */
export function rowOf({ path, size, modified, facts, problem }: IndexedEntry): Entry {
  return { path, size, modified, ...(facts && { facts }), ...(problem && { problem }) }
}
