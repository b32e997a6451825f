/**
 * A whole file in a URL fragment: byte 0 is the format's version, bytes 1-4 the Adler-32 of the file (big
 * endian, RFC 1950), then the file as raw deflate (RFC 1951), all as base64url without padding (RFC 4648 5).
 * A fragment is hostile input: both sizes are capped, inflating stops at the cap.
 */
import { deflateSync, Inflate } from 'fflate'

/** Characters; more is not kept by Firefox's history and cut by most chat programs. */
export const MAX_LINK_CHARACTERS = 64_000
/** Bytes; 256 MiB of zeros deflate to less than the cap above. */
export const MAX_INFLATED_BYTES = 8 * 1024 * 1024

const VERSION = 1
const HEADER = 5
/** Bytes fed to the inflater at a time: what one step can produce stays small. */
const STEP = 512

export type Packed =
  | { readonly ok: true; readonly data: string }
  /** `characters`: how long the link would be; undefined when the file is too large to try. */
  | { readonly ok: false; readonly characters?: number }

export type Unpacked =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string }

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let at = 0; at < bytes.length; ) {
    // 3,800 additions cannot overflow before the modulo
    const end = Math.min(at + 3800, bytes.length)
    for (; at < end; at++) {
      a += bytes[at] ?? 0
      b += a
    }
    a %= 65521
    b %= 65521
  }
  return ((b << 16) | a) >>> 0
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** Packs a file for a link; says how long it would be when that is too long. */
export function packFile(bytes: Uint8Array): Packed {
  if (bytes.length > MAX_INFLATED_BYTES) return { ok: false }
  const deflated = deflateSync(bytes, { level: 9 })
  const packed = new Uint8Array(HEADER + deflated.length)
  packed[0] = VERSION
  new DataView(packed.buffer).setUint32(1, adler32(bytes))
  packed.set(deflated, HEADER)
  const characters = Math.ceil((packed.length * 4) / 3)
  if (characters > MAX_LINK_CHARACTERS) return { ok: false, characters }
  return { ok: true, data: toBase64Url(packed) }
}

class TooLarge extends Error {}

/** Unpacks what `packFile` packed, or says what is wrong with the link. */
export function unpackFile(data: string): Unpacked {
  const broken = { ok: false, reason: 'The link is damaged: part of it is missing or was changed.' } as const
  if (data.length > MAX_LINK_CHARACTERS)
    return { ok: false, reason: 'The link is longer than any that is made here.' }
  const packed = fromBase64Url(data)
  if (packed === undefined || packed.length <= HEADER) return broken
  if (packed[0] !== VERSION) {
    return {
      ok: false,
      reason: 'The link was made by another version of Cassette Deck. Reload the page and try again.',
    }
  }
  try {
    const bytes = inflateCapped(packed.subarray(HEADER))
    const sum = new DataView(packed.buffer).getUint32(1)
    return adler32(bytes) === sum ? { ok: true, bytes } : broken
  } catch (error) {
    if (error instanceof TooLarge) {
      return {
        ok: false,
        reason: `The link unpacks to more than ${MAX_INFLATED_BYTES / 1024 / 1024} MB and was not opened.`,
      }
    }
    return broken
  }
}

function inflateCapped(deflated: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let length = 0
  const inflate = new Inflate((part) => {
    length += part.length
    if (length > MAX_INFLATED_BYTES) throw new TooLarge()
    parts.push(part)
  })
  for (let at = 0; at < deflated.length; at += STEP) {
    inflate.push(deflated.subarray(at, at + STEP), at + STEP >= deflated.length)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
