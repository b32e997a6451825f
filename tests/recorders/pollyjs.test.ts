/** Polly.js answers with what an edited recording says, through fetch. Nothing is skipped. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import FetchAdapter from '@pollyjs/adapter-fetch'
import { Polly, Timing } from '@pollyjs/core'
import FSPersister from '@pollyjs/persister-fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withCallServer } from './call-server.ts'
import { type Call, EDITS, RECORDED, SPELLINGS } from './calls.ts'
import { editedFile } from './edited-file.ts'
import { expectAnswers } from './expect-answers.ts'

const TIMEOUT = 120_000

describe.each(SPELLINGS)('Polly.js, non-ASCII as $spelling', ({ calls }) => {
  const folder = mkdtempSync(join(tmpdir(), 'pollyjs-'))
  let port = 0
  let file = ''

  beforeAll(async () => {
    const got = await withCallServer(calls, (open) => {
      port = open
      return play(folder, 'record', port, calls)
    })
    expectAnswers(calls, got, RECORDED, { isUnpacked: true })
    const name = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((each) =>
      /\.har$/.test(each),
    )
    file = join(folder, name ?? '')
  }, TIMEOUT)

  afterAll(() => rmSync(folder, { recursive: true }))

  it('replays every edit', { timeout: TIMEOUT }, async () => {
    const recorded = readFileSync(file)
    expect(JSON.parse(recorded.toString()).log.entries.length).toBe(calls.length)
    for (const said of EDITS) {
      // Polly knows a call by a hash of its question: that one stays
      writeFileSync(file, editedFile(recorded, said, { withQuestions: false }))
      const got = await play(folder, 'replay', port, calls)
      expectAnswers(calls, got, said, { isUnpacked: true })
    }
  })
})

/** Asks all calls through Polly, as they were recorded. */
async function play(
  recordingsDir: string,
  mode: 'record' | 'replay',
  port: number,
  calls: readonly Call[],
): Promise<readonly Uint8Array[]> {
  const polly = new Polly('calls', {
    mode,
    adapters: [FetchAdapter],
    persister: FSPersister,
    persisterOptions: { fs: { recordingsDir } },
    recordIfMissing: false,
    timing: Timing.fixed(0),
  })
  const bodies: Uint8Array[] = []
  for (const { path, question } of calls) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: question(RECORDED),
    })
    bodies.push(new Uint8Array(await response.arrayBuffer()))
  }
  await polly.stop()
  return bodies
}
