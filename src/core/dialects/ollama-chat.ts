/**
 * Ollama's /api/chat, streamed (a line a chunk) and whole.
 *
 * Spec: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion. Spoken by Ollama; dumps of
 * its Python SDK have the same members with nulls.
 * Supported: text, thinking, tool calls (whole, arguments an object), images, counts and durations as usage, the time
 * of each line, log probabilities, errors.
 * Lost: nothing; what is not read here is said as `unknown`.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { sayRest } from './members.ts'
import { readOllamaChatRequest } from './ollama-chat-request.ts'
import { ollamaChatEdits } from './ollama-chunk-edits.ts'
import { isOllamaChunk, ollamaMembers, ollamaTime, sayOllamaFrame } from './ollama-parts.ts'
import { given, isEmpty, type Say } from './saying.ts'

const LINE = ollamaMembers('message')
const MESSAGE = new Set(['role', 'content', 'thinking', 'tool_calls', 'images'])

function readMessage(message: JsonNode, say: Say): void {
  const role = message.get('role')
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  const thinking = message.get('thinking')
  if (thinking?.kind === 'string') say({ kind: 'reasoning', choice: 0, part: 0, text: thinking })
  const content = message.get('content')
  if (content?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text: content })
  for (const image of message.get('images')?.items() ?? []) {
    if (image.kind === 'string') {
      say({ kind: 'media', choice: 0, part: image.id, media: 'image', data: image })
    }
  }
  for (const call of message.get('tool_calls')?.items() ?? []) readCall(call, say)
  sayRest(message, MESSAGE, say)
}

/** Calls come whole; the index that newer servers write begins anew where they come one a line. */
function readCall(call: JsonNode, say: Say): void {
  const called = call.get('function') ?? call
  const name = given(called.get('name'))
  if (name === undefined) {
    if (!isEmpty(call)) say({ kind: 'unknown', why: 'tool call', json: call })
    return
  }
  const id = given(call.get('id'))
  say({ kind: 'tool-call', choice: 0, id, name, arguments: given(called.get('arguments')) })
}

export const ollamaChat: Dialect = {
  id: 'ollama-chat',
  label: 'Ollama chat',
  spec: 'https://github.com/ollama/ollama/blob/main/docs/api.md',

  sniff(request, body, first) {
    if (isOllamaChunk(first) && first?.get('message')?.kind === 'object') {
      return { confidence: 1, because: 'the answer has created_at and message' }
    }
    const path = request.url?.value.split(/[?#]/)[0] ?? ''
    if (path.endsWith('/api/chat') && body?.get('messages')?.kind === 'array') {
      return { confidence: 0.9, because: 'the URL ends in /api/chat and the body has messages' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readOllamaChatRequest,
  chunkEdits: ollamaChatEdits,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const message = given(chunk.get('message'))
    if (message?.kind === 'object') readMessage(message, say)
    else if (message !== undefined) say({ kind: 'unknown', why: 'message', json: message })
    sayOllamaFrame(chunk, LINE, say)
  },

  timeOf: ollamaTime,
}
