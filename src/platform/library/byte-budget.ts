/** Bytes that may be read at the same time: eight files of 200 MB would be too many. */
const MOST = 64 * 1024 * 1024

/** Lets as much be read at once as fits, and what is larger on its own. */
export class ByteBudget {
  #taken = 0
  readonly #waiting: { readonly size: number; go(): void }[] = []

  /** Gives what has to be called when the bytes are no longer needed. */
  async take(size: number): Promise<() => void> {
    if (this.#waiting.length > 0 || !this.#fits(size)) {
      await new Promise<void>((go) => this.#waiting.push({ size, go }))
    } else this.#taken += size
    return () => {
      this.#taken -= size
      for (
        let next = this.#waiting[0];
        next !== undefined && this.#fits(next.size);
        next = this.#waiting[0]
      ) {
        this.#waiting.shift()
        this.#taken += next.size
        next.go()
      }
    }
  }

  #fits(size: number): boolean {
    return this.#taken === 0 || this.#taken + size <= MOST
  }
}
