import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  chatChunk,
  checkEndurance,
  gzipped,
  openStored,
  saying,
} from '../support/stored-recordings.ts'

const REQUEST = `  request:
    body: '${JSON.stringify(CHAT_REQUEST)}'
    headers:
      accept:
      - application/json
      - text/event-stream
      User-Agent: tests
    method: POST
    uri: https://api.openai.com/v1/chat/completions
`.replace('  request', '- request')

const STATUS = `    headers:
      Content-Type:
      - application/json
    status:
      code: 200
      message: OK
`

function cassette(...bodies: readonly string[]): string {
  const entries = bodies.map((body) => `${REQUEST}  response:\n${body}${STATUS}`)
  return `interactions:\n${entries.join('')}version: 1\n`
}

const PLAIN = cassette(`    body:\n      string: '${JSON.stringify(CHAT_ANSWER)}'\n`)
const LITERAL = cassette(
  `    body:\n      string: |+\n${CHAT_STREAM.split('\n')
    .map((line) => (line === '' ? '' : `        ${line}`))
    .join('\n')}`,
)
const QUOTED = cassette(`    body:\n      string: ${JSON.stringify(CHAT_STREAM)}\n`)

function binary(bytes: string | Uint8Array): string {
  const lines = base64(bytes).replaceAll(/.{70}/g, '$&\n        ')
  return `    body:\n      string: !!binary |\n        ${lines.trimEnd()}\n`
}

