import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import type { ConstantField } from './stream.ts'

/**
 * The members that every chunk has with the same JSON text (id, model, created, ...): boilerplate that is
 * shown once instead of in each row. Empty for fewer than two chunks.
 */
export function constantFields(document: JsonDocument, chunkNodes: Int32Array): readonly ConstantField[] {
  const first = chunkNodes[0]
  if (first === undefined || chunkNodes.length < 2) return []
  let candidates = candidatesIn(document.node(first))
  for (const id of chunkNodes.subarray(1)) {
    if (candidates.length === 0) break
    if (hasInOrder(document, id, candidates)) continue
    // as this chunk writes them: a first chunk often has another order than all that follow
    const node = document.node(id)
    const before = new Map(candidates.map(({ name, raw }) => [name, raw]))
    candidates = candidatesIn(node).filter(({ name, raw }) => before.get(name) === raw)
  }
  return candidates.map(({ name, raw }) => ({ name, raw }))
}

function candidatesIn(chunk: JsonNode): readonly Candidate[] {
  const { text } = chunk.document
  return [...chunk.members()].map(({ key, keyStart, value }) => ({
    name: key,
    raw: value.raw,
    written: text.slice(keyStart, value.end),
  }))
}

/** `written`: key, separator and value as the first chunk has them; compared in one go. */
interface Candidate extends ConstantField {
  readonly written: string
}

/**
 * One walk over the members: chunks of one stream nearly always have them in the same order and layout. False
 * only means that they have to be looked at one by one.
 */
function hasInOrder(document: JsonDocument, object: number, fields: readonly Candidate[]): boolean {
  const { text, index } = document
  const { nodes } = index
  const end = (nodes[object * 3 + 2] ?? 0) >> 3
  let found = 0
  for (let key = object + 1; key + 1 < end; key = (nodes[key * 3 + 5] ?? 0) >> 3) {
    const field = fields[found]
    if (field === undefined) return true
    const start = nodes[key * 3] ?? 0
    const isField =
      (nodes[key * 3 + 4] ?? 0) - start === field.written.length && text.startsWith(field.written, start)
    if (isField) found++
  }
  return found === fields.length
}
