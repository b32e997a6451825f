/**
 * The UI message stream of Vercel's AI SDK (version 5 and later).
 *
 * Spec: https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol. Spoken by `toUIMessageStreamResponse` and by every backend
 * of `useChat` (header `x-vercel-ai-ui-message-stream: v1`).
 * Supported: text and reasoning by id, tool calls by id (pieces and whole), their results, sources, files, data parts,
 * metadata, finish, errors, abort.
 * Lost: nothing; what is not read here is said as `unknown`. A step's begin and end say nothing.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { mediaOf, numberOf, sayNote } from './members.ts'
import { given, type Say } from './saying.ts'
import { readVercelRequest } from './vercel-ui-stream-request.ts'

/** Types that only this stream has; `start`, `finish`, `file`, `error` and `abort` say less. */
const TELLING =
  /^(?:(?:text|reasoning)-(?:start|delta|end)|tool-(?:input|output)-[a-z]+|(?:start|finish)-step|source-(?:url|document)|message-metadata|data-.+)$/

/** Types that a stream of this kind may begin with, and the member that they then have. */
const OPENING: Readonly<Record<string, readonly string[]>> = {
  start: ['type', 'messageId', 'messageMetadata'],
  finish: ['type', 'finishReason', 'messageMetadata'],
  abort: ['type', 'reason'],
  error: ['type', 'errorText'],
}

function partOf(chunk: JsonNode): number {
  return numberOf(chunk.get('id')?.string() ?? '')
}

function sayText(kind: 'text' | 'reasoning', chunk: JsonNode, say: Say): void {
  const text = chunk.get('delta')
  if (text?.kind === 'string') say({ kind, choice: 0, part: partOf(chunk), text })
  else say({ kind: 'unknown', why: `${kind} without a delta`, json: chunk })
}

function sayCall(chunk: JsonNode, say: Say): void {
  say({
    kind: 'tool-call',
    choice: 0,
    id: given(chunk.get('toolCallId')),
    name: given(chunk.get('toolName')),
    arguments: given(chunk.get('inputTextDelta')),
    // what came in pieces is said once more, parsed
    wholeArguments: given(chunk.get('input')),
  })
}

function sayFile(chunk: JsonNode, say: Say): void {
  const data = chunk.get('url')
  const type = chunk.get('mediaType')?.string()
  if (data?.kind !== 'string') say({ kind: 'unknown', why: 'file', json: chunk })
  else say({ kind: 'media', choice: 0, part: data.id, media: mediaOf(type), data, type })
}

function readTyped(type: string, chunk: JsonNode, say: Say): void {
  switch (type) {
    case 'text-delta':
      sayText('text', chunk, say)
      return
    case 'reasoning-delta':
      sayText('reasoning', chunk, say)
      return
    case 'tool-input-start':
    case 'tool-input-delta':
    case 'tool-input-available':
      sayCall(chunk, say)
      return
    case 'tool-input-error':
      sayCall(chunk, say)
      sayNote('tool input error', chunk.get('errorText'), say)
      return
    case 'tool-output-available':
      sayNote('tool output', chunk, say)
      return
    case 'tool-output-error':
    case 'tool-output-denied':
    case 'tool-approval-request':
    case 'source-url':
    case 'source-document':
      sayNote(type.replaceAll('-', ' '), chunk, say)
      return
    case 'file':
      sayFile(chunk, say)
      return
    case 'finish':
    case 'abort': {
      const reason = given(chunk.get('finishReason')) ?? given(chunk.get('reason')) ?? chunk.get('type')
      if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
      return
    }
    case 'error': {
      const error = chunk.get('errorText') ?? chunk
      say({ kind: 'error', error, message: error.string() ?? 'error' })
      return
    }
    case 'start':
    case 'start-step':
    case 'finish-step':
    case 'text-start':
    case 'text-end':
    case 'reasoning-start':
    case 'reasoning-end':
    case 'message-metadata':
      return
    default:
      if (type.startsWith('data-')) sayNote(type, chunk, say)
      else say({ kind: 'unknown', why: type, json: chunk })
  }
}

export const vercelUiStream: Dialect = {
  id: 'vercel-ui-stream',
  label: 'Vercel AI SDK UI stream',
  spec: 'https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol',

  sniff(_request, body, first) {
    const type = first?.get('type')?.string() ?? ''
    const isTelling = TELLING.test(type) && first?.get('event_type') === undefined
    if (isTelling && first?.get('index') === undefined) {
      return { confidence: 0.97, because: `the chunks say type "${type}"` }
    }
    const known = OPENING[type]
    if (known && [...(first?.effectiveMembers() ?? [])].every(({ key }) => known.includes(key))) {
      // an error alone is also what others say
      return { confidence: type === 'error' ? 0.7 : 0.95, because: `the stream begins with type "${type}"` }
    }
    if (body?.path('messages', 0, 'parts')?.kind === 'array') {
      return { confidence: 0.6, because: 'the body has messages[].parts' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readVercelRequest,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    const type = chunk.get('type')?.string()
    if (type === undefined) {
      say({ kind: 'unknown', why: 'no type', json: chunk })
      return
    }
    readTyped(type, chunk, say)
    sayNote('message metadata', chunk.get('messageMetadata'), say)
    const isShown = type.startsWith('tool-output') || type.startsWith('source') || type.startsWith('data-')
    if (!isShown) sayNote('provider metadata', chunk.get('providerMetadata'), say)
  },
}
