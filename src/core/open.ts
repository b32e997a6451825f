/** The one door into core: bytes -> text -> nodes -> interactions -> chunks -> deltas -> stream. */
import type { Cassette, Interaction } from './cassette/cassette.ts'
import type { Delta } from './cassette/delta.ts'
import type { Diagnostic } from './cassette/diagnostic.ts'
import { duplicateKeys } from './cassette/duplicate-keys.ts'
import { foldChunks } from './cassette/fold.ts'
import type { StoredInteraction } from './containers/container.ts'
import { CONTAINERS } from './containers/index.ts'
import { recogniseBytes, recogniseJson, recogniseText } from './containers/not-yet.ts'
import { DIALECTS, dialectOf } from './dialects/index.ts'
import { findJsonError } from './syntax/json-error.ts'
import { type JsonIndex, scanJson } from './syntax/json-index.ts'
import { JsonDocument, type JsonNode } from './syntax/json-node.ts'
import { lineColumnAt } from './syntax/lines.ts'

/** Deeper files are refused: every reader and every view would have to walk them. */
export const MAX_DEPTH = 512

/** V8 cannot hold a longer string; half of it leaves room for an edited copy. */
export const MAX_FILE_BYTES = 250 * 1024 * 1024

/** A file's bytes as text. */
export interface Decoded {
  readonly text: string
  /** The file starts with a UTF-8 byte order mark; it is no part of `text` and is written back. */
  readonly bom: boolean
}

/** Why a file cannot be opened as text: a sentence for a person. */
export interface Refusal {
  readonly problem: Diagnostic
}

function refuse(code: string, message: string, advice: string): Refusal {
  return { problem: { severity: 'error', code, message, advice } }
}

const WHAT_WORKS = 'Drop a Llama Stack / OGX recording: a .json file with "request" and "response".'

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
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = bom ? bytes.subarray(3) : bytes
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), bom }
  } catch {
    const offset = firstInvalidByte(body) + (bom ? 3 : 0)
    const hex = (bytes[offset] ?? 0).toString(16).padStart(2, '0')
    return refuse(
      'invalid-utf8',
      `This file is not UTF-8 text: byte 0x${hex} at offset ${offset.toLocaleString('en')} fits no character.`,
      'It was left untouched. Convert it to UTF-8 (for example with iconv) and open it again.',
    )
  }
}

