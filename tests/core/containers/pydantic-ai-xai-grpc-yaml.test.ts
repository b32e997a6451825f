import { describe, expect, it } from 'vitest'
import { callOf, checkEndurance, openStored } from '../support/stored-recordings.ts'

const REQUEST = `- request_sample:
    json:
      messages:
      - content:
        - text: Hi there
        role: ROLE_USER
      model: grok-x
    raw: !!binary |
      Co8BCooB
`

const WHOLE = `version: 1
interactions:
${REQUEST}  response_sample:
    json:
      id: r-1
      outputs:
      - finish_reason: REASON_STOP
        message:
          content: Hello world
          role: ROLE_ASSISTANT
    raw: !!binary |
      Cg==
`

const chunk = (content: string): string => `  - json:
      id: r-1
      outputs:
      - delta:
          content: ${content}
          role: ROLE_ASSISTANT
    raw: !!binary |
      Cg==
`
const STREAM = `version: 1\ninteractions:\n${REQUEST}  response_stream:\n${chunk('Hello')}${chunk("' world'")}`

describe('pydantic-ai’s recordings of the xAI SDK', () => {
  it('are read by their JSON, and say so', () => {
    const stored = openStored(WHOLE)
    const call = callOf(stored)
    expect(stored.container).toBe('pydantic-ai-xai-grpc-yaml')
    expect(call.dialect).toBe('xai-grpc')
    expect(call.conversation.messages.length).toBe(1)
    expect(call.response.streaming).toBe(false)
    expect(stored.reading.diagnostics.map(({ code }) => code)).toEqual(['twin'])
    checkEndurance(WHOLE, { says: 'Hello world', step: 3 })
  })

  it('may be streams', () => {
    expect(callOf(openStored(STREAM)).response.streaming).toBe(true)
    checkEndurance(STREAM, { says: 'Hello world', step: 3 })
  })
})
