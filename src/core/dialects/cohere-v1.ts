/**
 * Cohere chat v1, streamed (lines of JSON) and whole.
 *
 * Spec: https://docs.cohere.com/v1/reference/chat and https://docs.cohere.com/v1/docs/streaming.
 * Supported: text, the tool plan (as reasoning), tool calls (pieces and whole), citations, documents, searches, finish
 * reasons, usage, errors.
 * Lost: nothing; what is not read here is said as `unknown`. The end of a stream repeats the whole answer: of it only
 * what did not come before is read, and the echo of the chat's history not at all.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { isCohereHost, sayCohereUsage } from './cohere-parts.ts'
import { readCohereV1Request } from './cohere-v1-request.ts'
import type { Dialect } from './dialect.ts'
import { sayNote, sayRest } from './members.ts'
import { filled, given, type Say, sayError } from './saying.ts'

const EVENTS = [
  'stream-start',
  'search-queries-generation',
  'search-results',
  'text-generation',
  'citation-generation',
  'tool-calls-chunk',
  'tool-calls-generation',
  'stream-end',
  'debug',
]

const EVENT = new Set([
  'event_type',
  'is_finished',
  'generation_id',
  'text',
  'citations',
  'documents',
  'search_results',
  'search_queries',
  'tool_calls',
  'tool_call_delta',
  'finish_reason',
  'response',
])

const WHOLE = new Set([
  'text',
  'generation_id',
  'response_id',
  'id',
  'chat_history',
  'citations',
  'documents',
  'search_results',
  'search_queries',
  'tool_calls',
  'finish_reason',
  'meta',
  'token_count',
  'is_search_required',
])

const NOTES = {
  search_queries: 'search queries',
  search_results: 'search results',
  documents: 'documents',
  citations: 'citations',
} as const

function sayNotes(holder: JsonNode, say: Say): void {
  for (const [key, label] of Object.entries(NOTES)) sayNote(label, holder.get(key), say)
}

/** Whole calls, which in a stream may have come in pieces before. */
function sayCalls(calls: JsonNode | undefined, say: Say): void {
  let index = 0
  for (const call of calls?.items() ?? []) {
    const [name, wholeArguments] = [given(call.get('name')), given(call.get('parameters'))]
    say({ kind: 'tool-call', choice: 0, index: index++, name, wholeArguments })
  }
}

function sayPiece(piece: JsonNode, say: Say): void {
  const index = piece.get('index')?.number() ?? 0
  const [name, args] = [given(piece.get('name')), given(piece.get('parameters'))]
  say({ kind: 'tool-call', choice: 0, index, name, arguments: args })
}

function sayEnd(answer: JsonNode, reason: JsonNode | undefined, say: Say): void {
  const meta = filled(answer.get('meta'))
  if (meta !== undefined) sayCohereUsage(meta, meta, say)
  if (reason?.string()) say({ kind: 'stop', choice: 0, reason })
}

function readEvent(type: string, event: JsonNode, say: Say): void {
  const text = event.get('text')
  if (text?.kind === 'string') {
    // what is said around tool calls is the plan of them
    const kind = type === 'text-generation' ? 'text' : 'reasoning'
    say({ kind, choice: 0, part: 0, text })
  }
  sayNotes(event, say)
  const piece = given(event.get('tool_call_delta'))
  if (piece !== undefined) sayPiece(piece, say)
  sayCalls(event.get('tool_calls'), say)
  const response = event.get('response')
  if (type === 'stream-end') {
    if (response !== undefined) sayCalls(response.get('tool_calls'), say)
    sayEnd(response ?? event, event.get('finish_reason') ?? response?.get('finish_reason'), say)
  }
  sayRest(event, EVENT, say)
}

export const cohereV1: Dialect = {
  id: 'cohere-v1',
  label: 'Cohere chat v1',
  spec: 'https://docs.cohere.com/v1/reference/chat',

  sniff(request, body, first) {
    const type = first?.get('event_type')?.string() ?? ''
    if (EVENTS.includes(type)) return { confidence: 1, because: `the lines say event_type "${type}"` }
    if (first?.get('text')?.kind === 'string' && first.get('generation_id')?.kind === 'string') {
      return { confidence: 0.98, because: 'the answer has text and generation_id' }
    }
    if (isCohereHost(request) && body?.get('message')?.kind === 'string') {
      return { confidence: 0.9, because: "the URL is Cohere's and the body has a message" }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readCohereV1Request,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    const type = chunk.get('event_type')?.string()
    const text = chunk.get('text')
    if (type !== undefined && EVENTS.includes(type)) {
      readEvent(type, chunk, say)
    } else if (text?.kind === 'string') {
      say({ kind: 'text', choice: 0, part: 0, text })
      sayCalls(chunk.get('tool_calls'), say)
      sayNotes(chunk, say)
      sayEnd(chunk, chunk.get('finish_reason'), say)
      sayRest(chunk, WHOLE, say)
    } else if (chunk.get('message')?.kind === 'string') {
      sayError(chunk, say)
    } else {
      say({ kind: 'unknown', why: type ?? 'no text', json: chunk })
    }
  },
}
