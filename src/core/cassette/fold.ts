import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import type { Located } from '../text/address.ts'
import { constantFields } from './constant-fields.ts'
import { CHUNK_KIND_CODE, type ChunkKind, type Delta, type MediaKind, type TextKind } from './delta.ts'
import type { AssembledMessage, AssembledPart, Marker, Stream, Track, Usage, Vector } from './stream.ts'

interface GrowingTrack {
  readonly choice: number
  readonly kind: Track['kind']
  readonly texts: string[]
  length: number
  readonly chunks: number[]
  readonly ends: number[]
  readonly nodes: number[]
  readonly twins: Map<number, number>
  readonly restated: JsonNode[]
}

interface GrowingCall {
  readonly kind: 'tool-call'
  readonly index: number
  readonly firstChunk: number
  id?: JsonNode
  name?: JsonNode
  arguments?: GrowingTrack
}

interface GrowingText {
  readonly kind: TextKind
  readonly part: number
  /** Where its first character came; until then where it was first mentioned. */
  firstChunk: number
  readonly track: GrowingTrack
}

interface GrowingMedia {
  readonly kind: 'media'
  readonly part: number
  readonly media: MediaKind
  type: string | undefined
  readonly firstChunk: number
  readonly pieces: { readonly chunk: number; readonly data: JsonNode }[]
}

interface GrowingNote {
  readonly kind: 'note'
  readonly label: string
  readonly json: JsonNode
  readonly firstChunk: number
}

interface GrowingMessage {
  readonly choice: number
  role?: JsonNode
  readonly parts: GrowingPart[]
  stop?: { readonly reason: JsonNode; readonly chunk: number }
}

type GrowingPart = GrowingText | GrowingCall | GrowingMedia | GrowingNote

/** Reads what one chunk says; a dialect's `readChunk`. */
export type ReadChunk = (chunk: JsonNode, say: (delta: Delta) => void, event?: string) => void

/**
 * The one fold for all dialects: chunks -> deltas -> texts, tool calls, usage and markers, in one pass.
 * The rules follow the official `openai` accumulator (lib/ChatCompletionStream): texts are joined, a role, a
 * call's id and name and the finish reason are replaced by later non-empty ones.
 */
export function foldChunks(
  document: JsonDocument,
  chunkNodes: Int32Array,
  readChunk: ReadChunk,
  { events, times }: Pick<Stream, 'events' | 'times'> = {},
): Stream {
  const fold = new Fold(chunkNodes.length)
  let at = 0
  const take = (delta: Delta): void => fold.take(delta, at)
  for (; at < chunkNodes.length; at++) readChunk(document.node(chunkNodes[at] ?? 0), take, events?.[at])
  return { ...fold.finish(document, chunkNodes), ...(events && { events }), ...(times && { times }) }
}

class Fold {
  readonly #kinds: Uint8Array
  readonly #added: Uint32Array
  readonly #tracks: GrowingTrack[] = []
  readonly #messages: GrowingMessage[] = []
  readonly #markers: Marker[] = []
  readonly #errors: { readonly chunk: number; readonly message: string }[] = []
  readonly #vectors: Vector[] = []
  #usage: Usage | undefined

  constructor(count: number) {
    this.#kinds = new Uint8Array(count)
    this.#added = new Uint32Array(count)
  }

