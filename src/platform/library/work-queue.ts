/** What is found by one and done by several: `next` waits until there is something, or nothing more will come. */
export class WorkQueue<T> {
  #items: T[] = []
  #head = 0
  #closed = false
  #waiting: ((item: T | undefined) => void)[] = []

  push(items: readonly T[]): void {
    if (this.#closed) return
    for (const item of items) {
      const first = this.#waiting.shift()
      if (first !== undefined) first(item)
      else this.#items.push(item)
    }
  }

  /** Nothing more comes; what is there is still given out. */
  close(): void {
    this.#closed = true
    for (const first of this.#waiting.splice(0)) first(undefined)
  }

  /** Nothing more is given out. */
  drop(): void {
    this.#items = []
    this.#head = 0
    this.close()
  }

  next(): Promise<T | undefined> {
    const item = this.#items[this.#head]
    if (item !== undefined) {
      this.#head++
      // given back in large pieces: shift() moves all that is behind
      if (this.#head > 4096) {
        this.#items = this.#items.slice(this.#head)
        this.#head = 0
      }
      return Promise.resolve(item)
    }
    if (this.#closed) return Promise.resolve(undefined)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
