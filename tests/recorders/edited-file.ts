/** A recorder's file, edited as the app edits it. */
import { setTrackText } from '../../src/core/cassette/edit-track.ts'
import { pieceAt } from '../../src/core/cassette/stream.ts'
import { doubts } from '../../src/core/compare/doubts.ts'
import { insertTextChunk } from '../../src/core/edits/chunk-list.ts'
import { hasChunkList, type Recording } from '../../src/core/edits/recording.ts'
import { type Decoded, decodeFile, encodeFile } from '../../src/core/file-text.ts'
import { readCassette, viewOf } from '../../src/core/open.ts'
import { JsonDocument } from '../../src/core/syntax/json-node.ts'
import { setString } from '../../src/core/syntax/resolve.ts'
import { applyEdits, type TextEdit } from '../../src/core/text/edit.ts'
import { answerText, type Said } from './calls.ts'

interface OpenFile {
  readonly decoded: Decoded
  readonly recordings: readonly Recording[]
}

function openFile(bytes: Uint8Array): OpenFile {
  const decoded = decodeFile(bytes)
  if ('problem' in decoded) throw new Error(decoded.problem.message)
  const { cassette, projected, index, diagnostics } = readCassette(decoded.text)
  if (cassette === undefined || index === undefined) throw new Error(diagnostics[0]?.message)
  const document = new JsonDocument(projected ?? decoded.text, index)
  const { container, interactions } = cassette
  return { decoded, recordings: interactions.map((interaction) => ({ container, document, interaction })) }
}

function writeFile({ decoded }: OpenFile, edits: readonly TextEdit[]): Uint8Array {
  const { text } = decoded
  return encodeFile({ ...decoded, text: applyEdits(text, viewOf(text)?.put(edits) ?? edits) })
}

export interface EditOptions {
  /** The questions as well; not where the recorder knows a call by a hash of its question. */
  readonly withQuestions?: boolean
  /** Only the first so many calls. */
  readonly first?: number
}

/** The file after its calls say something else. */
export function editedFile(
  bytes: Uint8Array,
  said: Said,
  { withQuestions = true, first }: EditOptions = {},
): Uint8Array {
  const file = openFile(bytes)
  const edits = file.recordings
    .slice(0, first)
    .flatMap((recording) => [
      ...answerEdits(recording, said),
      ...(withQuestions ? questionEdits(recording, said) : []),
    ])
  return writeFile(file, edits)
}

function answerEdits(recording: Recording, said: Said): readonly TextEdit[] {
  const { document, interaction } = recording
  const track = interaction.stream.tracks.find(({ kind }) => kind === 'text')
  if (track === undefined) throw new Error(`${interaction.request.url?.value} says nothing`)
  const changed = setTrackText(document, track, answerText(said))
  if (said.inserted === undefined || !hasChunkList(recording)) return changed
  const lastChunk = track.pieceChunks[pieceAt(track, track.text.length - 1)] ?? 0
  return [...changed, ...insertTextChunk(recording, lastChunk, track, said.inserted)]
}

function questionEdits({ document, interaction }: Recording, said: Said): readonly TextEdit[] {
  const part = interaction.conversation.messages[0]?.parts[0]
  if (part?.kind !== 'text') throw new Error(`${interaction.request.url?.value} asks nothing`)
  return setString(document, part.text.at, `Well, ${said.asked}!`)
}

/** The file after somebody has heeded what the app says about its content-length headers. */
export function withDoubtedLengths(before: Uint8Array, after: Uint8Array): Uint8Array {
  const file = openFile(after)
  const old = openFile(before)
  const edits = file.recordings.flatMap((recording, at) => {
    const was = old.recordings[at]
    if (was === undefined) throw new Error('a call has gone')
    const found = doubts({ ...was, fileName: 'before' }, { ...recording, fileName: 'after' })
    return found.flatMap(({ sentence, at: header }) => {
      const length = /content-length header says .* its body has (\d+) bytes/.exec(sentence)?.[1]
      return length && header ? setString(recording.document, header, length) : []
    })
  })
  return writeFile(file, edits)
}
