import type { JsonNode } from '../../core/syntax/json-node.ts'

/** Bytes of a 32-bit float. */
const FLOAT = 4

/** How many dimensions a vector has: a list of numbers, or base64 of little-endian 32-bit floats. Decodes nothing. */
export function vectorSize(vector: JsonNode): number {
  if (vector.kind === 'array') return vector.next - vector.id - 1
  const digits = vector.string()?.replace(/[\s=]+/g, '') ?? ''
  return Math.floor((digits.length * 3) / 4 / FLOAT)
}
