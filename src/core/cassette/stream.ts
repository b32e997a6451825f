import type { Located } from '../text/address.ts'
import type { MediaKind, TextKind } from './delta.ts'

/**
 * One growing text of an answer: the whole text once, and where each piece of it comes from. Flat arrays,
 * since a stream can have a million pieces; `pieceEnds` are prefix lengths, so the text at any chunk is one
 * binary search and one slice, never a new fold.
 */
export interface Track {
  readonly choice: number
  readonly kind: TextKind | 'tool-arguments'
  readonly text: string
  /** The chunk that each piece came in. Ascending. */
  readonly pieceChunks: Uint32Array
  /** Length of `text` (UTF-16 units) once the piece has arrived. Ascending. */
  readonly pieceEnds: Uint32Array
  /** The string node, in the index of the file's text, that holds the piece. */
  readonly pieceNodes: Uint32Array
  /** Nodes of strings that repeat a piece, by the piece: an edit of the piece goes to both. */
  readonly twins?: ReadonlyMap<number, number>
  /** Nodes of strings that repeat the whole text: an edit goes to them as well. */
  readonly restated?: readonly number[]
}

export interface AssembledToolCall {
  readonly index: number
  readonly id?: Located<string>
  readonly name?: Located<string>
  /** Position in `Stream.tracks`; undefined when no arguments were ever sent. */
  readonly argumentsTrack?: number
}

export type AssembledPart =
  | { readonly kind: TextKind; readonly track: number; readonly firstChunk: number }
  | { readonly kind: 'tool-call'; readonly call: AssembledToolCall; readonly firstChunk: number }
  | {
      readonly kind: 'media'
      readonly media: MediaKind
      readonly type?: string
      /** Base64 in one or more pieces, or one URL; with the chunk that each came in. */
      readonly pieces: readonly { readonly chunk: number; readonly data: Located<string> }[]
      readonly firstChunk: number
    }
  /** Raw JSON of something known that is no text; `label` names it for a person. */
  | {
      readonly kind: 'note'
      readonly label: string
      readonly json: Located<string>
      readonly firstChunk: number
    }

/** One embedding of the answer: the node of its list of numbers, or of the base64 of its 32-bit floats. */
export interface Vector {
  readonly chunk: number
  readonly index: number
  readonly node: number
}

/** One alternative answer: its parts in the order in which they first appeared. */
export interface AssembledMessage {
  readonly choice: number
  readonly role?: Located<string>
  readonly parts: readonly AssembledPart[]
  readonly stop?: { readonly reason: Located<string>; readonly chunk: number }
}

/** Token counts as recorded, raw. */
export interface Usage {
  readonly chunk: number
  readonly inputTokens?: Located<string>
  readonly outputTokens?: Located<string>
  readonly totalTokens?: Located<string>
  readonly cachedInputTokens?: Located<string>
  readonly reasoningTokens?: Located<string>
}

/** A place in the stream worth jumping to. */
export interface Marker {
  readonly chunk: number
  readonly kind: TextKind | 'media' | 'tool-call' | 'stop' | 'error'
  readonly label: string
}

/** A member that every chunk has with the same JSON text. */
export interface ConstantField {
  readonly name: string
  readonly raw: string
}

/** Everything that the chunks of one response add up to. Plain data and typed arrays: crosses a worker. */
export interface Stream {
  /** The node of each chunk's data, in the index of the file's text. */
  readonly chunkNodes: Int32Array
  /** Code of each chunk's kind, see `CHUNK_KINDS`. */
  readonly kinds: Uint8Array
  /** Characters that each chunk adds to any track. */
  readonly added: Uint32Array
  readonly tracks: readonly Track[]
  readonly messages: readonly AssembledMessage[]
  readonly usage?: Usage
  readonly vectors: readonly Vector[]
  readonly markers: readonly Marker[]
  readonly constants: readonly ConstantField[]
  /** Names of the server-sent events, one a chunk ("" where none), where the stream has such names. */
  readonly events?: readonly string[]
  /** Milliseconds at which each chunk arrived, ascending, where the format recorded them. */
  readonly times?: Float64Array
  readonly errors: readonly { readonly chunk: number; readonly message: string }[]
}

/** How many pieces of a track have arrived once `chunk` has. -1 for "before the first chunk". */
function piecesUntil(track: Track, chunk: number): number {
  let low = 0
  let high = track.pieceChunks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((track.pieceChunks[middle] ?? 0) <= chunk) low = middle + 1
    else high = middle
  }
  return low
}

/** Length of a track's text once `chunk` has arrived. */
export function lengthAt(track: Track, chunk: number): number {
  const pieces = piecesUntil(track, chunk)
  return pieces === 0 ? 0 : (track.pieceEnds[pieces - 1] ?? 0)
}

/** The piece that holds the character at `offset`; the last piece for an offset behind the end. */
export function pieceAt(track: Track, offset: number): number {
  let low = 0
  let high = track.pieceEnds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((track.pieceEnds[middle] ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}

/** The part of a track's text that one chunk adds, as offsets into it; empty when it adds nothing. */
export function spanOfChunk(track: Track, chunk: number): { readonly start: number; readonly end: number } {
  return { start: lengthAt(track, chunk - 1), end: lengthAt(track, chunk) }
}
