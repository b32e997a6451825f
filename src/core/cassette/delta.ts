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
      readonly index: number
      readonly id?: JsonNode | undefined
      readonly name?: JsonNode | undefined
      readonly arguments?: JsonNode | undefined
    }
  | { readonly kind: 'usage'; readonly usage: JsonNode; readonly counts: UsageNodes }
  | { readonly kind: 'stop'; readonly choice: number; readonly reason: JsonNode }
  | { readonly kind: 'error'; readonly error: JsonNode; readonly message: string }
  /** Something this dialect does not read; shown as it is, never dropped. `why` names it, or is empty. */
  | { readonly kind: 'unknown'; readonly why: string; readonly json: JsonNode }

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
  'text',
  'reasoning',
  'refusal',
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
  text: 4,
  reasoning: 5,
  refusal: 6,
  'tool-call': 7,
  stop: 8,
  error: 9,
}
