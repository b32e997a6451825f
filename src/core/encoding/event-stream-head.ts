import { bytesOf } from './byte-string.ts'

const PRELUDE = 12
const CHECKSUM = 4
/** Bytes; services refuse longer frames (the SDK's own limit is 16 MiB). */
const MAX_FRAME = 24 * 1024 * 1024

/** The big-endian number at `at` of a byte string. */
export function uint32(bytes: string, at: number): number {
  return new DataView(bytesOf(bytes.slice(at, at + 4)).buffer).getUint32(0)
}

/** Lengths that fit, and a first header whose name begins with ":" or a letter. */
export function looksLikeEventStream(bytes: string): boolean {
  if (bytes.length < PRELUDE + CHECKSUM) return false
  const length = uint32(bytes, 0)
  const headers = uint32(bytes, 4)
  if (length > MAX_FRAME || length < headers + PRELUDE + CHECKSUM || headers < 4) return false
  const name = bytes.slice(PRELUDE + 1, PRELUDE + 1 + bytes.charCodeAt(PRELUDE))
  return /^[:\w-]{3,64}$/.test(name)
}
