import type { RecordedRequest } from '../cassette/cassette.ts'
import type { Conversation } from '../cassette/conversation.ts'
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'

/** How sure a dialect is, and why, in one line. */
export interface DialectSniff {
  readonly confidence: number
  readonly because: string
}

/** The wire language of one provider API. */
export interface Dialect {
  readonly id: string
  readonly label: string
  readonly spec: string
  /** `first` is the first chunk that says something, as the payload tells more than the URL. */
  sniff(request: RecordedRequest, body: JsonNode | undefined, first: JsonNode | undefined): DialectSniff
  readRequest(body: JsonNode): Conversation
  /** Says what one chunk says. A whole (not streamed) response is one chunk. Never throws. */
  readChunk(chunk: JsonNode, say: (delta: Delta) => void): void
}
