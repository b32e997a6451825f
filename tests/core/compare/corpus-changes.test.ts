import { describe, expect, it, vi } from 'vitest'
import { changesInWords } from '../../../src/core/compare/changes-in-words.ts'
import { doubts } from '../../../src/core/compare/doubts.ts'
import { bytesOf, CORPUS_MISSING, llamaStackCorpus } from '../../support/corpus.ts'
import { side } from './sides.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 120_000 })

const files = llamaStackCorpus()
const STEP = Math.max(1, Math.floor(files.length / 150))

describe.skipIf(files.length === 0)(`real recordings (${CORPUS_MISSING})`, () => {
  it('are compared with each other in short sentences, each once', () => {
    const sides = files
      .filter((_, at) => at % STEP === 0)
      .flatMap((file) => {
        try {
          return [side(new TextDecoder().decode(bytesOf(file)), file.name)]
        } catch {
          // some files of the corpus are broken on purpose
          return []
        }
      })
    expect(sides.length).toBeGreaterThan(20)
    for (const [at, after] of sides.entries()) {
      const before = sides[at - 1]
      if (before === undefined) continue
      expect(changesInWords(after, after)).toEqual([])
      const sentences = changesInWords(before, after).map(({ sentence }) => sentence)
      expect(new Set(sentences).size).toBe(sentences.length)
      expect(sentences.length).toBeGreaterThan(0)
      expect(sentences.length).toBeLessThan(80)
      for (const sentence of [...sentences, ...doubts(before, after).map((one) => one.sentence)]) {
        expect(sentence).not.toMatch(/undefined|NaN|\[object|\n/)
        expect(sentence.length).toBeLessThan(300)
      }
    }
  })
})
