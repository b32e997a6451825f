import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  openStored,
  saying,
} from '../support/stored-recordings.ts'

function cassette(body: string, tail = 'recorded_with: VCR 6.3.1\n'): string {
  return `---
http_interactions:
- request:
    method: post
    uri: https://api.openai.com/v1/chat/completions
    body:
      encoding: UTF-8
      string: '${JSON.stringify(CHAT_REQUEST)}'
    headers:
      Authorization:
      - Bearer <OPENAI_API_KEY>
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - text/event-stream; charset=utf-8
    body:
      encoding: ASCII-8BIT
${body}  recorded_at: Mon, 10 Nov 2025 10:00:00 GMT
${tail}`
}

const LITERAL = cassette(
  `      string: |+\n${CHAT_STREAM.split('\n')
    .map((line) => (line === '' ? '' : `        ${line}`))
    .join('\n')}\n`,
)

describe('Ruby VCR cassettes', () => {
  it('are read', () => {
    const stored = openStored(LITERAL)
    const call = callOf(stored)
    expect(stored.container).toBe('ruby-vcr-yaml')
    expect(stored.reading.cassette?.because).toContain('VCR 6.3.1')
    expect(call.dialect).toBe('openai-chat')
    expect(call.request.headers[0]?.value.value).toBe('Bearer <OPENAI_API_KEY>')
    expect(call.response.streaming).toBe(true)
    expect(call.extras.map(({ name }) => name)).toEqual([
      'response.status.message',
      'recorded_at',
      'response.body.encoding',
      'recorded_with',
    ])
    checkEndurance(LITERAL, { says: 'Hello world', step: 7 })
    expect(saying(LITERAL, 'Howdy world')).toBe(LITERAL.replace('"Hello"', '"Howdy"'))
  })

  it('may have text in base64, with the tag that Ruby writes', () => {
    const lines = base64(CHAT_STREAM).replaceAll(/.{60}/g, '$&\n        ').trimEnd()
    const text = cassette(`      string: !binary |-\n        ${lines}\n`)
    expect(callOf(openStored(text)).response.encodings).toEqual(['base64'])
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 11 })
  })

  it('may say "base64_string"', () => {
    const text = cassette(`      base64_string: ${base64(JSON.stringify(CHAT_ANSWER))}\n`)
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 11 })
  })

  it('may be JSON', () => {
    const text = JSON.stringify({
      http_interactions: [
        {
          request: { method: 'get', uri: 'https://x', body: { encoding: 'UTF-8', string: '' }, headers: {} },
          response: { status: { code: 200 }, headers: {}, body: { string: JSON.stringify(CHAT_ANSWER) } },
        },
      ],
      recorded_with: 'VCR 6.0.0',
    })
    expect(openStored(text).container).toBe('ruby-vcr-yaml')
    expect(callOf(openStored(text)).request.body).toBeUndefined()
    checkEndurance(text, { says: 'Hello world' })
  })

  it('say so when a response is missing', () => {
    const text = LITERAL.slice(0, LITERAL.indexOf('  response:'))
    expect(openStored(text).reading.diagnostics.map(({ code }) => code)).toEqual(['no-response'])
  })
})
