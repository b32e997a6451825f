import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isPacked, storeReadable } from '../../../src/core/edits/readable.ts'
import { applyEdits, EditError, invertEdits } from '../../../src/core/text/edit.ts'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  chatChunk,
  gzipped,
  hex,
  openStored,
  saidBy,
  saying,
  sse,
} from '../support/stored-recordings.ts'

const STREAM = sse(chatChunk('Grüße, '), chatChunk('世界 👋'), '[DONE]')
const SAID = 'Grüße, 世界 👋'

/** Stored as readable text, read again: the text of the file. */
function readable(text: string, body: string, says: string): string {
  const before = openStored(text)
  const call = callOf(before)
  expect(isPacked(call)).toBe(true)
  const edits = storeReadable(text, call)
  const after = applyEdits(text, edits)
  expect(applyEdits(after, invertEdits(text, edits)), 'undone').toBe(text)
  const again = openStored(after)
  const now = callOf(again)
  expect(again.container).toBe(before.container)
  expect(isPacked(now), 'readable').toBe(false)
  expect(saidBy(after)).toBe(says)
  const chunksOf = ({ document, calls }: typeof again): readonly string[] =>
    [...(calls[0]?.stream.chunkNodes ?? [])].map((id) => JSON.stringify(JSON.parse(document.node(id).raw)))
  expect(chunksOf(again)).toEqual(chunksOf(before))
  const headers = new Map(now.response.headers?.map(({ name, value }) => [name.toLowerCase(), value.value]))
  expect(headers.has('content-encoding')).toBe(false)
  const length = headers.get('content-length')
  if (length !== undefined) expect(length).toBe(String(Buffer.byteLength(body)))
  // an edit now touches what is edited
  const more = saying(after, `${says}!`)
  expect(Math.abs(more.length - after.length)).toBeLessThan(4)
  expect(() => storeReadable(after, now)).toThrow(EditError)
  return after
}

function vcr(bytes: string | Uint8Array, headers: string): string {
  const lines = base64(bytes).replaceAll(/.{70}/g, '$&\n        ').trimEnd()
  return `interactions:
- request:
    body: '${JSON.stringify(CHAT_REQUEST)}'
    headers:
      accept:
      - application/json
    method: POST
    uri: https://api.openai.com/v1/chat/completions
  response:
    body:
      string: !!binary |
        ${lines}
    headers:
${headers}    status:
      code: 200
      message: OK
version: 1
`
}

function har(content: object, headers: readonly object[], log: object = {}): string {
  const entry = {
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
      headers: [],
      postData: { mimeType: 'application/json', text: JSON.stringify(CHAT_REQUEST) },
    },
    response: { status: 200, statusText: 'OK', headers, content },
  }
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'x', version: '1' }, ...log, entries: [entry] } },
    null,
    2,
  )
}

function nock(response: unknown, headers: unknown, more: object = {}): string {
  const call = {
    scope: 'https://api.openai.com:443',
    method: 'POST',
    path: '/v1/chat/completions',
    body: CHAT_REQUEST,
    status: 200,
    response,
    rawHeaders: headers,
    ...more,
  }
  return JSON.stringify([call], null, 2)
}

