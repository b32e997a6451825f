import type { JsonNode } from '../syntax/json-node.ts'
import { type Say, sayUsage } from './saying.ts'

/** Token counts as chat completions, text completions and the Assistants API write them. */
export function sayChatUsage(usage: JsonNode, say: Say): void {
  const counts = {
    inputTokens: usage.get('prompt_tokens'),
    outputTokens: usage.get('completion_tokens'),
    totalTokens: usage.get('total_tokens'),
    cachedInputTokens: usage.path('prompt_tokens_details', 'cached_tokens'),
    reasoningTokens: usage.path('completion_tokens_details', 'reasoning_tokens'),
  }
  sayUsage(usage, counts, say)
}
