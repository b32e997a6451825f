import type { Interaction } from '../cassette/cassette.ts'
import type { Delta } from '../cassette/delta.ts'
import type { Track } from '../cassette/stream.ts'
import type { ChunkChange, ChunkEdits, TextPlace } from '../dialects/dialect.ts'
import { dialectOf } from '../dialects/index.ts'
import { deltasOfChunk } from '../open.ts'
import { rewriter } from '../syntax/json-list.ts'
import type { JsonDocument, JsonNode } from '../syntax/json-node.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'

/** What every command is planned on: one interaction, the document that it was read from, and its format's id. */
export interface Recording {
  readonly container: string
  readonly document: JsonDocument
  readonly interaction: Interaction
}

/** The list that holds one chunk an item. Throws `EditError` where the response is no such list. */
export function chunkList({ document, interaction }: Recording): JsonNode {
  const step = interaction.response.chunkList?.[0]
  const list = step?.in === 'json' ? document.find(step.pointer) : undefined
  if (list === undefined) throw new EditError('this response was not recorded as a list of chunks')
  return list
}

/** Whether chunks can be inserted, removed and moved. */
export function hasChunkList({ interaction }: Recording): boolean {
  return interaction.response.chunkList !== undefined
}

/** The item of the list that chunk `position` is, with what the recorder wraps around it. */
export function chunkItem(recording: Recording, position: number): JsonNode {
  const list = chunkList(recording)
  const { chunkNodes } = recording.interaction.stream
  const item = chunkNodes[position] === undefined ? undefined : list.item(position)
  if (item === undefined) throw new EditError(`there is no chunk ${position}`)
  return item
}

/** What the API sent as chunk `position`. */
export function chunkData({ document, interaction }: Recording, position: number): JsonNode {
  const id = interaction.stream.chunkNodes[position]
  if (id === undefined) throw new EditError(`there is no chunk ${position}`)
  return document.node(id)
}

export function deltasOf({ document, interaction }: Recording, position: number): readonly Delta[] {
  return deltasOfChunk(document, interaction, position)
}

/** How the recording's dialect writes. Throws `EditError` where it is only read. */
export function chunkEditsOf({ interaction }: Recording): ChunkEdits {
  const edits = dialectOf(interaction.dialect).chunkEdits
  if (edits === undefined) throw new EditError(`chunks of the dialect "${interaction.dialect}" are only read`)
  return edits
}

/** The text of a chunk's item after changes of its data. */
export function changedItem(recording: Recording, position: number, changes: readonly ChunkChange[]): string {
  return itemChanger(recording, position)(changes)
}

/** The same for many copies of one chunk, which is looked for once. */
export function itemChanger(
  recording: Recording,
  position: number,
): (changes: readonly ChunkChange[]) => string {
  const item = chunkItem(recording, position)
  const within = chunkData(recording, position).pointer.slice(item.pointer.length)
  const onData = (change: ChunkChange) => (root: JsonNode) => {
    const data = root.document.find(within)
    if (data === undefined) throw new EditError(`chunk ${position} has no data`)
    return change(data)
  }
  const write = rewriter(item)
  return (changes) => write(...changes.map(onData))
}

/** The same as an edit of the file: one, from the first character that differs to the last. */
export function changeItem(
  recording: Recording,
  position: number,
  changes: readonly ChunkChange[],
): readonly TextEdit[] {
  const item = chunkItem(recording, position)
  const splice = spliceBetween(item.raw, changedItem(recording, position, changes))
  return splice === undefined ? [] : [{ ...splice, offset: item.start + splice.offset }]
}

/** Where the pieces of a track stand in their chunks. */
export function placeOf({ interaction }: Recording, track: Track): TextPlace {
  const at = interaction.stream.tracks.indexOf(track)
  for (const message of interaction.stream.messages) {
    let block = 0
    for (const part of message.parts) {
      if (part.kind === 'tool-call') {
        if (part.call.argumentsTrack === at) {
          return { kind: track.kind, choice: message.choice, index: part.call.index }
        }
      } else if ('track' in part) {
        if (part.track === at) return { kind: track.kind, choice: message.choice, index: block }
        if (part.kind === track.kind) block++
      }
    }
  }
  throw new EditError('this text is not in the recording any more')
}

/** Whether a chunk says nothing but a piece of this track: it can come and go without anything else going. */
export function saysOnly(recording: Recording, position: number, track: Track): boolean {
  const { pieceChunks, pieceNodes } = track
  const own = new Set<number>()
  for (let piece = lowerBound(pieceChunks, position); pieceChunks[piece] === position; piece++) {
    own.add(pieceNodes[piece] ?? -1)
  }
  return (
    own.size > 0 &&
    deltasOf(recording, position).every((delta) => {
      switch (delta.kind) {
        case 'text':
        case 'reasoning':
        case 'refusal':
          return own.has(delta.text.id) || delta.text.string() === ''
        case 'tool-call':
          // the id and the name begin a call: a chunk with them is more than a piece of its arguments
          return delta.arguments !== undefined && own.has(delta.arguments.id) && !delta.id && !delta.name
        case 'message-start':
          return isRoleRepeated(recording, position, delta.choice)
        case 'usage':
          // some servers count in every chunk: only the last one is missed
          return position !== recording.interaction.stream.usage?.chunk
        default:
          return false
      }
    })
  )
}

/** Servers that repeat the role in each chunk lose nothing with one of them: the first says it for all. */
function isRoleRepeated(recording: Recording, position: number, choice: number): boolean {
  for (let earlier = 0; earlier < position; earlier++) {
    const said = deltasOf(recording, earlier)
    if (said.some((delta) => delta.kind === 'message-start' && delta.choice === choice)) return true
  }
  return false
}

/** The first piece that came in `chunk` or later. */
export function lowerBound(chunks: Uint32Array, chunk: number): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chunks[middle] ?? 0) < chunk) low = middle + 1
    else high = middle
  }
  return low
}
