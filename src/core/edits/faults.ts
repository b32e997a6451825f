/** Faults on purpose: what a provider or a network does to a stream, as edits of the recording. */

import type { Delta } from '../cassette/delta.ts'
import { setTrackText } from '../cassette/edit-track.ts'
import type { Track } from '../cassette/stream.ts'
import type { ChunkChange } from '../dialects/dialect.ts'
import { removeItems, rewritten } from '../syntax/json-list.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { graphemeBoundary } from '../text/graphemes.ts'
import { removeChunksAt } from './chunk-list.ts'
import {
  changeItem,
  chunkData,
  chunkEditsOf,
  chunkList,
  deltasOf,
  hasChunkList,
  type Recording,
} from './recording.ts'

/** The stream ends after chunk `position`, without a word. */
export function breakOff(recording: Recording, position: number): readonly TextEdit[] {
  const count = recording.interaction.stream.chunkNodes.length
  if (position >= count - 1) throw new EditError('this is the last chunk already')
  const list = chunkList(recording)
  // "[DONE]" says that nothing is missing: it goes as well
  return [removeItems(list, position + 1, list.itemIds().length - 1)]
}

const ADDS: ReadonlySet<string> = new Set(['text', 'reasoning', 'refusal', 'tool-call'])

/** A chunk that goes on with the answer and neither ends it nor holds the usage that counts. */
function goesOn({ interaction }: Recording, chunk: number, said: readonly Delta[]): boolean {
  return (
    said.some(({ kind }) => ADDS.has(kind)) &&
    said.every(
      ({ kind }) =>
        kind !== 'stop' &&
        kind !== 'error' &&
        (kind !== 'usage' || chunk !== interaction.stream.usage?.chunk),
    )
  )
}

/** Changes the data of a chunk, whether it stands in a list or is the whole response. */
function change(recording: Recording, chunk: number, changes: readonly ChunkChange[]): readonly TextEdit[] {
  if (hasChunkList(recording)) return changeItem(recording, chunk, changes)
  const data = chunkData(recording, chunk)
  const splice = spliceBetween(data.raw, rewritten(data, ...changes))
  return splice === undefined ? [] : [{ ...splice, offset: splice.offset + data.start }]
}

interface Rest {
  readonly dropped: readonly number[]
  readonly silenced: readonly number[]
}

/**
 * What comes behind chunk `position`: chunks that only go on with an answer, which can go, and others, of which
 * what they add is too late. The chunk that opens a message keeps its role.
 */
function restOf(recording: Recording, position: number): Rest {
  const begun = new Set<number>()
  const dropped: number[] = []
  const silenced: number[] = []
  for (let chunk = 0; chunk < recording.interaction.stream.chunkNodes.length; chunk++) {
    const said = deltasOf(recording, chunk)
    const opened = said.flatMap((delta) => (delta.kind === 'message-start' ? [delta.choice] : []))
    const opens = opened.some((choice) => !begun.has(choice))
    for (const choice of opened) begun.add(choice)
    if (chunk <= position) continue
    if (hasChunkList(recording) && !opens && goesOn(recording, chunk, said)) dropped.push(chunk)
    else if (said.length > 0) silenced.push(chunk)
  }
  return { dropped, silenced }
}

/**
 * The answer ends after chunk `position` with a finish reason: the chunks that would go on with it go, the one that
 * says the end says this reason; usage stays as recorded. Without such a chunk this one says it, or the one before
 * it that says something of that answer.
 */
export function finishAt(recording: Recording, position: number, reason: string): readonly TextEdit[] {
  const { setStop, silence } = chunkEditsOf(recording)
  chunkData(recording, position) // throws where there is none
  const { dropped, silenced } = restOf(recording, position)
  const changes = new Map<number, ChunkChange[]>(silenced.map((chunk) => [chunk, [silence]]))
  const answers = recording.interaction.stream.messages.filter(({ stop, parts }) => stop || parts.length > 0)
  if (answers.length === 0) throw new EditError('this recording has no answer that could end')
  for (const { choice, stop } of answers) {
    let chunk = stop?.chunk ?? position
    while (chunk > 0 && setStop(chunkData(recording, chunk), choice, reason) === undefined) chunk--
    const end: ChunkChange = (data) => {
      const planned = setStop(data, choice, reason)
      if (planned === undefined)
        throw new EditError(`no chunk up to ${position} has a place for a finish reason`)
      return planned
    }
    changes.set(chunk, [...(changes.get(chunk) ?? []), end])
  }
  return [
    ...[...changes].flatMap(([chunk, planned]) => change(recording, chunk, planned)),
    ...removeChunksAt(recording, dropped),
  ]
}

/** Arguments that no parser takes: the end is missing, as when a model runs out of tokens inside a call. */
export function breakArguments(recording: Recording, track: Track): readonly TextEdit[] {
  const text = track.kind === 'tool-arguments' ? track.text.trimEnd() : ''
  if (text === '') throw new EditError('this tool call has no arguments that could be broken')
  let end = text.length
  do end = graphemeBoundary(text, end - 1, -1)
  while (end > 0 && isJson(text.slice(0, end)))
  return setTrackText(recording.document, track, end === 0 ? '{' : text.slice(0, end))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** An answer that says nothing and stops: no text, no reasoning, no tool call. */
export function emptyAnswer(recording: Recording): readonly TextEdit[] {
  const { silence } = chunkEditsOf(recording)
  if (recording.interaction.stream.messages.length === 0) {
    throw new EditError('this recording has no answer that could be emptied')
  }
  const { dropped, silenced } = restOf(recording, -1)
  return [
    ...silenced.flatMap((chunk) => change(recording, chunk, [silence])),
    ...removeChunksAt(recording, dropped),
  ]
}
