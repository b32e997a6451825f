/**
 * AWS event streams: frames of a 12 byte prelude (length, length of the headers, CRC), headers, payload and a CRC.
 * Spec: https://smithy.io/2.0/aws/amazon-eventstream.html. A frame that was edited gets its lengths and checksums anew.
 * The payload of InvokeModel streams is `{"bytes": base64}` of the model's own chunk: that chunk is shown.
 */
import { EventStreamCodec, HeaderMarshaller } from '@smithy/core/event-streams'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { base64Region } from '../encoding/base64.ts'
import { byteString, bytesOf } from '../encoding/byte-string.ts'
import { looksLikeEventStream, uint32 } from '../encoding/event-stream-head.ts'
import { utf8Region } from '../encoding/utf8.ts'
import { listView } from '../projection/group-view.ts'
import { stringRegion } from '../projection/source.ts'
import { fixedView, partOf, type View } from '../projection/view.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { EditError } from '../text/edit.ts'
import { opaque, type Region } from '../text/region.ts'
import { dataOf, dataView } from './event-data.ts'

const PRELUDE = 12
const CHECKSUM = 4

const toText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const fromText = (text: string): Uint8Array => new TextEncoder().encode(text)
const codec = new EventStreamCodec(toText, fromText)
const marshaller = new HeaderMarshaller(toText, fromText)

type Headers = ReturnType<HeaderMarshaller['parse']>

interface Frame {
  readonly start: number
  readonly end: number
  readonly headers: Headers
  readonly payload: string
  readonly isSound: boolean
}

export interface EventStream {
  readonly view: View
  readonly events: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

function readFrame(bytes: string, start: number): Frame | undefined {
  if (!looksLikeEventStream(bytes.slice(start, start + 256))) return undefined
  const length = uint32(bytes, start)
  const headersLength = uint32(bytes, start + 4)
  const end = start + length
  if (end > bytes.length) return undefined
  const whole = bytesOf(bytes.slice(start, end))
  const headerBytes = whole.subarray(PRELUDE, PRELUDE + headersLength)
  try {
    const headers = marshaller.parse(
      new DataView(headerBytes.buffer, headerBytes.byteOffset, headerBytes.byteLength),
    )
    const payload = bytes.slice(start + PRELUDE + headersLength, end - CHECKSUM)
    return { start, end, headers, payload, isSound: isSound(whole) }
  } catch {
    return undefined
  }
}

function isSound(frame: Uint8Array): boolean {
  try {
    codec.decode(frame)
    return true
  } catch {
    return false
  }
}

function nameOf(headers: Headers): string {
  for (const key of [':event-type', ':exception-type', ':error-code']) {
    const value = headers[key]?.value
    if (typeof value === 'string') return value
  }
  return ''
}

function encodeFrame(headers: Headers, payload: string): string {
  return byteString(codec.encode({ headers, body: bytesOf(payload) }))
}

/** The frame's payload as bytes; what is changed is framed again. */
function payloadRegion(bytes: string, frame: Frame): Region {
  const { start, end, headers, payload } = frame
  return opaque(partOf(bytes, start, end), payload, (now) =>
    now === payload ? bytes.slice(start, end) : encodeFrame(headers, now),
  )
}

/** The model's own chunk inside `{"bytes": "<base64>", "p": "<padding>"}`. */
function innerRegion(payload: Region): Region | undefined {
  const { root, index } = JsonDocument.of(payload.text)
  const encoded = index.valid ? root?.get('bytes') : undefined
  if (encoded?.kind !== 'string') return undefined
  const bytes = base64Region(stringRegion(payload, encoded))
  return bytes && utf8Region(bytes)
}

function frameView(bytes: string, frame: Frame): View {
  const payload = utf8Region(payloadRegion(bytes, frame))
  if (payload === undefined) {
    return fixedView(
      JSON.stringify(btoa(frame.payload)),
      'the payload of this event is no text: it is only shown',
    )
  }
  const region = innerRegion(payload) ?? payload
  return dataView(region)
}

/** Bytes as the list of their events' payloads; events come and go whole. */
export function eventStreamView(bytes: string): EventStream {
  const frames: Frame[] = []
  const diagnostics: Diagnostic[] = []
  let at = 0
  for (let frame = readFrame(bytes, at); frame; frame = readFrame(bytes, at)) {
    frames.push(frame)
    at = frame.end
    if (at >= bytes.length) break
  }
  if (at < bytes.length) {
    diagnostics.push(
      warning('truncated-frame', `The event stream breaks off in event ${frames.length} (byte ${at}).`),
    )
  }
  frames.forEach(({ isSound }, position) => {
    if (isSound) return
    diagnostics.push(
      warning(
        'bad-checksum',
        `The checksum of event ${position} in the event stream is wrong; it is shown as it is.`,
      ),
    )
  })
  const views = frames.map((frame) => frameView(bytes, frame))
  const names = frames.map(({ headers }) => nameOf(headers))
  const keys = views.map(({ json }) => keysOf(json))
  const view = listView(views, {
    insert(position, json) {
      const like = likest(json, keys, position)
      const model = frames[like]
      if (model === undefined) throw new EditError('there is no event that a new one could be made after')
      const text = dataOf(json)
      const offset = frames[position]?.start ?? at
      const isException = keysOf(json) === 'message'
      const content = isException
        ? encodeFrame(EXCEPTION, byteString(fromText(text)))
        : encodeFrame(model.headers, payloadLike(model, text))
      return [{ offset, length: 0, content }]
    },
    isLike: (before, after) => keysOf(before) === keysOf(after),
    remove(position) {
      const frame = frames[position]
      return frame ? [{ offset: frame.start, length: frame.end - frame.start, content: '' }] : []
    },
  })
  return { view, events: names, diagnostics }
}

/** How a service says in the middle of a stream that it failed. */
const EXCEPTION: Headers = {
  ':exception-type': { type: 'string', value: 'modelStreamErrorException' },
  ':content-type': { type: 'string', value: 'application/json' },
  ':message-type': { type: 'string', value: 'exception' },
}

function warning(code: string, message: string): Diagnostic {
  return { severity: 'warning', code, message }
}

/** A payload that holds `json` as the model's one holds its own. */
function payloadLike(model: Frame, json: string): string {
  const { root, index } = JsonDocument.of(model.payload)
  const inBytes = index.valid && root?.get('bytes')?.kind === 'string'
  const text = byteString(fromText(json))
  return inBytes ? `{"bytes":"${btoa(text)}"}` : text
}

/** The nearest event that has the same members. */
function likest(json: string, known: readonly string[], position: number): number {
  const keys = keysOf(json)
  const before = known.lastIndexOf(keys, position)
  const behind = known.indexOf(keys, position)
  if (before === -1 && behind === -1) return Math.min(position, known.length - 1)
  return before === -1 || (behind !== -1 && behind - position < position - before) ? behind : before
}

function keysOf(json: string): string {
  const { root, index } = JsonDocument.of(json)
  if (!index.valid) return ''
  const keys = [...(root?.members() ?? [])].map(({ key }) => key).filter((key) => key !== 'p')
  const delta = root?.get('delta')
  return [...keys, ...[...(delta?.members() ?? [])].map(({ key }) => `delta.${key}`)].join()
}
