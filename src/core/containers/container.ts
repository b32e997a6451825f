import type { Extra, RecordedRequest, RecordedResponse } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { Framed } from '../framing/framing.ts'
import type { JsonNode, JsonValue } from '../syntax/json-node.ts'
import type { Address, Located } from '../text/address.ts'
import type { TextEdit } from '../text/edit.ts'

/** How sure a format is that a file is its own, and why, in one line for a person. */
export interface Sniff {
  /** 0 (certainly not) to 1 (certainly). */
  readonly confidence: number
  readonly because: string
}

/** One interaction as its container stores it, before any dialect has looked at it. */
export interface StoredInteraction {
  readonly at: Address
  readonly request: RecordedRequest
  readonly requestBody: JsonNode | undefined
  readonly response: Omit<RecordedResponse, 'framing' | 'chunkList'>
  readonly chunks: Framed
  readonly testId?: Located<string>
  readonly extras: readonly Extra[]
}

/** An HTTP error as a provider answers it. */
export interface ProviderError {
  readonly status: number
  /** The class that the provider's SDK throws for it. */
  readonly type: string
  /** The `error` object of the answer. */
  readonly body: { readonly [key: string]: JsonValue }
}

/** How a format writes what a recording can be turned into. All throw `EditError`. */
export interface ContainerEdits {
  /** The call fails instead of answering. */
  failWith(root: JsonNode, error: ProviderError): readonly TextEdit[]
  /** The stream fails after the chunks that have come. */
  failMidStream(root: JsonNode, error: ProviderError): readonly TextEdit[]
}

/** One recorder's file format. */
export interface Container {
  /** Kebab-case; also the file's name and its fixture folder's. */
  readonly id: string
  readonly label: string
  /** Where the format is described by what writes it. */
  readonly spec: string
  sniff(root: JsonNode): Sniff
  read(root: JsonNode): {
    readonly interactions: readonly StoredInteraction[]
    readonly diagnostics: readonly Diagnostic[]
  }
  /** Absent where the format is only read. */
  readonly edits?: ContainerEdits
}
