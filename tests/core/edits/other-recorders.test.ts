/** The commands of the deck on recordings of every recorder: what they do to a stream, whatever it is packed into. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Interaction } from '../../../src/core/cassette/cassette.ts'
import { duplicateChunk, moveChunk, removeChunks } from '../../../src/core/edits/chunk-list.ts'
import { breakOff, emptyAnswer, finishAt } from '../../../src/core/edits/faults.ts'
import { failAfter, failWith, PROVIDER_ERRORS } from '../../../src/core/edits/provider-errors.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { decodeFile } from '../../../src/core/file-text.ts'
import { readCassette, viewOf } from '../../../src/core/open.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, EditError, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const ROOT = join(CORPUS_ROOT, 'other-recorders')
const INDEX = join(ROOT, 'index.tsv')

const paths = existsSync(INDEX)
  ? readFileSync(INDEX, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t')[0] ?? '')
  : []

interface Opened {
  readonly text: string
  readonly recording: Recording
}

/** The first call of a file; undefined for a file that is broken on purpose. */
function open(path: string): Opened | undefined {
  const decoded = decodeFile(new Uint8Array(readFileSync(join(ROOT, path))))
  if ('problem' in decoded) return undefined
  const { cassette, projected } = readCassette(decoded.text)
  const interaction = cassette?.interactions[0]
  if (cassette === undefined || interaction === undefined) return undefined
  const document = JsonDocument.of(projected ?? decoded.text)
  return { text: decoded.text, recording: { container: cassette.container, document, interaction } }
}

/** The call after a command; undefined where the command refuses, which it does in a sentence. */
function after({ text, recording }: Opened, plan: () => readonly TextEdit[]): Interaction | undefined {
  let edits: readonly TextEdit[]
  try {
    const planned = plan()
    edits = recording.document.text === text ? planned : (viewOf(text)?.put(planned) ?? [])
  } catch (error) {
    expect(error).toBeInstanceOf(EditError)
    expect(String(error)).toMatch(/\w{2,} \w+/)
    return undefined
  }
  const changed = applyEdits(text, edits)
  expect(applyEdits(changed, invertEdits(text, edits))).toBe(text)
  return readCassette(changed).cassette?.interactions[0]
}

function count(interaction: Interaction | undefined): number | undefined {
  return interaction?.stream.chunkNodes.length
}

/** What each chunk is, in its own words: two chunks may say the same. */
function raws({ document, interaction }: Recording): readonly string[] {
  return [...interaction.stream.chunkNodes].map((id) => JSON.stringify(JSON.parse(document.node(id).raw)))
}

const [, , TOO_MANY, DOWN] = PROVIDER_ERRORS

describe.skipIf(paths.length === 0)(`commands on recordings of every recorder (${CORPUS_MISSING})`, () => {
  for (const path of paths) {
    it(path, () => {
      const opened = open(path)
      if (opened === undefined || TOO_MANY === undefined || DOWN === undefined) return
      const { recording } = opened
      const chunks = count(recording.interaction) ?? 0
      const middle = chunks >> 1
      const list = recording.interaction.response.chunkList !== undefined && chunks > 2

      const doubled = after(opened, () => duplicateChunk(recording, middle))
      const removed = after(opened, () => removeChunks(recording, middle))
      const moved = after(opened, () => moveChunk(recording, middle, 0))
      const broken = after(opened, () => breakOff(recording, 1))
      if (list) {
        expect([count(doubled), count(removed), count(moved)]).toEqual([chunks + 1, chunks - 1, chunks])
        expect(count(broken)).toBe(chunks > 2 ? 2 : chunks)
      } else if (!recording.interaction.response.chunkList) expect(doubled).toBe(undefined)

      const failed = after(opened, () => failWith(recording, TOO_MANY))
      if (failed?.response.status) expect(failed.response.status.value).toMatch(/^429/)
      after(opened, () => failAfter(recording, 0, DOWN))
      const finished = after(opened, () => finishAt(recording, middle, 'length'))
      if (finished) expect(finished.stream.messages.some(({ stop }) => stop !== undefined)).toBe(true)
      const emptied = after(opened, () => emptyAnswer(recording))
      for (const { kind, text } of emptied?.stream.tracks ?? []) {
        // servers that repeat their reasoning in members of their own keep it there
        if (kind !== 'reasoning') expect(text).toBe('')
      }
      expect(raws(recording)).toHaveLength(chunks)
    })
  }
})
