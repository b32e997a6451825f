import type { Interaction } from './cassette/cassette.ts'
import { CHUNK_KIND_CODE, type Delta } from './cassette/delta.ts'
import type { Stream, Track } from './cassette/stream.ts'
import { dialectOf } from './dialects/index.ts'
import type { Reading } from './open.ts'
import { JsonDocument, type JsonNode } from './syntax/json-node.ts'
import type { Rescanned } from './syntax/json-rescan.ts'

/**
 * The reading of a text in which one string has another content than in the reading before, where that string is a
 * piece of an answer: only the answer's text is another one. Equal to reading anew, at a hundredth of the cost; what
 * can have any other effect (an empty piece, a warning that has a place) gives undefined and is read anew.
 */
export function retype(before: Reading, text: string, { index, token }: Rescanned): Reading | undefined {
  const { cassette } = before
  if (
    before.projected !== undefined ||
    !before.sound ||
    cassette === undefined ||
    before.diagnostics.length > 0
  )
    return undefined
  const [interaction, ...others] = cassette.interactions
  if (interaction === undefined || others.length > 0) return undefined
  const stream = retypeStream(interaction, new JsonDocument(text, index), token)
  if (stream === undefined) return undefined
  return { ...before, index, cassette: { ...cassette, interactions: [{ ...interaction, stream }] } }
}

function retypeStream(interaction: Interaction, document: JsonDocument, token: number): Stream | undefined {
  const { stream } = interaction
  const holders = stream.tracks.filter(({ pieceNodes }) => pieceNodes.includes(token))
  const [track] = holders
  const piece = track?.pieceNodes.indexOf(token) ?? -1
  if (track === undefined || holders.length > 1 || track.pieceNodes.lastIndexOf(token) !== piece)
    return undefined
  if (track.twins?.has(piece) || track.restated) return undefined
  const chunk = track.pieceChunks[piece] ?? 0
  const start = piece === 0 ? 0 : (track.pieceEnds[piece - 1] ?? 0)
  const end = track.pieceEnds[piece] ?? 0
  const said = document.node(token).string() ?? ''
  // a piece that comes to say something, or stops, moves markers and parts
  if (end === start || said === '') return undefined
  if (!saysTheSame(interaction, document, chunk, token) || isConstant(stream, document, chunk, token)) {
    return undefined
  }
  const shift = said.length - (end - start)
  const added = stream.added.slice()
  added[chunk] = (added[chunk] ?? 0) + shift
  const retyped: Track = {
    ...track,
    text: track.text.slice(0, start) + said + track.text.slice(end),
    pieceEnds: track.pieceEnds.map((each, at) => (at < piece ? each : each + shift)),
  }
  return { ...stream, added, tracks: stream.tracks.map((each) => (each === track ? retyped : each)) }
}

/** Whether the chunk still says this string as a text, and is still drawn as what it was. */
function saysTheSame(
  { dialect, stream }: Interaction,
  document: JsonDocument,
  chunk: number,
  token: number,
): boolean {
  let kind = 0
  let isSaid = false
  const take = (delta: Delta): void => {
    const isText = delta.kind === 'text' || delta.kind === 'reasoning' || delta.kind === 'refusal'
    const node = isText ? delta.text : delta.kind === 'tool-call' ? delta.arguments : undefined
    if (node?.id === token) isSaid = true
    if (delta.kind === 'restated') return
    if (!isText || delta.text.string() !== '') kind = Math.max(kind, CHUNK_KIND_CODE[delta.kind])
  }
  dialectOf(dialect).readChunk(document.node(stream.chunkNodes[chunk] ?? 0), take)
  return isSaid && kind === stream.kinds[chunk]
}

/**
 * Whether the member that holds the string is, or could have become, the same in all chunks. Two others that differ
 * say that it is not.
 */
function isConstant(stream: Stream, document: JsonDocument, chunk: number, token: number): boolean {
  const count = stream.chunkNodes.length
  if (count < 2) return false
  const data = (position: number): JsonNode => document.node(stream.chunkNodes[position] ?? 0)
  const { start } = document.node(token)
  const holder = [...data(chunk).members()].find(({ value }) => value.start <= start && start < value.end)
  if (holder === undefined) return true
  const others = [0, 1, count - 2, count - 1].filter((at) => at >= 0 && at !== chunk)
  return new Set(others.map((at) => data(at).get(holder.key)?.raw)).size < 2
}
