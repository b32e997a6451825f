import { recogniseText } from '../../core/containers/not-yet.ts'
import { recogniseBytes } from '../../core/file-text.ts'
import { imageTypeOf } from '../media/image-type.ts'
import { bareImageType, formatBytes, readDataUrl } from '../media/media-source.ts'

/** A larger one would make the recording unusable. */
const MOST_BYTES = 20_000_000

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

/**
 * Another image (an address or a data: URL) as the recording writes the one before: where that is bare base64, so is
 * this, and the type that stands beside it has to stay true.
 */
export function asRecorded(
  before: string,
  mediaType: string | undefined,
  next: string,
): { readonly text: string } | { readonly problem: string } {
  const type = bareImageType(before, mediaType)
  if (type === undefined) return { text: next }
  const read = readDataUrl(next)
  if (read === undefined) {
    return {
      problem: 'This API takes the image itself here, not an address. Save the image and drop it here.',
    }
  }
  const isSame = read.mediaType === type || (type === 'image/jpg' && read.mediaType === 'image/jpeg')
  if (mediaType !== undefined && !isSame) {
    return {
      problem: `The request says ${type} beside this image, and this one is ${read.mediaType}. Change the type in the source first, or take an image of that type.`,
    }
  }
  return { text: next.slice(next.indexOf(',') + 1) }
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
