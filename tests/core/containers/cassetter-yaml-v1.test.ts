import { describe, expect, it } from 'vitest'
import {
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  gzipped,
  hex,
  openStored,
  saidBy,
  saying,
} from '../support/stored-recordings.ts'

function http(type: string, content: string): string {
  return `- request:
    method: POST
    uri: https://api.openai.com/v1/chat/completions
    headers:
      accept:
      - '*/*'
    body:
      type: json
      content: ${JSON.stringify(CHAT_REQUEST)}
  response:
    status: 200
    headers: {}
    body:
      type: ${type}
      content: ${content}
  recorded_at: '2026-01-01T00:00:00Z'
`
}

const SOCKETS = `ws_interactions:
- uri: wss://api.openai.com/v1/realtime
  headers: {}
  frames:
  - direction: send
    frame_type: text
    body:
      type: text
      content: '{"type":"session.update","session":{"instructions":"Be brief"}}'
    offset_ms: 0
  - direction: recv
    frame_type: text
    body:
      type: json
      content:
        type: session.created
        session:
          id: s-1
    offset_ms: 60
  - direction: recv
    frame_type: text
    body:
      type: json
      content:
        type: response.output_text.delta
        item_id: i
        content_index: 0
        delta: Hello
    offset_ms: 120
  - direction: recv
    frame_type: text
    body:
      type: text
      content: '{"type":"response.output_text.delta","item_id":"i","content_index":0,"delta":" world"}'
    offset_ms: 250
  - direction: recv
    frame_type: close
    body:
      type: binary
      content: 03f0
    offset_ms: 300
`

describe('cassetter cassettes', () => {
  const text = `version: 1\ninteractions:\n${http('text', JSON.stringify(CHAT_STREAM))}`

  it('are read, with every type of body', () => {
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('cassetter-yaml-v1')
    expect(call.dialect).toBe('openai-chat')
    expect(call.conversation.messages.length).toBe(1)
    expect(call.response.status?.value).toBe('200')
    expect(call.extras.map(({ name }) => name)).toEqual(['recorded_at'])
    checkEndurance(text, { says: 'Hello world', step: 5 })
    checkEndurance(`version: 1\ninteractions:\n${http('json', JSON.stringify(CHAT_ANSWER))}`, {
      says: 'Hello world',
      step: 5,
    })
    checkEndurance(
      `version: 1\ninteractions:\n${http('binary', `'${hex(gzipped(JSON.stringify(CHAT_ANSWER)))}'`)}`,
      { says: 'Hello world', opaque: true, step: 9 },
    )
  })

  it('may hold sockets, with the time of each frame', () => {
    const all = `${text}${SOCKETS}`
    const stored = openStored(all)
    const session = callOf(stored, 1)
    expect(stored.calls.length).toBe(2)
    expect(session.dialect).toBe('openai-realtime')
    expect([...(session.stream.times ?? [])]).toEqual([60, 120, 250])
    expect(session.extras.map(({ name }) => name)).toEqual(['also[4]'])
    expect(saidBy(all, 1)).toBe('Hello world')
    expect(saying(all, 'Hello you', 1)).toBe(
      all.replace('":" world"', '":" you"').replace('" world"}\'', '" you"}\''),
    )
  })

  it('may hold gRPC, shown by its JSON', () => {
    const grpc = `version: 1
interactions: []
grpc_interactions:
- request:
    method: /demo.Greeter/SayHello
    metadata:
      x-trace:
      - abc
    body:
      type: binary
      content: 0a05
  response:
    status_code: 0
    metadata: {}
    body:
      type: binary
      content: 0a06
  json_debug:
    request:
      message: hello
    response:
      message: world
`
    const stored = openStored(grpc)
    const call = callOf(stored)
    expect(stored.container).toBe('cassetter-yaml-v1')
    expect(call.request.url?.value).toBe('/demo.Greeter/SayHello')
    expect(call.request.headers[0]?.value.value).toBe('abc')
    expect(call.response.status?.value).toBe('0')
    expect(
      stored.document
        .node(call.stream.chunkNodes[0] ?? 0)
        .get('message')
        ?.string(),
    ).toBe('world')
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['twin'])
  })
})
