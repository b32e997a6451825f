import type { Delta } from '../../../src/core/cassette/delta.ts'
import { foldChunks } from '../../../src/core/cassette/fold.ts'
import type { Stream } from '../../../src/core/cassette/stream.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'

export interface Folded {
  readonly document: JsonDocument
  readonly stream: Stream
  /** The node of each chunk. */
  readonly chunks: readonly JsonNode[]
  /** What each chunk says. */
  readonly deltas: readonly (readonly Delta[])[]
}

/**
 * Folds what an API sent, one JSON text a chunk (a whole response is one chunk), as the program does when it has
 * taken the chunks out of their file. `events`: names of the server-sent events.
 */
export function foldPayloads(
  dialect: Dialect,
  payloads: readonly string[],
  events?: readonly string[],
): Folded {
  const document = JsonDocument.of(`[${payloads.join(',\n')}]`)
  const ids = document.root?.itemIds() ?? new Int32Array(0)
  const chunks = [...ids].map((id) => document.node(id))
  return {
    document,
    stream: foldChunks(document, ids, (chunk, say, event) => dialect.readChunk(chunk, say, event), {
      ...(events && { events }),
    }),
    chunks,
    deltas: chunks.map((chunk, at) => {
      const said: Delta[] = []
      dialect.readChunk(chunk, (delta) => said.push(delta), events?.[at])
      return said
    }),
  }
}
