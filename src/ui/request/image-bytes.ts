import { recogniseBytes, recogniseText } from '../../core/containers/not-yet.ts'
import { formatBytes, readDataUrl } from './media-source.ts'

/** A larger one would make the recording unusable. */
const MOST_BYTES = 20_000_000

/** A comment ends at its first "-->": what could end anywhere would be tried everywhere. */
const COMMENTS = String.raw`(?:<!--(?:(?!-->)[\s\S])*-->\s*)*`
const SVG = new RegExp(
  String.raw`^\ufeff?\s*(?:<\?xml[^>]*>\s*)?${COMMENTS}(?:<!doctype svg[^>]*>\s*${COMMENTS})?<svg[\s>]`,
  'i',
)

/** The media type of an image by its bytes: what a file is called does not count. */
export function imageTypeOf(bytes: Uint8Array): string | undefined {
  const has = (at: number, text: string): boolean =>
    [...text].every((letter, offset) => bytes[at + offset] === letter.charCodeAt(0))
  if (has(0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (has(0, '\xff\xd8\xff')) return 'image/jpeg'
  if (has(0, 'GIF87a') || has(0, 'GIF89a')) return 'image/gif'
  if (has(0, 'RIFF') && has(8, 'WEBP')) return 'image/webp'
  if (has(4, 'ftyp') && brandsOf(bytes).some((brand) => /^avi[fs]$/.test(brand))) return 'image/avif'
  // two letters begin many a text: the reserved bytes of the header tell
  if (has(0, 'BM') && has(6, '\0\0\0\0') && bytes.length > 26) return 'image/bmp'
  return SVG.test(new TextDecoder().decode(bytes.subarray(0, 2048))) ? 'image/svg+xml' : undefined
}

/** The brands of an ISO media file (ISO/IEC 14496-12, 4.3): the major one and those it is compatible with. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const size = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256)
  const brands: string[] = []
  for (let at = 8; at + 4 <= size; at += 4) brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)))
  return brands
}

/** What bytes are that are no image, as it is said: "a PDF". */
function whatIs(bytes: Uint8Array): string {
  const known = recogniseBytes(bytes)
  if (known !== undefined) return known
  if (bytes.length === 0) return 'an empty file'
  if (/^ftyp(?:hei|mif|hev)/.test(String.fromCharCode(...bytes.subarray(4, 12)))) return 'a HEIC image'
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 4096), { stream: true })
    if (!text.includes('\0')) return recogniseText(text) ?? (/^\s*[[{]/.test(text) ? 'JSON' : 'text')
  } catch {
    // no text either
  }
  return 'a file of an unknown kind'
}

export type ImageBytes = { readonly url: string } | { readonly problem: string }

/** An image as a data: URL of its own type, or why it is none. */
export function imageUrlOf(bytes: Uint8Array): ImageBytes {
  if (bytes.length > MOST_BYTES) {
    return {
      problem: `This image has ${formatBytes(bytes.length)}; up to ${formatBytes(MOST_BYTES)} fit into a recording.`,
    }
  }
  const type = imageTypeOf(bytes)
  if (type === undefined) {
    return {
      problem: `This is ${whatIs(bytes)}, not an image that can be recorded: PNG, JPEG, GIF, WebP, AVIF, BMP or SVG.`,
    }
  }
  return { url: `data:${type};base64,${base64(bytes)}` }
}

/** So many bytes fit into one call, and a third of them is whole groups of three. */
const STEP = 0x6000

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += STEP) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + STEP)))
  }
  return text
}

/** Why a data: URL that was typed holds no image; undefined for a sound one and for every other address. */
export function problemOfImageUrl(typed: string): string | undefined {
  if (!/^\s*data:/i.test(typed)) return undefined
  const url = typed.trim()
  const read = readDataUrl(url)
  if (read === undefined) return 'This data: URL has no comma, so no data.'
  if (!read.mediaType.startsWith('image/')) {
    return `This is a data: URL of ${read.mediaType}, which is no image.`
  }
  if (read.problem !== undefined) return `The data of this URL is ${read.problem}.`
  const bytes = bytesOf(url)
  if (bytes === undefined) return 'The data of this URL cannot be decoded.'
  const type = imageTypeOf(bytes)
  if (type === undefined) {
    // other formats exist, and are not known here by their bytes
    return KNOWN.has(read.mediaType)
      ? `This URL says ${read.mediaType}, but its data is ${whatIs(bytes)}.`
      : undefined
  }
  return type === read.mediaType || (type === 'image/jpeg' && read.mediaType === 'image/jpg')
    ? undefined
    : `This URL says ${read.mediaType}, but its data is ${type}.`
}

const KNOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/jpg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
])

function bytesOf(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',')
  const payload = url.slice(comma + 1)
  try {
    const plain = payload.includes('%') ? decodeURIComponent(payload) : payload
    if (!/;\s*base64\s*$/i.test(url.slice(0, comma))) return new TextEncoder().encode(plain)
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}
