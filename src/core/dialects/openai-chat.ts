/**
 * OpenAI chat completions, streamed and whole.
 *
 * Spec: https://platform.openai.com/docs/api-reference/chat (object, streaming). Spoken also by Azure,
 * Bedrock, watsonx, vLLM, Ollama and others, whose deviations are noted where they are met.
 * Supported: text, list content (Mistral, with its thinking), reasoning (`reasoning`: vLLM, Ollama, Bedrock, Groq;
 * `reasoning_content`: DeepSeek, vLLM, xAI; `reasoning_details`: OpenRouter), refusals, tool calls (also several
 * fragments of one call in a delta, and calls without an index), the legacy `function_call`, several choices, audio,
 * images, sources and citations, usage (also Groq's), in-stream errors.
 * Lost: nothing; what is not read here, and what Azure's filters found, is said as `unknown`.
 */
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { isHarmless } from './content-filter.ts'
import type { Dialect } from './dialect.ts'
import { chatChunkEdits } from './openai-chat-chunk-edits.ts'
import {
  callIndex,
  detailTwin,
  isBlank,
  isWholeAnswer,
  sayExtra,
  sayImage,
  saySources,
} from './openai-chat-extras.ts'
import { CHAT_PARAMETERS } from './openai-chat-parameters.ts'
import { readChatRequest } from './openai-chat-request.ts'
import { chatRequestEdits } from './openai-chat-request-edits.ts'
import { sayChatUsage } from './openai-usage.ts'
import { filled, given, isEmpty, sayError } from './saying.ts'

/** Where the legacy `function_call` is filed among the tool calls: before all indexed ones. */
const FUNCTION_CALL_INDEX = -1

/** Members of a delta or message that are read below. */
const READ: readonly string[] = [
  'role',
  'reasoning',
  'reasoning_content',
  'content',
  'refusal',
  'tool_calls',
  'function_call',
]

/**
 * Each member is asked for by name, so of duplicates the last counts, and members nobody here knows are looked
 * for only when there are more than were read: a stream has one of these objects a chunk.
 */
function readMessage(chunk: JsonNode, message: JsonNode, choice: number, say: (delta: Delta) => void): void {
  let known = 0
  for (const key of READ) {
    const value = message.get(key)
    if (value === undefined) continue
    known++
    if (value.isNull) continue
    // Snowflake spells out an empty one in whole answers; in a stream it is what a call begins with
    if (key === 'function_call' && isBlank(value) && isWholeAnswer(chunk)) continue
    if (key === 'tool_calls') readToolCalls(chunk, value, choice, say)
    else readMember(message, key, value, choice, say)
  }
  if (message.memberCount === known) return
  for (const { key, value } of message.members()) {
    if (!READ.includes(key) && !isEmpty(value) && !isBlank(value)) sayExtra(key, value, message, choice, say)
  }
}

function readMember(
  message: JsonNode,
  key: string,
  value: JsonNode,
  choice: number,
  say: (delta: Delta) => void,
): void {
  switch (key) {
    case 'role':
      if (value.string()) say({ kind: 'message-start', choice, role: value })
      break
    case 'reasoning_content':
      // vLLM writes the same text under both names, the second for older clients: it counts once
      if (message.get('reasoning')?.kind !== 'string') {
        sayReasoning(key, value, choice, say, detailTwin(message, value))
      } else if (message.get('reasoning')?.raw !== value.raw) say({ kind: 'unknown', why: key, json: value })
      break
    case 'reasoning': {
      const twin = message.get('reasoning_content')
      sayReasoning(key, value, choice, say, twin?.raw === value.raw ? twin : detailTwin(message, value))
      break
    }
    case 'content':
      readContent(value, choice, say)
      break
    case 'refusal':
      if (value.kind === 'string') say({ kind: 'refusal', choice, part: 0, text: value })
      break
    case 'function_call':
      sayCall(value, FUNCTION_CALL_INDEX, undefined, choice, say)
  }
}

function sayReasoning(
  key: string,
  value: JsonNode,
  choice: number,
  say: (delta: Delta) => void,
  twin?: JsonNode,
): void {
  if (value.kind === 'string') say({ kind: 'reasoning', choice, part: 0, text: value, twin })
  else if (!isEmpty(value)) say({ kind: 'unknown', why: key, json: value })
}

/** A string; some servers (Mistral) answer with the list of parts that requests may have. */
function readContent(content: JsonNode, choice: number, say: (delta: Delta) => void): void {
  if (content.kind === 'string') {
    say({ kind: 'text', choice, part: 0, text: content })
    return
  }
  let part = 0
  let image = 0
  for (const item of content.items()) {
    const text = item.get('text')
    const type = item.get('type')?.string()
    const thinking = item.get('thinking')
    if (thinking !== undefined) sayThinking(thinking, choice, say)
    else if (text?.kind === 'string') say({ kind: 'text', choice, part: part++, text })
    else if (sayImage(item, image, choice, say)) image++
    else if (type === 'reference') say({ kind: 'note', choice, label: 'reference', json: item })
    else say({ kind: 'unknown', why: item.get('type')?.string() ?? 'content part', json: item })
  }
}

