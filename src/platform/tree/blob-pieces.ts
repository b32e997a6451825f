/** Bytes of a piece, and how many are kept: a reader in order has those that come next, whoever else reads. */
const PIECE = 1024 * 1024
const KEPT = 12

/**
 * Reads a blob piece by piece and keeps the last ones: what is small and lies side by side is had with one question to
 * the browser instead of two each.
 */
export class BlobPieces {
  readonly #blob: Blob
  readonly #pieces = new Map<number, Promise<Uint8Array>>()

  constructor(blob: Blob) {
    this.#blob = blob
  }

  /** Fewer where the blob ends. What is given must not be written to. */
  async bytes(at: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.#blob.size, at + length)
    if (end <= at) return new Uint8Array(0)
    if (end - at > PIECE) return readBlob(this.#blob.slice(at, end))
    const first = Math.floor(at / PIECE)
    const from = at - first * PIECE
    const one = await this.#piece(first)
    if (from + end - at <= one.length) return one.subarray(from, from + end - at)
    const bytes = new Uint8Array(end - at)
    bytes.set(one.subarray(from))
    const other = await this.#piece(first + 1)
    bytes.set(other.subarray(0, end - (first + 1) * PIECE), one.length - from)
    return bytes
  }

  #piece(number: number): Promise<Uint8Array> {
    const kept = this.#pieces.get(number)
    if (kept !== undefined) return kept
    const piece = readBlob(this.#blob.slice(number * PIECE, (number + 1) * PIECE))
    // whoever asks again may have more luck
    piece.catch(() => this.#pieces.delete(number))
    this.#pieces.set(number, piece)
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= KEPT) break
      this.#pieces.delete(oldest)
    }
    return piece
  }
}

async function readBlob(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
