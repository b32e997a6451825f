/**
 * Cohere chat v2, streamed and whole.
 *
 * Spec: https://docs.cohere.com/reference/chat and https://docs.cohere.com/v2/docs/streaming.
 * Supported: text, thinking, the tool plan (as reasoning), tool calls (pieces and whole), citations, log
 * probabilities, finish reasons, usage, errors.
 * Lost: nothing; what is not read here is said as `unknown`.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { isCohereHost, sayCohereUsage } from './cohere-parts.ts'
import { readCohereV2Request } from './cohere-v2-request.ts'
import type { Dialect } from './dialect.ts'
import { sayNote, sayRest } from './members.ts'
import { filled, given, type Say, sayError } from './saying.ts'

/** The plan stands beside the thinking, whose blocks are numbered from 0. */
const PLAN = -1

const EVENTS = [
  'message-start',
  'content-start',
  'content-delta',
  'content-end',
  'tool-plan-delta',
  'tool-call-start',
  'tool-call-delta',
  'tool-call-end',
  'citation-start',
  'citation-end',
  'message-end',
]

const EVENT = new Set(['type', 'id', 'index', 'delta', 'logprobs'])
const DELTA = new Set(['message', 'finish_reason', 'usage', 'error'])
const WHOLE = new Set(['id', 'message', 'finish_reason', 'usage', 'logprobs'])
const MESSAGE = new Set(['role', 'content', 'tool_plan', 'tool_calls', 'citations'])
const CONTENT = new Set(['type', 'text', 'thinking'])

/** Members are lists in a whole answer; in a stream they are single, and their place stands beside them. */
function each(value: JsonNode | undefined, index: number): readonly (readonly [JsonNode, number])[] {
  if (value === undefined || value.isNull) return []
  return value.kind === 'array' ? [...value.items()].map((item, at) => [item, at]) : [[value, index]]
}

function readMessage(message: JsonNode, index: number, say: Say): void {
  const role = message.get('role')
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  const plan = message.get('tool_plan')
  if (plan?.kind === 'string') say({ kind: 'reasoning', choice: 0, part: PLAN, text: plan })
  for (const [content, part] of each(message.get('content'), index)) readContent(content, part, say)
  for (const [call, at] of each(message.get('tool_calls'), index)) readCall(call, at, say)
  for (const [citation] of each(message.get('citations'), index)) sayNote('citation', citation, say)
  sayRest(message, MESSAGE, say)
}

function readContent(content: JsonNode, part: number, say: Say): void {
  // a string by the API's older form of the answer
  const text = content.kind === 'string' ? content : content.get('text')
  if (text?.kind === 'string') say({ kind: 'text', choice: 0, part, text })
  const thinking = content.get('thinking')
  if (thinking?.kind === 'string') say({ kind: 'reasoning', choice: 0, part, text: thinking })
  sayRest(content, CONTENT, say)
}

function readCall(call: JsonNode, index: number, say: Say): void {
  const called = call.get('function')
  const args = given(called?.get('arguments'))
  const [id, name] = [given(call.get('id')), given(called?.get('name'))]
  say({ kind: 'tool-call', choice: 0, index, id, name, arguments: args })
}

function readEnd(end: JsonNode, say: Say): void {
  const reason = end.get('finish_reason')
  if (reason?.string()) say({ kind: 'stop', choice: 0, reason })
  const usage = filled(end.get('usage'))
  if (usage !== undefined) sayCohereUsage(usage, usage, say)
  const error = filled(end.get('error'))
  if (error !== undefined) sayError(error, say)
}

function readEvent(event: JsonNode, say: Say): void {
  const index = event.get('index')?.number() ?? 0
  const delta = given(event.get('delta'))
  const message = given(delta?.get('message'))
  if (message?.kind === 'object') readMessage(message, index, say)
  sayNote('log probabilities', event.get('logprobs'), say)
  if (delta !== undefined) {
    readEnd(delta, say)
    sayRest(delta, DELTA, say)
  }
  sayRest(event, EVENT, say)
}

function isWhole(first: JsonNode | undefined): boolean {
  const message = first?.get('message')
  const hasAnswer = message?.get('content')?.kind === 'array' || message?.get('tool_calls')?.kind === 'array'
  // a choice of an OpenAI answer, taken for itself, has an index and no id
  return hasAnswer && first?.get('finish_reason')?.kind === 'string' && first.get('id')?.kind === 'string'
}

export const cohereV2: Dialect = {
  id: 'cohere-v2',
  label: 'Cohere chat v2',
  spec: 'https://docs.cohere.com/reference/chat',

  sniff(request, body, first) {
    const type = first?.get('type')?.string() ?? ''
    const isEvent = EVENTS.includes(type) && (first?.get('delta') !== undefined || type.endsWith('-end'))
    if (isEvent) return { confidence: 1, because: `the events say type "${type}"` }
    if (isWhole(first))
      return { confidence: 0.97, because: 'the answer has message.content and finish_reason' }
    if (isCohereHost(request) && body?.get('messages')?.kind === 'array') {
      return { confidence: 0.9, because: "the URL is Cohere's and the body has messages" }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readCohereV2Request,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    const type = chunk.get('type')?.string()
    if (type !== undefined && EVENTS.includes(type)) {
      readEvent(chunk, say)
      return
    }
    const message = chunk.get('message')
    if (message?.kind === 'object') {
      readMessage(message, 0, say)
      sayNote('log probabilities', chunk.get('logprobs'), say)
      readEnd(chunk, say)
      sayRest(chunk, WHOLE, say)
    } else if (message?.kind === 'string') {
      sayError(chunk, say)
    } else {
      say({ kind: 'unknown', why: type ?? 'no message', json: chunk })
    }
  },
}
