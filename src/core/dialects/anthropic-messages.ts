/**
 * Anthropic messages, streamed and whole.
 *
 * Spec: https://docs.claude.com/en/api/messages, https://docs.claude.com/en/docs/build-with-claude/streaming.
 * Spoken by Anthropic, Vertex AI (`:rawPredict`, `:streamRawPredict`), Bedrock's invoke and many gateways.
 * Supported: text, thinking with its signature, redacted thinking, tool calls (the client's, the server's, MCP),
 * what server tools found, citations, compaction, stop reason and sequence, usage (of `message_start`, then
 * replaced count by count by `message_delta`), errors in the stream and instead of it, pings.
 * Lost: nothing; signatures, citations and results stand as notes, what is not read here is said as `unknown`.
 */
import { addressOf, given, isBlank, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { readBlock, readDelta } from './anthropic-messages-blocks.ts'
import { messagesChunkEdits } from './anthropic-messages-chunk-edits.ts'
import { readMessagesRequest } from './anthropic-messages-request.ts'
import { messagesRequestEdits } from './anthropic-messages-request-edits.ts'
import type { Dialect, DialectSniff } from './dialect.ts'

const MESSAGE = new Set([
  'id',
  'type',
  'role',
  'model',
  'content',
  'stop_reason',
  'stop_sequence',
  'stop_details',
  'usage',
  'container',
  'context_management',
])
const ENDING = new Set(['stop_reason', 'stop_sequence', 'stop_details', 'container'])
const EVENT = new Set(['type', 'delta', 'usage', 'context_management'])

function readUsage(usage: JsonNode | undefined, say: Say): void {
  if (usage?.kind !== 'object') return
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('input_tokens'),
      outputTokens: usage.get('output_tokens'),
      cachedInputTokens: usage.get('cache_read_input_tokens'),
      reasoningTokens: usage.path('output_tokens_details', 'thinking_tokens'),
    },
  })
}

/** Why it ended, of a whole message or of the delta at its end. */
function readEnding(ending: JsonNode, say: Say): void {
  const reason = worded(ending.get('stop_reason'))
  if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
  for (const key of ['stop_sequence', 'stop_details', 'container']) {
    const json = given(ending.get(key))
    if (json !== undefined) say({ kind: 'note', choice: 0, label: key.replace('_', ' '), json })
  }
}

function readContextManagement(owner: JsonNode, say: Say): void {
  const json = given(owner.get('context_management'))
  const edits = json?.get('applied_edits')
  // an empty list of edits is sent with every answer
  if (json === undefined || (edits !== undefined && isBlank(edits))) return
  say({ kind: 'note', choice: 0, label: 'context management', json })
}

function readMessage(message: JsonNode, whole: boolean, say: Say): void {
  const role = worded(message.get('role'))
  if (role !== undefined) say({ kind: 'message-start', choice: 0, role })
  const content = message.get('content')
  if (content?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text: content })
  let index = 0
  for (const block of content?.items() ?? []) readBlock(block, index++, whole, say)
  readEnding(message, say)
  readUsage(message.get('usage'), say)
  readContextManagement(message, say)
  sayRest(message, MESSAGE, say)
}

function readMessageDelta(event: JsonNode, say: Say): void {
  const delta = event.get('delta')
  if (delta !== undefined) {
    readEnding(delta, say)
    sayRest(delta, ENDING, say)
  }
  readUsage(event.get('usage'), say)
  readContextManagement(event, say)
  sayRest(event, EVENT, say)
}

function indexOf(event: JsonNode): number {
  return event.get('index')?.number() ?? 0
}

function readEvent(event: JsonNode, type: string | undefined, say: Say): void {
  switch (type) {
    case 'message_start': {
      const message = event.get('message')
      if (message !== undefined) readMessage(message, false, say)
      break
    }
    case 'content_block_start': {
      const block = event.get('content_block')
      if (block !== undefined) readBlock(block, indexOf(event), false, say)
      break
    }
    case 'content_block_delta': {
      const delta = event.get('delta')
      if (delta !== undefined) readDelta(delta, indexOf(event), say)
      break
    }
    case 'message_delta':
      readMessageDelta(event, say)
      break
    case 'message':
      readMessage(event, true, say)
      break
    case 'error':
      sayError(event.get('error') ?? event, say)
      break
    case 'ping':
    case 'content_block_stop':
      break
    case 'message_stop':
      sayRest(event, EVENT, say)
      break
    default:
      readUntyped(event, say)
  }
}

/** Answers that are no message: an error of a gateway, the count of `/v1/messages/count_tokens`. */
function readUntyped(event: JsonNode, say: Say): void {
  const error = given(event.get('error'))
  if (error !== undefined) sayError(error, say)
  else if (event.get('input_tokens')?.kind === 'number') readUsage(event, say)
  else say({ kind: 'unknown', why: event.get('type')?.string() ?? 'no type', json: event })
}

function sniffPayload(first: JsonNode): DialectSniff | undefined {
  const type = first.get('type')?.string()
  if (type === 'message_start' && first.get('message') !== undefined) {
    return { confidence: 1, because: 'the stream opens with message_start' }
  }
  if (type === 'message' && first.get('role') !== undefined && first.get('stop_reason') !== undefined) {
    return { confidence: 1, because: 'the response says type "message", with a role and a stop_reason' }
  }
  if (type === 'content_block_start' || type === 'content_block_delta') {
    return { confidence: 0.97, because: `the chunks say type "${type}"` }
  }
  if (type === 'error' && first.path('error', 'type') !== undefined) {
    return { confidence: 0.7, because: 'the error is written the way Anthropic writes it' }
  }
  return undefined
}

/** https://docs.anthropic.com/en/api/errors */
const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
}

export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  label: 'Anthropic messages',
  spec: 'https://docs.claude.com/en/api/messages',

  sniff(request, body, first) {
    const payload = first && sniffPayload(first)
    if (payload !== undefined && payload.confidence > 0.9) return payload
    const { path } = addressOf(request)
    if (/\/publishers\/anthropic\/models\//.test(path)) {
      return { confidence: 0.95, because: 'the URL names an Anthropic model of Vertex AI' }
    }
    if (/\/messages(\/count_tokens)?$/.test(path) && body?.get('messages')?.kind === 'array') {
      return { confidence: 0.95, because: 'the URL ends in /messages and the body has messages' }
    }
    const version = body?.get('anthropic_version')
    if (version !== undefined && body?.get('messages')?.kind === 'array') {
      return { confidence: 0.85, because: 'the body has messages and an anthropic_version' }
    }
    return payload ?? { confidence: 0, because: '' }
  },

  errorAnswer: ({ status, body }) => ({
    type: 'error',
    error: { type: ERROR_TYPES[status] ?? 'api_error', message: body.message ?? '' },
  }),

  readRequest: readMessagesRequest,
  requestEdits: messagesRequestEdits,
  chunkEdits: messagesChunkEdits,

  readChunk(chunk, say) {
    // a string is what is no JSON: "[DONE]" of gateways
    if (chunk.kind === 'object') readEvent(chunk, chunk.get('type')?.string(), say)
    else if (chunk.string() !== '[DONE]') say({ kind: 'unknown', why: 'not an object', json: chunk })
  },
}
