import type { Address, Located } from '../text/address.ts'
import type { Conversation } from './conversation.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Stream } from './stream.ts'

/** A recording file: what was asked of an API and what came back. Plain data throughout. */
export interface Cassette {
  /** Id of the container format, as in `containers/`. */
  readonly container: string
  /** What of several ways of the format the file is written in, to stand behind its id: "+parsed_body", ".gz". */
  readonly variant?: string
  /** Why the file was taken for that, in one line. */
  readonly because: string
  readonly interactions: readonly Interaction[]
  readonly diagnostics: readonly Diagnostic[]
}

/** One request and its response. */
export interface Interaction {
  readonly at: Address
  /** Id of the wire dialect, as in `dialects/`; "unknown" when none fits. */
  readonly dialect: string
  readonly dialectBecause: string
  readonly request: RecordedRequest
  readonly conversation: Conversation
  readonly response: RecordedResponse
  readonly stream: Stream
  readonly testId?: Located<string>
  /** What else the recorder wrote about this interaction, raw: nothing is hidden. */
  readonly extras: readonly Extra[]
}

/** A member that the format knows and this program only shows, by its name or path. */
export interface Extra {
  readonly name: string
  readonly value: Located<string>
  /** What the client sent later in a conversation over a socket: read as a part of the conversation as well. */
  readonly sent?: boolean
}

export interface Header {
  readonly name: string
  readonly value: Located<string>
}

export interface RecordedRequest {
  readonly method?: Located<string>
  readonly url?: Located<string>
  readonly headers: readonly Header[]
  readonly model?: Located<string>
  /** Raw JSON of the body, or of the whole request where the format has no body. */
  readonly body?: Located<string>
  /** Members of the recorder's own request object that are none of the above, raw. */
  readonly extras: readonly Extra[]
}

/** How the body is cut into chunks, an id of `framing/`. */
export type FramingId =
  | 'object-list'
  | 'sse'
  | 'ndjson'
  | 'aws-event-stream'
  | 'whole'
  /** A body that is text in no form known here. */
  | 'text'
  | 'none'

export interface RecordedResponse {
  readonly status?: Located<string>
  readonly streaming: boolean
  readonly framing: FramingId
  /** The JSON list that holds one chunk an item; absent where chunks cannot come, go or move. */
  readonly chunkList?: Address
  /** In what the file writes the body, outermost first ("base64", "gzip"): an edit writes it whole. */
  readonly encodings?: readonly string[]
  /** Bytes of the body as it was sent, where the file keeps it in a string: what content-length counts. */
  readonly length?: number
  readonly headers?: readonly Header[]
  readonly exception?: RecordedException
}

/** A call that ended in an exception instead of (or in the middle of) a response. */
export interface RecordedException {
  /** The exception's class, or the recorder's category where no class is recorded. */
  readonly type: string
  readonly message?: Located<string>
  readonly status?: Located<string>
  /** Raw JSON of all that was recorded about it. */
  readonly json?: Located<string>
}
