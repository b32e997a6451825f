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

function session(body: unknown, type = 'application/json'): string {
  return JSON.stringify(
    {
      Entries: [
        {
          RequestUri: 'https://api.openai.com/v1/chat/completions',
          RequestMethod: 'POST',
          RequestHeaders: { Authorization: 'Sanitized', 'Content-Type': 'application/json' },
          RequestBody: CHAT_REQUEST,
          StatusCode: 200,
          ResponseHeaders: { 'Content-Type': type },
          ResponseBody: body,
        },
      ],
      Variables: { seed: '1' },
    },
    null,
    2,
  )
}

describe('session records of the Azure SDKs', () => {
  it('are read', () => {
    const text = session(CHAT_ANSWER)
    const stored = openStored(text)
    const call = callOf(stored)
    expect(stored.container).toBe('azure-test-proxy-json')
    expect(call.dialect).toBe('openai-chat')
    expect(call.response.status?.value).toBe('200')
    expect(call.extras.map(({ name }) => name)).toEqual(['Variables'])
    checkEndurance(text, { says: 'Hello world' })
  })

  it('may hold a stream in lines', () => {
    const text = session(CHAT_STREAM.split(/(?<=\n\n)/), 'text/event-stream')
    expect(callOf(openStored(text)).response.streaming).toBe(true)
    expect(callOf(openStored(text)).stream.chunkNodes.length).toBe(3)
    checkEndurance(text, { says: 'Hello world', step: 3 })
    expect(saying(text, 'Howdy world')).toBe(text.replace('\\"Hello\\"', '\\"Howdy\\"'))
  })

  it('may hold text, nothing, a list that is one', () => {
    checkEndurance(session(CHAT_STREAM, 'text/event-stream'), { says: 'Hello world', step: 3 })
    expect(callOf(openStored(session(null))).response.framing).toBe('none')
    expect(callOf(openStored(session(['a', 'b']))).response.framing).toBe('whole')
  })
})