/** Writes a text back as the bytes of its file. */
export function encodeFile({ text, bom }: Decoded): Uint8Array {
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

/** What was read from one text. `index` is that of the readable part; plain data, crosses a worker. */
export interface Reading {
  /** Undefined when there is nothing in the text that can be shown as a cassette. */
  readonly cassette: Cassette | undefined
  readonly index: JsonIndex | undefined
  /** All that is wrong, most severe first. */
  readonly diagnostics: readonly Diagnostic[]
  /** False when the text breaks off or breaks: the cassette is what could be read before that. */
  readonly sound: boolean
}

/**
 * Reads a text as a cassette. Never throws for any text. `known` is the text's index, where somebody has it
 * (`rescanJson`): the scan is most of the work.
 */
export function readCassette(text: string, known?: JsonIndex): Reading {
  const whole = known ?? scanJson(text)
  if (whole.valid) return readDocument(new JsonDocument(text, whole), [])
  const error = findJsonError(text)
  const other = recogniseText(text)
  if (other !== undefined || error === undefined) return unreadable(other)
  const { line, column } = lineColumnAt(text, error.offset)
  const what = error.atEnd
    ? `The JSON breaks off at line ${line}, column ${column}: ${error.message}.`
    : `The JSON breaks at line ${line}, column ${column}: ${error.message}.`
  const problem: Diagnostic = {
    severity: 'error',
    code: error.atEnd ? 'truncated' : 'not-json',
    message: what,
    advice: 'Repair it in the source, or open an intact copy of the file.',
    span: { start: Math.min(error.offset, text.length), end: Math.min(error.offset + 1, text.length) },
  }
  const index = scanJson(text, error.soundUntil)
  const reading = readDocument(new JsonDocument(text.slice(0, error.soundUntil), index), [problem])
  return { ...reading, sound: false }
}

function unreadable(what: string | undefined): Reading {
  const problem: Diagnostic = {
    severity: 'error',
    code: 'unsupported',
    message: what ? `This is ${what}. Cassette Deck does not read that yet.` : 'This is not a JSON file.',
    advice: WHAT_WORKS,
  }
  return { cassette: undefined, index: undefined, diagnostics: [problem], sound: false }
}

function readDocument(document: JsonDocument, found: readonly Diagnostic[]): Reading {
  const { index, root } = document
  const nothing = (problem: Diagnostic): Reading => ({
    cassette: undefined,
    index,
    diagnostics: [...found, problem],
    sound: found.length === 0,
  })
  if (index.depth > MAX_DEPTH) {
    return nothing({
      severity: 'error',
      code: 'too-deep',
      message: `This JSON is nested ${index.depth.toLocaleString('en')} levels deep; no recorder writes more than a few dozen.`,
      advice: `Files of up to ${MAX_DEPTH} levels are read.`,
    })
  }
  const best =
    root &&
    CONTAINERS.map((container) => ({ container, sniff: container.sniff(root) })).toSorted(
      (a, b) => b.sniff.confidence - a.sniff.confidence,
    )[0]
  if (root === undefined || best === undefined || best.sniff.confidence === 0) {
    const what = root && recogniseJson(root)
    // a broken text has been told what is wrong with it
    if (found.length > 0 && what === undefined) {
      const diagnostics = found.map((problem) => ({ ...problem, advice: 'Open an intact copy of the file.' }))
      return { cassette: undefined, index, diagnostics, sound: false }
    }
    return nothing({
      severity: 'error',
      code: 'unsupported',
      message: what
        ? `This is ${what}. Cassette Deck does not read that yet.`
        : 'This is JSON, but no recording that Cassette Deck knows: it has no "request" and "response".',
      advice: WHAT_WORKS,
    })
  }
  const { interactions, diagnostics } = best.container.read(root)
  const all = [...found, ...diagnostics, ...duplicateKeys(document)]
  const cassette: Cassette = {
    container: best.container.id,
    because: best.sniff.because,
    interactions: interactions.map((stored) => interpret(document, stored)),
    diagnostics: all,
  }
  return { cassette, index, diagnostics: all, sound: found.length === 0 }
}

/** Finds the dialect by what the payload looks like and reads what was said. */
function interpret(document: JsonDocument, stored: StoredInteraction): Interaction {
  const { request, requestBody, response, chunks, at, testId, extras } = stored
  const first = sayingChunk(document, chunks.ids)
  const { dialect, sniff } = DIALECTS.map((candidate) => ({
    dialect: candidate,
    sniff: candidate.sniff(request, requestBody, first),
  })).reduce((best, next) => (next.sniff.confidence > best.sniff.confidence ? next : best))
  return {
    at,
    dialect: dialect.id,
    dialectBecause: sniff.because,
    request,
    conversation: requestBody
      ? dialect.readRequest(requestBody)
      : dialectOf('unknown').readRequest(document.node(0)),
    response: { ...response, framing: chunks.framing, ...(chunks.list && { chunkList: chunks.list }) },
    stream: foldChunks(document, chunks.ids, dialect.readChunk),
    extras,
    ...(testId && { testId }),
  }
}

/** Azure's first chunk has empty `choices`: a dialect is recognised by the first chunks that say something. */
function sayingChunk(document: JsonDocument, ids: Int32Array): JsonNode | undefined {
  for (const id of ids.subarray(0, 8)) {
    const node = document.node(id)
    if (node.get('choices')?.item(0) !== undefined) return node
  }
  const id = ids[0]
  return id === undefined ? undefined : document.node(id)
}

/** What chunk `position` of an interaction says, read again from the text when somebody looks at it. */
export function deltasOfChunk(
  document: JsonDocument,
  interaction: Interaction,
  position: number,
): readonly Delta[] {
  const id = interaction.stream.chunkNodes[position]
  if (id === undefined) return []
  const deltas: Delta[] = []
  dialectOf(interaction.dialect).readChunk(document.node(id), (delta) => deltas.push(delta))
  return deltas
}
