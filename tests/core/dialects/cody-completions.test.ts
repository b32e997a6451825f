import { describe, expect, it } from 'vitest'
import { codyCompletions } from '../../../src/core/dialects/cody-completions.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const PIECES = ['{"deltaText":"He"}', '{"deltaText":"y"}', '{"deltaText":"","stopReason":"end_turn"}', '{}']
const EVENTS = ['completion', 'completion', 'completion', 'done']

describe("Cody's completions", () => {
  it('adds up pieces', () => {
    const { stream, deltas } = foldPayloads(codyCompletions, PIECES, EVENTS)
    expect(answerOfStream(stream)).toMatchObject({
      blocks: [{ kind: 'text', text: 'Hey' }],
      stop: 'end_turn',
    })
    expect(deltas[3]).toEqual([])
    editEveryTrack(codyCompletions, PIECES, EVENTS)
  })

  it('counts only the last of texts that grow', () => {
    const grown = ['{"completion":"He","stopReason":""}', '{"completion":"Hey","stopReason":"end_turn"}']
    const { stream } = foldPayloads(codyCompletions, grown, ['completion', 'completion'])
    expect(answerOfStream(stream).blocks).toEqual([{ kind: 'text', text: 'Hey' }])
    expect(stream.messages[0]?.parts[0]).toMatchObject({ kind: 'note', label: 'text so far' })
  })

  it('takes a whole answer, and an error', () => {
    expect(answerOfStream(foldPayloads(codyCompletions, ['{"completion":"x"}']).stream).blocks).toHaveLength(
      1,
    )
    const { stream } = foldPayloads(codyCompletions, ['{"error":"rate limit"}'], ['error'])
    expect(stream.errors).toMatchObject([{ message: 'rate limit' }])
  })

  it('is recognised, and reads its request', () => {
    const sniff = (first: string): number =>
      codyCompletions.sniff({ headers: [], extras: [] }, undefined, JsonDocument.of(first).root).confidence
    expect(sniff(PIECES[0] ?? '')).toBe(0.95)
    expect(sniff('{"completion":"x","stopReason":"end_turn"}')).toBe(0.95)
    expect(sniff('{"completion":"x","stop_reason":null,"stop":null}')).toBe(0)
    const body = '{"fast":true,"messages":[{"speaker":"human","text":"q"},{"speaker":"assistant"}]}'
    const root = JsonDocument.of(body).root
    expect(root && codyCompletions.readRequest(root)).toMatchObject({
      messages: [
        { role: 'human', parts: [{ kind: 'text', text: { value: 'q' } }] },
        { role: 'assistant', parts: [] },
      ],
      parameters: [{ name: 'fast' }],
    })
  })
})
