/** Faults on purpose: what a provider or a network does to a stream, as edits of the recording. */

import type { Delta } from '../cassette/delta.ts'
import { setTrackText } from '../cassette/edit-track.ts'
import type { Track } from '../cassette/stream.ts'
import type { ChunkChange } from '../dialects/dialect.ts'
import { removeItems, rewritten } from '../syntax/json-list.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { removeRuns } from './rechunk.ts'
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
  return [removeItems(chunkList(recording), position + 1, count - 1)]
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

/**
 * The answer ends after chunk `position` with a finish reason: the chunks that would go on with it go, the one that
 * says the end says this reason; usage stays as recorded. Without such a chunk this one says it.
 */
export function finishAt(recording: Recording, position: number, reason: string): readonly TextEdit[] {
  const { setStop, silence } = chunkEditsOf(recording)
  const { kinds, messages } = recording.interaction.stream
  const choicesByChunk = new Map<number, number[]>()
  for (const { choice, stop, parts } of messages) {
    if (stop === undefined && parts.length === 0) continue
    const chunk = stop?.chunk ?? position
    choicesByChunk.set(chunk, [...(choicesByChunk.get(chunk) ?? []), choice])
  }
  if (choicesByChunk.size === 0) throw new EditError('this recording has no answer that could end')
  const dropped: number[] = []
  for (let chunk = position + 1; chunk < kinds.length; chunk++) {
    if (goesOn(recording, chunk, deltasOf(recording, chunk))) dropped.push(chunk)
  }
  const ended = [...choicesByChunk].flatMap(([chunk, choices]) => {
    const stops = choices.map(
      (choice): ChunkChange =>
        (data) => {
          const planned = setStop(data, choice, reason)
          if (planned === undefined) throw new EditError(`chunk ${chunk} has no place for a finish reason`)
          return planned
        },
    )
    // what comes with the end comes too late
    return change(recording, chunk, chunk > position ? [silence, ...stops] : stops)
  })
  return [...ended, ...removeRuns(recording, dropped)]
}

/** Arguments that no parser takes: the end is missing, as when a model runs out of tokens inside a call. */
export function breakArguments(recording: Recording, track: Track): readonly TextEdit[] {
  let text = track.text.trimEnd()
  if (text === '') throw new EditError('this tool call has no arguments that could be broken')
  do text = text.slice(0, -1)
  while (text !== '' && isJson(text))
  return setTrackText(recording.document, track, text === '' ? '{' : text)
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
  const { chunkNodes, messages } = recording.interaction.stream
  if (messages.length === 0) throw new EditError('this recording has no answer that could be emptied')
  const begun = new Set<number>()
  const dropped: number[] = []
  const edits: TextEdit[] = []
  for (let chunk = 0; chunk < chunkNodes.length; chunk++) {
    const said = deltasOf(recording, chunk)
    const opened = said.flatMap((delta) => (delta.kind === 'message-start' ? [delta.choice] : []))
    const opens = opened.some((choice) => !begun.has(choice))
    for (const choice of opened) begun.add(choice)
    // the chunk that opens the message keeps its role
    if (hasChunkList(recording) && !opens && goesOn(recording, chunk, said)) dropped.push(chunk)
    else if (said.length > 0) edits.push(...change(recording, chunk, [silence]))
  }
  return [...edits, ...removeRuns(recording, dropped)]
}
