import type { Address, Located } from '../text/address.ts'

/** What was asked, as the conversation it is. Values marked "raw" are the JSON text as the file writes it. */
export interface Conversation {
  /** The body that all of this was read from; none where nobody knows how to edit it. */
  readonly at?: Address
  readonly messages: readonly Message[]
  readonly tools: readonly ToolDefinition[]
  /** Everything else in the body, in file order. */
  readonly parameters: readonly Parameter[]
  readonly responseFormat?: ResponseFormat
}

export interface Message {
  readonly role: string
  readonly at: Address
  /** The participant's `name`, where one is recorded. */
  readonly name?: Located<string>
  readonly parts: readonly ContentPart[]
}

/** `item`: what is duplicated, moved or removed as this part: an item of a list, or the member that it is. */
export type ContentPart = { readonly item?: Address } & (
  | { readonly kind: 'text' | 'reasoning' | 'refusal'; readonly text: Located<string> }
  | {
      readonly kind: 'image'
      /** A URL, a data URL, or (APIs that say the type beside it: `mediaType`) bare base64. */
      readonly url: Located<string>
      readonly mediaType?: string
      readonly detail?: Located<string>
    }
  | { readonly kind: 'audio'; readonly data: Located<string>; readonly format?: Located<string> }
  | {
      readonly kind: 'file'
      readonly filename?: Located<string>
      readonly fileId?: Located<string>
      readonly data?: Located<string>
      readonly mediaType?: string
    }
  | { readonly kind: 'tool-call'; readonly call: RequestToolCall }
  | {
      readonly kind: 'tool-result'
      readonly callId?: Located<string>
      readonly content: readonly ContentPart[]
    }
  /** Raw JSON of a part that the dialect does not read. */
  | { readonly kind: 'unknown'; readonly json: Located<string> }
)

export interface RequestToolCall {
  readonly id?: Located<string>
  readonly name: Located<string>
  /** For OpenAI a JSON text inside a string; elsewhere the raw JSON of an object. */
  readonly arguments?: Located<string>
}

export interface ToolDefinition {
  readonly name: string
  /** The object that holds name, description and schema. */
  readonly definition: Address
  /** The recorded name; none where `name` is only a word for it. */
  readonly nameText?: Located<string>
  readonly description?: Located<string>
  /** Raw JSON Schema of the parameters. */
  readonly schema?: Located<string>
  /** Raw. */
  readonly strict?: Located<string>
  /** Raw JSON of the whole definition. */
  readonly json: Located<string>
}

export interface Parameter {
  readonly name: string
  /** Raw JSON. */
  readonly value: Located<string>
}

export interface ResponseFormat {
  readonly type: string
  readonly name?: Located<string>
  /** Raw JSON Schema. */
  readonly schema?: Located<string>
  readonly json: Located<string>
}

export const EMPTY_CONVERSATION: Conversation = { messages: [], tools: [], parameters: [] }

/** Where each tool call is made and answered: message positions by call id. */
export interface ToolExchange {
  readonly name?: string
  readonly calledIn?: number
  readonly answeredIn?: number
}

/** Pairs tool calls with their results by id. A `Map`, since ids are the recording's own text. */
export function pairToolCalls(messages: readonly Message[]): ReadonlyMap<string, ToolExchange> {
  const pairs = new Map<string, ToolExchange>()
  messages.forEach((message, index) => {
    for (const part of message.parts) {
      if (part.kind === 'tool-call' && part.call.id) {
        const id = part.call.id.value
        pairs.set(id, { ...pairs.get(id), name: part.call.name.value, calledIn: index })
      } else if (part.kind === 'tool-result' && part.callId) {
        const id = part.callId.value
        pairs.set(id, { ...pairs.get(id), answeredIn: index })
      }
    }
  })
  return pairs
}
