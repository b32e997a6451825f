import { imageTypeOf } from './image-type.ts'
import { bytesOfBase64, readBase64, readDataUrl } from './media-source.ts'

/** What the pieces of a recorded picture, sound or file add up to. */
export type RecordedMedia =
  | {
      readonly kind: 'bytes'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly mediaType: string | undefined
    }
  /** An address; its bytes are not in the recording. */
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'problem'; readonly problem: string }

/** Bytes that came as base64 in pieces, as one data: URL, or not at all. */
export function recordedMedia(pieces: readonly string[], type: string | undefined): RecordedMedia {
  const [first = ''] = pieces
  if (/^https?:/i.test(first)) return { kind: 'url', url: first }
  const isUrl = /^data:/i.test(first)
  const header = isUrl ? readDataUrl(first) : undefined
  if (isUrl && header === undefined) return { kind: 'problem', problem: 'a data: URL without a comma' }
  const payloads = isUrl ? [first.slice(first.indexOf(',') + 1)] : pieces
  const decoded = decodePieces(payloads)
  if (typeof decoded === 'string') return { kind: 'problem', problem: decoded }
  return { kind: 'bytes', bytes: decoded, mediaType: header?.mediaType ?? type }
}

/** The bytes, or why there are none. */
function decodePieces(pieces: readonly string[]): Uint8Array<ArrayBuffer> | string {
  const clean = pieces.map((piece) => piece.replace(/\s+/g, ''))
  // a piece that ends in the middle of four digits goes on in the next one
  const isCutAnywhere = clean.slice(0, -1).some((piece) => piece.length % 4 !== 0)
  const texts = isCutAnywhere ? [clean.join('')] : clean
  const decoded: Uint8Array[] = []
  for (const text of texts) {
    const digits = text.replaceAll('-', '+').replaceAll('_', '/')
    if (digits === '') continue
    const { problem } = readBase64(digits, '')
    if (problem !== undefined) return problem
    decoded.push(bytesOfBase64(digits))
  }
  const last = decoded.at(-1)
  if (last === undefined) return 'empty: no bytes are recorded'
  // pictures that are shown while they are made come whole each time: the last one counts
  const areWhole = decoded.length > 1 && decoded.every((bytes) => imageTypeOf(bytes) !== undefined)
  return joined(areWhole ? [last] : decoded)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** A name to save bytes under: what they are, and the type's own word as the extension. */
export function fileNameOf(media: string, mediaType: string | undefined): string {
  const word = /\/(?:x-)?([a-z0-9]{1,8})/i.exec(mediaType ?? '')?.[1]?.toLowerCase()
  const extension = word === 'mpeg' ? 'mp3' : word === 'plain' ? 'txt' : word
  return extension === undefined ? media : `${media}.${extension}`
}
