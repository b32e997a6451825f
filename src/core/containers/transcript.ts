/**
 * Conversations that are no request and response: messages of a socket or a process, some sent, some received. What
 * was received is the chunks; of what was sent the message that opens the session is the request.
 */
import type { Extra } from '../cassette/cassette.ts'
import type { Framed } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'

export interface TranscriptMessage {
  /** Undefined for what is neither: that a connection was closed. */
  readonly direction: 'sent' | 'received' | undefined
  /** What was said; the whole entry where it says nothing. */
  readonly data: JsonNode
  /** Milliseconds. */
  readonly time?: number | undefined
}

interface Transcript {
  readonly chunks: Framed
  /** The message that sets the session up, or the first of all. */
  readonly opening: JsonNode | undefined
  /** All other messages that were sent, and what is neither, by their position. */
  readonly extras: readonly Extra[]
}

export function readTranscript(messages: readonly TranscriptMessage[]): Transcript {
  const received = messages.filter(({ direction }) => direction === 'received')
  const sent = messages.filter(({ direction }) => direction === 'sent')
  const opening = sent.find(({ data }) => opensSession(data)) ?? sent[0]
  const times = timesOf(received)
  return {
    chunks: {
      framing: received.length === 0 ? 'none' : 'object-list',
      ids: Int32Array.from(received, ({ data }) => data.id),
      ...(times && { times }),
    },
    opening: opening?.data,
    extras: messages.flatMap(({ direction, data }, at) =>
      direction === 'received' || data === opening?.data
        ? []
        : [
            {
              name: `${direction ?? 'also'}[${at}]`,
              value: data.locatedRaw(),
              ...(direction === 'sent' && { sent: true }),
            },
          ],
    ),
  }
}

/** The names that recorders have for the two ways. */
export function directionOf(name: string | undefined): TranscriptMessage['direction'] {
  if (/^(?:sent|send|client|out|outgoing|outbound|request)$/i.test(name ?? '')) return 'sent'
  if (/^(?:received|receive|recv|server|in|incoming|inbound|response)$/i.test(name ?? '')) return 'received'
  return undefined
}

/** OpenAI's `session.update`, Gemini's `setup`. */
function opensSession(message: JsonNode): boolean {
  return (
    /session\.(?:create|update)$/.test(message.get('type')?.string() ?? '') ||
    message.get('setup')?.kind === 'object'
  )
}

/** Times, where every chunk has one; they never run backwards. */
function timesOf(messages: readonly TranscriptMessage[]): Float64Array | undefined {
  if (messages.length === 0 || messages.some(({ time }) => time === undefined)) return undefined
  let last = Number.NEGATIVE_INFINITY
  return Float64Array.from(messages, ({ time }) => {
    last = Math.max(last, time ?? 0)
    return last
  })
}
