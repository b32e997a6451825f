/**
 * OpenAI Responses, streamed and whole.
 *
 * Spec: https://platform.openai.com/docs/api-reference/responses (object, streaming events). Spoken also by Azure,
 * xAI, Llama Stack, vLLM, LM Studio, Groq, OpenRouter and Bedrock.
 * Supported: text, refusals, reasoning (summaries and text), every tool call known in 2026, images and parts of
 * them, audio and its transcript, citations, usage, errors. A stream says everything up to four times (pieces, the
 * whole text, the whole item, the whole response): it counts once, as the smallest pieces that came, so that a
 * stream of which only the final event was recorded is read too.
 * Lost: nothing; the request as the response repeats it (model, instructions, tools, settings) says nothing new.
 */
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { tellItem } from './openai-items.ts'
import { readEvent } from './openai-responses-events.ts'
import { RESPONSES_PARAMETERS } from './openai-responses-parameters.ts'
import { readResponsesRequest } from './openai-responses-request.ts'
import { responsesRequestEdits } from './openai-responses-request-edits.ts'
import { saidOnce } from './said-once.ts'
import { given, pathOf, type Say, sayError, sayUnread, sayUsage } from './saying.ts'

/** What a response repeats of its request, and what only names it. */
const SILENT: ReadonlySet<string> = new Set(
  `id object created_at completed_at status background billing conversation error frequency_penalty
  incomplete_details instructions max_output_tokens max_tool_calls metadata model moderation output output_text
  parallel_tool_calls presence_penalty previous_response_id prompt prompt_cache_key prompt_cache_options
  prompt_cache_retention reasoning safety_identifier service_tier store temperature text tool_choice tools
  top_logprobs top_p truncation usage user content_filters include debug`.split(/\s+/),
)

const sayEvent = saidOnce(readEvent)

function sayResponseUsage(usage: JsonNode, say: Say): void {
  const counts = {
    inputTokens: usage.get('input_tokens'),
    outputTokens: usage.get('output_tokens'),
    totalTokens: usage.get('total_tokens'),
    cachedInputTokens: usage.path('input_tokens_details', 'cached_tokens'),
    reasoningTokens: usage.path('output_tokens_details', 'reasoning_tokens'),
  }
  sayUsage(usage, counts, say)
}

/** How an answer ended, what it cost and what went wrong: what only the whole response says. */
function sayEnd(response: JsonNode, say: Say): void {
  const status = response.get('status')
  const reason = given(response.path('incomplete_details', 'reason')) ?? status
  if (reason?.string() && !/^(?:in_progress|queued)$/.test(status?.string() ?? '')) {
    say({ kind: 'stop', choice: 0, reason })
  }
  const usage = given(response.get('usage'))
  if (usage !== undefined) sayResponseUsage(usage, say)
  const error = given(response.get('error'))
  if (error !== undefined) sayError(error, say)
  sayUnread(response, SILENT, '', say)
}

function readWhole(response: JsonNode, say: Say): void {
  let index = 0
  for (const item of response.get('output')?.items() ?? []) tellItem(item, index++, (_, delta) => say(delta))
  sayEnd(response, say)
}

function isFinal(type: string): boolean {
  return /^response\.(?:completed|incomplete|failed|cancelled|done)$/.test(type)
}

function readChunk(chunk: JsonNode, say: (delta: Delta) => void, event?: string): void {
  if (chunk.kind !== 'object') {
    // "[DONE]" and other texts behind a stream
    if (chunk.kind !== 'string') say({ kind: 'unknown', why: 'not an object', json: chunk })
    return
  }
  const type = chunk.get('type')?.string() ?? event ?? ''
  if (type.startsWith('response.')) {
    sayEvent(chunk, say, event)
    const response = chunk.get('response')
    if (isFinal(type) && response) sayEnd(response, say)
    return
  }
  if (type === 'error' || given(chunk.get('error')) !== undefined) {
    if (chunk.get('object')?.string() !== 'response') {
      sayError(given(chunk.get('error')) ?? chunk, say)
      return
    }
  }
  if (chunk.get('output')?.kind === 'array' || chunk.get('object')?.string()?.startsWith('response')) {
    readWhole(chunk, say)
  } else if (type !== 'keepalive' && type !== 'ping') say({ kind: 'unknown', why: type, json: chunk })
}

export const openaiResponses: Dialect = {
  id: 'openai-responses',
  label: 'OpenAI Responses',
  spec: 'https://platform.openai.com/docs/api-reference/responses',

  sniff(request, body, first, event) {
    const object = first?.get('object')?.string() ?? ''
    if (object === 'response' && first?.get('output') !== undefined) {
      return { confidence: 1, because: 'the payload says object "response"' }
    }
    if (object === 'response.compaction')
      return { confidence: 1, because: `the payload says object "${object}"` }
    const type = first?.get('type')?.string() ?? event ?? ''
    // events of the Realtime API have the same names and an event_id
    if (type.startsWith('response.') && first?.get('event_id') === undefined && first?.kind === 'object') {
      return { confidence: 1, because: `the first event is "${type}"` }
    }
    const path = pathOf(request.url?.value)
    if (/\/responses$/.test(path) && body?.get('input') !== undefined) {
      return { confidence: 0.9, because: 'the URL ends in /responses and the body has an input' }
    }
    if (/\/responses(?:\/[^/]+(?:\/(?:cancel|compact|input_items))?)?$/.test(path)) {
      return { confidence: 0.6, because: 'the URL is one of /responses' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readResponsesRequest,
  requestEdits: { ...responsesRequestEdits, parameters: RESPONSES_PARAMETERS },
  readChunk,
}
