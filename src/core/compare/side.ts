import type { Interaction } from '../cassette/cassette.ts'
import type { JsonDocument } from '../syntax/json-node.ts'
import type { Address, Located } from '../text/address.ts'

/** One of the two readings that are compared. */
export interface Side {
  readonly interaction: Interaction
  readonly document: JsonDocument
  readonly fileName: string
  /** The file's own text, where the document is not that. */
  readonly fileText?: string | undefined
  /** What a replay looks the recording up by, where the format has such a thing. */
  readonly requestHash?: string | undefined
}

/** The node at an address in the file's own JSON; undefined for a place inside a string of it. */
export function nodeAt(document: JsonDocument, at: Address): number | undefined {
  const [step, ...deeper] = at.slice(document.base.length)
  return step?.in === 'json' && deeper.length === 0 ? document.find(step.pointer)?.id : undefined
}

export function nodeOf(document: JsonDocument, located: Located<unknown> | undefined): number | undefined {
  return located && nodeAt(document, located.at)
}

/** The id of the innermost list that has exactly these nodes, or what holds each of them, as its items. */
export function listOf(document: JsonDocument, ids: ArrayLike<number>): number | undefined {
  const first = ids[0]
  const last = ids[ids.length - 1]
  let found: number | undefined
  for (let node = document.root; node !== undefined && first !== undefined && last !== undefined; ) {
    if (node.kind === 'array' && node.itemIds().length === ids.length) found = node.id
    let inner: typeof node | undefined
    for (const child of node.children()) {
      if (child.id <= first && last < child.next) inner = child
      if (child.id > first) break
    }
    // the list itself is the last node that holds all; with one item its insides would hold it as well
    if (inner === undefined || inner.id === first) break
    node = inner
  }
  return found
}
