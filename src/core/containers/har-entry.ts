/** One entry of a HAR archive. */
import type { Framed } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { StoredBodies, StoredBody, StoredInteraction } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'
import { directionOf, readTranscript, type TranscriptMessage } from './transcript.ts'

const BINARY_FRAME = 2

/** `content` and `postData` say in three ways that their text is bytes. */
function storedText(content: JsonNode | undefined, headers: JsonNode | undefined): readonly StoredBody[] {
  const text = content?.get('text')
  if (text?.kind !== 'string') return []
  const contentEncoding = contentEncodingOf(headers)
  const isBase64 = content?.get('encoding')?.string() === 'base64'
  const isHex = content?.get('_isBinary')?.boolean() === true
  return bodyIn(text, {
    ...(isBase64 ? { encoding: 'base64' } : isHex ? { encoding: 'hex' } : {}),
    ...(contentEncoding !== undefined && { contentEncoding }),
  })
}

/** The text of a message is JSON in a string; a binary one is base64. */
function storedMessages(entry: JsonNode): readonly StoredBody[] {
  const sockets = [...(entry.get('_webSocketMessages')?.items() ?? [])].flatMap((message) => {
    const isBinary = message.get('opcode')?.number() === BINARY_FRAME
    return stringBody(message.get('data'), isBinary ? { encoding: 'base64' } : {})
  })
  const events = [...(entry.get('_eventSourceMessages')?.items() ?? [])]
  return [...sockets, ...events.flatMap((message) => stringBody(message.get('data')))]
}

function stringBody(at: JsonNode | undefined, more: Omit<StoredBody, 'at'> = {}): readonly StoredBody[] {
  return at?.kind === 'string' ? bodyIn(at, more) : []
}

export function storedBodiesOfEntry(entry: JsonNode): readonly StoredBody[] {
  return ['request', 'response']
    .flatMap((side) =>
      storedText(entry.path(side, side === 'request' ? 'postData' : 'content'), entry.path(side, 'headers')),
    )
    .concat(storedMessages(entry))
}

/** Seconds since 1970, as Chrome and mitmproxy write them. */
function timeOf(message: JsonNode): number | undefined {
  const seconds = message.get('time')?.number()
  return seconds === undefined ? undefined : seconds * 1000
}

function socketMessages(entry: JsonNode): readonly TranscriptMessage[] {
  return [...(entry.get('_webSocketMessages')?.items() ?? [])].map((message) => {
    return {
      direction: directionOf(message.get('type')?.string()),
      data: message.get('data') ?? message,
      time: timeOf(message),
    }
  })
}

/** Event sources have their messages beside the body, or instead of it. */
function eventSource(entry: JsonNode, body: Framed): Framed | undefined {
  const list = entry.get('_eventSourceMessages')
  const messages = [...(list?.items() ?? [])]
  if (messages.length === 0) return undefined
  const { chunks } = readTranscript(
    messages.map((message) => ({
      direction: 'received',
      data: message.get('data') ?? message,
      time: timeOf(message),
    })),
  )
  if (body.ids.length === messages.length) return chunks.times ? { ...body, times: chunks.times } : body
  if (body.ids.length > 0) return body
  const events = messages.map((message) => message.get('eventName')?.string() ?? '')
  return { ...chunks, framing: 'sse', events }
}

export function readEntry(
  entry: JsonNode,
  log: JsonNode | undefined,
  bodies: StoredBodies,
): StoredInteraction {
  const request = entry.get('request')
  const response = entry.get('response')
  const post = request?.get('postData')
  const content = response?.get('content')
  const sockets = socketMessages(entry)
  const transcript = sockets.length > 0 ? readTranscript(sockets) : undefined
  const body = content?.get('text')
  const chunks = transcript?.chunks ?? eventSource(entry, bodies.frame(body))
  const isStream = /event-?stream/.test(content?.get('mimeType')?.string() ?? '')
  return interactionOf(
    {
      at: entry,
      method: request?.get('method'),
      url: request?.get('url'),
      requestHeaders: request?.get('headers'),
      requestBody: transcript ? transcript.opening : (post?.get('textJSON') ?? post?.get('text')),
      requestExtras: [
        ...extrasOf(request, ['method', 'url', 'headers', 'postData']),
        ...extrasOf(post, ['text', 'textJSON'], 'postData.'),
      ],
      status: response?.get('status'),
      responseHeaders: response?.get('headers'),
      responseBody: body,
      chunks,
      ...((transcript || (isStream && bodies.frame(body).framing === 'none')) && { streaming: true }),
      extras: [
        ...(transcript?.extras ?? []),
        ...extrasOf(entry, ['request', 'response', '_webSocketMessages', '_eventSourceMessages']),
        ...extrasOf(response, ['status', 'headers', 'content'], 'response.'),
        ...extrasOf(content, ['text'], 'response.content.'),
        ...extrasOf(log, ['entries'], 'log.'),
      ],
    },
    bodies,
  )
}
