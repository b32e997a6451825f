/** Keeps what was fetched, the latest used last, up to a number of bytes. */
export class ByteCache {
  readonly #kept = new Map<string, Uint8Array>()
  readonly #most: number
  #bytes = 0

  constructor(most: number) {
    this.#most = most
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found
  }

  set(key: string, bytes: Uint8Array): void {
    if (bytes.length > this.#most / 2 || this.#kept.has(key)) return
    this.#kept.set(key, bytes)
    this.#bytes += bytes.length
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#most) return
      this.#kept.delete(oldest)
      this.#bytes -= old.length
    }
  }
}
