/** What is read after a key must be what reading the whole text gives: every field, every number. */
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { readCassette } from '../../src/core/open.ts'
import { retype } from '../../src/core/retype.ts'
import { scanJson } from '../../src/core/syntax/json-index.ts'
import { rescanJson } from '../../src/core/syntax/json-rescan.ts'
import { applyEdits, type TextEdit } from '../../src/core/text/edit.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../support/corpus.ts'
import { seededRandom } from './support/random.ts'

vi.setConfig({ testTimeout: 60_000 })

const TYPED = ['x', '', ' é👧', '\\"', '\\u00e9', '\\\\', 'two words', '"']

/** Types into the strings that hold the answer, key after key; returns how many keys were not read anew. */
function typeInto(file: RecordingFile, keys: number): number {
  const random = seededRandom(file.name)
  let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(file)).replace(/^\ufeff/, '')
  let reading = readCassette(text)
  let retyped = 0
  for (let key = 0; key < keys; key++) {
    const { index, cassette } = reading
    const tracks = cassette?.interactions[0]?.stream.tracks ?? []
    const pieces = tracks.flatMap(({ pieceNodes }) => [...pieceNodes])
    if (index === undefined || pieces.length === 0) return retyped
    const node = pieces[random.below(pieces.length)] ?? 0
    const [start, end] = [index.nodes[node * 3] ?? 0, index.nodes[node * 3 + 1] ?? 0]
    const offset = start + 1 + random.below(Math.max(1, end - start - 1))
    const length = Math.min(random.below(3), end - 1 - offset)
    const edit: TextEdit = {
      offset,
      length: Math.max(0, length),
      content: TYPED[random.below(TYPED.length)] ?? 'x',
    }
    const after = applyEdits(text, [edit])
    const rescanned = rescanJson(index, edit, after)
    if (rescanned === undefined) continue
    const anew = readCassette(after)
    const quick = retype(reading, after, rescanned)
    if (quick !== undefined) {
      retyped++
      // the one field that may be careful: a key whose escape is gone
      const careful = { ...quick, index: { ...rescanned.index, escapedKeys: scanJson(after).escapedKeys } }
      if (!isDeepStrictEqual(careful, anew)) expect(careful).toEqual(anew)
    }
    text = after
    reading = quick ?? anew
  }
  return retyped
}

describe('a key typed into an answer', () => {
  const fixtures = [SEED, ...containerFixtures('llama-stack-json')]

  it('reads as the whole text does, in every fixture', () => {
    const retyped = fixtures.map((file) => typeInto(file, 60)).reduce((sum, count) => sum + count, 0)
    expect(retyped).toBeGreaterThan(200)
  })

  const corpus = llamaStackCorpus()
  it.skipIf(corpus.length === 0)(
    `reads as the whole text does, in real recordings (${CORPUS_MISSING})`,
    () => {
      const small = corpus.filter((file) => bytesOf(file).length < 200_000)
      const retyped = small.map((file) => typeInto(file, 12)).reduce((sum, count) => sum + count, 0)
      expect(retyped).toBeGreaterThan(200)
    },
  )
})
