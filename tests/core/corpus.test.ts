import { describe, expect, it, vi } from 'vitest'
import { decodeFile, encodeFile } from '../../src/core/file-text.ts'
import { checkCassette } from '../support/check-cassette.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

function checkFile(file: RecordingFile): void {
  const bytes = bytesOf(file)
  const decoded = decodeFile(bytes)
  if (!('text' in decoded)) throw new Error(`${file.name} is refused: ${decoded.problem.message}`)
  expect(Buffer.from(encodeFile(decoded)).equals(bytes), 'the bytes survive opening and saving').toBe(true)
  const { leaves } = checkCassette(decoded.text, file.name)
  expect(leaves).toBeGreaterThan(0)
}

describe('the sample that ships with the app', () => {
  it('endures every check of a recording', () => checkFile(SEED))
})

describe('hand-made Llama Stack recordings', () => {
  const files = containerFixtures('llama-stack-json')

  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(29))

  for (const file of files) it(`${file.name} endures every check`, () => checkFile(file))
})

const corpus = llamaStackCorpus()

describe.skipIf(corpus.length === 0)(`real Llama Stack recordings (${CORPUS_MISSING})`, () => {
  it('are the 135 that were sampled', () => expect(corpus.length).toBeGreaterThanOrEqual(135))

  for (const file of corpus) it(`${file.name} endures every check`, () => checkFile(file))
})
