import type { JsonNode } from '../syntax/json-node.ts'

/**
 * What one chunk says, in neutral words; every dialect speaks only this, a whole (not streamed) response is
 * one chunk. `choice` is the alternative answer it belongs to (0 where an API has only one), `part` numbers
 * the text blocks of one answer (0 where an API has only one). Nodes are views: they know their text and
 * their place, and cost nothing when nobody asks.
 */
export type Delta =
  | { readonly kind: 'message-start'; readonly choice: number; readonly role: JsonNode }
  | {
      readonly kind: TextKind
      readonly choice: number
      readonly part: number
      readonly text: JsonNode
      /** The same text written a second time, under an older name: it counts once, and is edited along. */
      readonly twin?: JsonNode | undefined
    }
  | {
      readonly kind: 'tool-call'
      readonly choice: number
      /**
       * Which call it is. None where an API does not number them: then the id tells, a call with a name and no id
       * is a call of its own, and what has neither goes on with the latest call.
       */
      readonly index?: number | undefined
      readonly id?: JsonNode | undefined
      readonly name?: JsonNode | undefined
      /** A string whose pieces add up to a JSON text, or (APIs that send calls whole) the JSON value itself. */
      readonly arguments?: JsonNode | undefined
      /** The arguments said whole after their pieces, as some APIs do: they count where no piece came before. */
      readonly wholeArguments?: JsonNode | undefined
    }
  | {
      readonly kind: 'media'
      readonly choice: number
      readonly part: number
      readonly media: MediaKind
      /** A string: base64 (perhaps a piece of it), a data URL or an http(s) URL. */
      readonly data: JsonNode
      /** Media type as recorded, or a format's name ("pcm16", "wav"). */
      readonly type?: string | undefined
    }
  /**
   * Something that stands beside the text and has a name: a citation, a thinking signature, redacted thinking, a
   * safety rating, what a server's own tool found, an item of a listing. `label` names it for a person.
   */
  | { readonly kind: 'note'; readonly choice: number; readonly label: string; readonly json: JsonNode }
  /**
   * A text that came in pieces, once more and whole (`response.output_text.done`, the final `response.completed`): it
   * adds nothing, and is edited along. `part` is that of the text, or the index of the tool call.
   */
  | {
      readonly kind: 'restated'
      readonly choice: number
      readonly of: TextKind | 'tool-arguments'
      readonly part: number
      readonly text: JsonNode
    }
  /** One embedding: a list of numbers, or base64 of little-endian 32-bit floats. */
  | { readonly kind: 'vector'; readonly index: number; readonly vector: JsonNode }
  | { readonly kind: 'usage'; readonly usage: JsonNode; readonly counts: UsageNodes }
  | { readonly kind: 'stop'; readonly choice: number; readonly reason: JsonNode }
  | { readonly kind: 'error'; readonly error: JsonNode; readonly message: string }
  /** Something this dialect does not read; shown as it is, never dropped. `why` names it, or is empty. */
  | { readonly kind: 'unknown'; readonly why: string; readonly json: JsonNode }

export type MediaKind = 'image' | 'audio' | 'file'

export type TextKind = 'text' | 'reasoning' | 'refusal'

/** Token counts as the provider wrote them. */
export interface UsageNodes {
  readonly inputTokens?: JsonNode | undefined
  readonly outputTokens?: JsonNode | undefined
  readonly totalTokens?: JsonNode | undefined
  readonly cachedInputTokens?: JsonNode | undefined
  readonly reasoningTokens?: JsonNode | undefined
}

/** The kinds by code, as stored per chunk; `empty` for a chunk that says nothing. */
export const CHUNK_KINDS = [
  'empty',
  'unknown',
  'message-start',
  'usage',
  'note',
  'text',
  'reasoning',
  'refusal',
  'media',
  'vector',
  'tool-call',
  'stop',
  'error',
] as const
export type ChunkKind = (typeof CHUNK_KINDS)[number]

/** A chunk that says several things is drawn as the one that stands furthest down this list. */
export const CHUNK_KIND_CODE: Readonly<Record<ChunkKind, number>> = {
  empty: 0,
  unknown: 1,
  'message-start': 2,
  usage: 3,
  note: 4,
  text: 5,
  reasoning: 6,
  refusal: 7,
  media: 8,
  vector: 9,
  'tool-call': 10,
  stop: 11,
  error: 12,
}
