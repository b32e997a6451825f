import { describe, expect, it } from 'vitest'
import {
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  openStored,
  saying,
} from '../support/stored-recordings.ts'

function trace(...bodies: readonly string[]): string {
  const calls = bodies.map((body) => {
    const asked = JSON.stringify(CHAT_REQUEST)
    const request = `POST https://api.openai.com/v1/chat/completions HTTP/1.1\r\nHost: api.openai.com\r\nContent-Type: application/json\r\n\r\n${asked}`
    const response = `HTTP/2.0 200 OK\r\nContent-Type: application/json\r\n\r\n${body}`
    return `${Buffer.byteLength(request)} ${Buffer.byteLength(response)}\n${request}${response}`
  })
  return `httprr trace v1\n${calls.join('')}`
}

describe('httprr traces', () => {
  const text = trace(JSON.stringify(CHAT_ANSWER), CHAT_STREAM)

  it('are read', () => {
    const stored = openStored(text)
    expect(stored.container).toBe('httprr')
    expect(stored.calls.map(({ response }) => response.framing)).toEqual(['whole', 'sse'])
    const call = callOf(stored)
    expect(call.request.method?.value).toBe('POST')
    expect(call.request.headers.map(({ name }) => name)).toEqual(['Host', 'Content-Type'])
    expect(call.response.status?.value).toBe('200')
    expect(call.conversation.messages.length).toBe(1)
  })

  it('keep their byte counts true', () => {
    const after = saying(text, 'Hello “world”')
    const [, count = ''] = /^\d+ (\d+)$/m.exec(after) ?? []
    const [, before = ''] = /^\d+ (\d+)$/m.exec(text) ?? []
    expect(Number(count) - Number(before)).toBe(Buffer.byteLength(after) - Buffer.byteLength(text))
    expect(openStored(after).calls.length).toBe(2)
  })

  it('endure edits and cuts', () => {
    // the byte counts at the head change as well
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 3 })
    checkEndurance(text, { says: 'Hello world', at: 1, opaque: true, step: 31 })
    expect(saying(saying(text, 'Hello “you”', 1), 'Hello world', 1)).toBe(text)
  })
})
