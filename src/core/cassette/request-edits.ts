import type { JsonDocument } from '../syntax/json-node.ts'
import type { Address } from '../text/address.ts'
import type { TextEdit } from '../text/edit.ts'

/** What can be added to a message, in neutral words. */
export type NewPart = 'text' | 'image' | 'audio' | 'file'

/** In what form the answer is asked for; `none` says nothing about it. */
export type FormatChoice = 'none' | 'text' | 'json_object' | 'json_schema'

/**
 * A change of the request that means something. Plain data: it is named for the history, planned by the
 * dialect and checked over the corpus. Messages, parts and tools are meant by their addresses.
 */
export type RequestCommand =
  | {
      readonly kind: 'add-message'
      readonly role: string
      /** It stands before the message that is there now; the count of messages means at the end. */
      readonly position: number
    }
  | { readonly kind: 'set-role'; readonly message: Address; readonly role: string }
  | { readonly kind: 'add-part'; readonly message: Address; readonly part: NewPart }
  | { readonly kind: 'add-tool-call'; readonly message: Address }
  | { readonly kind: 'add-tool' }
  /** A message, a part or a tool. */
  | { readonly kind: 'duplicate'; readonly item: Address }
  | { readonly kind: 'remove'; readonly item: Address }
  | { readonly kind: 'move'; readonly item: Address; readonly by: 1 | -1 }
  | {
      readonly kind: 'set-member'
      /** An object of the request: a tool's definition for example. */
      readonly object: Address
      readonly key: string
      /** JSON text; undefined takes the member away. */
      readonly json: string | undefined
    }
  | { readonly kind: 'set-response-format'; readonly format: FormatChoice }

/** What a parameter may be by the API's own words. Anything else is shown and edited as JSON. */
export type ParameterKind =
  | { readonly is: 'number' | 'integer'; readonly min?: number; readonly max?: number }
  | { readonly is: 'boolean' }
  | { readonly is: 'one of'; readonly values: readonly string[] }
  | { readonly is: 'text' }
  | {
      readonly is: 'texts'
      readonly most?: number
      readonly values?: readonly string[]
      /** A single text stands for a list of one. */
      readonly orText?: boolean
    }
  | { readonly is: 'object' }

/** One parameter that an API allows. */
export interface ParameterRule {
  readonly name: string
  readonly kind: ParameterKind
  /** One line. */
  readonly about: string
  /** What the API takes where nothing is said, in words or as JSON. */
  readonly standard?: string
  /** JSON text that it begins with when it is added. */
  readonly start: string
  readonly deprecated?: boolean
}

/** What a dialect knows about changing its requests. */
export interface RequestEdits {
  /** Who can speak. */
  readonly roles: readonly string[]
  readonly parts: readonly NewPart[]
  /** Roles that can make tool calls. */
  readonly callers: readonly string[]
  readonly parameters: readonly ParameterRule[]
  readonly formats: readonly FormatChoice[]
  /**
   * Plans a command against the request body at `body`. Throws `EditError` to refuse, also when an address
   * leads nowhere any more.
   */
  plan(document: JsonDocument, body: Address, command: RequestCommand): readonly TextEdit[]
}
