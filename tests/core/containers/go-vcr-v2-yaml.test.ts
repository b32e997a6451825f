import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  checkEndurance,
  openStored,
  saying,
} from '../support/stored-recordings.ts'

function literal(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')
}

const V2 = `---
version: 2
interactions:
    - id: 0
      request:
        proto: HTTP/1.1
        proto_major: 1
        content_length: 120
        host: api.openai.com
        body: '${JSON.stringify(CHAT_REQUEST)}'
        form: {}
        headers:
            Content-Type:
                - application/json
        url: https://api.openai.com/v1/chat/completions
        method: POST
      response:
        proto: HTTP/2.0
        uncompressed: true
        body: |+
${literal(CHAT_STREAM, '            ')}
        headers:
            Content-Type:
                - text/event-stream
        status: 200 OK
        code: 200
        duration: 1.25s
`

const V1 = `---
version: 1
interactions:
- request:
    body: ""
    form: {}
    headers: {}
    url: https://api.openai.com/v1/chat/completions
    method: POST
  response:
    body: ${JSON.stringify(CHAT_STREAM)}
    headers: {}
    status: 429 Too Many Requests
    code: 429
    duration: ""
`

describe('go-vcr cassettes', () => {
  it('are read', () => {
    const stored = openStored(V2)
    const call = callOf(stored)
    expect(stored.container).toBe('go-vcr-v2-yaml')
    expect(stored.reading.cassette?.because).toContain('version 2')
    expect(call.dialect).toBe('openai-chat')
    expect(call.response.status?.value).toBe('200')
    expect(call.response.streaming).toBe(true)
    expect(call.request.extras.map(({ name }) => name)).toContain('form')
    expect(call.extras.map(({ name }) => name)).toEqual([
      'id',
      'response.proto',
      'response.uncompressed',
      'response.status',
      'response.duration',
    ])
  })

  it('endure edits and cuts', () => {
    checkEndurance(V2, { says: 'Hello world', step: 5 })
    checkEndurance(V1, { says: 'Hello world', step: 5 })
    expect(saying(V2, 'Howdy world')).toBe(V2.replace('"Hello"', '"Howdy"'))
  })

  it('may be of format 1', () => {
    const stored = openStored(V1)
    expect(stored.container).toBe('go-vcr-v2-yaml')
    expect(callOf(stored).response.status?.value).toBe('429')
    expect(callOf(stored).request.body).toBeUndefined()
  })

  it('may hold an event stream', () => {
    const text = V1.replace(/body: "data.*\n/, `body: !!binary ${base64(CONVERSE_STREAM)}\n`)
    expect(callOf(openStored(text)).response.framing).toBe('aws-event-stream')
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 11 })
  })

  it('are recognised when they break off', () => {
    const text = V2.slice(0, V2.indexOf('      response:'))
    const stored = openStored(text)
    expect(stored.container).toBe('go-vcr-v2-yaml')
    expect(stored.reading.diagnostics.map(({ code }) => code)).toContain('no-response')
  })
})
