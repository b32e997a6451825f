import { describe, expect, it } from 'vitest'
import { anthropicLegacyComplete } from '../../../src/core/dialects/anthropic-legacy-complete.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const STREAM = [
  '{"type":"completion","id":"compl_1","completion":" Light","stop_reason":null,"model":"claude-2.1","stop":null,"log_id":"x"     }',
  '{"type": "ping"}',
  '{"type":"completion","id":"compl_1","completion":" scatters","stop_reason":null,"model":"claude-2.1","stop":null,"log_id":"x"}',
  '{"type":"completion","id":"compl_1","completion":"","stop_reason":"stop_sequence","model":"claude-2.1","stop":"\\n\\nHuman:","log_id":"x"}',
]

describe('Anthropic text completions', () => {
  it('adds up', () => {
    const { stream, deltas } = foldPayloads(anthropicLegacyComplete, STREAM)
    const answer = answerOfStream(stream)
    expect(answer).toMatchObject({
      blocks: [{ kind: 'text', text: ' Light scatters' }],
      stop: 'stop_sequence',
    })
    expect(deltas[1]).toEqual([])
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    // the SDK has no text completions any more: the pieces are joined plainly
    const pieces = STREAM.map((payload) => (JSON.parse(payload) as { completion?: string }).completion ?? '')
    expect(pieces.join('')).toBe(' Light scatters')
  })

  it('is edited in its pieces', () => editEveryTrack(anthropicLegacyComplete, STREAM))

  it('tells errors', () => {
    const error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    expect(foldPayloads(anthropicLegacyComplete, [error]).stream.errors).toMatchObject([
      { message: 'Overloaded' },
    ])
  })

  it('is recognised by its payload or its request, and only then', () => {
    const sniff = (first?: string, body?: string): number =>
      anthropicLegacyComplete.sniff(
        { headers: [], extras: [] },
        body === undefined ? undefined : JsonDocument.of(body).root,
        first === undefined ? undefined : JsonDocument.of(first).root,
      ).confidence
    expect(sniff(STREAM[0])).toBe(1)
    expect(sniff('{"completion":"x","stop_reason":null,"stop":null}')).toBe(0.9)
    expect(sniff(undefined, '{"prompt":"q","max_tokens_to_sample":1}')).toBe(0.8)
    expect(sniff('{"completion":"x","stopReason":"end_turn"}')).toBe(0)
    expect(sniff(undefined, '{"prompt":"q","max_tokens":1}')).toBe(0)
  })

  it('reads a request', () => {
    const root = JsonDocument.of('{"max_tokens_to_sample":10,"prompt":"\\n\\nHuman: q"}').root
    expect(root && anthropicLegacyComplete.readRequest(root)).toMatchObject({
      messages: [{ role: 'user', parts: [{ kind: 'text', text: { value: '\n\nHuman: q' } }] }],
      parameters: [{ name: 'max_tokens_to_sample' }],
    })
  })
})
