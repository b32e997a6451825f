import type { RecordedRequest } from '../cassette/cassette.ts'
import type { ResponseFormat } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { formatOf } from './request-values.ts'
import { given, type Say } from './saying.ts'

/** What both versions of Cohere's chat have in common. */

/** Cohere's own host; its chat is also served by others, under its payload. */
export function isCohereHost({ url }: RecordedRequest): boolean {
  return /^https?:\/\/api\.cohere\.(?:com|ai)\//.test(url?.value ?? '')
}

/** Counted tokens; what is billed where nothing else is told. */
export function sayCohereUsage(usage: JsonNode, counts: JsonNode, say: Say): void {
  const tokens = given(counts.get('tokens')) ?? given(counts.get('billed_units'))
  if (tokens === undefined) return
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: tokens.get('input_tokens'),
      outputTokens: tokens.get('output_tokens'),
      cachedInputTokens: given(counts.get('cached_tokens')),
    },
  })
}

export function cohereFormat(format: JsonNode): ResponseFormat {
  const schema = given(format.get('json_schema')) ?? given(format.get('schema'))
  return formatOf(format.get('type')?.string() ?? 'unknown', schema, format)
}
