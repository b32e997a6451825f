import { describe, expect, it } from 'vitest'
import { callOf, checkEndurance, openStored } from '../support/stored-recordings.ts'

const chunk = (text: string): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }],
})
const line = (method: string, response: unknown): string => `${JSON.stringify({ method, response })}\n`

describe('fake responses of the Gemini CLI', () => {
  const stream = line('generateContentStream', [chunk('Hello'), chunk(' world')])
  const text = `${stream}${line('generateContent', chunk('Hi'))}`

  it('are a call a line', () => {
    const stored = openStored(text)
    expect(stored.container).toBe('gemini-cli-responses-ndjson')
    expect(stored.calls.map(({ dialect }) => dialect)).toEqual(['gemini', 'gemini'])
    expect(stored.calls.map(({ response }) => response.streaming)).toEqual([true, false])
    expect(callOf(stored).request.method?.value).toBe('generateContentStream')
  })

  it('endure edits and cuts', () => {
    checkEndurance(text, { says: 'Hello world' })
    checkEndurance(text, { says: 'Hi', at: 1 })
  })

  it('may be one line', () => {
    expect(openStored(stream).container).toBe('gemini-cli-responses-ndjson')
    checkEndurance(stream, { says: 'Hello world' })
  })
})
