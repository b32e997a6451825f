import type { JsonNode } from '../syntax/json-node.ts'

/**
 * Whether Azure's verdict on a text is that there is nothing to say about it: nothing filtered, nothing detected,
 * every severity "safe"; that the filter could not run is no verdict either. https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
 */
export function isHarmless(verdict: JsonNode): boolean {
  if (verdict.kind === 'array') return [...verdict.items()].every(isHarmless)
  if (verdict.kind !== 'object') return true
  for (const { key, value } of verdict.effectiveMembers()) {
    if ((key === 'filtered' || key === 'detected') && value.boolean() === true) return false
    if (key === 'severity' && value.kind === 'string' && value.string() !== 'safe') return false
    if (!isHarmless(value)) return false
  }
  return true
}
