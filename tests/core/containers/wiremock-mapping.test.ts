import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  openStored,
} from '../support/stored-recordings.ts'

function mapping(
  response: object,
  bodyPatterns: unknown = [{ equalToJson: JSON.stringify(CHAT_REQUEST) }],
): object {
  return {
    id: '1b4e28ba-2fa1-11d2-883f-0016d3cca427',
    name: 'chat',
    request: {
      url: '/chat/completions',
      method: 'POST',
      headers: { 'Content-Type': { equalTo: 'application/json' }, Accept: { contains: 'json' } },
      bodyPatterns,
    },
    response: { status: 200, headers: { 'Content-Type': 'application/json' }, ...response },
    persistent: true,
  }
}

const print = (value: unknown): string => JSON.stringify(value, null, 2)

describe('WireMock mappings', () => {
  it('are read, with the body that a request must have', () => {
    const stored = openStored(print(mapping({ jsonBody: CHAT_ANSWER })))
    const call = callOf(stored)
    expect(stored.container).toBe('wiremock-mapping')
    expect(call.request.url?.value).toBe('/chat/completions')
    expect(call.request.headers.map(({ name, value }) => [name, value.value])[0]).toEqual([
      'Content-Type',
      'application/json',
    ])
    expect(call.conversation.messages.length).toBe(1)
    expect(call.request.extras.map(({ name }) => name)).toEqual(['bodyPatterns'])
    expect(call.extras.map(({ name }) => name)).toEqual(['id', 'name', 'persistent'])
  })

  it('endure edits of every kind of body', () => {
    checkEndurance(print(mapping({ jsonBody: CHAT_ANSWER })), { says: 'Hello world' })
    checkEndurance(print(mapping({ body: CHAT_STREAM })), { says: 'Hello world' })
    checkEndurance(print(mapping({ base64Body: base64(CHAT_STREAM) })), { says: 'Hello world', opaque: true })
  })

  it('may match JSON that is JSON, or nothing', () => {
    const parsed = openStored(print(mapping({ jsonBody: CHAT_ANSWER }, [{ equalToJson: CHAT_REQUEST }])))
    expect(callOf(parsed).conversation.messages.length).toBe(1)
    const none = openStored(print(mapping({ jsonBody: CHAT_ANSWER }, [])))
    expect(callOf(none).request.body).toBeUndefined()
  })

  it('name the file that has the body', () => {
    const stored = openStored(print(mapping({ bodyFileName: 'chat.json' })))
    const [note] = stored.reading.diagnostics
    expect(note?.severity).toBe('info')
    expect(note?.message).toContain('__files/chat.json')
    expect(callOf(stored).conversation.messages.length).toBe(1)
    expect(callOf(stored).stream.chunkNodes.length).toBe(0)
  })

  it('may be several in a file', () => {
    const text = print({ mappings: [mapping({ jsonBody: CHAT_ANSWER }), mapping({ body: CHAT_STREAM })] })
    expect(openStored(text).calls.map(({ response }) => response.streaming)).toEqual([false, true])
    checkEndurance(text, { says: 'Hello world', at: 1, step: 7 })
  })
})
