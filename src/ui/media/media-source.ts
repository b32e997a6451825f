import { imageTypeOf } from './image-type.ts'

/** Recorded bytes of a data: URL or of plain base64. */
export interface RecordedBytes {
  readonly mediaType: string
  /** Size when decoded. */
  readonly bytes: number
  /** Why they cannot be decoded. */
  readonly problem?: string
}

/** What a recorded image URL turns out to be. */
export type ImageSource =
  | ({ readonly kind: 'data'; readonly src: string } & RecordedBytes)
  | { readonly kind: 'remote'; readonly src: string; readonly host: string; readonly mediaType?: string }
  | { readonly kind: 'unusable'; readonly problem: string }
  /** Nothing is recorded: a new part. */
  | { readonly kind: 'none' }

export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** A data: URL's header is short; what goes on for longer is none. */
const HEADER = /^data:([^,]{0,400}),/i

/** Undefined for a text that is no data: URL. */
export function readDataUrl(url: string): RecordedBytes | undefined {
  const header = HEADER.exec(url.slice(0, 420))
  if (header === null) return undefined
  const [type = '', ...attributes] = (header[1] ?? '').split(';').map((piece) => piece.trim())
  const mediaType = type.toLowerCase() || 'text/plain'
  const payload = url.slice(header[0].length)
  const isBase64 = attributes.at(-1)?.toLowerCase() === 'base64'
  return isBase64 ? readBase64(payload, mediaType) : { mediaType, bytes: percentDecodedLength(payload) }
}

export function readBase64(payload: string, mediaType: string): RecordedBytes {
  // browsers undo percent signs and skip white space before they decode
  const plain = payload.includes('%') ? payload.replace(/%[0-9a-f]{2}/gi, percentCharacter) : payload
  const packed = /\s/.test(plain) ? plain.replace(/\s+/g, '') : plain
  const digits = packed.replace(/={1,2}$/, '')
  const bytes = Math.floor((digits.length * 3) / 4)
  const wrong = /[^A-Za-z0-9+/]/u.exec(digits)
  if (wrong !== null) {
    return { mediaType, bytes, problem: `not base64: "${wrong[0]}" at character ${wrong.index + 1}` }
  }
  if (digits.length === 0) return { mediaType, bytes, problem: 'empty: no bytes are recorded' }
  if (digits.length % 4 === 1)
    return { mediaType, bytes, problem: 'not base64: the last character is cut off' }
  return { mediaType, bytes }
}

function percentCharacter(escaped: string): string {
  return String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
}

function percentDecodedLength(payload: string): number {
  return new TextEncoder().encode(payload.replace(/%[0-9a-f]{2}/gi, '%')).length
}

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['avif', 'image/avif'],
  ['bmp', 'image/bmp'],
  ['gif', 'image/gif'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['webp', 'image/webp'],
])

/**
 * Decides what may become the `src` of an image: data:image/*, http and https; nothing else. Some APIs write bare
 * base64, with its type beside it (`beside`) or with none: then the bytes tell.
 */
export function readImageUrl(recorded: string, beside?: string): ImageSource {
  if (recorded === '') return { kind: 'none' }
  const bare = bareImageType(recorded, beside)
  if (bare !== undefined) {
    return { kind: 'data', src: `data:${bare};base64,${recorded}`, ...readBase64(recorded, bare) }
  }
  if (/^data:/i.test(recorded)) {
    const data = readDataUrl(recorded)
    if (data === undefined)
      return { kind: 'unusable', problem: 'a data: URL without a comma, so without data' }
    if (!data.mediaType.startsWith('image/')) {
      return { kind: 'unusable', problem: `a data: URL of ${data.mediaType}, which is no image` }
    }
    return { kind: 'data', src: recorded, ...data }
  }
  const url = parseUrl(recorded)
  if (url === undefined) return { kind: 'unusable', problem: 'not a URL' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { kind: 'unusable', problem: `a ${url.protocol} address, which a browser cannot load from here` }
  }
  const mediaType = BY_EXTENSION.get(/\.([a-z]+)$/i.exec(url.pathname)?.[1]?.toLowerCase() ?? '')
  return { kind: 'remote', src: url.href, host: url.host, ...(mediaType && { mediaType }) }
}

/** Digits that decode to as many bytes as are needed to know an image by its beginning. */
const HEAD = 2048

/** The type of an image that is written as base64 and nothing else; undefined for an address. */
export function bareImageType(recorded: string, beside?: string): string | undefined {
  // an address has a colon, which base64 has not
  if (recorded.slice(0, 200).includes(':')) return undefined
  if (beside !== undefined && /^image\/[a-z0-9.+-]{1,40}$/i.test(beside)) return beside.toLowerCase()
  if (recorded.length < 32 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(recorded.slice(0, HEAD))) return undefined
  const head = recorded.slice(0, HEAD).replace(/[\s=]+/g, '')
  return imageTypeOf(bytesOfBase64(head.slice(0, head.length - (head.length % 4))))
}

/** Bytes of sound base64. */
export function bytesOfBase64(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0))
}

/** "2.5 kB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const [size, unit] = bytes < 1e6 ? [bytes / 1000, 'kB'] : [bytes / 1e6, 'MB']
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`
}
