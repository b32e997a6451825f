import type { Extra, RecordedRequest, RecordedResponse } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { Framed } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Address, Located } from '../text/address.ts'

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
  readonly response: Omit<RecordedResponse, 'framing'>
  readonly chunks: Framed
  readonly testId?: Located<string>
  readonly extras: readonly Extra[]
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
}
