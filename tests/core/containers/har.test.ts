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
  hex,
  openStored,
  saidBy,
  saying,
} from '../support/stored-recordings.ts'

interface Parts {
  readonly content?: object
  readonly postData?: object | undefined
  readonly entry?: object
  readonly log?: object
}

function har({ content, postData, entry = {}, log = {} }: Parts): string {
  const post = postData ?? { mimeType: 'application/json', params: [], text: JSON.stringify(CHAT_REQUEST) }
  const value = {
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      ...log,
      entries: [
        {
          startedDateTime: '2025-01-01T00:00:00.000Z',
          time: 12.5,
          request: {
            method: 'POST',
            url: 'https://api.openai.com/v1/chat/completions?x=1',
            httpVersion: 'h2',
            headers: [
              { name: ':method', value: 'POST' },
              { name: 'content-type', value: 'application/json' },
            ],
            queryString: [{ name: 'x', value: '1' }],
            postData: post,
          },
          response: {
            status: 200,
            statusText: 'OK',
            headers: [{ name: 'content-type', value: 'text/event-stream' }],
            ...(content && { content: { mimeType: 'text/event-stream', size: 10, ...content } }),
          },
          timings: { wait: 10 },
          ...entry,
        },
      ],
    },
  }
  return JSON.stringify(value, null, 2)
}

const POLLY = { log: { _recordingName: 'chat', creator: { name: 'Polly.JS', version: '6.0.6' } } }

describe('HAR archives', () => {
  const text = har({ content: { text: CHAT_STREAM } })

  it('are read', () => {
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('har-1.2')
    expect(stored.reading.cassette?.because).toContain('WebInspector')
    expect(call.dialect).toBe('openai-chat')
    expect(call.request.headers.map(({ name }) => name)).toEqual([':method', 'content-type'])
    expect(call.request.extras.map(({ name }) => name)).toEqual([
      'httpVersion',
      'queryString',
      'postData.mimeType',
      'postData.params',
    ])
    expect(call.response.status?.value).toBe('200')
    expect(call.response.streaming).toBe(true)
    expect(call.extras.map(({ name }) => name)).toContain('timings')
    expect(call.extras.map(({ name }) => name)).toContain('log.creator')
  })

  it('endure edits and cuts', () => {
    checkEndurance(text, { says: 'Hello world', step: 3 })
    checkEndurance(har({ content: { text: base64(CHAT_STREAM), encoding: 'base64' } }), {
      says: 'Hello world',
      opaque: true,
      step: 7,
    })
    expect(saying(text, 'Howdy world')).toBe(text.replace('\\"Hello\\"', '\\"Howdy\\"'))
  })

  it('say so when a body was not saved', () => {
    const stored = openStored(har({ content: {} }))
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['no-body'])
    expect(callOf(stored).response.streaming).toBe(true)
    expect(openStored(har({})).reading.diagnostics).toEqual([])
  })

  it('may have messages of an event source, with their times', () => {
    const messages = [chatChunk('Hello'), chatChunk(' world')].map((data, at) => ({
      time: 1700000000 + at / 2,
      eventName: 'message',
      eventId: '',
      data,
    }))
    const alone = har({ content: { text: '' }, entry: { _eventSourceMessages: messages } })
    const call = callOf(openStored(alone))
    expect(call.response.framing).toBe('sse')
    expect([...(call.stream.times ?? [])]).toEqual([1700000000000, 1700000000500])
    checkEndurance(alone, { says: 'Hello world', step: 7 })
    const stream = `data: ${chatChunk('Hello')}\n\ndata: ${chatChunk(' world')}\n\n`
    const both = har({ content: { text: stream }, entry: { _eventSourceMessages: messages } })
    expect(callOf(openStored(both)).stream.times?.length).toBe(2)
    expect(callOf(openStored(both)).response.chunkList).toBeDefined()
  })

  it('may have messages of a socket, with their times', () => {
    const message = (type: string, data: unknown, time: number, opcode = 1): object => ({
      type,
      time,
      opcode,
      data: opcode === 2 ? base64(JSON.stringify(data)) : JSON.stringify(data),
    })
    const entry = {
      _webSocketMessages: [
        message('receive', { type: 'session.created', session: { id: 's' } }, 1),
        message('send', { type: 'session.update', session: { instructions: 'Be brief' } }, 2),
        message('send', { type: 'response.create' }, 3),
        message(
          'receive',
          { type: 'response.output_text.delta', delta: 'Hello', item_id: 'i', content_index: 0 },
          4,
          2,
        ),
        message(
          'receive',
          { type: 'response.output_text.delta', delta: ' world', item_id: 'i', content_index: 0 },
          4.5,
        ),
      ],
    }
    const socket = har({ content: { text: '' }, entry })
    const call = callOf(openStored(socket))
    expect(call.dialect).toBe('openai-realtime')
    expect(call.response.streaming).toBe(true)
    expect([...(call.stream.times ?? [])]).toEqual([1000, 4000, 4500])
    expect(call.extras.map(({ name }) => name)).toContain('sent[2]')
    expect(call.conversation.messages.length).toBe(1)
    expect(saidBy(socket)).toBe('Hello world')
    expect(saying(socket, 'Hello you')).toBe(socket.replace('\\" world\\"', '\\" you\\"'))
  })
})

describe('recordings of Polly.js', () => {
  it('are told from other archives', () => {
    expect(openStored(har({ ...POLLY, content: { text: CHAT_STREAM } })).container).toBe('pollyjs-har')
  })

  it('may hold lists of base64 or hex in a text, gzip in them', () => {
    const zipped = gzipped(JSON.stringify(CHAT_ANSWER))
    const half = 20
    const pieces = [zipped.subarray(0, half), zipped.subarray(half)]
    const list = JSON.stringify([base64(zipped)])
    const hexes = JSON.stringify(pieces.map(hex))
    for (const content of [
      { text: list, encoding: 'base64' },
      { text: hexes, _isBinary: true },
      { text: hex(CONVERSE_STREAM), _isBinary: true },
      { text: base64(CONVERSE_STREAM), encoding: 'base64' },
    ]) {
      checkEndurance(har({ ...POLLY, content }), { says: 'Hello world', opaque: true, step: 11 })
    }
  })

  it('may be YAML, with the request as JSON and the stream folded', () => {
    const stream = CHAT_STREAM.replaceAll('\n\n', '\n\n\n')
      .split('\n')
      .map((line) => (line === '' ? '' : `            ${line}`))
    const text = `log:
  _recordingName: chat
  creator:
    name: Polly.JS
    version: 6.0.6
  entries:
    - _id: abc
      _order: 0
      request:
        headers:
          - name: content-type
            value: application/json
        method: POST
        postData:
          mimeType: application/json
          textJSON:
            model: gpt-x
            messages:
              - role: user
                content: Hi there
        url: https://api.openai.com/v1/chat/completions
      response:
        content:
          mimeType: text/event-stream
          size: 100
          text: >+
${stream.join('\n')}
        status: 200
      time: 0
`
    const stored = openStored(text)
    expect(stored.container).toBe('pollyjs-har-yaml')
    expect(callOf(stored).conversation.messages.length).toBe(1)
    expect(callOf(stored).response.framing).toBe('sse')
    expect(saidBy(text)).toBe('Hello world')
    expect(saying(text, 'Howdy world')).toBe(text.replace('"Hello"', '"Howdy"'))
    checkEndurance(text, { says: 'Hello world', step: 7 })
  })
})
