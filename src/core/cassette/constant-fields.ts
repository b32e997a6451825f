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
  for (const { key, value } of document.node(first).members()) {
    candidates.push({ name: key, raw: value.raw })
  }
  for (const id of chunkNodes.subarray(1)) {
    if (candidates.length === 0) break
    if (hasInOrder(document, id, candidates)) continue
    const node = document.node(id)
    candidates = candidates.filter(({ name, raw }) => node.get(name)?.raw === raw)
  }
  return candidates
}

/** One walk over the members: chunks of one stream nearly always have them in the same order. */
function hasInOrder(document: JsonDocument, object: number, fields: readonly ConstantField[]): boolean {
  const { text, index } = document
  const { nodes } = index
  const end = (nodes[object * 3 + 2] ?? 0) >> 3
  let found = 0
  for (let key = object + 1; key + 1 < end; key = (nodes[key * 3 + 5] ?? 0) >> 3) {
    const field = fields[found]
    if (field === undefined) return true
    const start = nodes[key * 3 + 3] ?? 0
    const isField =
      (nodes[key * 3 + 4] ?? 0) - start === field.raw.length &&
      (nodes[key * 3 + 1] ?? 0) - (nodes[key * 3] ?? 0) === field.name.length + 2 &&
      text.startsWith(field.name, (nodes[key * 3] ?? 0) + 1) &&
      text.startsWith(field.raw, start)
    if (isField) found++
  }
  return found === fields.length
}
