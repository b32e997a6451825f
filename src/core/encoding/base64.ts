import { JsonDocument } from '../syntax/json-node.ts'
import { opaque, type Region } from '../text/region.ts'
import { byteString, bytesOf } from './byte-string.ts'

/** Base64 (RFC 4648, white space between the digits allowed) as the bytes it holds; undefined when it is none. */
export function base64Region(encoded: Region): Region | undefined {
  const digits = encoded.text.replace(/[\s]+/g, '')
  const bytes = fromBase64(digits)
  if (bytes === undefined) return undefined
  return opaque(encoded, bytes, (now) =>
    now === bytes ? encoded.text : inLinesLike(toBase64Like(now, digits), encoded.text),
  )
}

/** Cut into lines as long as the first one, where there are lines (MIME, Ruby's `pack('m')`). */
function inLinesLike(digits: string, before: string): string {
  const [, line = '', eol = ''] = /^([^\r\n]+)(\r?\n)/.exec(before) ?? []
  if (line === '') return digits
  const lines = digits.match(new RegExp(`.{1,${line.length}}`, 'g')) ?? []
  return lines.join(eol) + (/\n$/.test(before) ? eol : '')
}

/** In the alphabet of `digits`, and padded where these are. */
function toBase64Like(bytes: string, digits: string): string {
  const isPlain = digits.length % 4 !== 0
  const written = isPlain ? btoa(bytes).replace(/=+$/, '') : btoa(bytes)
  return /[-_]/.test(digits) ? written.replaceAll('+', '-').replaceAll('/', '_') : written
}

/** Base64url as well; undefined for anything else. */
export function fromBase64(digits: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(digits) || digits.replace(/=+$/, '').length % 4 === 1) return undefined
  try {
    return atob(digits.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}

/** Pairs of hex digits as the bytes they are. */
export function hexRegion(encoded: Region): Region | undefined {
  const bytes = fromHex(encoded.text)
  if (bytes === undefined) return undefined
  const isUpper = /[A-F]/.test(encoded.text)
  return opaque(encoded, bytes, (now) => (now === bytes ? encoded.text : toHex(now, isUpper)))
}

function fromHex(digits: string): string | undefined {
  if (digits.length % 2 === 1 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined
  const bytes = new Uint8Array(digits.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16)
  return byteString(bytes)
}

function toHex(bytes: string, isUpper: boolean): string {
  const digits = [...bytesOf(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return isUpper ? digits.toUpperCase() : digits
}

/**
 * A JSON list of base64 or hex texts, one for each piece that came from the network (Polly.js, nock), as the bytes they
 * add up to. What is edited is written as one piece.
 */
export function piecesRegion(encoded: Region): Region | undefined {
  const { root, index } = JsonDocument.of(encoded.text)
  if (!index.valid || root?.kind !== 'array') return undefined
  const texts = [...root.items()].map((item) => item.string())
  if (texts.length === 0 || texts.some((text) => text === undefined)) return undefined
  const isHex = texts.every((text) => /^(?:[0-9a-f]{2})+$/.test(text ?? ''))
  const pieces = texts.map((text) => (isHex ? fromHex(text ?? '') : fromBase64(text ?? '')))
  if (pieces.some((piece) => piece === undefined)) return undefined
  const bytes = pieces.join('')
  return opaque(encoded, bytes, (now) =>
    now === bytes ? encoded.text : JSON.stringify([isHex ? toHex(now, false) : btoa(now)]),
  )
}
