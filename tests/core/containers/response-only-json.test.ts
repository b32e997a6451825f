import { describe, expect, it } from 'vitest'
import { CHAT_ANSWER, CHAT_STREAM, callOf, checkEndurance, openStored } from '../support/stored-recordings.ts'

function recording(body: unknown): string {
  return JSON.stringify({ status: 200, headers: { 'content-type': 'text/event-stream' }, body }, null, 2)
}

describe('responses without a request', () => {
  it('are read and endure edits', () => {
    const text = recording(CHAT_STREAM)
    const stored = openStored(text)
    expect(stored.container).toBe('response-only-json')
    expect(callOf(stored).response.streaming).toBe(true)
    expect(callOf(stored).request.url).toBeUndefined()
    checkEndurance(text, { says: 'Hello world' })
  })

  it('may hold JSON', () => {
    checkEndurance(recording(CHAT_ANSWER), { says: 'Hello world' })
    checkEndurance(recording(JSON.stringify(CHAT_ANSWER)), { says: 'Hello world' })
  })
})
