import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  gzipped,
  openStored,
} from '../support/stored-recordings.ts'

function cassette(body: object): string {
  const request = {
    body: JSON.stringify(CHAT_REQUEST),
    headers: { accept: ['*/*'] },
    method: 'POST',
    uri: 'https://api.openai.com/v1/chat/completions',
  }
  const response = { status: { code: 200, message: 'OK' }, headers: {}, body }
  return JSON.stringify({ version: 1, interactions: [{ request, response }] }, null, 4)
}

describe('vcr.py cassettes in JSON', () => {
  it('are read and endure edits', () => {
    const text = cassette({ string: CHAT_STREAM })
    expect(openStored(text).container).toBe('vcrpy-json')
    checkEndurance(text, { says: 'Hello world', step: 3 })
    checkEndurance(cassette({ string: JSON.stringify(CHAT_ANSWER) }), { says: 'Hello world', step: 3 })
  })

  it('may hold base64', () => {
    const text = cassette({ base64_string: base64(gzipped(JSON.stringify(CHAT_ANSWER))) })
    expect(callOf(openStored(text)).response.encodings).toEqual(['base64', 'gzip'])
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 7 })
  })

  it('may be the list of before version 1', () => {
    const request = {
      body: null,
      protocol: 'http',
      method: 'GET',
      headers: {},
      host: 'x.org',
      path: '/ip',
      port: 80,
    }
    const response = {
      status: { code: 200, message: 'OK' },
      headers: ['content-type: application/json\r\n', 'date: today\r\n'],
      body: { string: JSON.stringify(CHAT_ANSWER) },
    }
    const text = JSON.stringify([{ request, response }], null, 2)
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('vcrpy-json')
    expect(call.request.url?.value).toBe('/ip')
    expect(call.request.extras.map(({ name }) => name)).toEqual(['protocol', 'host', 'port'])
    expect(call.response.headers?.map(({ name }) => name)).toEqual(['content-type', 'date'])
    checkEndurance(text, { says: 'Hello world', step: 3 })
  })
})
