import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  callOf,
  chatChunk,
  checkEndurance,
  openStored,
  saidBy,
  saying,
  sse,
} from '../support/stored-recordings.ts'

function fixture(more: object): string {
  return JSON.stringify(
    {
      captured_at: '2025-10-02T15:06:41Z',
      model_spec: 'openai:gpt-x',
      provider: 'openai',
      request: {
        method: 'POST',
        url: 'https://api.openai.com/v1/chat/completions',
        headers: { accept: 'text/event-stream' },
        body: { b64: base64(JSON.stringify(CHAT_REQUEST)) },
        canonical_json: CHAT_REQUEST,
      },
      response: { status: 200, headers: {}, body: null },
      ...more,
    },
    null,
    2,
  )
}

const PIECES = [sse(chatChunk('Hello'), chatChunk(' wor')), sse(chatChunk('ld')), sse('[DONE]')]

describe('fixtures of ReqLLM', () => {
  const text = fixture({ chunks: PIECES.map((piece) => ({ b64: base64(piece), decoded: piece })) })

  it('are read', () => {
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('req_llm-json')
    expect(call.dialect).toBe('openai-chat')
    expect(call.conversation.messages.length).toBe(1)
    expect(call.stream.chunkNodes.length).toBe(3)
    expect(call.response.encodings).toEqual(['base64'])
    expect(call.request.extras.map(({ name }) => name)).toEqual(['body'])
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['twin'])
  })

  it('endure edits of what is replayed', () => {
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 5 })
    const after = saying(text, 'Howdy world')
    expect(after.split('\n').filter((line, at) => line !== text.split('\n')[at]).length).toBe(1)
  })

  it('may hold an answer, as JSON or as base64', () => {
    const json = fixture({ response: { status: 200, headers: {}, body: CHAT_ANSWER } })
    checkEndurance(json, { says: 'Hello world', step: 3 })
    const packed = fixture({
      response: { status: 200, headers: {}, body: { b64: base64(JSON.stringify(CHAT_ANSWER)) } },
    })
    checkEndurance(packed, { says: 'Hello world', opaque: true, step: 5 })
  })

  it('may hold events', () => {
    const events = [
      { type: 'status', value: 200 },
      ...PIECES.map((piece) => ({ type: 'data', b64: base64(piece) })),
    ]
    expect(saidBy(fixture({ events }))).toBe('Hello world')
  })
})
