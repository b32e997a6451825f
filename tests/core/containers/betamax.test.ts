import { describe, expect, it } from 'vitest'
import {
  base64,
  CHAT_ANSWER,
  callOf,
  checkEndurance,
  gzipped,
  openStored,
} from '../support/stored-recordings.ts'

function cassette(body: object): string {
  return JSON.stringify({
    http_interactions: [
      {
        recorded_at: '2025-01-01T00:00:00',
        request: {
          body: { encoding: 'utf-8', string: '{"model":"gpt-x","messages":[]}' },
          headers: { 'User-Agent': ['python-requests/2'] },
          method: 'POST',
          uri: 'https://api.openai.com/v1/chat/completions',
        },
        response: { body, headers: {}, status: { code: 200, message: 'OK' }, url: 'https://api.openai.com' },
      },
    ],
    recorded_with: 'betamax/0.9.0',
  })
}

describe('Betamax cassettes', () => {
  it('are read and endure edits', () => {
    const text = cassette({ encoding: 'utf-8', string: JSON.stringify(CHAT_ANSWER) })
    const stored = openStored(text)
    expect(stored.container).toBe('betamax')
    expect(callOf(stored).extras.map(({ name }) => name)).toContain('response.url')
    checkEndurance(text, { says: 'Hello world' })
  })

  it('may hold base64 of gzip', () => {
    const text = cassette({ encoding: null, base64_string: base64(gzipped(JSON.stringify(CHAT_ANSWER))) })
    expect(callOf(openStored(text)).response.encodings).toEqual(['base64', 'gzip'])
    checkEndurance(text, { says: 'Hello world', opaque: true, step: 3 })
  })
})
