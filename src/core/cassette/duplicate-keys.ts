import { NodeKind } from '../syntax/json-index.ts'
import type { JsonDocument } from '../syntax/json-node.ts'
import { decodeJsonString } from '../syntax/json-string.ts'
import { lineColumnAt } from '../syntax/lines.ts'
import type { Diagnostic } from './diagnostic.ts'

/** Objects with more members, or with escapes in their keys, are compared through a set. */
const FEW = 32
const MOST_REPORTED = 5

/**
 * A warning for each of the first objects that has a key twice: every reader here takes the last one, other
 * programs may not. Compares lengths before letters, so a file without duplicates costs a few per cent.
 */
export function duplicateKeys(document: JsonDocument): readonly Diagnostic[] {
  const { text, index } = document
  const { nodes, count } = index
  const found: Diagnostic[] = []
  const keys: number[] = []
  for (let object = 0; object < count && found.length < MOST_REPORTED; object++) {
    const link = nodes[object * 3 + 2] ?? 0
    if ((link & 7) !== NodeKind.object) continue
    keys.length = 0
    for (let id = object + 1; id + 1 < link >> 3; id = (nodes[(id + 1) * 3 + 2] ?? 0) >> 3) keys.push(id)
    const isPlain = keys.length <= FEW && !index.escapedKeys
    const twin = isPlain ? twinOfFew(text, nodes, keys) : twinOfMany(text, nodes, keys)
    if (twin === undefined) continue
    const start = nodes[twin * 3] ?? 0
    const end = nodes[twin * 3 + 1] ?? 0
    found.push({
      severity: 'warning',
      code: 'duplicate-key',
      message: `The key ${text.slice(start, end)} stands twice in one object (line ${lineColumnAt(text, start).line}). The last one counts; both are kept.`,
      span: { start, end },
    })
  }
  return found
}

function twinOfFew(text: string, nodes: Int32Array, keys: readonly number[]): number | undefined {
  // the lengths met so far, as bits: keys of different lengths need no comparing
  let lengths = 0
  for (let later = 0; later < keys.length; later++) {
    const id = keys[later] ?? 0
    const start = nodes[id * 3] ?? 0
    const length = (nodes[id * 3 + 1] ?? 0) - start
    const bit = 1 << (length & 31)
    if ((lengths & bit) === 0) {
      lengths |= bit
      continue
    }
    for (let earlier = 0; earlier < later; earlier++) {
      const other = keys[earlier] ?? 0
      const otherStart = nodes[other * 3] ?? 0
      if ((nodes[other * 3 + 1] ?? 0) - otherStart !== length) continue
      if (text.startsWith(text.slice(start, start + length), otherStart)) return id
    }
  }
  return undefined
}

function twinOfMany(text: string, nodes: Int32Array, keys: readonly number[]): number | undefined {
  const seen = new Set<string>()
  for (const id of keys) {
    const key = decodeJsonString(text, nodes[id * 3] ?? 0, nodes[id * 3 + 1] ?? 0)
    if (seen.has(key)) return id
    seen.add(key)
  }
  return undefined
}
