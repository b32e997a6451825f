import type { JsonNode } from '../../core/syntax/json-node.ts'

/** A preview ends near this many characters. */
const WIDTH = 64
const LONGEST_SCALAR = 28

/**
 * One line that says what a folded object or array holds; once it is unfolded, only its brackets. Looks at
 * no more children than fit on the line, so its cost does not depend on the size of the value.
 */
export function jsonPreview(node: JsonNode, unfolded: boolean): string {
  const [opening, closing] = node.kind === 'array' ? ['[', ']'] : ['{', '}']
  if (unfolded) return opening
  const pieces: string[] = []
  let width = 0
  for (const piece of childPreviews(node)) {
    if (width + piece.length > WIDTH && pieces.length > 0) {
      pieces.push('…')
      break
    }
    pieces.push(piece)
    width += piece.length + 2
  }
  return `${opening} ${pieces.join(', ')} ${closing}`
}

function* childPreviews(node: JsonNode): Generator<string> {
  if (node.kind === 'array') for (const item of node.items()) yield scalarPreview(item)
  else for (const { key, value } of node.members()) yield `${short(key)}: ${scalarPreview(value)}`
}

function scalarPreview(node: JsonNode): string {
  if (node.kind === 'object') return node.next === node.id + 1 ? '{ }' : '{…}'
  if (node.kind === 'array') return node.next === node.id + 1 ? '[ ]' : '[…]'
  if (node.end - node.start <= LONGEST_SCALAR) return node.raw
  return `${node.document.text.slice(node.start, node.start + LONGEST_SCALAR)}…`
}

function short(key: string): string {
  return key.length > LONGEST_SCALAR ? `${key.slice(0, LONGEST_SCALAR)}…` : key
}
