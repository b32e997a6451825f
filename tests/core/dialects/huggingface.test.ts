import { describe, expect, it } from 'vitest'
import { huggingface } from '../../../src/core/dialects/huggingface.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const token = (text: string, special = false): object => ({ id: 1, text, logprob: -0.1, special })
const STREAM = [
  { index: 1, token: token('He'), generated_text: null, details: null },
  { index: 2, token: token('y'), generated_text: null, details: null },
  {
    index: 3,
    token: token('</s>', true),
    generated_text: 'Hey',
    details: { finish_reason: 'eos_token', generated_tokens: 3, input_length: 5, seed: null },
  },
].map((value) => JSON.stringify(value))

describe('Hugging Face text generation', () => {
  it('adds up the tokens that are text, once', () => {
    const { stream, deltas } = foldPayloads(huggingface, STREAM)
    expect(answerOfStream(stream)).toMatchObject({
      blocks: [{ kind: 'text', text: 'Hey' }],
      stop: 'eos_token',
      inputTokens: 5,
      outputTokens: 3,
    })
    expect(deltas[2]?.flatMap((one) => (one.kind === 'note' ? [one.label] : []))).toEqual([
      'special token',
      'generated text',
    ])
    editEveryTrack(huggingface, STREAM)
  })

  it.each([
    ['[{"generated_text":"one"},{"generated_text":"two"}]', ['one', 'two']],
    ['[[{"generated_text":"one"}],[{"generated_text":"two"}]]', ['one', 'two']],
    ['{"generated_text":"one"}', ['one']],
  ])('reads %s', (payload, texts) => {
    const { stream } = foldPayloads(huggingface, [payload])
    expect(stream.tracks.map(({ text }) => text)).toEqual(texts)
    editEveryTrack(huggingface, [payload])
  })

  it('tells errors', () => {
    const payload = '{"error":"Input validation error","error_type":"validation"}'
    expect(foldPayloads(huggingface, [payload]).stream.errors).toMatchObject([
      { message: 'Input validation error' },
    ])
  })

  it('is recognised, and reads its request', () => {
    const sniff = (first: string): number =>
      huggingface.sniff({ headers: [], extras: [] }, undefined, JsonDocument.of(first).root).confidence
    expect(sniff(STREAM[0] ?? '')).toBe(0.97)
    expect(sniff('[{"generated_text":"x"}]')).toBe(0.9)
    expect(sniff('{"model_id":"m","results":[{"generated_text":"x"}]}')).toBe(0)
    expect(sniff('{"choices":[{"delta":{"content":"x"}}]}')).toBe(0)
    const root = JsonDocument.of('{"inputs":"q","parameters":{"top_p":1,"stop":null},"stream":false}').root
    const conversation = root && huggingface.readRequest(root)
    expect(conversation?.messages).toMatchObject([{ role: 'user', parts: [{ text: { value: 'q' } }] }])
    expect(conversation?.parameters.map(({ name }) => name)).toEqual([
      'parameters.top_p',
      'parameters.stop',
      'stream',
    ])
  })
})
