/** Bodies that were recorded in the pieces in which they came from the network, each piece unpacked by itself. */
import type { FramingId } from '../cassette/cassette.ts'
import { type Framed, NO_CHUNKS } from '../framing/framing.ts'

/**
 * The chunks of all pieces in one row. A chunk came when its piece came. There is no one list that holds them, so none
 * can come or go.
 */
export function joinPieces(pieces: readonly Framed[], times?: readonly number[]): Framed {
  const filled = pieces.flatMap((piece, at) => (piece.ids.length > 0 ? [{ piece, time: times?.[at] }] : []))
  if (filled.length === 0) return NO_CHUNKS
  const framing = framingOf(filled.map(({ piece }) => piece.framing))
  const encodings = filled[0]?.piece.encodings
  const hasEvents = filled.some(({ piece }) => piece.events !== undefined)
  const hasTimes = times !== undefined && filled.every(({ time }) => time !== undefined)
  return {
    framing,
    ids: Int32Array.from(filled.flatMap(({ piece }) => [...piece.ids])),
    ...(encodings && { encodings }),
    ...(hasEvents && {
      events: filled.flatMap(({ piece }) => piece.events ?? Array.from(piece.ids, () => '')),
    }),
    ...(hasTimes && {
      times: Float64Array.from(filled.flatMap(({ piece, time }) => Array.from(piece.ids, () => time ?? 0))),
    }),
  }
}

/** One piece that holds one line of JSON does not show that it is one of several. */
function framingOf(framings: readonly FramingId[]): FramingId {
  const told = framings.find((each) => each !== 'whole' && each !== 'text')
  return told ?? (framings.length > 1 && framings[0] === 'whole' ? 'ndjson' : (framings[0] ?? 'none'))
}
