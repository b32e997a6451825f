import type { JsonDocument } from '../syntax/json-node.ts'
import { jsonStringLayer } from '../syntax/json-string.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { wholeGraphemes } from '../text/graphemes.ts'
import { concat, lift, part, type Region, wholeRegion } from '../text/region.ts'
import { pieceAt, type Track } from './stream.ts'

/** One piece of a track as the string literal that holds it. */
function pieceRegion(document: JsonDocument, track: Track, piece: number): Region {
  const region = stringRegion(document, track.pieceNodes[piece] ?? 0)
  const twin = track.twins?.get(piece)
  if (twin === undefined) return region
  const other = stringRegion(document, twin)
  return {
    text: region.text,
    toOuter: (...edits) => [...region.toOuter(...edits), ...other.toOuter(...edits)],
  }
}

/** A piece that is no string is JSON itself (arguments that came whole): it reads and is edited as it is written. */
function stringRegion(document: JsonDocument, id: number): Region {
  const { start, end, kind } = document.node(id)
  if (kind !== 'string') {
    return part(wholeRegion(document.text), start, end)
  }
  return lift(wholeRegion(document.text), jsonStringLayer(document.text, start, end, document.habits))
}

/**
 * Edits that turn a track's text into `value`: the difference is sent only into the string literals of the
 * pieces it touches, every other chunk stays byte for byte. Deleting across chunks leaves empty strings, never
 * removes a chunk, and a grapheme that the edit makes or changes stands in one piece. Throws `EditError` for a track
 * without any piece to write into.
 */
export function setTrackText(document: JsonDocument, track: Track, value: string): readonly TextEdit[] {
  const least = spliceBetween(track.text, value)
  if (least === undefined) return []
  const splice = wholeGraphemes(track.text, value, least)
  if (track.pieceNodes.length === 0)
    throw new EditError('no chunk has a text that this could be written into')
  const first = pieceAt(track, Math.max(0, splice.offset - 1))
  const last = pieceAt(track, Math.max(splice.offset, splice.offset + splice.length - 1))
  const start = first === 0 ? 0 : (track.pieceEnds[first - 1] ?? 0)
  const touched: Region[] = []
  for (let piece = first; piece <= last; piece++) touched.push(pieceRegion(document, track, piece))
  const repeats = (track.restated ?? []).flatMap((id) => stringRegion(document, id).toOuter(splice))
  return [...concat(touched).toOuter({ ...splice, offset: splice.offset - start }), ...repeats]
}
