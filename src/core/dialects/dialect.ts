import type { RecordedRequest } from '../cassette/cassette.ts'
import type { Conversation } from '../cassette/conversation.ts'
import type { Delta } from '../cassette/delta.ts'
import type { RequestEdits } from '../cassette/request-edits.ts'
import type { Track } from '../cassette/stream.ts'
import type { JsonNode, JsonValue } from '../syntax/json-node.ts'
import type { TextEdit } from '../text/edit.ts'

/** How sure a dialect is, and why, in one line. */
export interface DialectSniff {
  readonly confidence: number
  readonly because: string
}

/** Which of an answer's texts a piece belongs to. */
export interface TextPlace {
  readonly kind: Track['kind']
  readonly choice: number
  /** The tool call's index, or the number of the text block. */
  readonly index: number
}

/** Plans edits on the text that the plan before it has left. `chunk` is the chunk's data. */
export type ChunkChange = (chunk: JsonNode) => readonly TextEdit[]

/** How a dialect writes what it reads, as far as commands on chunks need it. All throw `EditError`. */
export interface ChunkEdits {
  /** The finish reasons that the API knows. */
  readonly stopReasons: readonly string[]
  /**
   * Makes of a chunk (a copy of one) the continuation of a text that has begun: it says `text` and nothing else.
   * With `keepEnd` its finish reason and usage stay.
   */
  sayOnly(place: TextPlace, text: string, keepEnd: boolean): readonly ChunkChange[]
  /** Takes a choice's finish reason and the usage out: this answer goes on after the chunk. */
  withoutEnd(choice: number): ChunkChange
  /** Writes a finish reason; undefined where the chunk has no such choice. */
  setStop(chunk: JsonNode, choice: number, reason: string): readonly TextEdit[] | undefined
  /** An answer, or a piece of one, that says nothing: no text, no reasoning, no tool calls. */
  readonly silence: ChunkChange
}

/** An HTTP error in neutral words. */
export interface ErrorAnswer {
  readonly status: number
  readonly body: { readonly [key: string]: JsonValue }
}

/** The wire language of one provider API. */
export interface Dialect {
  readonly id: string
  readonly label: string
  readonly spec: string
  /**
   * `first` is the first chunk that says something, as the payload tells more than the URL; `event` the name of its
   * server-sent event. There may be no request at all, or no chunk.
   */
  sniff(
    request: RecordedRequest,
    body: JsonNode | undefined,
    first: JsonNode | undefined,
    event?: string,
  ): DialectSniff
  readRequest(body: JsonNode): Conversation
  /** How its requests are changed; none for what is only shown. */
  readonly requestEdits?: RequestEdits
  /**
   * Says what one chunk says. A whole (not streamed) response is one chunk. `event` is the name of the server-sent
   * event that the chunk came in, where it has one; a chunk whose data is no JSON is a string node. Never throws.
   */
  readChunk(chunk: JsonNode, say: (delta: Delta) => void, event?: string): void
  /** When a chunk was made, in milliseconds since 1970, for APIs that write it into the chunk. */
  timeOf?(chunk: JsonNode): number | undefined
  /** What the API answers to a call that fails, and sends in a stream that does; OpenAI's shape where absent. */
  errorAnswer?(error: ErrorAnswer): JsonValue
  /** Absent where the dialect is only read. */
  readonly chunkEdits?: ChunkEdits
}
