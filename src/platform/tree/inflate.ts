/** What became of inflating: all there is, or as much as could be had with the reason why not more. */
export interface Inflated {
  readonly blob: Blob
  /** "changed": the file itself can no longer be read. */
  readonly stopped?: 'too-large' | 'broken' | 'changed'
}

/** Pieces are given away as blobs of this size, which the browser may keep on disk. */
const PART = 8 * 1024 * 1024

/** Inflates a gzip file as far as `cap` bytes, without ever having more than a part of it in memory. */
export async function gunzip(file: Blob, cap: number, signal?: AbortSignal): Promise<Inflated> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const parts: Blob[] = []
  let pending: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  let length = 0
  const flush = (): void => {
    parts.push(new Blob(pending))
    pending = []
    waiting = 0
  }
  let stopped: Inflated['stopped']
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) break
      if (length + value.length > cap) {
        stopped = 'too-large'
        break
      }
      pending.push(value as Uint8Array<ArrayBuffer>)
      length += value.length
      waiting += value.length
      if (waiting >= PART) flush()
    }
  } catch (error) {
    if (signal?.aborted) throw error
    stopped = error instanceof DOMException ? 'changed' : 'broken'
  } finally {
    await reader.cancel().catch(() => {})
  }
  flush()
  return { blob: new Blob(parts), ...(stopped && { stopped }) }
}

/** Thrown where bytes inflate to another length than is said of them. */
export class WrongLength extends Error {}

/** Inflates a member of a zip archive that is said to have `length` bytes; not one more is taken. */
export async function inflateRaw(packed: Uint8Array, length: number): Promise<Uint8Array> {
  const inflater = new DecompressionStream('deflate-raw')
  const writer = inflater.writable.getWriter()
  // what fails here is heard by the reader
  writer.write(packed as Uint8Array<ArrayBuffer>).catch(() => {})
  writer.close().catch(() => {})
  const reader = inflater.readable.getReader()
  const bytes = new Uint8Array(length)
  let at = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (at + value.length > length) throw new WrongLength('it inflates to more than the archive says')
      bytes.set(value, at)
      at += value.length
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
  if (at < length) throw new WrongLength('it inflates to less than the archive says')
  return bytes
}