describe('vcr.py cassettes', () => {
  it('are read', () => {
    const stored = openStored(PLAIN)
    const call = callOf(stored)
    expect(stored.container).toBe('vcrpy-yaml')
    expect(stored.reading.cassette?.because).toContain('string')
    expect(call.dialect).toBe('openai-chat')
    expect(call.request.method?.value).toBe('POST')
    expect(call.request.url?.value).toBe('https://api.openai.com/v1/chat/completions')
    expect(call.request.headers.map(({ name, value }) => `${name}=${value.value}`)).toEqual([
      'accept=application/json',
      'accept=text/event-stream',
      'User-Agent=tests',
    ])
    expect(call.request.model?.value).toBe('gpt-x')
    expect(call.response.status?.value).toBe('200')
    expect(call.response.headers?.[0]?.value.value).toBe('application/json')
    expect(call.extras.map(({ name }) => name)).toEqual(['response.status.message'])
    expect(call.response.streaming).toBe(false)
  })

  it('may have several interactions, of which one is edited', () => {
    const text = cassette(
      `    body:\n      string: '${JSON.stringify(CHAT_ANSWER)}'\n`,
      `    body:\n      string: ${JSON.stringify(CHAT_STREAM)}\n`,
    )
    expect(openStored(text).calls.map(({ response }) => response.streaming)).toEqual([false, true])
    checkEndurance(text, { says: 'Hello world', at: 1, step: 7 })
    expect(saying(text, 'Hello you', 1).startsWith(text.slice(0, text.lastIndexOf('- request')))).toBe(true)
  })

  it('endure edits in every style of a scalar', () => {
    checkEndurance(PLAIN, { says: 'Hello world', step: 5 })
    checkEndurance(LITERAL, { says: 'Hello world', step: 5 })
    checkEndurance(QUOTED, { says: 'Hello world', step: 5 })
  })

  it('change exactly the word that is edited', () => {
    expect(saying(LITERAL, 'Howdy world')).toBe(LITERAL.replace('"Hello"', '"Howdy"'))
    expect(saying(PLAIN, 'Hello globe')).toBe(PLAIN.replace('Hello world', 'Hello globe'))
  })

  it('may hold bytes: gzip, event streams, plain text', () => {
    const zipped = cassette(binary(gzipped(JSON.stringify(CHAT_ANSWER))))
    const events = cassette(binary(CONVERSE_STREAM))
    const plain = cassette(binary(CHAT_STREAM))
    expect(callOf(openStored(zipped)).response.encodings).toEqual(['base64', 'gzip'])
    expect(callOf(openStored(events)).response.framing).toBe('aws-event-stream')
    for (const text of [zipped, events, plain]) {
      checkEndurance(text, { says: 'Hello world', opaque: true, step: 11 })
    }
  })

  it('are not believed about content-encoding', () => {
    const text = PLAIN.replace(
      '      Content-Type',
      '      Content-Encoding:\n      - gzip\n      Content-Type',
    )
    checkEndurance(text, { says: 'Hello world', step: 29 })
  })

  it('may hold parsed bodies, on both sides', () => {
    const text = `interactions:
- request:
    headers: {}
    method: POST
    parsed_body:
      model: gpt-x
      messages:
      - content: Hi there
        role: user
    uri: https://api.openai.com/v1/chat/completions
  response:
    headers: {}
    parsed_body:
      id: chatcmpl-1
      object: chat.completion
      choices:
      - finish_reason: stop
        index: 0
        message:
          content: Hello world
          role: assistant
    status:
      code: 200
      message: OK
version: 1
`
    const call = callOf(openStored(text))
    expect(call.dialect).toBe('openai-chat')
    expect(call.conversation.messages.length).toBe(1)
    expect(call.response.framing).toBe('whole')
    checkEndurance(text, { says: 'Hello world' })
    expect(saying(text, 'Hello you')).toBe(text.replace('Hello world', 'Hello you'))
  })

  it('may hold the list of the payloads of a stream', () => {
    const items = [chatChunk('Hello'), chatChunk(' world', 'stop')].map((chunk) => `      - ${chunk}\n`)
    const text = cassette(`    body:\n      parsed_body:\n${items.join('')}      - '[DONE]'\n`)
    const call = callOf(openStored(text))
    expect(call.response.streaming).toBe(true)
    expect(call.response.framing).toBe('object-list')
    expect(call.stream.chunkNodes.length).toBe(2)
    checkEndurance(text, { says: 'Hello world', step: 7 })
  })

  it('may be of an old httpx stub: "content" and "status_code"', () => {
    const text = `${REQUEST.replace('- request', 'interactions:\n- request')}  response:
    content: '${JSON.stringify(CHAT_ANSWER)}'
    headers: {}
    http_version: HTTP/1.1
    status_code: 200
version: 1
`
    const call = callOf(openStored(text))
    expect(call.response.status?.value).toBe('200')
    expect(call.extras.map(({ name }) => name)).toEqual(['response.http_version'])
    checkEndurance(text, { says: 'Hello world', step: 5 })
  })

  it('may have no body, an object for a body, a version at the top or none', () => {
    const none = PLAIN.replace(/body: '\{"model.*\n/, 'body: null\n').replace('version: 1\n', '')
    expect(callOf(openStored(none)).request.body).toBeUndefined()
    const object = PLAIN.replace(/body: ('\{"model.*)\n/, 'body:\n      string: $1\n')
    expect(callOf(openStored(object)).conversation.messages.length).toBe(1)
    const top = `version: 1\n${PLAIN.replace('version: 1\n', '')}`
    expect(openStored(top).container).toBe('vcrpy-yaml')
    expect(callOf(openStored(PLAIN.replace(/string: .*\n/, "string: ''\n"))).response.framing).toBe('none')
  })

  it('show header values that are bytes as text', () => {
    const text = PLAIN.replace(
      'User-Agent: tests',
      `User-Agent:\n      - !!binary |\n        ${base64('Boto3/1.34 ua')}`,
    )
    expect(callOf(openStored(text)).request.headers[2]?.value.value).toBe('Boto3/1.34 ua')
  })

  it('say so when a response is missing', () => {
    const text = `interactions:\n${REQUEST}version: 1\n`
    const stored = openStored(text)
    expect(stored.container).toBe('vcrpy-yaml')
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['no-response'])
    expect(callOf(stored).conversation.messages.length).toBe(1)
  })
})
