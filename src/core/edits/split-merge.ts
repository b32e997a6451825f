import type { Track } from '../cassette/stream.ts'
import { insertItems, insertMembers, removeItems } from '../syntax/json-list.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { setString } from '../syntax/resolve.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import { graphemeBoundary } from '../text/graphemes.ts'
import {
  changedItem,
  changeItem,
  chunkData,
  chunkEditsOf,
  chunkList,
  deltasOf,
  lowerBound,
  placeOf,
  type Recording,
} from './recording.ts'

/** A text that a chunk adds: the track it belongs to and the string that holds it. */
export interface PieceOfChunk {
  readonly track: Track
  readonly node: JsonNode
  /** The string that repeats it. */
  readonly twin?: JsonNode
}

/** The texts that a chunk adds, in the order of the tracks. */
export function piecesOf({ document, interaction }: Recording, position: number): readonly PieceOfChunk[] {
  return interaction.stream.tracks.flatMap((track) => {
    const found: PieceOfChunk[] = []
    const first = lowerBound(track.pieceChunks, position)
    for (let piece = first; track.pieceChunks[piece] === position; piece++) {
      const twin = track.twins?.get(piece)
      found.push({
        track,
        node: document.node(track.pieceNodes[piece] ?? 0),
        ...(twin !== undefined && { twin: document.node(twin) }),
      })
    }
    return found
  })
}

/**
 * Splits a chunk in two at `offset` of one of its texts. The first half keeps what begins (role, a call's id and
 * name), the second what ends (finish reason, usage). Throws `EditError` at the ends and inside a grapheme.
 */
export function splitChunk(
  recording: Recording,
  position: number,
  { track, node, twin }: PieceOfChunk,
  offset: number,
): readonly TextEdit[] {
  const text = node.string() ?? ''
  if (!(offset > 0 && offset < text.length)) throw new EditError('both halves must hold something')
  if (graphemeBoundary(text, offset, -1) !== offset) {
    throw new EditError('a character that is drawn as one cannot be split')
  }
  const edits = chunkEditsOf(recording)
  const place = placeOf(recording, track)
  // a delta can hold several fragments of one call: those behind this one come after it
  const own = piecesOf(recording, position).flatMap((piece) => (piece.track === track ? piece.node : []))
  const later = own.filter(({ start }) => start > node.start)
  const from = chunkData(recording, position).pointer.length
  const says = (piece: JsonNode, content: string) => (chunk: JsonNode) =>
    setString(chunk.document, [{ in: 'json', pointer: chunk.pointer + piece.pointer.slice(from) }], content)
  const head = changeItem(recording, position, [
    says(node, text.slice(0, offset)),
    ...(twin ? [says(twin, text.slice(0, offset))] : []),
    ...later.map((piece) => says(piece, '')),
    edits.withoutEnd(place.choice),
  ])
  const rest = [text.slice(offset), ...later.map((piece) => piece.string() ?? '')].join('')
  const tail = changedItem(recording, position, edits.sayOnly(place, rest, true))
  return [...head, insertItems(chunkList(recording), position + 1, [tail])]
}

/**
 * Merges a chunk with the next one: texts are joined, what is null or missing in the first is taken from the
 * second, of two values that differ the later counts, as for every client that adds up a stream.
 */
export function mergeWithNext(recording: Recording, position: number): readonly TextEdit[] {
  const joined = new Set(
    piecesOf(recording, position + 1).flatMap(({ node, twin }) => [node.id, ...(twin ? [twin.id] : [])]),
  )
  const whole = new Set(
    deltasOf(recording, position + 1).flatMap((delta) => (delta.kind === 'usage' ? delta.usage.id : [])),
  )
  const into = chunkData(recording, position)
  return [
    ...mergeNodes(into, chunkData(recording, position + 1), { joined, whole }),
    removeItems(chunkList(recording), position + 1),
  ]
}

function replaced(node: JsonNode, content: string): readonly TextEdit[] {
  return node.raw === content ? [] : [{ offset: node.start, length: node.end - node.start, content }]
}

/** Nodes of the second chunk that are not merged as their kind is. */
interface Exceptions {
  /** Texts: put behind those of the first. */
  readonly joined: ReadonlySet<number>
  /** Taken as they are: the later usage counts, not a mixture. */
  readonly whole: ReadonlySet<number>
}

/** Both stand at the same depth of the same list, so what is taken over is already indented as it must be. */
function mergeNodes(into: JsonNode, from: JsonNode, exceptions: Exceptions): readonly TextEdit[] {
  if (from.isNull) return []
  if (into.isNull || exceptions.whole.has(from.id)) return replaced(into, from.raw)
  if (into.kind !== from.kind) {
    throw new EditError(`the two chunks write ${from.pointer} in different ways`)
  }
  switch (from.kind) {
    case 'object':
      return mergeObjects(into, from, exceptions)
    case 'array':
      return mergeLists(into, from, exceptions)
    case 'string':
      if (from.raw === '""') return []
      return exceptions.joined.has(from.id)
        ? [{ offset: into.end - 1, length: 0, content: from.raw.slice(1, -1) }]
        : replaced(into, from.raw)
    default:
      return replaced(into, from.raw)
  }
}

function mergeObjects(into: JsonNode, from: JsonNode, exceptions: Exceptions): readonly TextEdit[] {
  const edits: TextEdit[] = []
  const missing: { readonly key: string; readonly raw: string }[] = []
  for (const { key, value } of from.effectiveMembers()) {
    const own = into.get(key)
    if (own === undefined) missing.push({ key, raw: value.raw })
    else edits.push(...mergeNodes(own, value, exceptions))
  }
  return missing.length === 0 ? edits : [...edits, insertMembers(into, missing)]
}

/** Lists of numbered things (choices, tool calls) by their `index`; all others one behind the other. */
function mergeLists(into: JsonNode, from: JsonNode, exceptions: Exceptions): readonly TextEdit[] {
  const numbered = /\/(?:choices|tool_calls)$/.test(from.pointer)
  const own = numbered ? byIndex(into) : undefined
  const others = numbered ? byIndex(from) : undefined
  const edits: TextEdit[] = []
  const added: string[] = []
  let position = 0
  for (const item of from.items()) {
    const index = indexOf(item, position++)
    const twin = others && own?.get(index)
    if (twin !== undefined) edits.push(...mergeNodes(twin, item, exceptions))
    else if (numbered && item.get('index') === undefined && into.item(0) !== undefined) {
      throw new EditError(`what has no index in ${from.pointer} cannot be put behind others`)
    } else added.push(item.raw)
  }
  if (added.length === 0) return edits
  return [...edits, insertItems(into, [...into.items()].length, added)]
}

/** What has no index is numbered by where it stands, as it is read. */
function indexOf(item: JsonNode, position: number): string {
  return item.get('index')?.raw ?? String(position)
}

/** Undefined when an index stands there twice (several fragments of one call in one delta). */
function byIndex(list: JsonNode): ReadonlyMap<string, JsonNode> | undefined {
  const found = new Map<string, JsonNode>()
  let position = 0
  for (const item of list.items()) {
    const index = indexOf(item, position++)
    if (found.has(index)) return undefined
    found.set(index, item)
  }
  return found
}
