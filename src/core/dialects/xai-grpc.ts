/**
 * xAI's gRPC chat (xai_api.Chat), as JSON of its protobuf messages.
 *
 * Spec: https://github.com/xai-org/xai-proto/blob/main/proto/xai/api/v1/chat.proto. Spoken by the Python package
 * `xai-sdk`; pydantic-ai records it so.
 * Supported: whole answers and chunks: text, reasoning, tool calls, what the server's own tools answered, citations,
 * encrypted thinking, finish reasons, usage.
 * Lost: nothing; what is not read here is said as `unknown`. The outputs of one answer are the steps that the model
 * took, in order, and are read as one answer; with `n` above 1, as alternatives, they would be too.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { sayNote, sayRest } from './members.ts'
import { filled, given, type Say } from './saying.ts'
import { readXaiRequest } from './xai-grpc-request.ts'

const TOP = new Set([
  'id',
  'outputs',
  'created',
  'model',
  'system_fingerprint',
  'usage',
  'citations',
  // the server's copy of the request
  'settings',
])

const OUTPUT = new Set(['index', 'message', 'delta', 'finish_reason', 'logprobs'])

const MESSAGE = new Set([
  'role',
  'content',
  'reasoning_content',
  'encrypted_content',
  'tool_calls',
  'citations',
])

function readMessage(message: JsonNode, part: number, say: Say): void {
  const role = message.get('role')
  if (role?.string() === 'ROLE_TOOL') {
    // what a server's tool answered, with the call once more
    sayNote('tool result', message, say)
    return
  }
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  const reasoning = message.get('reasoning_content')
  if (reasoning?.kind === 'string') say({ kind: 'reasoning', choice: 0, part, text: reasoning })
  const text = message.get('content')
  if (text?.kind === 'string') say({ kind: 'text', choice: 0, part, text })
  for (const call of message.get('tool_calls')?.items() ?? []) sayCall(call, say)
  sayNote('encrypted thinking', message.get('encrypted_content'), say)
  sayNote('citations', message.get('citations'), say)
  sayRest(message, MESSAGE, say)
}

/** Calls come whole, some again when their state changes: the same call by its id. */
function sayCall(call: JsonNode, say: Say): void {
  const called = call.get('function') ?? call
  const [id, name] = [given(call.get('id')), given(called.get('name'))]
  say({ kind: 'tool-call', choice: 0, id, name, wholeArguments: given(called.get('arguments')) })
}

function sayUsage(usage: JsonNode, say: Say): void {
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('prompt_tokens'),
      outputTokens: usage.get('completion_tokens'),
      totalTokens: usage.get('total_tokens'),
      cachedInputTokens: usage.get('cached_prompt_text_tokens'),
      reasoningTokens: usage.get('reasoning_tokens'),
    },
  })
}

export const xaiGrpc: Dialect = {
  id: 'xai-grpc',
  label: 'xAI gRPC chat',
  spec: 'https://github.com/xai-org/xai-proto',

  sniff(_request, body, first) {
    const output = first?.get('outputs')?.item(0)
    const role = (output?.get('message') ?? output?.get('delta'))?.get('role')?.string() ?? ''
    const reason = output?.get('finish_reason')?.string() ?? ''
    if (role.startsWith('ROLE_') || reason.startsWith('REASON_')) {
      return { confidence: 1, because: 'the answer has outputs[] with ROLE_ and REASON_ names' }
    }
    if (body?.path('messages', 0, 'role')?.string()?.startsWith('ROLE_')) {
      return { confidence: 0.95, because: 'the messages have ROLE_ names' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readXaiRequest,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    for (const output of chunk.get('outputs')?.items() ?? []) {
      // protobuf leaves out what is 0
      const index = output.get('index')?.number() ?? 0
      const message = given(output.get('message')) ?? given(output.get('delta'))
      if (message !== undefined) readMessage(message, index, say)
      sayNote('log probabilities', output.get('logprobs'), say)
      const reason = output.get('finish_reason')
      if (reason?.string() && reason.string() !== 'REASON_INVALID') say({ kind: 'stop', choice: 0, reason })
      sayRest(output, OUTPUT, say)
    }
    sayNote('citations', chunk.get('citations'), say)
    const usage = filled(chunk.get('usage'))
    if (usage !== undefined) sayUsage(usage, say)
    sayRest(chunk, TOP, say)
  },
}
