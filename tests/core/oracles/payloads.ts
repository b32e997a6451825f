/** A body cut into what the API sent one after the other, by the parsers that others use for it. */
import { EventStreamCodec } from '@smithy/core/event-streams'
import { createParser } from 'eventsource-parser'
import { listOf, member, type RecordedBody } from './recorded-bodies.ts'

export type Shape = 'sse' | 'aws-event-stream' | 'ndjson' | 'object-list' | 'whole' | 'text'

export interface Payloads {
  readonly shape: Shape
  /** Of each event: JSON where it is JSON. "[DONE]" at the end says that nothing more comes: it is none. */
  readonly payloads: readonly string[]
  /** Names of the events, "" where one has none. */
  readonly events: readonly string[]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const toText = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
const codec = new EventStreamCodec(toText, (text) => new TextEncoder().encode(text))

/** The codec reads one frame: they are cut by the length that each begins with. It checks both checksums. */
function fromAws(bytes: Buffer): Payloads {
  const payloads: string[] = []
  const events: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const { headers, body } = codec.decode(bytes.subarray(at, at + bytes.readUInt32BE(at)))
    at += bytes.readUInt32BE(at)
    const payload = toText(body)
    // InvokeModel wraps the model's own chunk
    const inner = member(parsed(payload), 'bytes')
    payloads.push(typeof inner === 'string' ? Buffer.from(inner, 'base64').toString('utf8') : payload)
    events.push(String((headers[':event-type'] ?? headers[':exception-type'])?.value ?? ''))
  }
  return { shape: 'aws-event-stream', payloads, events }
}

function fromSse(text: string): Payloads {
  const payloads: string[] = []
  const events: string[] = []
  const parser = createParser({
    onEvent({ data, event }) {
      payloads.push(data)
      events.push(event ?? '')
    },
  })
  // the specification drops an event without a blank line behind it; recorders drop the blank line
  parser.feed(`${text}\n\n`)
  return withoutDone({ shape: 'sse', payloads, events })
}

/** What begins so ends a stream for the official packages. */
function withoutDone({ shape, payloads, events }: Payloads): Payloads {
  const isDone = /^(?:\[DONE\]|"\[DONE\]")/.test(payloads.at(-1) ?? '')
  return isDone
    ? withoutDone({ shape, payloads: payloads.slice(0, -1), events: events.slice(0, -1) })
    : { shape, payloads, events }
}

function fromJson(json: unknown, streamed: boolean): Payloads {
  const list = listOf(json)
  const isList = streamed && typeof list[0] === 'object' && list[0] !== null
  const payloads = (isList ? list : [json]).map((item) => JSON.stringify(item))
  return withoutDone({ shape: isList ? 'object-list' : 'whole', payloads, events: payloads.map(() => '') })
}

export function payloadsOf({ bytes, json, streamed }: RecordedBody): Payloads {
  if (bytes === undefined) return fromJson(json, streamed)
  if (bytes[0] === 0) return fromAws(bytes)
  let text: string
  try {
    text = toText(bytes)
  } catch {
    return { shape: 'text', payloads: [bytes.toString('base64')], events: [''] }
  }
  const whole = parsed(text)
  if (typeof whole === 'object' && whole !== null) return fromJson(whole, streamed)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.every((line) => typeof parsed(line) === 'object')) {
    return { shape: 'ndjson', payloads: lines, events: lines.map(() => '') }
  }
  if (lines.some((line) => line.startsWith('data:'))) return fromSse(text)
  return { shape: 'text', payloads: [text], events: [''] }
}

/** A payload for comparing: JSON as its value, anything else as the text it is. */
export function valueIn(payload: string): unknown {
  return parsed(payload) ?? payload
}
