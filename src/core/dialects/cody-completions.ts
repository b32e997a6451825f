/**
 * Sourcegraph's completions, as Cody asks for them.
 *
 * Spec: https://github.com/sourcegraph/cody (lib/shared/src/sourcegraph-api/completions/types.ts); there is no
 * published reference.
 * Supported: `deltaText` (newer servers: a piece an event), `completion` (older ones: all of the text so far in
 * each event, so only the one that ends the stream counts), thinking, tool calls, stop reason, errors.
 * Lost: nothing; a text so far stands as a note.
 */
import type { Message } from '../cassette/conversation.ts'
import { addressOf, given, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { contentParts, readMembers, textPart, unknownPart } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const READ = new Set(['deltaText', 'completion', 'delta_thinking', 'delta_tool_calls', 'stopReason', 'error'])

function readCompletion(chunk: JsonNode, event: string | undefined, say: Say): void {
  const reason = worded(chunk.get('stopReason'))
  const piece = chunk.get('deltaText')
  const whole = chunk.get('completion')
  if (piece?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text: piece })
  else if (whole?.kind === 'string') {
    const isEnd = reason !== undefined || event === undefined
    if (isEnd) say({ kind: 'text', choice: 0, part: 0, text: whole })
    else say({ kind: 'note', choice: 0, label: 'text so far', json: whole })
  }
  const thinking = chunk.get('delta_thinking')
  if (thinking?.kind === 'string') say({ kind: 'reasoning', choice: 0, part: 0, text: thinking })
  readCalls(chunk, say)
  if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
  sayRest(chunk, READ, say)
}

function readCalls(chunk: JsonNode, say: Say): void {
  let position = 0
  for (const call of chunk.get('delta_tool_calls')?.items() ?? []) {
    const index = call.get('index')?.number() ?? position
    position++
    const called = call.get('function') ?? call
    say({
      kind: 'tool-call',
      choice: 0,
      index,
      id: worded(call.get('id')),
      name: worded(called.get('name')),
      arguments: given(called.get('arguments')),
    })
  }
}

/** A message without a text is the place where the answer shall begin. */
function readMessage(message: JsonNode): Message {
  const text = message.get('text') ?? message.get('content')
  return {
    role: message.get('speaker')?.string() ?? message.get('role')?.string() ?? 'unknown role',
    at: message.at,
    parts: contentParts(text, (part) => [
      part.get('text') ? textPart(part, part.get('text')) : unknownPart(part),
    ]),
  }
}

export const codyCompletions: Dialect = {
  id: 'cody-completions',
  label: 'Sourcegraph Cody completions',
  spec: 'https://github.com/sourcegraph/cody',

  sniff(request, body, first) {
    if (first?.get('deltaText')?.kind === 'string') {
      return { confidence: 0.95, because: 'the chunks have deltaText' }
    }
    if (first?.get('completion')?.kind === 'string' && first.get('stopReason') !== undefined) {
      return { confidence: 0.95, because: 'the payload has completion and stopReason' }
    }
    if (/\/\.api\/completions\/(stream|code)$/.test(addressOf(request).path)) {
      return { confidence: 0.95, because: "the URL is that of Sourcegraph's completions" }
    }
    if (body?.path('messages', 0, 'speaker') !== undefined) {
      return { confidence: 0.8, because: 'the messages have speakers' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) =>
      key === 'messages' && value.kind === 'array'
        ? { messages: [...value.items()].map(readMessage) }
        : undefined,
    ),

  readChunk(chunk, say, event) {
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const error = event === 'error' ? chunk : given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    else readCompletion(chunk, event, say)
  },
}
