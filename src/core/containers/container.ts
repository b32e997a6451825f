import type { Extra, FramingId, RecordedRequest, RecordedResponse } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { BodyInfo, Framed } from '../framing/framing.ts'
import { frameBody } from '../framing/framing.ts'
import type { SyntaxId } from '../projection/source.ts'
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
  readonly response: Omit<RecordedResponse, 'framing' | 'chunkList' | 'encodings' | 'length'>
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

/** How the recorder would file a request today. */
export interface RequestKey {
  /** SHA-256, 64 hex digits. */
  readonly hash: string
  /** The first 8 hex digits of the hash of the models' names; only for lists of models. */
  readonly digest?: string
  /** With its extension, without a folder. */
  readonly fileName: string
  /** What was hashed: `json.dumps(..., sort_keys=True)`. */
  readonly canonical: string
}

/** How a file's own name relates to the key of its request. */
export type NameVerdict =
  | { readonly kind: 'matches' }
  /** The recorder finds the list of models still, but it is not the one that the name was made for. */
  | { readonly kind: 'other-models' }
  /**
   * The request was filed by a rule that the recorder has given up: today it looks under another name.
   * `rule` is stable and in kebab-case, `because` a sentence for a person.
   */
  | { readonly kind: 'older-rule'; readonly rule: string; readonly because: string }
  /** The name is that of another request, or this one was edited. */
  | { readonly kind: 'other-request' }
  /** The name is no hash: nothing to compare. */
  | { readonly kind: 'not-a-hash' }
  /** The hash cannot be known; `because` is a sentence for a person. */
  | { readonly kind: 'not-computable'; readonly because: string }

/** How a recorder names a file after the request in it. All take the document's root. */
export interface Naming {
  /** Undefined where the file does not hold all that is hashed. */
  keyOf(root: JsonNode): RequestKey | undefined
  /** Compares a file's name with the request that the file holds. */
  judge(root: JsonNode, fileName: string): NameVerdict
  /** Strings in the file that the recorder makes from the hash, and what it makes of this one. */
  derivedIds(root: JsonNode): readonly JsonNode[]
  idOf(key: RequestKey): string
}

/** A body that a format keeps inside a string (or a list of strings): it is unpacked before the format is read. */
export interface StoredBody {
  readonly at: JsonNode
  /** How the format says that it is written; what the syntax says (`!!binary`) is known without it. */
  readonly encoding?: 'base64' | 'hex' | undefined
  /** Of a list: what stands between its strings. */
  readonly separator?: string | undefined
  /** The content-encoding header: only what cannot be told by the bytes themselves is believed. */
  readonly contentEncoding?: string | undefined
  /** Milliseconds at which each chunk came, where the format says so. */
  readonly times?: Float64Array
}

/** The bodies of a file as they were found to be written. */
export interface StoredBodies {
  /** The body at a node, cut into chunks; JSON that stands in the file as it is when it was not stored in a string. */
  frame(body: JsonNode | undefined): Framed
  /** Whether the body was unpacked from a string. */
  isStored(body: JsonNode): boolean
  /** The body as the object or list that it is; undefined when it is empty or no JSON. */
  json(body: JsonNode | undefined): JsonNode | undefined
}

/** Bodies by pointer. */
export function storedBodies(infos: ReadonlyMap<string, BodyInfo>): StoredBodies {
  const infoOf = (body: JsonNode): BodyInfo | undefined =>
    infos.size === 0 ? undefined : infos.get(body.pointer)
  return {
    isStored: (body) => infoOf(body) !== undefined,
    frame: (body) => frameBody(body, body && infoOf(body)),
    json: (body) => (body?.kind === 'object' || body?.kind === 'array' ? body : undefined),
  }
}

/** What a file is before its format is known. */
export interface FileShape {
  readonly syntax: SyntaxId
  /** How the text is cut that is one body and nothing else. */
  readonly framing?: FramingId
}

/** One recorder's file format. */
export interface Container {
  /** Kebab-case; also the file's name and its fixture folder's. */
  readonly id: string
  readonly label: string
  /** Where the format is described by what writes it. */
  readonly spec: string
  sniff(root: JsonNode, shape: FileShape): Sniff
  /** The highest confidence that it ever has; it is not asked when another is as sure. 1 where absent. */
  readonly atMost?: number
  /** The bodies that stand in strings. Absent where there are none. */
  bodies?(root: JsonNode): readonly StoredBody[]
  read(
    root: JsonNode,
    bodies: StoredBodies,
  ): {
    readonly interactions: readonly StoredInteraction[]
    readonly diagnostics: readonly Diagnostic[]
    /** See `Cassette.variant`. */
    readonly variant?: string
  }
  /** Absent where the format is only read. */
  readonly edits?: ContainerEdits
}
