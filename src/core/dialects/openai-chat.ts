/**
 * OpenAI chat completions, streamed and whole.
 *
 * Spec: https://platform.openai.com/docs/api-reference/chat (object, streaming). Spoken also by Azure,
 * Bedrock, watsonx, vLLM, Ollama and others, whose deviations are noted where they are met.
 * Supported: text, list content, reasoning (`reasoning`: vLLM, Ollama, Bedrock; `reasoning_content`:
 * DeepSeek, vLLM), refusals, tool calls (also several fragments of one call in a delta, and calls without an
 * index), the legacy `function_call`, several choices, usage, in-stream errors.
 * Lost: nothing; what is not read here (audio, annotations, content filter results) is said as `unknown`.
 */
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { chatChunkEdits } from './openai-chat-chunk-edits.ts'
import { CHAT_PARAMETERS } from './openai-chat-parameters.ts'
import { readChatRequest } from './openai-chat-request.ts'
import { chatRequestEdits } from './openai-chat-request-edits.ts'

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

function given(node: JsonNode | undefined): JsonNode | undefined {
  return node === undefined || node.isNull ? undefined : node
}

function isEmpty(node: JsonNode): boolean {
  return node.isNull || node.end - node.start === 2
}

/**
 * Each member is asked for by name, so of duplicates the last counts, and members nobody here knows are looked
 * for only when there are more than were read: a stream has one of these objects a chunk.
 */
function readMessage(message: JsonNode, choice: number, say: (delta: Delta) => void): void {
  let known = 0
  for (const key of READ) {
    const value = message.get(key)
    if (value === undefined) continue
    known++
    if (!value.isNull) readMember(message, key, value, choice, say)
  }
  if (message.memberCount === known) return
  for (const { key, value } of message.members()) {
    if (!READ.includes(key) && !isEmpty(value)) say({ kind: 'unknown', why: key, json: value })
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
      if (message.get('reasoning')?.kind !== 'string') sayReasoning(key, value, choice, say)
      else if (message.get('reasoning')?.raw !== value.raw) say({ kind: 'unknown', why: key, json: value })
      break
    case 'reasoning': {
      const twin = message.get('reasoning_content')
      sayReasoning(key, value, choice, say, twin?.raw === value.raw ? twin : undefined)
      break
    }
    case 'content':
      readContent(value, choice, say)
      break
    case 'refusal':
      if (value.kind === 'string') say({ kind: 'refusal', choice, part: 0, text: value })
      break
    case 'tool_calls':
      readToolCalls(value, choice, say)
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
  for (const item of content.items()) {
    const text = item.get('text')
    if (text?.kind === 'string') say({ kind: 'text', choice, part: part++, text })
    else say({ kind: 'unknown', why: item.get('type')?.string() ?? 'content part', json: item })
  }
}

function readToolCalls(calls: JsonNode, choice: number, say: (delta: Delta) => void): void {
  let position = 0
  for (const call of calls.items()) {
    const index = call.get('index')?.number() ?? position
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
    arguments: args?.kind === 'string' ? args : undefined,
  })
}

function readChoice(choice: JsonNode, say: (delta: Delta) => void): void {
  const index = choice.get('index')?.number() ?? 0
  const message = given(choice.get('delta')) ?? given(choice.get('message'))
  if (message !== undefined) readMessage(message, index, say)
  else {
    const filter = choice.get('content_filter_result') ?? choice.get('content_filter_results')
    if (filter !== undefined) say({ kind: 'unknown', why: 'content filter', json: filter })
  }
  const reason = given(choice.get('finish_reason'))
  if (reason?.string()) say({ kind: 'stop', choice: index, reason })
  const error = given(choice.get('error'))
  if (error !== undefined) sayError(error, say)
}

function sayError(error: JsonNode, say: (delta: Delta) => void): void {
  const message = error.string() ?? error.get('message')?.string() ?? 'error'
  say({ kind: 'error', error, message })
}

function sayUsage(usage: JsonNode, say: (delta: Delta) => void): void {
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('prompt_tokens'),
      outputTokens: usage.get('completion_tokens'),
      totalTokens: usage.get('total_tokens'),
      cachedInputTokens: usage.path('prompt_tokens_details', 'cached_tokens'),
      reasoningTokens: usage.path('completion_tokens_details', 'reasoning_tokens'),
    },
  })
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

  readChunk(chunk, say) {
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const choices = chunk.get('choices')
    for (const choice of choices?.items() ?? []) readChoice(choice, say)
    const usage = given(chunk.get('usage'))
    if (usage !== undefined) sayUsage(usage, say)
    // Azure's first chunk: no choices, the verdict on the prompt
    const filter = given(chunk.get('prompt_filter_results'))
    if (filter !== undefined && choices?.item(0) === undefined) {
      say({ kind: 'unknown', why: 'prompt filter', json: filter })
    }
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    if (choices === undefined && usage === undefined && error === undefined && filter === undefined) {
      say({ kind: 'unknown', why: 'no choices', json: chunk })
    }
  },
}
