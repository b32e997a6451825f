/**
 * IBM watsonx.ai text generation, streamed and whole. Its chat (`/ml/v1/text/chat`) is OpenAI's.
 *
 * Spec: https://cloud.ibm.com/apidocs/watsonx-ai#text-generation.
 * Supported: several results, stop reason, counts (the prompt's stand in the first chunk and are 0 after it),
 * warnings and moderations, errors; the moment that each chunk was made.
 * Lost: nothing; the model's name and version say nothing.
 */
import { addressOf, given, isBlank, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { readMembers, textMessage } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const READ = new Set([
  'model_id',
  'model_version',
  'created_at',
  'results',
  'system',
  'errors',
  'trace',
  'status_code',
])
const RESULT = new Set([
  'generated_text',
  'generated_token_count',
  'input_token_count',
  'stop_reason',
  'seed',
])

function counted(node: JsonNode | undefined): JsonNode | undefined {
  return node?.number() === 0 ? undefined : given(node)
}

function readResult(result: JsonNode, choice: number, say: Say): void {
  const text = result.get('generated_text')
  if (text?.kind === 'string') say({ kind: 'text', choice, part: 0, text })
  const reason = worded(result.get('stop_reason'))
  // IBM writes it both ways
  if (reason !== undefined && !/^not[_ ]finished$/i.test(reason.string() ?? ''))
    say({ kind: 'stop', choice, reason })
  const inputTokens = counted(result.get('input_token_count'))
  const outputTokens = counted(result.get('generated_token_count'))
  if (inputTokens !== undefined || outputTokens !== undefined) {
    say({ kind: 'usage', usage: result, counts: { inputTokens, outputTokens } })
  }
  sayRest(result, RESULT, say)
}

export const watsonx: Dialect = {
  id: 'watsonx',
  label: 'IBM watsonx text generation',
  spec: 'https://cloud.ibm.com/apidocs/watsonx-ai#text-generation',

  sniff(request, body, first) {
    const result = first?.path('results', 0)
    if (result?.get('generated_text') !== undefined && first?.get('model_id') !== undefined) {
      return { confidence: 0.97, because: 'the payload has a model_id and results[].generated_text' }
    }
    if (/\/(generation\/text|text\/generation)(_stream)?$/.test(addressOf(request).path)) {
      return { confidence: 0.9, because: "the URL is that of watsonx's text generation" }
    }
    if (
      body?.get('model_id') !== undefined &&
      body.get('input')?.kind === 'string' &&
      body.get('project_id')
    ) {
      return { confidence: 0.7, because: 'the body has model_id, project_id and input' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) =>
      key === 'input' && value.kind === 'string' ? { messages: [textMessage('user', value)] } : undefined,
    ),

  readChunk(chunk, say) {
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    let choice = 0
    for (const result of chunk.get('results')?.items() ?? []) readResult(result, choice++, say)
    const system = chunk.get('system')
    if (system !== undefined && !isBlank(system))
      say({ kind: 'note', choice: 0, label: 'system', json: system })
    for (const error of chunk.get('errors')?.items() ?? []) sayError(error, say)
    sayRest(chunk, READ, say)
  },

  timeOf(chunk) {
    const time = Date.parse(chunk.get('created_at')?.string() ?? '')
    return Number.isNaN(time) ? undefined : time
  },
}
