/** Chunks as things that come, go and move. Every other byte of the file stays. */
import type { Track } from '../cassette/stream.ts'
import { MAX_DEPTH } from '../open.ts'
import { findJsonError } from '../syntax/json-error.ts'
import { asElementOf, insertItems, moveItem, removeItems, removeItemsAt } from '../syntax/json-list.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import {
  changedItem,
  chunkEditsOf,
  chunkItem,
  chunkList,
  lowerBound,
  placeOf,
  type Recording,
  saysOnly,
} from './recording.ts'

/** A copy of a chunk, to the letter, right behind it. */
export function duplicateChunk(recording: Recording, position: number): readonly TextEdit[] {
  const { raw } = chunkItem(recording, position)
  return [insertItems(chunkList(recording), position + 1, [raw])]
}

/** Removes the chunks `first` to `last`, both included. */
export function removeChunks(recording: Recording, first: number, last = first): readonly TextEdit[] {
  return [removeItems(chunkList(recording), first, last)]
}

/** Removes the chunks at these positions (ascending); nothing where there are none. */
export function removeChunksAt(recording: Recording, positions: readonly number[]): readonly TextEdit[] {
  return positions.length === 0 ? [] : removeItemsAt(chunkList(recording), positions)
}

/** Moves a chunk so that it is number `to` afterwards. */
export function moveChunk(recording: Recording, from: number, to: number): readonly TextEdit[] {
  return moveItem(chunkList(recording), from, to)
}

/** Inserts a chunk that is given as JSON, with what the recorder wraps around one. In the file's own layout. */
export function insertChunkJson(recording: Recording, position: number, json: string): readonly TextEdit[] {
  const problem = findJsonError(json)
  if (problem !== undefined) throw new EditError(`this is no JSON value: ${problem.message}`)
  const list = chunkList(recording)
  const depth = list.pointer.split('/').length + JsonDocument.of(json).index.depth
  if (depth > MAX_DEPTH)
    throw new EditError(`this is nested deeper than the ${MAX_DEPTH} levels that are read`)
  return [insertItems(list, position, [asElementOf(list, json)])]
}

/**
 * Inserts a chunk before `position` that says `text`, made after the nearest one that says such a text: its id,
 * model and all other fields are those of its neighbour.
 */
export function insertTextChunk(
  recording: Recording,
  position: number,
  track: Track,
  text: string,
): readonly TextEdit[] {
  const template = nearestPiece(recording, track, position)
  const changes = chunkEditsOf(recording).sayOnly(placeOf(recording, track), text, false)
  return [insertItems(chunkList(recording), position, [changedItem(recording, template, changes)])]
}

/** The chunk nearest to `position` that a piece of the track came in; one that says nothing else where there is one. */
function nearestPiece(recording: Recording, track: Track, position: number): number {
  const { pieceChunks } = track
  const at = lowerBound(pieceChunks, position)
  const near = [pieceChunks[at - 1], pieceChunks[at], pieceChunks[at - 2], pieceChunks[at + 1]].filter(
    (chunk) => chunk !== undefined,
  )
  const found = near.find((chunk) => saysOnly(recording, chunk, track)) ?? near[0]
  if (found === undefined) throw new EditError('no chunk has a text that a new one could be made after')
  return found
}