describe('a packed body becomes readable', () => {
  it('in YAML, gzip in !!binary', () => {
    const names = [
      '      Content-Type:\n      - text/event-stream\n      content-encoding:\n      - gzip\n      Content-Length:\n      - "99"\n',
      '      Content-Encoding:\n      - gzip\n      Content-Type:\n      - text/event-stream\n',
      '      Content-Length:\n      - "99"\n      Content-Encoding:\n      - gzip\n',
    ]
    for (const headers of names) {
      const after = readable(vcr(gzipped(STREAM), headers), STREAM, SAID)
      expect(after).not.toContain('!!binary')
      expect(after.toLowerCase()).not.toContain('content-encoding')
      expect(after.startsWith(vcr('', '').slice(0, vcr('', '').indexOf('string:')))).toBe(true)
    }
    const body = JSON.stringify(CHAT_ANSWER)
    expect(
      readable(
        vcr(gzipped(body), '      Content-Length: ["5"]\n      content-encoding: [gzip]\n'),
        body,
        'Hello world',
      ),
    ).toContain(String(body.length))
  })

  it('in HAR, base64 with or without gzip', () => {
    for (const bytes of [STREAM, gzipped(STREAM), new Uint8Array(deflateSync(STREAM))]) {
      for (const content of [
        { size: 3, mimeType: 'text/event-stream', text: base64(bytes), encoding: 'base64' },
        { encoding: 'base64', text: base64(bytes), mimeType: 'text/event-stream' },
      ]) {
        const headers = [
          { name: 'content-length', value: '9' },
          { name: 'Content-Encoding', value: 'gzip' },
        ]
        for (const order of [headers, headers.toReversed(), headers.slice(1), []]) {
          const after = JSON.parse(readable(har(content, order), STREAM, SAID)) as {
            log: { entries: { response: { content: Record<string, unknown> } }[] }
          }
          const stored = after.log.entries[0]?.response.content
          expect(stored?.text).toBe(STREAM)
          expect(stored).not.toHaveProperty('encoding')
        }
      }
    }
  })

  it('in nock, hex in one piece or in several', () => {
    const zipped = gzipped(STREAM)
    const pieces = [hex(zipped.subarray(0, 20)), hex(zipped.subarray(20))]
    for (const response of [hex(zipped), pieces, [hex(zipped)]]) {
      for (const headers of [
        ['Content-Type', 'text/event-stream', 'Content-Encoding', 'gzip', 'Content-Length', '12'],
        ['Content-Encoding', 'gzip'],
        { 'content-encoding': 'gzip', 'content-length': '12' },
      ]) {
        const after = JSON.parse(readable(nock(response, headers), STREAM, SAID)) as { response: unknown }[]
        const stored = after[0]?.response
        // nock takes a list for pieces in hex, or for a JSON body
        expect(stored).toBe(STREAM)
      }
    }
    const binary = readable(
      nock(hex(zipped), ['Content-Encoding', 'gzip'], { responseIsBinary: true }),
      STREAM,
      SAID,
    )
    expect(binary).toContain('"responseIsBinary": false')
  })

  it('in Polly, pieces in a text', () => {
    const zipped = gzipped(STREAM)
    const polly = { _recordingName: 'chat', creator: { name: 'Polly.JS', version: '6.0.6' } }
    for (const content of [
      { text: JSON.stringify([base64(zipped)]), encoding: 'base64', mimeType: 'x' },
      {
        text: JSON.stringify([base64(zipped.subarray(0, 30)), base64(zipped.subarray(30))]),
        encoding: 'base64',
      },
      { text: JSON.stringify([hex(zipped.subarray(0, 30)), hex(zipped.subarray(30))]), _isBinary: true },
    ]) {
      const after = JSON.parse(
        readable(har(content, [{ name: 'content-encoding', value: 'gzip' }], polly), STREAM, SAID),
      ) as {
        log: { entries: { response: { content: Record<string, unknown> } }[] }
      }
      const stored = after.log.entries[0]?.response.content
      expect(stored?.text).toBe(STREAM)
      expect(stored?._isBinary ?? false).toBe(false)
    }
  })
})

describe('a body is not stored as text', () => {
  it('when it is none, or not packed', () => {
    for (const text of [
      har({ text: base64(CONVERSE_STREAM), encoding: 'base64' }, []),
      har({ text: CHAT_STREAM }, []),
      har({ text: base64(new Uint8Array(gzipSync(new Uint8Array([255, 0, 1])))), encoding: 'base64' }, []),
    ])
      expect(() => storeReadable(text, callOf(openStored(text)))).toThrow(EditError)
  })
})
