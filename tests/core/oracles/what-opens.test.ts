/**
 * Every real recording is opened, checked and edited, and the README's table says how many of which kind. With
 * `UPDATE_README=1` the table is written, without it is compared.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { checkCassette } from '../../support/check-cassette.ts'
import { CORPUS_MISSING, PROJECT_ROOT } from '../../support/corpus.ts'
import { type CorpusFile, corpusFiles, open } from './corpus-calls.ts'
import { type Opening, tableOf } from './formats-table.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 120_000 })

const README = join(PROJECT_ROOT, 'README.md')
const BEGIN = '<!-- formats x dialects: begin -->'
const END = '<!-- formats x dialects: end -->'

/** The two parts of the corpus have some files in common. */
function apart(files: readonly CorpusFile[]): readonly CorpusFile[] {
  const seen = new Set<string>()
  return files.filter(({ bytes }) => {
    const text = bytes.toString('latin1')
    return !seen.has(text) && seen.add(text)
  })
}

function opening(file: CorpusFile): Opening {
  const { cassette } = open(file).reading
  if (cassette === undefined) throw new Error(`${file.name} opens as nothing`)
  return {
    container: cassette.container,
    dialects: new Set(cassette.interactions.map(({ dialect }) => dialect)),
  }
}

const files = apart(corpusFiles())

describe.skipIf(files.length === 0)(`what opens (${CORPUS_MISSING})`, () => {
  // corpus.test.ts checks those of Llama Stack
  for (const file of files.filter(({ name }) => !/^llama-stack(?:-history)?\//.test(name))) {
    it(`endures edits: ${file.name}`, () => {
      expect(checkCassette(open(file).text, file.name).leaves).toBeGreaterThan(0)
    })
  }

  it('is what the README says', () => {
    const table = tableOf(files.map(opening))
    const text = readFileSync(README, 'utf8')
    const start = text.indexOf(BEGIN)
    const end = text.indexOf(END)
    if (start === -1 || end < start) throw new Error(`the README has lost "${BEGIN}" or "${END}"`)
    const wanted = `${text.slice(0, start)}${BEGIN}\n${table}\n${text.slice(end)}`
    const { UPDATE_README } = process.env
    if (UPDATE_README === '1') writeFileSync(README, wanted)
    else expect(text, 'UPDATE_README=1 writes the table anew').toBe(wanted)
  })
})
