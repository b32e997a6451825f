/**
 * Compressed bytes as what they hold. By their first bytes, never by a header: recorders leave "content-encoding: gzip"
 * over plain text (51 of 1,240 in vcr.py files) and gzip without saying so.
 */
import { Gunzip, gzipSync, Unzlib, zlibSync } from 'fflate'
import { Decompress } from 'fzstd'
import { EditError } from '../text/edit.ts'
import { opaque, type Region } from '../text/region.ts'
import { byteString, bytesOf } from './byte-string.ts'
import { MAX_INFLATED } from './limits.ts'

export interface Inflated {
  readonly how: 'gzip' | 'deflate' | 'zstd' | 'br'
  readonly region: Region
}

/** Why bytes could not be inflated, as a sentence. */
export interface InflateProblem {
  readonly problem: string
  /** The decoder that would help. */
  readonly needs?: 'brotli'
}

/** Decoders that are loaded only when a file needs them. */
export interface Decoders {
  readonly brotli?: (bytes: Uint8Array) => Uint8Array
}

/** Inflates piece by piece, so that a bomb is noticed before it fills the memory. */
function inflate(stream: Gunzip | Unzlib | Decompress, bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  stream.ondata = (piece: Uint8Array) => {
    pieces.push(piece)
    length += piece.length
    if (length > MAX_INFLATED) throw new Error(`it inflates to more than ${MAX_INFLATED / 1024 / 1024} MB`)
  }
  const step = 64 * 1024
  for (let at = 0; at < bytes.length; at += step) {
    stream.push(bytes.subarray(at, at + step), at + step >= bytes.length)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** A stream that breaks off is not noticed by the decoder: the length at its end says so (of a single member). */
function inflateGzip(packed: Uint8Array): Uint8Array {
  const stream = new Gunzip()
  let members = 0
  // told of every member but the first
  stream.onmember = () => members++
  const inflated = inflate(stream, packed)
  if (packed.length < 18) throw new Error('it breaks off')
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - 8)
  if (members > 0) return inflated
  if (end.getUint32(4, true) !== inflated.length) throw new Error('it breaks off')
  if (end.getUint32(0, true) !== crc32(inflated)) throw new Error('its checksum is wrong')
  return inflated
}

/** Nor does the decoder look at the checksum that zlib data ends with. */
function inflateZlib(packed: Uint8Array): Uint8Array {
  const inflated = inflate(new Unzlib(), packed)
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - 4)
  if (end.getUint32(0) !== adler32(inflated)) throw new Error('it breaks off, or its checksum is wrong')
  return inflated
}

/** A decoder takes the memory of the window that a frame (RFC 8878) asks for before it has seen any of its data. */
function inflateZstd(packed: Uint8Array): Uint8Array {
  const head = packed[4] ?? 0
  const isSingle = (head & 0x20) !== 0
  const window = isSingle ? 0 : 2 ** (10 + ((packed[5] ?? 0) >> 3))
  const start = 5 + ([0, 1, 2, 4][head & 3] ?? 0)
  const view = new DataView(packed.buffer, packed.byteOffset)
  const size = isSingle && head >> 6 > 1 && packed.length > start + 4 ? view.getUint32(start, true) : 0
  if (window > 2 * MAX_INFLATED || size > MAX_INFLATED) {
    throw new Error(`it inflates to more than ${MAX_INFLATED / 1024 / 1024} MB`)
  }
  return inflate(new Decompress(), packed)
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++) {
    crc = (CRC_TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let at = 0; at < bytes.length; at++) {
    a = (a + (bytes[at] ?? 0)) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

/** Seconds since 1970 in a gzip header (RFC 1952): what is written again keeps it. */
function gzipTime(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) * 1000
}

function looksLikeGzip(text: string): boolean {
  return text.startsWith('\x1f\x8b\x08')
}

/** RFC 1950: deflate, a header that 31 divides. */
function looksLikeZlib(text: string): boolean {
  const head = (text.charCodeAt(0) << 8) | text.charCodeAt(1)
  return text.length > 6 && text.charCodeAt(0) === 0x78 && head % 31 === 0
}

/** The bytes in compressed bytes; undefined when these are not compressed in a way that can be told. */
export function inflatedRegion(
  bytes: Region,
  saidEncoding: string | undefined,
  { brotli }: Decoders = {},
): Inflated | InflateProblem | undefined {
  const { text } = bytes
  const raw = (): Uint8Array => bytesOf(text)
  try {
    if (looksLikeGzip(text)) {
      const packed = raw()
      const inner = byteString(inflateGzip(packed))
      const mtime = gzipTime(packed)
      return {
        how: 'gzip',
        region: opaque(bytes, inner, (now) =>
          now === inner ? text : byteString(gzipSync(bytesOf(now), { mtime, level: 6 })),
        ),
      }
    }
    if (looksLikeZlib(text)) {
      const inner = byteString(inflateZlib(raw()))
      return {
        how: 'deflate',
        region: opaque(bytes, inner, (now) => (now === inner ? text : byteString(zlibSync(bytesOf(now))))),
      }
    }
    if (text.startsWith('\x28\xb5\x2f\xfd')) return readOnly('zstd', bytes, inflateZstd(raw()))
    // nothing in the bytes says brotli: a header is believed, unless what stands there is plain text
    if (saidEncoding?.trim().toLowerCase() === 'br' && !/^[\t\n\r\x20-\x7e]{8}/.test(text)) {
      return brotli
        ? readOnly('br', bytes, brotli(raw()))
        : { problem: 'it is brotli, whose decoder is not loaded', needs: 'brotli' }
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  return undefined
}

function readOnly(how: 'zstd' | 'br', bytes: Region, inflated: Uint8Array): Inflated {
  if (inflated.length > MAX_INFLATED) throw new Error('it inflates to too much')
  const inner = byteString(inflated)
  return {
    how,
    region: opaque(bytes, inner, (now) => {
      if (now === inner) return bytes.text
      throw new EditError(
        `this body is compressed with ${how === 'br' ? 'brotli' : how}, which is only read: store it as readable text first`,
      )
    }),
  }
}
