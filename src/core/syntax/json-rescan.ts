import type { TextEdit } from '../text/edit.ts'
import { type JsonIndex, NodeKind, stringEnd, WIDTH } from './json-index.ts'

/** The index after an edit, and the string in which the edit was made. */
export interface Rescanned {
  readonly index: JsonIndex
  readonly token: number
}

/**
 * The index of a text after an edit inside one of its string literals, from the index before: what is typed into a
 * text leaves every token where it was but for a shift. A fiftieth of a scan. Undefined where the edit is anything
 * else (or the text was no whole document), and a scan is needed.
 */
export function rescanJson(before: JsonIndex, edit: TextEdit, after: string): Rescanned | undefined {
  if (!before.valid) return undefined
  const { nodes } = before
  const token = lastStartingBefore(before, edit.offset)
  const start = nodes[token * WIDTH] ?? 0
  const end = nodes[token * WIDTH + 1] ?? 0
  const isString = ((nodes[token * WIDTH + 2] ?? 0) & 7) === NodeKind.string
  // inside of the quotes
  if (token < 0 || !isString || edit.offset <= start || edit.offset + edit.length >= end) return undefined
  const shift = edit.content.length - edit.length
  if (stringEnd(after, start, after.length) !== end + shift) return undefined
  const moved = new Int32Array(nodes.length)
  for (let slot = 0; slot < nodes.length; slot += WIDTH) {
    const nodeStart = nodes[slot] ?? 0
    const nodeEnd = nodes[slot + 1] ?? 0
    moved[slot] = nodeStart > start ? nodeStart + shift : nodeStart
    moved[slot + 1] = nodeEnd >= end ? nodeEnd + shift : nodeEnd
    moved[slot + 2] = nodes[slot + 2] ?? 0
  }
  const escaped = before.escapedKeys || isEscapedKey(after, start, end + shift)
  return { index: { ...before, nodes: moved, escapedKeys: escaped }, token }
}

function lastStartingBefore({ nodes, count }: JsonIndex, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((nodes[middle * WIDTH] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

function isEscapedKey(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('\\') && /^\s*:/.test(text.slice(end, end + 100))
}
