import { describe, expect, it } from 'vitest'
import {
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  openStored,
} from '../support/stored-recordings.ts'

function recording(body: string): string {
  const value = {
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
      headers: { 'Content-Type': 'application/json', Authorization: '' },
      body: JSON.stringify(CHAT_REQUEST),
    },
    response: {
      status: { code: 200, message: 'OK' },
      headers: { 'Content-Type': 'application/json', 'content-encoding': 'gzip' },
      body,
    },
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

describe('recordings of the Datadog test agent', () => {
  const text = recording(JSON.stringify(CHAT_ANSWER))

  it('are read', () => {
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('ddapm-testagent-vcr-json')
    expect(call.dialect).toBe('openai-chat')
    expect(call.request.method?.value).toBe('POST')
    expect(call.request.model?.value).toBe('gpt-x')
    expect(call.request.headers.map(({ name }) => name)).toEqual(['Content-Type', 'Authorization'])
    expect(call.conversation.messages.length).toBe(1)
    expect(call.response.status?.value).toBe('200')
    expect(call.response.streaming).toBe(false)
    expect(stored.reading.diagnostics).toEqual([])
  })

  it('endure edits and cuts', () => {
    checkEndurance(text, { says: 'Hello world' })
    checkEndurance(recording(CHAT_STREAM), { says: 'Hello world' })
  })

  it('are streams where the body is one', () => {
    const call = callOf(openStored(recording(CHAT_STREAM)))
    expect(call.response.framing).toBe('sse')
    expect(call.response.streaming).toBe(true)
    expect(call.stream.chunkNodes.length).toBe(3)
  })

  it('may have no bodies', () => {
    const call = callOf(openStored(recording('')))
    expect(call.response.framing).toBe('none')
    expect(call.stream.chunkNodes.length).toBe(0)
  })
})
