/** A file's bytes as text, without losing one, and back: the first step of everything, and small. */
import type { Diagnostic } from './cassette/diagnostic.ts'
import { byteString, bytesOf } from './encoding/byte-string.ts'
import { looksLikeEventStream } from './encoding/event-stream-head.ts'

/** V8 cannot hold a longer string; half of it leaves room for an edited copy. */
export const MAX_FILE_BYTES = 250 * 1024 * 1024

/** What a file has beside its text. */
export interface FileMarks {
  /** The file starts with a UTF-8 byte order mark; it is no part of `text` and is written back. */
  readonly bom: boolean
  /** The file is no text: each character of `text` is a byte (compressed files, binary event streams). */
  readonly bytes?: boolean
}

/** A file's bytes as text. */
export interface Decoded extends FileMarks {
  readonly text: string
}

/** The marks of a file, without its text. */
export function marksOf({ bom, bytes }: FileMarks): FileMarks {
  return { bom, ...(bytes && { bytes }) }
}

/** Why a file cannot be opened as text: a sentence for a person. */
export interface Refusal {
  readonly problem: Diagnostic
}

function refuse(code: string, message: string, advice: string): Refusal {
  return { problem: { severity: 'error', code, message, advice } }
}

/** What to do with a file that is no recording. */
export const WHAT_WORKS =
  'Drop a recording of an LLM call: Llama Stack, vcr.py, Ruby VCR, go-vcr, HAR, nock, WireMock, httprr, a raw stream and others.'

/** Decodes a file as UTF-8 without losing anything, or says what it is instead. */
export function decodeFile(bytes: Uint8Array): Decoded | Refusal {
  if (bytes.length === 0) return refuse('empty', 'This file is empty.', WHAT_WORKS)
  const known = recogniseBytes(bytes)
  if (known !== undefined) return refuse('not-text', `This is ${known}.`, WHAT_WORKS)
  if (bytes.length > MAX_FILE_BYTES) {
    const megabytes = Math.round(bytes.length / (1024 * 1024))
    return refuse(
      'too-large',
      `This file has ${megabytes} MB; up to ${MAX_FILE_BYTES / (1024 * 1024)} MB can be opened in a browser tab.`,
      'Split the recording, or open it on the command line.',
    )
  }
  if (isPacked(bytes)) return { text: byteString(bytes), bom: false, bytes: true }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = bom ? bytes.subarray(3) : bytes
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), bom }
  } catch {
    // one recording of a picture or of compressed bytes, raw among text, makes the whole file no text
    if (startsWith(body, 'httprr trace v')) return { text: byteString(bytes), bom: false, bytes: true }
    const offset = firstInvalidByte(body) + (bom ? 3 : 0)
    const hex = (bytes[offset] ?? 0).toString(16).padStart(2, '0')
    return refuse(
      'invalid-utf8',
      `This file is not UTF-8 text: byte 0x${hex} at offset ${offset.toLocaleString('en')} fits no character.`,
      'It was left untouched. Convert it to UTF-8 (for example with iconv) and open it again.',
    )
  }
}

/** Files that hold bytes: gzip, zstd, a binary event stream (its frames begin with a length below 16 MB). */
function isPacked(bytes: Uint8Array): boolean {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
  const zstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd
  return gzip || zstd || (bytes[0] === 0 && looksLikeEventStream(byteString(bytes.subarray(0, 512))))
}

function startsWith(bytes: Uint8Array, head: string): boolean {
  return byteString(bytes.subarray(0, head.length)) === head
}

/** Writes a text back as the bytes of its file. */
export function encodeFile({ text, bom, bytes: isBytes }: Decoded): Uint8Array {
  if (isBytes) return bytesOf(text)
  const body = new TextEncoder().encode(text)
  if (!bom) return body
  const bytes = new Uint8Array(body.length + 3)
  bytes.set([0xef, 0xbb, 0xbf])
  bytes.set(body, 3)
  return bytes
}

function isUtf8(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream })
    return true
  } catch {
    return false
  }
}

/** Offset of the byte that makes a text invalid, by halving. */
function firstInvalidByte(bytes: Uint8Array): number {
  let sound = 0
  let broken = bytes.length + 1
  while (broken - sound > 1) {
    const middle = (sound + broken) >> 1
    if (isUtf8(bytes.subarray(0, middle), true)) sound = middle
    else broken = middle
  }
  // a character that was begun and never ended is wrong from its first byte
  while (sound > 0 && !isUtf8(bytes.subarray(0, sound), false)) sound--
  return sound
}

const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive; unpack it and drop the folder'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
  [[0xff, 0xd8, 0xff], 'a JPEG image'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF image'],
  [[0x53, 0x51, 0x4c, 0x69], 'an SQLite database'],
  [[0xff, 0xfe], 'UTF-16 text; save it as UTF-8 first'],
  [[0xfe, 0xff], 'UTF-16 text; save it as UTF-8 first'],
]

/** What a file is by its first bytes; undefined when they say nothing. */
export function recogniseBytes(bytes: Uint8Array): string | undefined {
  return MAGIC.find(([magic]) => magic.every((byte, at) => bytes[at] === byte))?.[1]
}
