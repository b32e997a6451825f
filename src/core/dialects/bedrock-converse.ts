/**
 * AWS Bedrock's Converse and ConverseStream.
 *
 * Spec: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. Amazon Nova
 * speaks the same inside invoke, and so do agents of Bedrock AgentCore.
 * Supported: text, reasoning with signature and redacted content, tool calls (the client's and the system's),
 * tool results, citations, images, the guardrail's trace, stop reason, usage, exceptions. A chunk may name its
 * event (`{"contentBlockDelta": {..}}`) or be the event's payload, as it is in the binary frames.
 * Lost: nothing; latency, performance configuration and the padding `p` say nothing.
 */
import {
  addressOf,
  awsExceptionIn,
  given,
  isHollow,
  type Say,
  sayError,
  sayRest,
  worded,
} from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { readBlock, readDelta, readStart } from './bedrock-converse-blocks.ts'
import { converseChunkEdits } from './bedrock-converse-chunk-edits.ts'
import { readConverseRequest } from './bedrock-converse-request.ts'
import { converseRequestEdits } from './bedrock-converse-request-edits.ts'
import type { Dialect, DialectSniff } from './dialect.ts'

const EVENTS: ReadonlySet<string> = new Set([
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
])
const WHOLE = new Set([
  'output',
  'stopReason',
  'usage',
  'metrics',
  'trace',
  'additionalModelResponseFields',
  'performanceConfig',
  'serviceTier',
])
const MESSAGE = new Set(['role', 'content'])
const START = new Set(['role', 'p'])
const STOP = new Set(['stopReason', 'additionalModelResponseFields', 'p'])
const METADATA = new Set(['usage', 'metrics', 'trace', 'performanceConfig', 'serviceTier', 'p'])

function readUsage(usage: JsonNode | undefined, say: Say): void {
  if (usage?.kind !== 'object') return
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('inputTokens'),
      outputTokens: usage.get('outputTokens'),
      totalTokens: usage.get('totalTokens'),
      cachedInputTokens: usage.get('cacheReadInputTokens') ?? usage.get('cacheReadInputTokenCount'),
    },
  })
}

function readRole(owner: JsonNode, say: Say): void {
  const role = worded(owner.get('role'))
  if (role !== undefined) say({ kind: 'message-start', choice: 0, role })
}

function readStop(owner: JsonNode, say: Say): void {
  const reason = worded(owner.get('stopReason'))
  if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
  readNote(owner, 'additionalModelResponseFields', 'additional fields', say)
}

function readNote(owner: JsonNode, key: string, label: string, say: Say): void {
  const json = given(owner.get(key))
  if (json !== undefined && !isHollow(json)) say({ kind: 'note', choice: 0, label, json })
}

function readEvent(name: string, event: JsonNode, say: Say): void {
  const part = event.get('contentBlockIndex')?.number() ?? 0
  switch (name) {
    case 'messageStart':
      readRole(event, say)
      sayRest(event, START, say)
      break
    case 'contentBlockStart':
      readStart(event.get('start'), part, say)
      break
    case 'contentBlockDelta':
      readDelta(event.get('delta'), part, say)
      break
    case 'messageStop':
      readStop(event, say)
      sayRest(event, STOP, say)
      break
    case 'metadata':
      readUsage(event.get('usage'), say)
      readNote(event, 'trace', 'trace', say)
      sayRest(event, METADATA, say)
  }
}

function readWhole(response: JsonNode, say: Say): void {
  const message = response.path('output', 'message')
  if (message !== undefined) {
    readRole(message, say)
    let part = 0
    for (const block of message.get('content')?.items() ?? []) readBlock(block, part++, say)
    sayRest(message, MESSAGE, say)
  }
  readStop(response, say)
  readUsage(response.get('usage'), say)
  readNote(response, 'trace', 'trace', say)
  sayRest(response, WHOLE, say)
}

function readUnnamed(chunk: JsonNode, event: string | undefined, say: Say): void {
  if (chunk.get('output') !== undefined) {
    readWhole(chunk, say)
    return
  }
  const exception = awsExceptionIn(chunk, event)
  if (exception !== undefined) {
    sayError(exception, say)
    return
  }
  if (chunk.get('delta') !== undefined) {
    readEvent('contentBlockDelta', chunk, say)
    return
  }
  if (chunk.get('start') !== undefined) {
    readEvent('contentBlockStart', chunk, say)
    return
  }
  say({ kind: 'unknown', why: event ?? 'no event', json: chunk })
}

function sniffPayload(first: JsonNode | undefined, event: string | undefined): DialectSniff | undefined {
  if (first?.path('output', 'message', 'content')?.kind === 'array') {
    return { confidence: 0.97, because: 'the response has output.message.content' }
  }
  for (const { key } of first?.members() ?? []) {
    if (EVENTS.has(key) && key !== 'metadata') {
      return { confidence: 0.97, because: `the chunks are named as Converse names them: ${key}` }
    }
  }
  if (event !== undefined && EVENTS.has(event) && event !== 'metadata') {
    return { confidence: 0.97, because: `the stream has an event ${event}` }
  }
  return undefined
}

export const bedrockConverse: Dialect = {
  id: 'bedrock-converse',
  label: 'Bedrock Converse',
  spec: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',

  sniff(request, body, first, event) {
    if (/\/model\/.+\/converse(-stream)?$/.test(addressOf(request).path)) {
      return { confidence: 1, because: "the URL is Converse's" }
    }
    const payload = sniffPayload(first, event)
    if (payload !== undefined) return payload
    if (body?.path('messages', 0, 'content', 0) && (body.get('inferenceConfig') ?? body.get('toolConfig'))) {
      return { confidence: 0.8, because: 'the body has messages and an inferenceConfig or toolConfig' }
    }
    return { confidence: 0, because: '' }
  },

  errorAnswer: ({ body }) => ({ message: body.message ?? '' }),

  readRequest: readConverseRequest,
  requestEdits: converseRequestEdits,
  chunkEdits: converseChunkEdits,

  readChunk(chunk, say, event) {
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    let named = false
    for (const { key, value } of chunk.effectiveMembers()) {
      if (!EVENTS.has(key)) continue
      readEvent(key, value, say)
      named = true
    }
    if (named) sayRest(chunk, EVENTS, say)
    else if (event !== undefined && EVENTS.has(event)) readEvent(event, chunk, say)
    else readUnnamed(chunk, event, say)
  },
}
