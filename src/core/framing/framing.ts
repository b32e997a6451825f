import type { FramingId } from '../cassette/cassette.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Address } from '../text/address.ts'

/** A body cut into chunks: the node of each chunk's data, in the index of the document that holds it. */
export interface Framed {
  readonly framing: FramingId
  readonly ids: Int32Array
  /** The JSON list that holds one chunk an item, where there is one. */
  readonly list?: Address
}

/** No body was recorded. */
export const NO_CHUNKS: Framed = { framing: 'none', ids: new Int32Array(0) }

/** The whole body as one chunk. */
export function frameWhole(body: JsonNode): Framed {
  return { framing: 'whole', ids: Int32Array.of(body.id) }
}

/**
 * A JSON array with one chunk an item. `unwrap` takes the recorder's own wrapping off an item (it returns the
 * item itself where there is none).
 */
export function frameObjectList(list: JsonNode, unwrap: (item: JsonNode) => JsonNode): Framed {
  const { document } = list
  return {
    framing: 'object-list',
    ids: list.itemIds().map((id) => unwrap(document.node(id)).id),
    list: list.at,
  }
}
