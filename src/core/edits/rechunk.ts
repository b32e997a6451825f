/** A whole new text for an answer, cut into chunks as the person chose. */
import type { Track } from '../cassette/stream.ts'
import type { ChunkChange } from '../dialects/dialect.ts'
import { insertItems } from '../syntax/json-list.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { jsonStringLayer } from '../syntax/json-string.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { removeChunksAt } from './chunk-list.ts'
import {
  changeItem,
  chunkData,
  chunkEditsOf,
  chunkList,
  deltasOf,
  hasChunkList,
  itemChanger,
  placeOf,
  type Recording,
  saysOnly,
} from './recording.ts'

/** A chunk that carries a part of the text, and the strings in which it does, each with those that repeat it. */
interface Carrier {
  readonly chunk: number
  readonly pieces: readonly (readonly JsonNode[])[]
  readonly length: number
}

/** The chunks that say something of a track; where none does, the first that could. */
function carriersOf({ document }: Recording, track: Track): readonly Carrier[] {
  const all: { chunk: number; pieces: JsonNode[][]; length: number }[] = []
  let before = 0
  track.pieceChunks.forEach((chunk, piece) => {
    const end = track.pieceEnds[piece] ?? 0
    const twin = track.twins?.get(piece)
    const nodes = [track.pieceNodes[piece] ?? 0, ...(twin === undefined ? [] : [twin])]
    const strings = nodes.map((id) => document.node(id))
    const last = all.at(-1)
    if (last?.chunk === chunk) {
      last.pieces.push(strings)
      last.length += end - before
    } else all.push({ chunk, pieces: [strings], length: end - before })
    before = end
  })
  const saying = all.filter(({ length }) => length > 0)
  return saying.length > 0 ? saying : all.slice(0, 1)
}

/** The lengths (UTF-16 units) of a track's pieces, chunk by chunk: what `cutText` is given. */
export function recordedLengths(recording: Recording, track: Track): readonly number[] {
  return carriersOf(recording, track).map(({ length }) => length)
}

/**
 * Makes a track say `pieces`, one a chunk. Chunks that said only this text come and go as they are needed; those
 * that say something else as well (a role, a finish reason) stay. New ones are made after their neighbour.
 */
export function rechunk(recording: Recording, track: Track, pieces: readonly string[]): readonly TextEdit[] {
  const carriers = carriersOf(recording, track)
  if (carriers.length === 0) throw new EditError('no chunk has a text that this could be written into')
  if (!hasChunkList(recording)) return say(recording, carriers[0] as Carrier, pieces.join(''))
  return pieces.length > carriers.length
    ? grow(recording, track, carriers, pieces)
    : shrink(recording, track, carriers, pieces)
}

/** Writes a text into the first of a chunk's strings and empties the others. */
function say(recording: Recording, { pieces }: Carrier, text: string): readonly TextEdit[] {
  const { habits, text: source } = recording.document
  return pieces.flatMap((strings, at) =>
    strings.flatMap((node) => {
      const layer = jsonStringLayer(source, node.start, node.end, habits)
      const splice = spliceBetween(layer.text, at === 0 ? text : '')
      return splice === undefined ? [] : [layer.toInner(splice)]
    }),
  )
}

function shrink(
  recording: Recording,
  track: Track,
  carriers: readonly Carrier[],
  pieces: readonly string[],
): readonly TextEdit[] {
  const dropped = new Set<number>()
  for (const { chunk } of carriers.toReversed()) {
    if (dropped.size === carriers.length - pieces.length) break
    if (saysOnly(recording, chunk, track)) dropped.add(chunk)
  }
  const kept = carriers.filter(({ chunk }) => !dropped.has(chunk))
  return [
    ...kept.flatMap((carrier, at) => say(recording, carrier, pieces[at] ?? '')),
    ...removeChunksAt(
      recording,
      [...dropped].toSorted((a, b) => a - b),
    ),
  ]
}

function grow(
  recording: Recording,
  track: Track,
  carriers: readonly Carrier[],
  pieces: readonly string[],
): readonly TextEdit[] {
  const edits = chunkEditsOf(recording)
  const place = placeOf(recording, track)
  const pure = carriers.findLastIndex(({ chunk }) => saysOnly(recording, chunk, track))
  const at = pure === -1 ? carriers.length - 1 : pure
  const anchor = carriers[at] as Carrier
  const extra = pieces.length - carriers.length
  // the text must not go on behind the chunk that ends it: its end moves into the last of the new ones
  const counts = recording.interaction.stream.usage?.chunk === anchor.chunk
  const ends = counts || deltasOf(recording, anchor.chunk).some(({ kind }) => kind === 'stop')
  const copy = itemChanger(recording, anchor.chunk)
  const made = Array.from({ length: extra }, (_, number) =>
    copy(edits.sayOnly(place, pieces[at + 1 + number] ?? '', ends && number === extra - 1)),
  )
  const text = pieces[at] ?? ''
  return [
    ...carriers.slice(0, at).flatMap((carrier, number) => say(recording, carrier, pieces[number] ?? '')),
    ...(ends
      ? changeItem(recording, anchor.chunk, [sayIn(recording, anchor, text), edits.withoutEnd(place.choice)])
      : say(recording, anchor, text)),
    insertItems(chunkList(recording), anchor.chunk + 1, made),
    ...carriers
      .slice(at + 1)
      .flatMap((carrier, number) => say(recording, carrier, pieces[at + 1 + extra + number] ?? '')),
  ]
}

/** `say`, planned on a copy of the chunk that nothing has changed yet. */
function sayIn(recording: Recording, carrier: Carrier, text: string): ChunkChange {
  const { start } = chunkData(recording, carrier.chunk)
  return (chunk) =>
    say(recording, carrier, text).map((edit) => ({ ...edit, offset: edit.offset - start + chunk.start }))
}
