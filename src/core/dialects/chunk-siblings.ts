/**
 * The other chunks of a stream, found by where a chunk stands in the file. APIs that repeat what they have streamed
 * (the Responses API does so four times over) can only be read by knowing whether the pieces have come.
 */
import type { JsonNode } from '../syntax/json-node.ts'

/** How deep a recorder may wrap a chunk in an item of the list (`{"__type__", "__data__"}`, `{"data"}`). */
const WRAPPED = 1

interface List {
  /** The first node that belongs to the list, and the first behind it. */
  readonly start: number
  readonly end: number
  readonly chunks: readonly JsonNode[]
}

/** All chunks that stand in the same list as this one, itself included; none where it stands in no list. */
export function chunksBeside(chunk: JsonNode): List {
  const { document } = chunk
  let list: readonly JsonNode[] = []
  let range = { start: chunk.id, end: chunk.next }
  let below: string[] = []
  // several values side by side make a list too: a document whose texts are the events of a stream
  let level = roots(chunk)
  if (level.length > 1) [list, range] = [level, rangeOf(level)]
  for (;;) {
    const holder = level.find(({ id, next }) => id <= chunk.id && chunk.id < next)
    if (holder === undefined || holder.id === chunk.id) break
    if (holder.kind === 'array') {
      level = [...holder.items()]
      list = level
      range = { start: holder.id, end: holder.next }
      below = []
    } else {
      const inside = [...holder.members()].find(({ value }) => value.id <= chunk.id && chunk.id < value.next)
      if (inside === undefined) break
      below = [...below, inside.key]
      level = [inside.value]
    }
  }
  if (below.length > WRAPPED) return { start: chunk.id, end: chunk.next, chunks: [] }
  const chunks = list.flatMap((item) => {
    const found = item.path(...below)
    return found === undefined ? [] : [document.node(found.id)]
  })
  return { ...range, chunks }
}

function roots({ document }: JsonNode): readonly JsonNode[] {
  const found: JsonNode[] = []
  for (let id = 0; id < document.index.count; ) {
    const node = document.node(id)
    found.push(node)
    id = Math.max(node.next, id + 1)
  }
  return found
}

function rangeOf(nodes: readonly JsonNode[]): { readonly start: number; readonly end: number } {
  return { start: nodes[0]?.id ?? 0, end: nodes.at(-1)?.next ?? 0 }
}

/** Something found out about all chunks of a list, once for each list of a document: documents never change. */
export class PerList<T> {
  readonly #known = new WeakMap<
    object,
    { readonly start: number; readonly end: number; readonly value: T }[]
  >()
  readonly #find: (chunks: readonly JsonNode[]) => T

  constructor(find: (chunks: readonly JsonNode[]) => T) {
    this.#find = find
  }

  of(chunk: JsonNode): T {
    const known = this.#known.get(chunk.document) ?? []
    const found = known.find(({ start, end }) => start <= chunk.id && chunk.id < end)
    if (found !== undefined) return found.value
    const { start, end, chunks } = chunksBeside(chunk)
    const value = this.#find(chunks)
    this.#known.set(chunk.document, [...known, { start, end, value }])
    return value
  }
}
