import { describe, expect, it } from 'vitest'
import { readCassette } from '../../../src/core/open.ts'
import { callOf, checkEndurance, openStored, saidBy, saying } from '../support/stored-recordings.ts'

const YAML = `messages:
- type: system
  subtype: init
  session_id: s-1
- message:
    role: assistant
    content:
    - type: text
      text: Hello world
  session_id: s-1
  type: assistant
- type: result
  subtype: success
  session_id: s-1
  is_error: false
`

const message = (direction: string, said: object): object => ({ direction, message: said })
const JSON_TEXT = JSON.stringify(
  {
    metadata: { sdk: '0.1' },
    messages: [
      message('send', { type: 'user', message: { role: 'user', content: 'Hi' }, session_id: 's' }),
      message('receive', { type: 'system', subtype: 'init', session_id: 's' }),
      message('receive', {
        type: 'assistant',
        session_id: 's',
        message: { role: 'assistant', content: [{ type: 'text', text: 'Hello world' }] },
      }),
    ],
  },
  null,
  2,
)

describe('transcripts of the Claude Agent SDK', () => {
  it('are lists of messages', () => {
    const stored = openStored(YAML)
    expect(stored.container).toBe('claude-agent-sdk-transcript-yaml')
    expect(callOf(stored).dialect).toBe('claude-agent-sdk')
    expect(callOf(stored).stream.chunkNodes.length).toBe(3)
    checkEndurance(YAML, { says: 'Hello world' })
  })

  it('may say who said what', () => {
    const stored = openStored(JSON_TEXT)
    expect(stored.container).toBe('claude-agent-sdk-transcript-yaml')
    expect(callOf(stored).stream.chunkNodes.length).toBe(2)
    expect(callOf(stored).request.body?.value).toContain('"Hi"')
    expect(saidBy(JSON_TEXT)).toBe('Hello world')
    expect(saying(JSON_TEXT, 'Hello you')).toBe(JSON_TEXT.replace('Hello world', 'Hello you'))
  })

  it('are not the messages of a request', () => {
    const request = '{"messages": [{"role": "user", "content": "Hi"}]}'
    expect(readCassette(request).cassette?.container).not.toBe('claude-agent-sdk-transcript-yaml')
  })
})
