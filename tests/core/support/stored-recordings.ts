/** Hand-made recordings of any format: what each of them must endure, and the bodies they are made of. */
import { crc32, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { Interaction } from '../../../src/core/cassette/cassette.ts'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import type { Track } from '../../../src/core/cassette/stream.ts'
import { duplicateChunk, removeChunks } from '../../../src/core/edits/chunk-list.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { type Reading, readCassette, viewOf } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'

export interface Stored {
  readonly text: string
  readonly reading: Reading
  readonly document: JsonDocument
  readonly container: string
  readonly calls: readonly Interaction[]
}

export function openStored(text: string): Stored {
  const reading = readCassette(text)
  const { cassette, index, projected } = reading
  if (cassette === undefined || index === undefined) {
    throw new Error(`not read: ${reading.diagnostics[0]?.message}`)
  }
  const document = new JsonDocument(projected ?? text, index)
  return { text, reading, document, container: cassette.container, calls: cassette.interactions }
}

export function callOf({ calls }: Stored, at = 0): Interaction {
  const call = calls[at]
  if (call === undefined) throw new Error(`there is no call ${at}`)
  return call
}

function textTrack(call: Interaction): Track | undefined {
  return call.stream.tracks.find(({ kind }) => kind === 'text')
}

/** What the answer of a call says. */
export function saidBy(text: string, at = 0): string | undefined {
  return textTrack(callOf(openStored(text), at))?.text
}

/** Edits of what was read, as the edits of the file that they are. */
function written(stored: Stored, edits: readonly TextEdit[]): readonly TextEdit[] {
  const view = viewOf(stored.text)
  return view ? view.put(edits) : edits
}

/** The file after the answer of a call has been made to say something else. */
export function saying(text: string, value: string, at = 0): string {
  const stored = openStored(text)
  const track = textTrack(callOf(stored, at))
  if (track === undefined) throw new Error('nothing is said')
  return applyEdits(text, written(stored, setTrackText(stored.document, track, value)))
}

function recordingOf(stored: Stored, at: number): Recording {
  return { container: stored.container, document: stored.document, interaction: callOf(stored, at) }
}

export interface Endurance {
  readonly says: string
  readonly at?: number
  /** The body is written whole, as its encoding knows no places (base64, gzip). */
  readonly opaque?: boolean
  /** Fewer cuts for a long text. */
  readonly step?: number
}

/** The first and the last character in which two texts differ. */
function changedSpan(
  before: string,
  after: string,
): { readonly length: number; readonly start: number; readonly end: number } {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let tail = 0
  while (tail < Math.min(before.length, after.length) - start && before.at(-1 - tail) === after.at(-1 - tail))
    tail++
  return { start, end: before.length - tail, length: Math.max(before.length, after.length) - tail - start }
}

const NEW_TEXT = 'Grüße, “Welt” 👋🏽 \\ "you"'

/** Nothing edited, a text edited, a chunk come and gone, the file cut off anywhere. */
export function checkEndurance(text: string, { says, at = 0, opaque = false, step = 1 }: Endurance): void {
  const stored = openStored(text)
  expect(viewOf(text)?.put([]) ?? [], 'no edits').toEqual([])
  expect(saidBy(text, at)).toBe(says)
  const after = saying(text, NEW_TEXT + says, at)
  expect(saidBy(after, at), 'the edited text reads as it was written').toBe(NEW_TEXT + says)
  expect(openStored(after).calls.length).toBe(stored.calls.length)
  const changed = changedSpan(text, after)
  if (!opaque) expect(changed.length, 'only the text changes').toBeLessThan(4 * NEW_TEXT.length)
  expect(saidBy(saying(after, says, at), at)).toBe(says)
  if (!opaque) expect(saying(after, says, at), 'back again').toBe(text)
  const call = callOf(stored, at)
  if (call.response.chunkList !== undefined) checkChunks(stored, at, opaque)
  for (let end = 0; end < text.length; end += step) readCassette(text.slice(0, end))
}

function checkChunks(stored: Stored, at: number, opaque: boolean): void {
  const count = callOf(stored, at).stream.chunkNodes.length
  const edits = written(stored, duplicateChunk(recordingOf(stored, at), 0))
  const more = applyEdits(stored.text, edits)
  const doubled = openStored(more)
  expect(callOf(doubled, at).stream.chunkNodes.length, 'a chunk more').toBe(count + 1)
  const less = applyEdits(more, written(doubled, removeChunks(recordingOf(doubled, at), 1)))
  if (opaque) expect(openStored(less).document.text).toBe(stored.document.text)
  else expect(less, 'inserted and removed').toBe(stored.text)
  expect(applyEdits(more, invertEdits(stored.text, edits))).toBe(stored.text)
}

/** One chunk of a chat. */
export function chatChunk(content: string, finish: string | null = null): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-x',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })
}

export const CHAT_REQUEST = {
  model: 'gpt-x',
  messages: [{ role: 'user', content: 'Hi there' }],
  stream: true,
} as const

export const CHAT_ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-x',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello world' }, finish_reason: 'stop' }],
} as const

export function sse(...payloads: readonly string[]): string {
  return payloads.map((payload) => `data: ${payload}\n\n`).join('')
}

export const CHAT_STREAM = sse(chatChunk('Hello'), chatChunk(' world'), chatChunk('', 'stop'), '[DONE]')

export function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64')
}

export function gzipped(text: string): Uint8Array {
  return new Uint8Array(gzipSync(text))
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** One frame of an AWS event stream. */
export function awsFrame(type: string, payload: string): Uint8Array {
  const header = (name: string, value: string): Buffer => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(Buffer.byteLength(value))
    return Buffer.concat([
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7]),
      length,
      Buffer.from(value),
    ])
  }
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const body = Buffer.from(payload)
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(16 + headers.length + body.length, 0)
  prelude.writeUInt32BE(headers.length, 4)
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8)
  const message = Buffer.concat([prelude, headers, body])
  const end = Buffer.alloc(4)
  end.writeUInt32BE(crc32(message))
  return new Uint8Array(Buffer.concat([message, end]))
}

/** A Converse stream that says "Hello world". */
export const CONVERSE_STREAM: Uint8Array = new Uint8Array(
  Buffer.concat([
    awsFrame('messageStart', '{"role":"assistant"}'),
    awsFrame('contentBlockDelta', '{"contentBlockIndex":0,"delta":{"text":"Hello"}}'),
    awsFrame('contentBlockDelta', '{"contentBlockIndex":0,"delta":{"text":" world"}}'),
    awsFrame('messageStop', '{"stopReason":"end_turn"}'),
  ]),
)
