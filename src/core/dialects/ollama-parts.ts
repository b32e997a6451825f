import type { ContentPart, ResponseFormat } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { sayNote, sayRest } from './members.ts'
import { formatOf, unknownPart } from './request-values.ts'
import { filled, given, isEmpty, type Say, sayError } from './saying.ts'

/** What Ollama's two endpoints have in common: https://github.com/ollama/ollama/blob/main/docs/api.md */

/** Members that tell of the chunk, not in it; the counts and durations are shown as the usage. */
const FRAME: readonly string[] = [
  'model',
  'created_at',
  'done',
  'done_reason',
  'total_duration',
  'load_duration',
  'prompt_eval_count',
  'prompt_eval_duration',
  'eval_count',
  'eval_duration',
  'logprobs',
  'error',
  // the model that a cloud server ran for it
  'remote_model',
  'remote_host',
]

/** The members of a line that are read: these, and the endpoint's own. */
export function ollamaMembers(...own: readonly string[]): ReadonlySet<string> {
  return new Set([...FRAME, ...own])
}

/** Says the end of an answer, its counts and what went wrong; then what is not among the `known` members. */
export function sayOllamaFrame(chunk: JsonNode, known: ReadonlySet<string>, say: Say): void {
  sayNote('log probabilities', chunk.get('logprobs'), say)
  const inputTokens = given(chunk.get('prompt_eval_count'))
  const outputTokens = given(chunk.get('eval_count'))
  if (inputTokens !== undefined || outputTokens !== undefined) {
    say({ kind: 'usage', usage: chunk, counts: { inputTokens, outputTokens } })
  }
  const reason = chunk.get('done_reason')
  if (reason?.string()) say({ kind: 'stop', choice: 0, reason })
  const error = filled(chunk.get('error'))
  if (error !== undefined) sayError(error, say)
  sayRest(chunk, known, say)
}

/** When a line was made; of the nanoseconds that Ollama writes, a date keeps the milliseconds. */
export function ollamaTime(chunk: JsonNode): number | undefined {
  const made = chunk.get('created_at')?.string()
  const time = made === undefined ? Number.NaN : Date.parse(made)
  return Number.isNaN(time) ? undefined : time
}

/** "json", or the schema itself. */
export function ollamaFormat(format: JsonNode): ResponseFormat | undefined {
  if (isEmpty(format)) return undefined
  return format.kind === 'object'
    ? formatOf('json_schema', format, format)
    : formatOf(format.string() ?? 'format', undefined, format)
}

export function isOllamaChunk(chunk: JsonNode | undefined): boolean {
  return chunk?.get('created_at')?.kind === 'string' && chunk.get('model')?.kind === 'string'
}

/** Bare base64 without a type. */
export function ollamaImage(image: JsonNode): ContentPart {
  const url = image.locatedString()
  return url ? { kind: 'image', url } : unknownPart(image)
}