  take(delta: Delta, chunk: number): void {
    switch (delta.kind) {
      case 'message-start':
        this.#message(delta.choice).role = delta.role
        this.#mark(chunk, 'message-start')
        break
      case 'text':
      case 'reasoning':
      case 'refusal': {
        const part = this.#textPart(delta.choice, delta.kind, delta.part, chunk)
        const before = part.track.length
        if (delta.twin) part.track.twins.set(part.track.nodes.length, delta.twin.id)
        if (this.#grow(part.track, delta.text, chunk) === 0) break
        this.#mark(chunk, delta.kind)
        if (before === 0) {
          part.firstChunk = chunk
          this.#markers.push({ chunk, kind: delta.kind, label: delta.kind })
        }
        break
      }
      case 'tool-call': {
        const call = this.#call(delta, chunk)
        if (delta.id?.string()) call.id = delta.id
        if (delta.name?.string()) call.name = delta.name
        const args = delta.arguments ?? (call.arguments === undefined ? delta.wholeArguments : undefined)
        if (args !== undefined) {
          call.arguments ??= this.#track(delta.choice, 'tool-arguments')
          this.#grow(call.arguments, args, chunk)
        }
        this.#mark(chunk, 'tool-call')
        break
      }
      case 'restated':
        this.#restate(delta)
        break
      case 'media':
        this.#media(delta, chunk)
        this.#mark(chunk, 'media')
        break
      case 'note':
        this.#message(delta.choice).parts.push({
          kind: 'note',
          label: delta.label,
          json: delta.json,
          firstChunk: chunk,
        })
        this.#mark(chunk, 'note')
        break
      case 'vector':
        this.#vectors.push({ chunk, index: delta.index, node: delta.vector.id })
        this.#mark(chunk, 'vector')
        break
      case 'usage':
        // a count that a later report leaves out still stands (Anthropic, Llama: the prompt is counted once)
        this.#usage = { ...this.#usage, ...usageOf(delta, chunk) }
        this.#mark(chunk, 'usage')
        break
      case 'stop':
        this.#message(delta.choice).stop = { reason: delta.reason, chunk }
        this.#markers.push({ chunk, kind: 'stop', label: delta.reason.string() ?? delta.reason.raw })
        this.#mark(chunk, 'stop')
        break
      case 'error':
        this.#errors.push({ chunk, message: delta.message })
        this.#markers.push({ chunk, kind: 'error', label: 'error' })
        this.#mark(chunk, 'error')
        break
      case 'unknown':
        this.#mark(chunk, 'unknown')
        break
      default:
        delta satisfies never
    }
  }

  finish(document: JsonDocument, chunkNodes: Int32Array): Stream {
    const tracks = this.#tracks.map(finishTrack)
    const messages = this.#messages
      .toSorted((a, b) => a.choice - b.choice)
      .map((message) => this.#finishMessage(message))
    return {
      chunkNodes,
      kinds: this.#kinds,
      added: this.#added,
      tracks,
      messages,
      ...(this.#usage && { usage: this.#usage }),
      vectors: this.#vectors,
      markers: this.#markers,
      constants: constantFields(document, chunkNodes),
      errors: this.#errors,
    }
  }

  #mark(chunk: number, kind: ChunkKind): void {
    const code = CHUNK_KIND_CODE[kind]
    if (code > (this.#kinds[chunk] ?? 0)) this.#kinds[chunk] = code
  }

  #message(choice: number): GrowingMessage {
    for (const known of this.#messages) {
      if (known.choice === choice) return known
    }
    const message: GrowingMessage = { choice, parts: [] }
    this.#messages.push(message)
    return message
  }

  #track(choice: number, kind: Track['kind']): GrowingTrack {
    const track: GrowingTrack = {
      choice,
      kind,
      texts: [],
      length: 0,
      chunks: [],
      ends: [],
      nodes: [],
      twins: new Map(),
      restated: [],
    }
    this.#tracks.push(track)
    return track
  }

  #textPart(choice: number, kind: TextKind, part: number, chunk: number): GrowingText {
    const { parts } = this.#message(choice)
    for (const known of parts) {
      if (known.kind === kind && known.part === part) return known
    }
    const made: GrowingText = { kind, part, firstChunk: chunk, track: this.#track(choice, kind) }
    parts.push(made)
    return made
  }

  /** Without an index a call is known by its id; what has neither an id nor a name goes on with the latest call. */
  #call({ choice, index, id, name }: Extract<Delta, { kind: 'tool-call' }>, chunk: number): GrowingCall {
    const { parts } = this.#message(choice)
    const wanted = id?.string()
    const isNamed = Boolean(wanted || name?.string())
    let latest: GrowingCall | undefined
    let next = 0
    for (const known of parts) {
      if (known.kind !== 'tool-call') continue
      if (index === undefined ? wanted && known.id?.string() === wanted : known.index === index) return known
      latest = known
      next = Math.max(next, known.index + 1)
    }
    if (index === undefined && latest && !isNamed) return latest
    const made: GrowingCall = { kind: 'tool-call', index: index ?? next, firstChunk: chunk }
    parts.push(made)
    this.#markers.push({ chunk, kind: 'tool-call', label: 'tool call' })
    return made
  }

  /** Kept with what it repeats; whether it does is known when all has come. */
  #restate({ choice, of, part, text }: Extract<Delta, { kind: 'restated' }>): void {
    for (const known of this.#message(choice).parts) {
      if (known.kind === 'tool-call') {
        if (of === 'tool-arguments' && known.index === part) known.arguments?.restated.push(text)
      } else if ('track' in known && known.kind === of && known.part === part) known.track.restated.push(text)
    }
  }

  #media(delta: Extract<Delta, { kind: 'media' }>, chunk: number): void {
    const { parts } = this.#message(delta.choice)
    const piece = { chunk, data: delta.data }
    for (const known of parts) {
      if (known.kind !== 'media' || known.part !== delta.part || known.media !== delta.media) continue
      known.type ??= delta.type
      known.pieces.push(piece)
      return
    }
    const { part, media, type } = delta
    parts.push({ kind: 'media', part, media, type, firstChunk: chunk, pieces: [piece] })
    this.#markers.push({ chunk, kind: 'media', label: media })
  }

  #grow(track: GrowingTrack, node: JsonNode, chunk: number): number {
    const text = node.string() ?? node.raw
    track.texts.push(text)
    track.length += text.length
    track.chunks.push(chunk)
    track.ends.push(track.length)
    track.nodes.push(node.id)
    this.#added[chunk] = (this.#added[chunk] ?? 0) + text.length
    return text.length
  }

  #finishMessage(message: GrowingMessage): AssembledMessage {
    const parts = message.parts
      .filter((part) => !('track' in part) || part.track.length > 0 || part.kind === 'text')
      // many servers open with an empty text before they reason
      .toSorted((a, b) => a.firstChunk - b.firstChunk || Number(isEmptyText(a)) - Number(isEmptyText(b)))
      .map((part): AssembledPart => {
        if (part.kind === 'media') return finishMedia(part)
        if (part.kind === 'note') return { ...part, json: part.json.locatedRaw() }
        if (part.kind !== 'tool-call') {
          return { kind: part.kind, track: this.#tracks.indexOf(part.track), firstChunk: part.firstChunk }
        }
        const id = part.id?.locatedString()
        const name = part.name?.locatedString()
        return {
          kind: 'tool-call',
          firstChunk: part.firstChunk,
          call: {
            index: part.index,
            ...(id && { id }),
            ...(name && { name }),
            ...(part.arguments && { argumentsTrack: this.#tracks.indexOf(part.arguments) }),
          },
        }
      })
    const role = message.role?.locatedString()
    // old Vertex writes its reasons as numbers
    const reason = message.stop?.reason.locatedString() ?? message.stop?.reason.locatedRaw()
    return {
      choice: message.choice,
      ...(role && { role }),
      parts,
      ...(message.stop && reason && { stop: { reason, chunk: message.stop.chunk } }),
    }
  }
}

function isEmptyText(part: GrowingPart): boolean {
  return 'track' in part && part.track.length === 0
}

function finishMedia({ media, type, pieces, firstChunk }: GrowingMedia): AssembledPart {
  return {
    kind: 'media',
    media,
    ...(type && { type }),
    pieces: pieces.map(({ chunk, data }) => ({ chunk, data: data.locatedString() ?? data.locatedRaw() })),
    firstChunk,
  }
}

function finishTrack(track: GrowingTrack): Track {
  const text = track.texts.join('')
  const restated = track.restated.filter((node) => node.string() === text).map(({ id }) => id)
  return {
    choice: track.choice,
    kind: track.kind,
    text,
    pieceChunks: Uint32Array.from(track.chunks),
    pieceEnds: Uint32Array.from(track.ends),
    pieceNodes: Uint32Array.from(track.nodes),
    ...(track.twins.size > 0 && { twins: track.twins }),
    ...(restated.length > 0 && { restated }),
  }
}

function usageOf(delta: Extract<Delta, { kind: 'usage' }>, chunk: number): Usage {
  const raw = (node: JsonNode | undefined): Located<string> | undefined =>
    node === undefined || node.isNull ? undefined : node.locatedRaw()
  const { counts } = delta
  const inputTokens = raw(counts.inputTokens)
  const outputTokens = raw(counts.outputTokens)
  const totalTokens = raw(counts.totalTokens)
  const cachedInputTokens = raw(counts.cachedInputTokens)
  const reasoningTokens = raw(counts.reasoningTokens)
  return {
    chunk,
    ...(inputTokens && { inputTokens }),
    ...(outputTokens && { outputTokens }),
    ...(totalTokens && { totalTokens }),
    ...(cachedInputTokens && { cachedInputTokens }),
    ...(reasoningTokens && { reasoningTokens }),
  }
}
