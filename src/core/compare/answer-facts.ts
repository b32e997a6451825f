import type { TextKind } from '../cassette/delta.ts'
import type { AssembledMessage, Track } from '../cassette/stream.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Called } from './meaning-calls.ts'
import { nodeOf, type Side } from './side.ts'

/** What one alternative of an answer says, without how it came. */
export interface ChoiceFacts {
  readonly texts: ReadonlyMap<TextKind, readonly string[]>
  readonly calls: readonly Called[]
  readonly media: readonly { readonly media: string; readonly data: string }[]
  readonly notes: readonly {
    readonly label: string
    readonly json: JsonNode | undefined
    readonly raw: string
  }[]
  readonly stop?: string
  readonly role?: string
}

/** What came back, as far as it means something. */
export interface AnswerFacts {
  readonly choices: ReadonlyMap<number, ChoiceFacts>
  readonly vectors: readonly JsonNode[]
  /** Messages of errors in the stream. */
  readonly errors: readonly string[]
  readonly exception?: { readonly type: string; readonly message?: string }
  readonly status?: string
  /** The call failed. */
  readonly failed: boolean
  /** There is nothing in it that anybody could use. */
  readonly empty: boolean
  /** Chunks in no form known here. */
  readonly unread: readonly JsonNode[]
}

/** Code of a chunk that nobody can read, see `CHUNK_KINDS`. */
const UNKNOWN = 1

export function answerFacts(side: Side): AnswerFacts {
  const { interaction, document } = side
  const { response, stream } = interaction
  const choices = new Map(
    stream.messages.map((message) => [message.choice, choiceFacts(side, message, stream.tracks)]),
  )
  const unread: JsonNode[] = []
  stream.kinds.forEach((kind, at) => {
    if (kind === UNKNOWN) unread.push(document.node(stream.chunkNodes[at] ?? 0))
  })
  const { exception } = response
  const status = response.status?.value ?? exception?.status?.value
  const failed =
    exception !== undefined ||
    stream.errors.length > 0 ||
    /^[45]\d\d$/.test(status?.replaceAll('"', '') ?? '')
  const says = [...choices.values()].some(
    ({ texts, calls, media, notes }) =>
      calls.length > 0 ||
      media.length > 0 ||
      notes.length > 0 ||
      [...texts.values()].some((parts) => parts.some((part) => part.trim() !== '')),
  )
  return {
    choices,
    vectors: stream.vectors.map(({ node }) => document.node(node)),
    errors: stream.errors.map(({ message }) => message),
    ...(exception && {
      exception: {
        type: exception.type,
        ...(exception.message && { message: exception.message.value }),
      },
    }),
    ...(status !== undefined && { status: status.replaceAll('"', '') }),
    failed,
    empty: !says && stream.vectors.length === 0 && unread.length === 0 && !failed,
    unread,
  }
}

function choiceFacts(side: Side, message: AssembledMessage, tracks: readonly Track[]): ChoiceFacts {
  const texts = new Map<TextKind, string[]>()
  const calls: Called[] = []
  const media: { media: string; data: string }[] = []
  const notes: { label: string; json: JsonNode | undefined; raw: string }[] = []
  for (const part of message.parts) {
    switch (part.kind) {
      case 'tool-call': {
        const { id, name, argumentsTrack } = part.call
        const text = argumentsTrack === undefined ? '' : (tracks[argumentsTrack]?.text ?? '')
        calls.push({ name: name?.value ?? '', arguments: text, ...(id && { id: id.value }) })
        break
      }
      case 'media':
        media.push({ media: part.media, data: part.pieces.map(({ data }) => data.value).join('') })
        break
      case 'note': {
        const id = nodeOf(side.document, part.json)
        const json = id === undefined ? undefined : side.document.node(id)
        notes.push({ label: part.label, json, raw: part.json.value })
        break
      }
      default: {
        const list = texts.get(part.kind) ?? []
        list.push(tracks[part.track]?.text ?? '')
        texts.set(part.kind, list)
      }
    }
  }
  return {
    texts,
    calls,
    media,
    notes,
    ...(message.stop && { stop: message.stop.reason.value.replaceAll('"', '') }),
    ...(message.role && { role: message.role.value }),
  }
}
