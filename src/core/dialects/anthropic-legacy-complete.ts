/**
 * Anthropic text completions, the API before messages, streamed and whole.
 *
 * Spec: https://docs.claude.com/en/api/complete. Spoken by `/v1/complete` and, without `type`, by Claude 2 on Bedrock.
 * Supported: `completion` (a piece a chunk, or all of it), stop reason and sequence, errors, pings.
 * Lost: nothing; ids and the model's name say nothing.
 */
import { addressOf, given, type Say, sayError, sayRest, worded } from '../cassette/payload.ts'
import { readMembers, textMessage } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const READ = new Set(['type', 'id', 'log_id', 'model', 'completion', 'stop_reason', 'stop', 'truncated'])

function readCompletion(chunk: JsonNode, say: Say): void {
  const text = chunk.get('completion')
  if (text?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text })
  const reason = worded(chunk.get('stop_reason'))
  if (reason !== undefined) say({ kind: 'stop', choice: 0, reason })
  const stop = worded(chunk.get('stop'))
  if (stop !== undefined) say({ kind: 'note', choice: 0, label: 'stop sequence', json: stop })
  sayRest(chunk, READ, say)
}

export const anthropicLegacyComplete: Dialect = {
  id: 'anthropic-legacy-complete',
  label: 'Anthropic text completions',
  spec: 'https://docs.claude.com/en/api/complete',

  sniff(request, body, first) {
    const says = first?.get('completion')?.kind === 'string'
    if (says && first.get('type')?.string() === 'completion') {
      return { confidence: 1, because: 'the payload says type "completion" and has a completion' }
    }
    if (says && first.get('stop_reason') !== undefined && first.get('stop') !== undefined) {
      return { confidence: 0.9, because: 'the payload has completion, stop_reason and stop' }
    }
    if (addressOf(request).path.endsWith('/v1/complete') && body?.get('prompt')?.kind === 'string') {
      return { confidence: 0.95, because: 'the URL ends in /v1/complete and the body has a prompt' }
    }
    if (body?.get('max_tokens_to_sample') !== undefined && body.get('prompt')?.kind === 'string') {
      return { confidence: 0.8, because: 'the body has a prompt and max_tokens_to_sample' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) =>
      key === 'prompt' && value.kind === 'string' ? { messages: [textMessage('user', value)] } : undefined,
    ),

  readChunk(chunk, say) {
    if (chunk.kind !== 'object') {
      if (chunk.string() !== '[DONE]') say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    else if (chunk.get('type')?.string() !== 'ping') readCompletion(chunk, say)
  },
}
