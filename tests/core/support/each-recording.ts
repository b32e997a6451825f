/** One check, run over generated recordings, hand-made fixtures and the real corpus. */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { decodeFile } from '../../../src/core/file-text.ts'
import { readCassette } from '../../../src/core/open.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../../support/corpus.ts'
import { chatRecording } from './chat-recordings.ts'
import type { PrintStyle } from './json-layouts.ts'
import { type Random, seededRandom } from './random.ts'

export type Check = (text: string, random: Random, style?: PrintStyle) => void

interface Opened {
  readonly name: string
  readonly text: string
}

/** Those that have an OpenAI chat answer, streamed or not; `streamed`: only those with a list of chunks. */
function chats(files: readonly RecordingFile[], streamed: boolean): readonly Opened[] {
  return files.flatMap(({ name, path }) => {
    const decoded = decodeFile(bytesOf({ name, path }))
    const text = 'text' in decoded ? decoded.text : ''
    const interaction = readCassette(text).cassette?.interactions[0]
    const fits =
      interaction?.dialect === 'openai-chat' &&
      interaction.stream.chunkNodes.length > 0 &&
      (!streamed || interaction.response.chunkList !== undefined)
    return fits ? [{ name, text }] : []
  })
}

interface Cases {
  readonly runs?: number
  /** Cases for each real file; one of a megabyte gets one. */
  readonly perFile?: number
  readonly streamed?: boolean
}

export function checkEachRecording(what: string, check: Check, cases: Cases = {}): void {
  const { runs = 60, perFile = 1, streamed = true } = cases
  const fixtures = chats([SEED, ...containerFixtures('llama-stack-json')], streamed)
  const corpus = chats(llamaStackCorpus(), streamed)
  describe(what, () => {
    it('in generated recordings of every layout', () => {
      fc.assert(
        fc.property(chatRecording, fc.nat(), ({ text, style }, seed) => {
          check(text, seededRandom(String(seed)), style)
        }),
        { numRuns: runs },
      )
    })
    for (const { name, text } of fixtures) {
      it(name, () => {
        for (let run = 0; run < 4; run++) check(text, seededRandom(`${name}${run}`))
      })
    }
    it.skipIf(corpus.length === 0)(`in ${corpus.length} real recordings (${CORPUS_MISSING})`, () => {
      for (const { name, text } of corpus) {
        for (let run = 0; run < (text.length > 500_000 ? 1 : perFile); run++) {
          try {
            check(text, seededRandom(`${name}${run}`))
          } catch (error) {
            if (error instanceof Error) error.message = `${name}, case ${run}: ${error.message}`
            throw error
          }
        }
      }
    })
  })
}
