import { describe, expect, it } from 'vitest'
import { callOf, openStored, saidBy, saying } from '../support/stored-recordings.ts'

const TEXT = `version: 1
interactions:
- kind: message
  direction: received
  data:
    type: session.created
    session:
      id: s-1
- kind: message
  direction: sent
  data:
    type: session.update
    session:
      instructions: Be brief
- kind: message
  direction: sent
  data:
    type: response.create
- kind: message
  direction: received
  data:
    type: response.output_text.delta
    item_id: i
    content_index: 0
    delta: Hello
- kind: message
  direction: received
  data:
    type: response.output_text.delta
    item_id: i
    content_index: 0
    delta: ' world'
- kind: close
  direction: received
  code: 1000
`

describe('pydantic-ai’s recordings of sessions', () => {
  it('are one call: what was sent asks, what was received answers', () => {
    const stored = openStored(TEXT)
    const call = callOf(stored)
    expect(stored.container).toBe('pydantic-ai-ws-yaml')
    expect(stored.calls.length).toBe(1)
    expect(call.dialect).toBe('openai-realtime')
    expect(call.stream.chunkNodes.length).toBe(3)
    expect(call.stream.times).toBeUndefined()
    expect(call.conversation.messages.length).toBe(1)
    expect(call.extras.map(({ name }) => name)).toEqual(['sent[2]', 'also[5]', 'version'])
    expect(call.response.chunkList).toBeUndefined()
  })

  it('change exactly the word that is edited', () => {
    expect(saidBy(TEXT)).toBe('Hello world')
    expect(saying(TEXT, 'Hello you')).toBe(TEXT.replace("' world'", "' you'"))
  })

  it('may be Gemini’s', () => {
    const text = `version: 1
interactions:
- kind: message
  direction: sent
  data:
    setup:
      model: models/g
- kind: message
  direction: received
  data:
    setupComplete: {}
- kind: message
  direction: received
  data:
    serverContent:
      modelTurn:
        parts:
        - text: Hi
`
    expect(callOf(openStored(text)).dialect).toBe('gemini-live')
    expect(saidBy(text)).toBe('Hi')
  })
})
