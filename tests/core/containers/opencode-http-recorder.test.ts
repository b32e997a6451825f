import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  CONVERSE_STREAM,
  callOf,
  checkEndurance,
  openStored,
  saidBy,
  saying,
} from '../support/stored-recordings.ts'

const call = (response: object, more: object = { transport: 'http' }): object => ({
  ...more,
  request: {
    method: 'POST',
    url: 'https://api.openai.com/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(CHAT_REQUEST),
  },
  response: { status: 200, headers: { 'content-type': 'text/event-stream' }, ...response },
})

const file = (...interactions: readonly object[]): string =>
  JSON.stringify({ version: 1, metadata: { name: 'x' }, interactions }, null, 2)

const UPDATE = JSON.stringify({ type: 'session.update', session: { instructions: 'Be brief' } })
const ASK = JSON.stringify({ type: 'response.create' })
const BEGUN = JSON.stringify({ type: 'session.created', session: { id: 's' } })
const SAYS = ['Hello', ' world'].map((delta) =>
  JSON.stringify({ type: 'response.output_text.delta', delta, item_id: 'i', content_index: 0 }),
)

describe('recordings of opencode over HTTP', () => {
  it('are read and endure edits', () => {
    const text = file(call({ body: CHAT_STREAM }), call({ body: JSON.stringify(CHAT_ANSWER) }))
    const stored = openStored(text)
    expect(stored.container).toBe('opencode-http-recorder')
    expect(stored.calls.map(({ response }) => response.streaming)).toEqual([true, false])
    expect(callOf(stored).extras.map(({ name }) => name)).toEqual(['transport'])
    checkEndurance(text, { says: 'Hello world', step: 5 })
    checkEndurance(text, { says: 'Hello world', at: 1, step: 97 })
  })

  it('may hold base64', () => {
    const text = file(call({ body: base64(CONVERSE_STREAM), bodyEncoding: 'base64' }))
    expect(callOf(openStored(text)).response.framing).toBe('aws-event-stream')
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 5 })
  })

  it('may be of the first files, without a transport', () => {
    const stored = openStored(file(call({ body: CHAT_STREAM }, {})))
    expect(stored.container).toBe('opencode-http-recorder')
  })
})

describe('recordings of opencode over a socket', () => {
  const open = { url: 'wss://api.openai.com/v1/realtime', headers: { authorization: 'x' } }
  const frame = (body: string): object => ({ kind: 'text', body })
  const shapes = {
    'client and server apart': { client: [UPDATE, ASK].map(frame), server: [BEGUN, ...SAYS].map(frame) },
    'events in their order': {
      events: [
        ...[UPDATE, ASK].map((body) => ({ direction: 'client', kind: 'text', body })),
        ...[BEGUN, ...SAYS].map((body) => ({ direction: 'server', kind: 'text', body })),
      ],
    },
  }

  for (const [what, shape] of Object.entries(shapes)) {
    it(`are read, ${what}`, () => {
      const text = file({ transport: 'websocket', open, ...shape })
      const stored = openStored(text)
      const session = callOf(stored)
      expect(stored.container).toBe('opencode-http-recorder')
      expect(session.dialect).toBe('openai-realtime')
      expect(session.request.url?.value).toBe(open.url)
      expect(session.conversation.messages.length).toBe(1)
      expect(session.extras.map(({ name }) => name)).toContain('sent[1]')
      expect(saidBy(text)).toBe('Hello world')
      expect(saying(text, 'Hello you')).toBe(text.replace('\\" world\\"', '\\" you\\"'))
    })
  }

  it('may hold binary messages', () => {
    const events = [BEGUN, ...SAYS].map((body) => ({
      direction: 'server',
      kind: 'binary',
      body: base64(body),
    }))
    const text = file({ transport: 'websocket', open, events })
    expect(saidBy(text)).toBe('Hello world')
    expect(saidBy(saying(text, 'Hello you'))).toBe('Hello you')
  })
})