/** Mistral: `{"type": "thinking", "thinking": [{"type": "text", "text": …}]}`. */
function sayThinking(thinking: JsonNode, choice: number, say: (delta: Delta) => void): void {
  if (thinking.kind === 'string') say({ kind: 'reasoning', choice, part: 0, text: thinking })
  for (const item of thinking.items()) {
    const text = item.get('text')
    if (text?.kind === 'string') say({ kind: 'reasoning', choice, part: 0, text })
    else say({ kind: 'note', choice, label: item.get('type')?.string() ?? 'thinking', json: item })
  }
}

function readToolCalls(chunk: JsonNode, calls: JsonNode, choice: number, say: (delta: Delta) => void): void {
  // older text-generation-inference sends the one call of a piece without a list
  if (calls.kind === 'object') {
    sayCall(calls.get('function') ?? calls, calls.get('index')?.number() ?? 0, calls.get('id'), choice, say)
  }
  let position = 0
  for (const call of calls.items()) {
    const index = call.get('index')?.number() ?? callIndex(chunk, choice, call, position)
    position++
    sayCall(call.get('function') ?? call.get('custom') ?? call, index, call.get('id'), choice, say)
  }
}

function sayCall(
  called: JsonNode,
  index: number,
  id: JsonNode | undefined,
  choice: number,
  say: (delta: Delta) => void,
): void {
  const args = called.get('arguments') ?? called.get('input')
  say({
    kind: 'tool-call',
    choice,
    index,
    id: given(id),
    name: given(called.get('name')),
    // some servers send an object where a JSON text belongs
    arguments: args?.kind === 'string' || args?.kind === 'object' ? args : undefined,
  })
}

function readChoice(chunk: JsonNode, choice: JsonNode, say: (delta: Delta) => void): void {
  const index = choice.get('index')?.number() ?? 0
  const delta = given(choice.get('delta'))
  const whole = given(choice.get('message'))
  const message = delta === undefined || (whole && isWholeAnswer(chunk)) ? whole : delta
  if (message !== undefined) readMessage(chunk, message, index, say)
  const filter = choice.get('content_filter_result') ?? choice.get('content_filter_results')
  if (filter !== undefined && (message === undefined || !isHarmless(filter))) {
    say({ kind: 'unknown', why: 'content filter', json: filter })
  }
  const reason = given(choice.get('finish_reason'))
  if (reason?.string()) say({ kind: 'stop', choice: index, reason })
  const error = given(choice.get('error'))
  if (error !== undefined) sayError(error, say)
}

export const openaiChat: Dialect = {
  id: 'openai-chat',
  label: 'OpenAI chat completions',
  spec: 'https://platform.openai.com/docs/api-reference/chat',

  sniff(request, body, first) {
    const choice = first?.get('choices')?.item(0)
    if (choice?.get('delta') !== undefined) {
      return { confidence: 1, because: 'the chunks have choices[].delta' }
    }
    if (choice?.get('message') !== undefined) {
      return { confidence: 1, because: 'the response has choices[].message' }
    }
    const object = first?.get('object')?.string()
    if (object === 'chat.completion' || object === 'chat.completion.chunk') {
      return { confidence: 0.95, because: `the payload says object "${object}"` }
    }
    const path = request.url?.value.split(/[?#]/)[0] ?? ''
    if (path.endsWith('/chat/completions') && body?.get('messages')?.kind === 'array') {
      return { confidence: 0.9, because: 'the URL ends in /chat/completions and the body has messages' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readChatRequest,
  requestEdits: { ...chatRequestEdits, parameters: CHAT_PARAMETERS },
  chunkEdits: chatChunkEdits,

  readChunk(chunk, say, event) {
    if (chunk.kind !== 'object') {
      // a text behind the stream: "[DONE]"
      if (chunk.kind !== 'string') say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const choices = chunk.get('choices')
    for (const choice of choices?.items() ?? []) readChoice(chunk, choice, say)
    const usage = given(chunk.get('usage')) ?? filled(chunk.path('x_groq', 'usage'))
    if (usage !== undefined) sayChatUsage(usage, say)
    saySources(chunk, say)
    // Azure's verdict on the prompt: all that a stream's first chunk says, or beside a whole answer
    const filter = given(chunk.get('prompt_filter_results'))
    if (filter !== undefined && (choices?.item(0) === undefined || !isHarmless(filter))) {
      say({ kind: 'unknown', why: 'prompt filter', json: filter })
    }
    const error =
      given(chunk.get('error')) ??
      given(chunk.path('x_groq', 'error')) ??
      (event === 'error' ? chunk : undefined)
    if (error !== undefined) sayError(error, say)
    if (choices === undefined && usage === undefined && error === undefined && filter === undefined) {
      say({ kind: 'unknown', why: 'no choices', json: chunk })
    }
  },
}
