import { describe, expect, it } from 'vitest'
import {
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  checkEndurance,
  gzipped,
  hex,
  openStored,
  saying,
} from '../support/stored-recordings.ts'

function recording(response: unknown, more: object = {}): string {
  const call = {
    scope: 'https://api.openai.com:443',
    method: 'POST',
    path: '/v1/chat/completions',
    body: CHAT_REQUEST,
    status: 200,
    response,
    rawHeaders: ['Content-Type', 'application/json', 'X-Request-Id', 'r-1'],
    responseIsBinary: false,
    ...more,
  }
  return JSON.stringify([call], null, 2)
}

describe('nock recordings', () => {
  it('are read, with bodies that are JSON', () => {
    const text = recording(CHAT_ANSWER)
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('nock-json')
    expect(call.dialect).toBe('openai-chat')
    expect(call.request.url?.value).toBe('/v1/chat/completions')
    expect(call.response.headers?.map(({ name, value }) => [name, value.value])).toEqual([
      ['Content-Type', 'application/json'],
      ['X-Request-Id', 'r-1'],
    ])
    expect(call.extras.map(({ name }) => name)).toEqual(['scope', 'responseIsBinary'])
    checkEndurance(text, { says: 'Hello world' })
    expect(saying(text, 'Hello you')).toBe(text.replace('Hello world', 'Hello you'))
  })

  it('may hold text', () => {
    checkEndurance(recording(CHAT_STREAM), { says: 'Hello world' })
  })

  it('may hold hex, in one piece or in several', () => {
    const zipped = gzipped(JSON.stringify(CHAT_ANSWER))
    const half = Math.floor(zipped.length / 2)
    const pieces = [hex(zipped.subarray(0, half)), hex(zipped.subarray(half))]
    const headers = { rawHeaders: { 'Content-Encoding': 'gzip' } }
    for (const text of [
      recording(hex(CONVERSE_STREAM), { responseIsBinary: true }),
      recording(hex(zipped), headers),
      recording(pieces, headers),
    ]) {
      checkEndurance(text, { says: 'Hello world', opaque: true, step: 3 })
    }
    expect(callOf(openStored(recording(pieces, headers))).response.encodings).toEqual(['hex', 'gzip'])
  })

  it('may be several, one without a response', () => {
    const [first] = JSON.parse(recording(CHAT_ANSWER)) as readonly unknown[]
    const text = JSON.stringify([first, { scope: 'https://x', method: 'GET', path: '/y' }])
    const stored = openStored(text)
    expect(stored.calls.length).toBe(2)
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['no-response'])
  })
})
