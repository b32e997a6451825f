import type { FramingId } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Address } from '../text/address.ts'

/** A body cut into chunks: the node of each chunk's data, in the index of the document that holds it. */
export interface Framed {
  readonly framing: FramingId
  readonly ids: Int32Array
  /** The JSON list that holds one chunk an item, where there is one. */
  readonly list?: Address
  /** Names of server-sent events (or of the types of an AWS event stream), one a chunk. */
  readonly events?: readonly string[]
  /** Milliseconds, one a chunk, ascending. */
  readonly times?: Float64Array
  /** In what the body is written, outermost first ("base64", "gzip"); absent where it stands as it is. */
  readonly encodings?: readonly string[]
  /** Bytes of the body as it was sent, where it was unpacked from a string. */
  readonly length?: number
}

/** What was found when a stored body was unpacked; the body itself is then JSON in the document. */
export interface BodyInfo {
  readonly framing: FramingId
  readonly events?: readonly string[]
  readonly times?: Float64Array
  readonly encodings: readonly string[]
  /** Bytes of the body as it was sent: what a content-length header counts. */
  readonly length: number
  readonly diagnostics: readonly Diagnostic[]
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

/** A stored body, cut as it was found to be written. Without `info` it is JSON that stands in the file as it is. */
export function frameBody(body: JsonNode | undefined, info?: BodyInfo): Framed {
  if (body === undefined || body.isNull || body.raw === '""') return NO_CHUNKS
  const framing = info?.framing ?? wholeOrList(body)
  const stored = {
    ...(info && { length: info.length }),
    ...(info && info.encodings.length > 0 && { encodings: info.encodings }),
  }
  if (framing === 'whole' || framing === 'text' || framing === 'none' || body.kind !== 'array') {
    return { framing, ids: Int32Array.of(body.id), ...stored }
  }
  const all = body.itemIds()
  const count = withoutEnd(body, all)
  return {
    framing,
    ids: all.subarray(0, count),
    list: body.at,
    ...stored,
    ...(info?.events && { events: info.events.slice(0, count) }),
    // times that are not those of the chunks are none
    ...(info?.times && info.times.length >= count && { times: info.times.slice(0, count) }),
  }
}

/** Gemini streams without `alt=sse` are one JSON list; what else is a list of objects reads the same in one chunk each. */
function wholeOrList(body: JsonNode): FramingId {
  const isList = body.kind === 'array' && body.item(0)?.kind === 'object'
  return isList ? 'object-list' : 'whole'
}

/** "[DONE]" says that the stream is over; it is no chunk. */
function withoutEnd(list: JsonNode, ids: Int32Array): number {
  let count = ids.length
  // as the `openai` client does: whatever begins so
  while (count > 0 && list.document.node(ids[count - 1] ?? 0).raw.startsWith('"[DONE]')) count--
  return count
}
