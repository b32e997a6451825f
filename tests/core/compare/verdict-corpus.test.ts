import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeFiles, VERDICTS } from '../../../src/core/judge.ts'
import { readCassette } from '../../../src/core/open.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { isThere, textOf } from './recording-edits.ts'

const isHere = isThere('README.md')
const where = isHere ? '' : ` (${CORPUS_MISSING})`

/** Larger ones take long and are made of the same. */
const LARGEST = 100_000

function files(): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(CORPUS_ROOT, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .filter(
      (path) => /\.(?:json|ya?ml|har|txt|sse|httprr|responses)$/.test(path) && !path.startsWith('hash_'),
    )
    .filter((path) => {
      const stats = statSync(join(CORPUS_ROOT, path))
      return stats.isFile() && stats.size < LARGEST
    })
    .map((name) => ({ name, text: textOf(name) }))
}

describe.skipIf(!isHere)(`all real recordings${where}`, () => {
  const all = isHere ? files() : []

  it('are many', () => {
    expect(all.length).toBeGreaterThan(250)
  })

  // what `JSON.stringify` makes of a file has other white space, escapes and spellings of numbers, and no other meaning
  it('mean the same when their JSON is written anew', () => {
    const wrong = all.flatMap(({ name, text }) => {
      let rewritten: string
      try {
        rewritten = JSON.stringify(JSON.parse(text))
      } catch {
        return []
      }
      if (readCassette(text).cassette === undefined) return []
      const { kind, sentence } = judgeFiles({ name, text }, { name, text: rewritten })
      return kind === 'noise' || kind === 'identical' ? [] : [`${name}: ${sentence}`]
    })
    expect(wrong).toEqual([])
  }, 60_000)

  it('can be compared with any other, in both directions', () => {
    const odd = all.flatMap((one, at) => {
      const other = all[(at + 1) % all.length] ?? one
      const there = judgeFiles(one, other)
      const back = judgeFiles(other, one)
      const fine =
        VERDICTS.includes(there.kind) &&
        (there.reasons.length > 0 || there.kind === 'identical') &&
        !/undefined|NaN|\[object/.test(there.sentence)
      return fine && there.kind === back.kind
        ? []
        : [`${one.name} → ${other.name}: ${there.sentence} / ${back.sentence}`]
    })
    expect(odd).toEqual([])
  }, 120_000)
})
