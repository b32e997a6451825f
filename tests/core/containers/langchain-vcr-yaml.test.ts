import { describe, expect, it } from 'vitest'
import { decodeFile, encodeFile } from '../../../src/core/file-text.ts'
import {
  base64,
  CHAT_ANSWER,
  CHAT_REQUEST,
  CHAT_STREAM,
  callOf,
  checkEndurance,
  gzipped,
  openStored,
  saidBy,
  saying,
} from '../support/stored-recordings.ts'

const REQUEST = `- body: !!binary |
    ${base64(JSON.stringify(CHAT_REQUEST))}
  headers:
    Authorization:
    - '**REDACTED**'
  method: POST
  uri: https://api.openai.com/v1/chat/completions
`

const RESPONSE = (body: string): string => `- body:
    string: !!binary |
      ${base64(body)}
  headers:
    Content-Type: '**REDACTED**'
  status:
    code: 200
    message: OK
`

const TEXT = `requests:\n${REQUEST}${REQUEST}responses:\n${RESPONSE(JSON.stringify(CHAT_ANSWER))}${RESPONSE(CHAT_STREAM)}`

describe('LangChain cassettes', () => {
  it('pair requests and responses by position', () => {
    const stored = openStored(TEXT)
    expect(stored.container).toBe('langchain-vcr-yaml')
    expect(stored.calls.map(({ dialect }) => dialect)).toEqual(['openai-chat', 'openai-chat'])
    expect(stored.calls.map(({ response }) => response.streaming)).toEqual([false, true])
    expect(callOf(stored, 1).conversation.messages.length).toBe(1)
    expect(stored.reading.diagnostics).toEqual([])
  })

  it('endure edits and cuts', () => {
    checkEndurance(TEXT, { says: 'Hello world', opaque: true, step: 13 })
    checkEndurance(TEXT, { says: 'Hello world', at: 1, opaque: true, step: 97 })
  })

  it('open gzipped, and are written so', () => {
    const decoded = decodeFile(gzipped(TEXT))
    if ('problem' in decoded) throw new Error(decoded.problem.message)
    expect(openStored(decoded.text).container).toBe('langchain-vcr-yaml')
    const after = saying(decoded.text, 'Hello you', 1)
    expect(saidBy(after, 1)).toBe('Hello you')
    expect([...encodeFile({ ...decoded, text: after }).subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })

  it('say so when one has no other', () => {
    const stored = openStored(`requests:\n${REQUEST}${REQUEST}responses:\n${RESPONSE('{}')}`)
    expect(stored.calls.length).toBe(2)
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['unpaired'])
  })
})
