/** vcr.py answers with what an edited cassette says. Skipped where no Python can import `vcr`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { withCallServer } from './call-server.ts'
import { EDITS, isText, RECORDED, SPELLINGS } from './calls.ts'
import { editedFile } from './edited-file.ts'
import { expectAnswers } from './expect-answers.ts'
import { type Cassette, isThere, runRecorder } from './run-recorder.ts'

const SCRIPT = join(import.meta.dirname, 'vcrpy.py')
const TIMEOUT = 120_000
const python = ['python3', '/usr/bin/python3'].find((each) => isThere(each, '-c', 'import vcr'))
const VARIANTS = SPELLINGS.flatMap(({ spelling, calls }) => [
  { spelling, serializer: 'yaml', calls },
  // vcr.py refuses to write bytes as JSON
  { spelling, serializer: 'json', calls: calls.filter(isText) },
])

describe.skipIf(python === undefined)('vcr.py', () => {
  describe.each(VARIANTS)('in $serializer, non-ASCII as $spelling', ({ serializer, calls }) => {
    const folder = mkdtempSync(join(tmpdir(), 'vcrpy-'))
    let port = 0

    const run = (mode: string, cassettes: readonly Cassette[]) =>
      runRecorder(python ?? '', SCRIPT, { mode, port, serializer, folder, calls, cassettes })

    beforeAll(async () => {
      const [got] = await withCallServer(calls, (open) => {
        port = open
        return run('once', [{ name: 'recorded', said: RECORDED }])
      })
      expectAnswers(calls, got, RECORDED)
    }, TIMEOUT)

    afterAll(() => rmSync(folder, { recursive: true }))

    it('replays every edit', { timeout: TIMEOUT }, async () => {
      const recorded = readFileSync(join(folder, 'recorded'))
      const cassettes = EDITS.map((said, at) => ({ said, name: `edited-${at}` }))
      for (const { name, said } of cassettes) writeFileSync(join(folder, name), editedFile(recorded, said))
      const got = await run('none', cassettes)
      for (const [at, said] of EDITS.entries()) expectAnswers(calls, got[at], said)
    })
  })
})
