/**
 * One block of a tar: ustar, its older v7, GNU's long names and numbers, and POSIX extended headers.
 * Layout: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export const TAR_BLOCK = 512

export interface TarHeader {
  readonly name: string
  /** Bytes of the content that follows. */
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modified: number
  /** "0" file, "5" folder, "x" and "g" extended headers, "L" a long name, "S" sparse, ... */
  readonly type: string
}

const CHECKSUM = { start: 148, end: 156 }

/** True for a block whose checksum is right; a block of zeros is none. */
export function isTarBlock(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK) return false
  const stored = numberIn(block, CHECKSUM.start, 8)
  let sum = 0
  for (let at = 0; at < TAR_BLOCK; at++) {
    sum += at >= CHECKSUM.start && at < CHECKSUM.end ? 0x20 : (block[at] ?? 0)
  }
  // eight spaces are the sum of a block of zeros
  return sum > 256 && stored === sum
}

/** Undefined where the block is no header. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!isTarBlock(block)) return undefined
  const size = numberIn(block, 124, 12)
  if (size === undefined) return undefined
  const magic = textIn(block, 257, 6)
  // GNU's own layout ("ustar ") has times where ustar has the prefix
  const prefix = magic === 'ustar' ? textIn(block, 345, 155) : ''
  const name = textIn(block, 0, 100)
  const type = String.fromCharCode(block[156] ?? 0)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    modified: (numberIn(block, 136, 12) ?? 0) * 1000,
    // old archives say nothing for a file, and a folder by its slash; "7" is a file in one piece
    type: type === '\0' || type === '7' ? (name.endsWith('/') ? '5' : '0') : type,
  }
}

/** A text that ends at a zero or at the end of its field. UTF-8, as nearly all are; what is not is shown as it can be. */
export function textIn(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length)
  const end = field.indexOf(0)
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end))
}

/** Octal digits, or GNU's bytes with the highest bit set. */
function numberIn(bytes: Uint8Array, start: number, length: number): number | undefined {
  const first = bytes[start] ?? 0
  if (first & 0x80) {
    let value = first & 0x7f
    for (let at = start + 1; at < start + length; at++) value = value * 256 + (bytes[at] ?? 0)
    return Number.isSafeInteger(value) ? value : undefined
  }
  const digits = textIn(bytes, start, length).trim()
  if (digits === '') return 0
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

/** The records of an extended header: "27 path=...\n", where 27 counts the whole record in bytes. */
export function readPax(bytes: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  const decoder = new TextDecoder()
  let at = 0
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at)
    const length = space === -1 ? 0 : Number(decoder.decode(bytes.subarray(at, space)))
    if (!Number.isInteger(length) || length <= space - at + 1) break
    const record = decoder.decode(bytes.subarray(space + 1, at + length - 1))
    const equals = record.indexOf('=')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}
