import type { JsonDocument } from '../syntax/json-node.ts'
import type { ConstantField } from './stream.ts'

/**
 * The members that every chunk has with the same JSON text (id, model, created, ...): boilerplate that is
 * shown once instead of in each row. Empty for fewer than two chunks.
 */
export function constantFields(document: JsonDocument, chunkNodes: Int32Array): readonly ConstantField[] {
  const first = chunkNodes[0]
  if (first === undefined || chunkNodes.length < 2) return []
  let candidates: ConstantField[] = []
  for (const { key, value } of document.node(first).members()) candidates.push({ name: key, raw: value.raw })
  for (const id of chunkNodes.subarray(1)) {
    if (candidates.length === 0) break
    const node = document.node(id)
    const kept = candidates.filter(({ name, raw }) => {
      const value = node.get(name)
      return value?.end === (value?.start ?? 0) + raw.length && document.text.startsWith(raw, value.start)
    })
    if (kept.length < candidates.length) candidates = kept
  }
  return candidates
}
