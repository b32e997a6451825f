/**
 * An edited httprr trace is still one: a reader of its own takes it apart, Python's http.client reads its responses.
 * httprr itself is Go, which is not here. Skipped where there is no Python 3.8.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Call, EDITS, isText, RECORDED, type Said, SPELLINGS, sentBody } from './calls.ts'
import { editedFile, withDoubtedLengths } from './edited-file.ts'
import { expectAnswers } from './expect-answers.ts'
import { isThere } from './run-recorder.ts'

const SCRIPT = join(import.meta.dirname, 'httprr.py')
const TIMEOUT = 120_000
const isPython = isThere('python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 8))')

/** Not edited; but its bytes make the whole file one of bytes. */
const PICTURE: Call = {
  path: '/picture',
  type: 'image/png',
  question: () => '{}',
  answer: () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x80),
}

const FRAMINGS = [
  { framing: 'a content-length', isChunked: false },
  { framing: 'transfer chunks', isChunked: true },
]
const VARIANTS = SPELLINGS.flatMap(({ spelling, calls }) =>
  FRAMINGS.flatMap((framing) => [
    { ...framing, spelling, holds: 'text', calls: calls.filter(isText), others: [] },
    { ...framing, spelling, holds: 'text and a picture', calls: calls.filter(isText), others: [PICTURE] },
    { ...framing, spelling, holds: 'gzip and event streams', calls, others: [] },
  ]),
)

describe.skipIf(!isPython)('httprr', () => {
  it.each(VARIANTS)(
    'traces of $holds with $framing hold every edit, non-ASCII as $spelling',
    { timeout: TIMEOUT },
    ({ calls: edited, others, isChunked }) => {
      const calls = [...edited, ...others]
      const recorded = traceOf(calls, isChunked)
      const files = EDITS.map((said) => {
        const file = editedFile(recorded, said, { first: edited.length })
        return isChunked ? file : withDoubtedLengths(recorded, file)
      })
      const read = readTraces([recorded, ...files])
      for (const [at, said] of [RECORDED, ...EDITS].entries()) {
        expect(read[at]?.map(({ question }) => question)).toEqual(calls.map((call) => call.question(said)))
        expectAnswers(
          calls,
          read[at]?.map(({ answer }) => answer),
          said,
        )
      }
    },
  )

  it('traces are read by their counts, whatever characters or bytes are in them', () => {
    const rare: Said = { asked: 'Hi', text: 'one \x85 line' }
    const western = (SPELLINGS[0]?.calls ?? []).filter(isText).map(inWestern)
    const text = editedFile(traceOf(western, true), rare)
    expectAnswers(western, answersOf(text), rare)
    // what was edited can be edited again
    expectAnswers(western, answersOf(editedFile(text, RECORDED)), RECORDED)
    const picture = { ...PICTURE, answer: () => Uint8Array.of(0xff, 0xfe, 0xe9) }
    const bytes = editedFile(traceOf([...western, picture], true), RECORDED, { first: western.length })
    expectAnswers([...western, picture], answersOf(bytes), RECORDED)
  })
})

/** Without a character that is no byte in Latin 1. */
function inWestern(call: Call): Call {
  const without = (text: string): string => text.replaceAll('🦊', '')
  return {
    ...call,
    question: (said) => without(call.question(said)),
    answer: (said) => new TextEncoder().encode(without(new TextDecoder().decode(call.answer(said)))),
  }
}

function answersOf(trace: Uint8Array): readonly Uint8Array[] | undefined {
  return readTraces([trace])[0]?.map(({ answer }) => answer)
}

function traceOf(calls: readonly Call[], isChunked: boolean): Uint8Array {
  const pieces = calls.flatMap((call) => {
    const question = call.question(RECORDED)
    const request = Buffer.from(
      `POST https://api.example.com${call.path} HTTP/1.1\r\nHost: api.example.com\r\nContent-Type: application/json\r\n\r\n${question}`,
    )
    const body = sentBody(call, RECORDED)
    const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`
    const encoding = call.isGzip ? 'Content-Encoding: gzip\r\n' : ''
    const response = Buffer.concat([
      Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${call.type}\r\n${encoding}${length}\r\n\r\n`),
      isChunked ? inChunks(body) : body,
    ])
    return [Buffer.from(`${request.length} ${response.length}\n`), request, response]
  })
  return new Uint8Array(Buffer.concat([Buffer.from('httprr trace v1\n'), ...pieces]))
}

/** RFC 9112, in pieces that cut the body anywhere. */
function inChunks(body: Uint8Array): Uint8Array {
  const half = body.length >> 1
  const pieces = [body.subarray(0, half), body.subarray(half), new Uint8Array()].map((piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
  )
  return new Uint8Array(Buffer.concat(pieces))
}

interface ReadCall {
  readonly question: string
  readonly answer: Uint8Array
}

function readTraces(traces: readonly Uint8Array[]): readonly (readonly ReadCall[])[] {
  const input = JSON.stringify(traces.map((trace) => Buffer.from(trace).toString('base64')))
  const { stdout, stderr } = spawnSync('python3', [SCRIPT], { input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  expect(stderr).toBe('')
  const read = JSON.parse(stdout) as readonly (readonly (readonly [string, string])[])[]
  return read.map((calls) =>
    calls.map(([question, answer]) => ({
      question: Buffer.from(question, 'base64').toString('utf8'),
      answer: new Uint8Array(Buffer.from(answer, 'base64')),
    })),
  )
}
