import { describe, expect, it } from 'vitest'
import { readCassette } from '../../../src/core/open.ts'
import { CHAT_ANSWER, callOf, chatChunk, checkEndurance, openStored } from '../support/stored-recordings.ts'

const ANSWERS: readonly (readonly [dialect: string, answer: unknown])[] = [
  ['openai-chat', CHAT_ANSWER],
  [
    'anthropic-messages',
    {
      id: 'm',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hi' }],
      model: 'c',
      stop_reason: 'end_turn',
    },
  ],
  ['gemini', { candidates: [{ content: { role: 'model', parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] }],
  ['openai-responses', { id: 'r', object: 'response', created_at: 1, output: [], status: 'completed' }],
  [
    'bedrock-converse',
    {
      output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
      stopReason: 'end_turn',
      usage: {},
    },
  ],
  [
    'ollama-chat',
    {
      model: 'q',
      created_at: '2025-01-01T00:00:00Z',
      message: { role: 'assistant', content: 'Hi' },
      done: true,
    },
  ],
  ['embeddings', { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }], model: 'e' }],
]

const OTHERS: readonly (readonly [what: string, value: unknown])[] = [
  ['a package', { name: 'x', version: '1.0.0', scripts: {}, dependencies: {} }],
  ['a lock file', { name: 'x', lockfileVersion: 3, packages: {} }],
  ['a schema', { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' }],
  ['a request', { model: 'x', messages: [] }],
  ['settings', { editor: { fontSize: 12 }, content: ['x'] }],
  ['a list of numbers', [1, 2, 3]],
  ['a list of parts', [{ type: 'text', text: 'x' }]],
  ['an empty object', {}],
  ['a message', { message: 'hello' }],
  ['an error that says nothing', { error: {} }],
]

describe('answers by themselves', () => {
  for (const [dialect, answer] of ANSWERS) {
    it(`of ${dialect} are recognised`, () => {
      const stored = openStored(JSON.stringify(answer, null, 2))
      expect(stored.container).toBe('bare-json-response')
      expect(callOf(stored).dialect).toBe(dialect)
      expect(callOf(stored).response.streaming).toBe(false)
    })
  }

  for (const [what, value] of OTHERS) {
    it(`are not ${what}`, () => {
      expect(readCassette(JSON.stringify(value)).cassette?.container).not.toBe('bare-json-response')
    })
  }

  it('endure edits and cuts', () => {
    checkEndurance(JSON.stringify(CHAT_ANSWER, null, 2), { says: 'Hello world' })
  })

  it('may be the list of the payloads of a stream', () => {
    const text = `[\n  ${chatChunk('Hello')},\n  ${chatChunk(' world', 'stop')}\n]\n`
    expect(callOf(openStored(text)).response.streaming).toBe(true)
    checkEndurance(text, { says: 'Hello world' })
  })
})
