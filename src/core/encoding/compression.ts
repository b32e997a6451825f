/**
 * Compressed bytes as what they hold. By their first bytes, never by a header: recorders leave "content-encoding: gzip"
 * over plain text (51 of 1,240 in vcr.py files) and gzip without saying so.
 */
import { Gunzip, gzipSync, Unzlib, zlibSync } from 'fflate'
import { decompress as unzstd } from 'fzstd'
import { EditError } from '../text/edit.ts'
import { opaque, type Region } from '../text/region.ts'
import { byteString, bytesOf } from './byte-string.ts'

/** Bytes; what inflates to more is left as it is. */
export const MAX_INFLATED = 64 * 1024 * 1024

export interface Inflated {
  readonly how: 'gzip' | 'deflate' | 'zstd' | 'br'
  readonly region: Region
}

/** Why bytes could not be inflated, as a sentence. */
export interface InflateProblem {
  readonly problem: string
}

/** Decoders that are loaded only when a file needs them. */
export interface Decoders {
  readonly brotli?: (bytes: Uint8Array) => Uint8Array
}

/** Inflates piece by piece, so that a bomb is noticed before it fills the memory. */
function inflate(stream: Gunzip | Unzlib, bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  stream.ondata = (piece) => {
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
  stream.onmember = () => members++
  const inflated = inflate(stream, packed)
  const said = packed.length < 18 ? -1 : new DataView(packed.buffer).getUint32(packed.length - 4, true)
  if (members <= 1 && said !== inflated.length) throw new Error('it breaks off')
  return inflated
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
      const inner = byteString(inflate(new Unzlib(), raw()))
      return {
        how: 'deflate',
        region: opaque(bytes, inner, (now) => (now === inner ? text : byteString(zlibSync(bytesOf(now))))),
      }
    }
    if (text.startsWith('\x28\xb5\x2f\xfd')) return readOnly('zstd', bytes, unzstd(raw()))
    if (saidEncoding?.trim().toLowerCase() === 'br' && brotli) return readOnly('br', bytes, brotli(raw()))
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
