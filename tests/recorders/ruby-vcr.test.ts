/** Ruby VCR answers with what an edited cassette says. Skipped where no Ruby has `vcr` and `webmock`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withCallServer } from './call-server.ts'
import { EDITS, RECORDED, SPELLINGS } from './calls.ts'
import { editedFile } from './edited-file.ts'
import { expectAnswers } from './expect-answers.ts'
import { type Cassette, isThere, runRecorder } from './run-recorder.ts'

const SCRIPT = join(import.meta.dirname, 'vcr.rb')
const TIMEOUT = 120_000
const ruby = ['ruby', '/usr/bin/ruby'].find((each) => isThere(each, '-e', 'require "vcr"; require "webmock"'))
/** How bodies stand in the cassette: as they come (`!binary`, where they are not ASCII), as text, as base64. */
const BODIES = [
  { bodies: 'as they are', says: ': !binary |-' },
  { bodies: 'utf-8', says: 'encoding: UTF-8\n      string: ' },
  { bodies: 'exact', says: 'base64_string: ' },
] as const
const VARIANTS = SPELLINGS.flatMap((each) => BODIES.map((more) => ({ ...each, ...more })))

describe.skipIf(ruby === undefined)('Ruby VCR', () => {
  describe.each(VARIANTS)('with bodies $bodies, non-ASCII as $spelling', ({ bodies, says, calls }) => {
    const folder = mkdtempSync(join(tmpdir(), 'ruby-vcr-'))
    let port = 0

    const run = (mode: string, cassettes: readonly Cassette[]) =>
      runRecorder(ruby ?? '', SCRIPT, { mode, port, bodies, folder, calls, cassettes })

    beforeAll(async () => {
      const [got] = await withCallServer(calls, (open) => {
        port = open
        return run('once', [{ name: 'recorded', said: RECORDED }])
      })
      expectAnswers(calls, got, RECORDED)
    }, TIMEOUT)

    afterAll(() => rmSync(folder, { recursive: true }))

    it('replays every edit', { timeout: TIMEOUT }, async () => {
      const recorded = readFileSync(join(folder, 'recorded.yml'))
      expect(recorded.toString()).toContain(says)
      const cassettes = EDITS.map((said, at) => ({ said, name: `edited-${at}` }))
      for (const { name, said } of cassettes) {
        writeFileSync(join(folder, `${name}.yml`), editedFile(recorded, said))
      }
      const got = await run('none', cassettes)
      for (const [at, said] of EDITS.entries()) expectAnswers(calls, got[at], said)
    })
  })
})
