import { describe, expect, it } from 'vitest'
import { readCassette } from '../../../src/core/open.ts'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  chatChunk,
  checkEndurance,
  openStored,
  sse,
} from '../support/stored-recordings.ts'

const print = (value: unknown): string => JSON.stringify(value, null, 2)
const URL = 'https://api.openai.com/v1/chat/completions'

/** Shapes of people's own; what is asked and answered is the same in each. */
const SHAPES: Readonly<Record<string, string>> = {
  'everything in one object': print({
    httpMethod: 'POST',
    endpoint: URL,
    requestBody: CHAT_REQUEST,
    statusCode: 200,
    responseBody: JSON.stringify(CHAT_ANSWER),
  }),
  'two objects in a list below a name': print({
    tape: {
      calls: [
        { req: { verb: 'POST', uri: URL, json: CHAT_REQUEST }, res: { status: 200, text: CHAT_STREAM } },
      ],
    },
  }),
  'a body that says how it is written': print({
    request: { method: 'POST', url: URL, payload: { type: 'json', content: CHAT_REQUEST } },
    response: { code: 200, body: { encoding: 'utf-8', content: CHAT_STREAM } },
  }),
  'chunks that are objects': `{"recordings": [{"request": ${JSON.stringify(CHAT_REQUEST)}, "streaming": true, "chunks": [${chatChunk('Hello')}, ${chatChunk(' world', 'stop')}]}]}`,
  'chunks that are lines': print({
    request: { url: URL, body: CHAT_REQUEST },
    response: {
      status_code: 200,
      chunks: [chatChunk('Hello'), chatChunk(' world')].map((each) => `data: ${each}\n\n`),
    },
  }),
  YAML: `call:\n  request:\n    url: ${URL}\n    body: '${JSON.stringify(CHAT_REQUEST)}'\n  response:\n    status: 200\n    body: '${JSON.stringify(CHAT_ANSWER)}'\n`,
}

describe('what no format claims', () => {
  for (const [what, text] of Object.entries(SHAPES)) {
    it(`is found: ${what}`, () => {
      const stored = openStored(text)
      const call = callOf(stored)
      expect(stored.container).toBe('tolerant')
      expect(stored.reading.cassette?.because).toContain('the answer at /')
      expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['guessed-format'])
      expect(call.dialect).toBe('openai-chat')
      expect(call.conversation.messages.length).toBe(1)
      checkEndurance(text, { says: 'Hello world', step: 3 })
    })
  }

  it('may have base64, and chunks with times', () => {
    const packed = print({
      request: { url: URL, body: CHAT_REQUEST },
      response: { status: 200, body: { base64: base64(CHAT_STREAM) } },
    })
    checkEndurance(packed, { says: 'Hello world', opaque: true, step: 5 })
    const timed = print({
      request: { url: URL, body: CHAT_REQUEST },
      response: {
        chunks: [sse(chatChunk('Hello')), sse(chatChunk(' world'))].map((data, at) => ({
          data,
          offset_ms: at * 40,
        })),
      },
    })
    expect([...(callOf(openStored(timed)).stream.times ?? [])]).toEqual([0, 40])
    checkEndurance(timed, { says: 'Hello world', step: 5 })
  })

  it('may be several calls, in a list or in lines', () => {
    const call = { request: { url: URL, body: CHAT_REQUEST }, response: { status: 200, body: CHAT_ANSWER } }
    expect(openStored(print([call, call])).calls.length).toBe(2)
    const lines = `${JSON.stringify(call)}\n${JSON.stringify(call)}\n`
    expect(openStored(lines).container).toBe('tolerant')
    checkEndurance(lines, { says: 'Hello world', at: 1, step: 3 })
  })

  it('is nothing where no call is', () => {
    for (const value of [
      { name: 'x', dependencies: {} },
      [1, 2],
      { request: {} },
      { url: 'https://x' },
      { a: { b: [{}] } },
    ]) {
      expect(readCassette(JSON.stringify(value)).cassette).toBeUndefined()
    }
  })
})
