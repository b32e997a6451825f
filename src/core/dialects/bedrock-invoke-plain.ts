import type { ContentPart, Conversation, Message, ToolDefinition } from '../cassette/conversation.ts'
import { given, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { readMembers, textMessage, textPart } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

/** Lists of alternative answers: where an item's text stands, and why it ended. */
const LISTS: Readonly<
  Record<string, { readonly text: readonly string[]; readonly stop: readonly string[] }>
> = {
  // Titan
  results: { text: ['outputText'], stop: ['completionReason'] },
  // Cohere command
  generations: { text: ['text'], stop: ['finish_reason'] },
  // AI21 Jurassic
  completions: { text: ['data', 'text'], stop: ['finishReason', 'reason'] },
  // Mistral
  outputs: { text: ['text'], stop: ['stop_reason'] },
}

/** A text that stands in the chunk itself: Llama, Titan, Cohere. */
const TEXTS = ['generation', 'outputText', 'text'] as const
const STOPS = ['stop_reason', 'completionReason', 'finish_reason'] as const

/** What is read below, and what repeats the question (`prompt`, `texts`, `chat_history`) or only names the answer. */
const READ = new Set([
  ...Object.keys(LISTS),
  ...TEXTS,
  ...STOPS,
  ...[
    'id',
    'generation_id',
    'response_id',
    'model',
    'index',
    'is_finished',
    'prompt',
    'texts',
    'chat_history',
  ],
  ...['inputTextTokenCount', 'totalOutputTextTokenCount', 'prompt_token_count', 'generation_token_count'],
  ...['embedding', 'embeddings', 'embeddingsByType', 'response_type', 'tool_calls', 'event_type', 'error'],
])

function readItem(item: JsonNode, choice: number, list: string, say: Say): void {
  const places = LISTS[list]
  const text = item.path(...(places?.text ?? []))
  if (text?.kind === 'string') say({ kind: 'text', choice, part: 0, text })
  else say({ kind: 'unknown', why: list, json: item })
  const reason = worded(item.path(...(places?.stop ?? [])))
  if (reason !== undefined) say({ kind: 'stop', choice, reason })
}

function readUsage(chunk: JsonNode, say: Say): void {
  const inputTokens = given(chunk.get('prompt_token_count') ?? chunk.get('inputTextTokenCount'))
  const outputTokens = given(
    chunk.get('generation_token_count') ??
      chunk.get('totalOutputTextTokenCount') ??
      chunk.path('results', 0, 'tokenCount'),
  )
  if (inputTokens === undefined && outputTokens === undefined) return
  say({ kind: 'usage', usage: chunk, counts: { inputTokens, outputTokens } })
}

/** Titan says one vector (and again by type), Cohere a list or lists by type, Nova objects that hold one each. */
function readVectors(chunk: JsonNode, say: Say): void {
  const one = chunk.get('embedding')
  if (one?.kind === 'array') {
    say({ kind: 'vector', index: 0, vector: one })
    return
  }
  const many = chunk.get('embeddings') ?? chunk.get('embeddingsByType')
  const lists = many?.kind === 'object' ? [...many.members()].map(({ value }) => value) : [many]
  let index = 0
  for (const list of lists) {
    if (list?.item(0)?.kind === 'number') say({ kind: 'vector', index: index++, vector: list })
    else {
      for (const item of list?.items() ?? []) {
        say({ kind: 'vector', index: index++, vector: item.get('embedding') ?? item })
      }
    }
  }
}

/** Cohere's calls come whole. */
function readCalls(chunk: JsonNode, choice: number, say: Say): void {
  let index = 0
  for (const call of chunk.get('tool_calls')?.items() ?? []) {
    const name = worded(call.get('name'))
    say({ kind: 'tool-call', choice, index: index++, name, arguments: given(call.get('parameters')) })
  }
}

function readChunk(chunk: JsonNode, say: Say): void {
  if (chunk.kind !== 'object') {
    say({ kind: 'unknown', why: 'not an object', json: chunk })
    return
  }
  const error = given(chunk.get('error'))
  if (error !== undefined) sayError(error, say)
  const choice = chunk.get('index')?.number() ?? 0
  for (const key of TEXTS) {
    const text = chunk.get(key)
    if (text?.kind === 'string') say({ kind: 'text', choice, part: 0, text })
  }
  for (const list of Object.keys(LISTS)) {
    let position = 0
    for (const item of chunk.get(list)?.items() ?? []) readItem(item, position++, list, say)
  }
  readCalls(chunk, choice, say)
  readVectors(chunk, say)
  for (const key of STOPS) {
    const reason = worded(chunk.get(key))
    if (reason !== undefined) say({ kind: 'stop', choice, reason })
  }
  readUsage(chunk, say)
  sayRest(chunk, READ, say)
}

/** A prompt, texts to embed, or Cohere's message with the history before it. */
function readRequest(body: JsonNode): Conversation {
  return readMembers(body, (key, value) => {
    if (value.kind === 'string') {
      if (key === 'prompt' || key === 'inputText' || key === 'message') {
        return { messages: [textMessage('user', value)] }
      }
      return key === 'preamble' ? { opening: [textMessage('system', value)] } : undefined
    }
    if (value.kind !== 'array') return undefined
    if (key === 'chat_history' || key === 'messages') return { messages: [...value.items()].map(readMessage) }
    if (key === 'texts') return { messages: [{ role: 'user', at: value.at, parts: textParts(value) }] }
    return key === 'tools' ? { tools: [...value.items()].map(readTool) } : undefined
  })
}

function textParts(texts: JsonNode): readonly ContentPart[] {
  return [...texts.items()].map((text) => ({ ...textPart(text, text), item: text.at }))
}

/** Cohere's history says USER and CHATBOT. */
function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const text = message.get('message') ?? message.get('content')
  return {
    role: { USER: 'user', CHATBOT: 'assistant', SYSTEM: 'system' }[role] ?? role,
    at: message.at,
    parts: [{ ...textPart(message, text), item: (text ?? message).at }],
  }
}

function readTool(tool: JsonNode): ToolDefinition {
  const nameText = tool.get('name')?.locatedString()
  const description = tool.get('description')?.locatedString()
  const schema = tool.get('parameter_definitions')?.locatedRaw()
  return {
    name: nameText?.value ?? 'tool',
    definition: tool.at,
    ...(nameText && { nameText }),
    ...(description && { description }),
    ...(schema && { schema }),
    json: tool.locatedRaw(),
  }
}

/** The text completions of Llama, Titan, Cohere, AI21 and Mistral, and their embeddings: no two disagree. */
export const plain: Pick<Dialect, 'sniff' | 'readRequest' | 'readChunk'> = {
  sniff(_request, body, first) {
    const keys = [...TEXTS, ...Object.keys(LISTS), 'embedding', 'embeddings', 'embeddingsByType']
    const says = keys.some((key) => first?.get(key) !== undefined)
    const asks = ['prompt', 'inputText', 'message', 'texts'].some((key) => body?.get(key) !== undefined)
    return { confidence: says || asks ? 0.5 : 0, because: 'a text completion or an embedding' }
  },
  readRequest,
  readChunk,
}
