/** nock answers with what an edited recording says, through fetch and node:http. Nothing is skipped. */
import http from 'node:http'
import nock from 'nock'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ServerOptions, withCallServer } from './call-server.ts'
import { type Call, EDITS, RECORDED, type Said, SPELLINGS } from './calls.ts'
import { editedFile, withDoubtedLengths } from './edited-file.ts'
import { expectAnswers } from './expect-answers.ts'

interface Client {
  readonly client: string
  readonly isUnpacked: boolean
  readonly ask: (url: string, body: string) => Promise<Uint8Array>
}

const TIMEOUT = 120_000
const headers = { 'Content-Type': 'application/json', 'Accept-Encoding': 'gzip' }

const FETCH: Client = {
  client: 'fetch',
  isUnpacked: true,
  ask: async (url, body) => {
    const response = await fetch(url, { method: 'POST', headers, body })
    return new Uint8Array(await response.arrayBuffer())
  },
}

const HTTP: Client = {
  client: 'node:http',
  isUnpacked: false,
  ask: (url, body) =>
    new Promise((done, failed) => {
      // nock replaces the module's member: an import of its own would still be the old one
      const sent = http.request(url, { method: 'POST', headers }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('end', () => done(new Uint8Array(Buffer.concat(pieces))))
        response.on('error', failed)
      })
      sent.on('error', failed).end(body)
    }),
}

async function askAll(
  { ask }: Client,
  calls: readonly Call[],
  port: number,
  said: Said,
): Promise<readonly Uint8Array[]> {
  const bodies: Uint8Array[] = []
  for (const { path, question } of calls) {
    bodies.push(await ask(`http://127.0.0.1:${port}${path}`, question(said)))
  }
  return bodies
}

interface Recorded {
  readonly file: Uint8Array
  readonly port: number
}

async function record(client: Client, calls: readonly Call[], options?: ServerOptions): Promise<Recorded> {
  const port = await withCallServer(
    calls,
    async (open) => {
      nock.recorder.rec({ output_objects: true, dont_print: true })
      expectAnswers(calls, await askAll(client, calls, open, RECORDED), RECORDED, client)
      await vi.waitFor(() => expect(nock.recorder.play().length).toBe(calls.length))
      return open
    },
    options,
  )
  const file = new TextEncoder().encode(JSON.stringify(nock.recorder.play(), null, 2))
  nock.restore()
  nock.recorder.clear()
  nock.activate()
  return { file, port }
}

async function expectReplay(
  client: Client,
  calls: readonly Call[],
  { file, port }: Recorded,
  said: Said,
): Promise<void> {
  nock.define(JSON.parse(new TextDecoder().decode(file)))
  expectAnswers(calls.map(asNockSends), await askAll(client, calls, port, said), said, client)
  expect(nock.isDone()).toBe(true)
}

/** A body that is JSON stands in the recording as JSON, and is sent without its white space and escapes. */
function asNockSends(call: Call): Call {
  if (call.type !== 'application/json' || call.isGzip) return call
  const compact = (said: Said): string =>
    JSON.stringify(JSON.parse(Buffer.from(call.answer(said)).toString()))
  return { ...call, answer: (said) => new TextEncoder().encode(compact(said)) }
}

afterEach(() => nock.cleanAll())

const VARIANTS = SPELLINGS.flatMap((each) => [
  { ...each, ...FETCH, withLengths: true },
  { ...each, ...HTTP, withLengths: false },
])

describe.each(VARIANTS)('nock with $client, non-ASCII as $spelling', ({ calls, withLengths, ...client }) => {
  let recorded: Recorded = { file: new Uint8Array(), port: 0 }

  beforeAll(async () => {
    recorded = await record(client, calls, { withLengths })
  }, TIMEOUT)

  it('replays every edit', { timeout: TIMEOUT }, async () => {
    for (const said of EDITS) {
      await expectReplay(client, calls, { ...recorded, file: editedFile(recorded.file, said) }, said)
    }
  })
})

// node:http breaks off where the header and the body differ; fetch does not look
describe.each(['/json', '/json-gzip'])('nock with a content-length header of %s', (path) => {
  it('replays an edit after the doubt about it was heeded', { timeout: TIMEOUT }, async () => {
    const calls = (SPELLINGS[0]?.calls ?? []).filter((call) => call.path === path)
    const recorded = await record(HTTP, calls)
    await expectReplay(HTTP, calls, recorded, RECORDED)
    for (const said of EDITS) {
      const file = withDoubtedLengths(recorded.file, editedFile(recorded.file, said))
      await expectReplay(HTTP, calls, { ...recorded, file }, said)
    }
  })
})
