import { describe, expect, it } from 'vitest'
import { watsonx } from '../../../src/core/dialects/watsonx.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

function chunk(
  text: string,
  generated: number,
  input: number,
  stop = 'not_finished',
  more: object = {},
): string {
  return JSON.stringify({
    model_id: 'google/flan-ul2',
    created_at: `2024-03-10T14:40:37.${600 + generated}Z`,
    results: [
      { generated_text: text, generated_token_count: generated, input_token_count: input, stop_reason: stop },
    ],
    ...more,
  })
}

const STREAM = [
  chunk('', 0, 8, undefined, { system: { warnings: [{ message: 'third party' }] } }),
  chunk('the', 1, 0),
  chunk(' sun', 2, 0, 'NOT_FINISHED'),
  chunk('', 3, 0, 'eos_token'),
]

describe('watsonx', () => {
  it('adds up, with the counts of the first chunk and of the last', () => {
    const { stream, deltas, chunks } = foldPayloads(watsonx, STREAM)
    expect(answerOfStream(stream)).toMatchObject({
      blocks: [{ kind: 'text', text: 'the sun' }],
      stop: 'eos_token',
      inputTokens: 8,
      outputTokens: 3,
    })
    expect(deltas[0]?.map(({ kind }) => kind)).toEqual(['text', 'usage', 'note'])
    expect(chunks.map((one) => watsonx.timeOf?.(one))).toEqual(
      [600, 601, 602, 603].map((ms) => Date.UTC(2024, 2, 10, 14, 40, 37, ms)),
    )
    editEveryTrack(watsonx, STREAM)
  })

  it('tells errors', () => {
    const payload = '{"errors":[{"code":"x","message":"No such model"}],"trace":"t","status_code":404}'
    expect(foldPayloads(watsonx, [payload]).stream.errors).toMatchObject([{ message: 'No such model' }])
  })

  it('is recognised, and reads its request', () => {
    const sniff = (first: string, url?: string): number =>
      watsonx.sniff(
        { headers: [], extras: [], ...(url && { url: { value: url, at: [] } }) },
        undefined,
        JsonDocument.of(first).root,
      ).confidence
    expect(sniff(STREAM[0] ?? '')).toBe(0.97)
    expect(sniff('{}', 'https://us-south.ml.cloud.ibm.com/ml/v1-beta/generation/text_stream?version=x')).toBe(
      0.9,
    )
    expect(sniff('{"results":[{"outputText":"x"}]}')).toBe(0)
    const root = JsonDocument.of('{"model_id":"m","input":"q","project_id":"p"}').root
    const conversation = root && watsonx.readRequest(root)
    expect(conversation?.messages).toMatchObject([{ role: 'user', parts: [{ text: { value: 'q' } }] }])
    expect(conversation?.parameters.map(({ name }) => name)).toEqual(['model_id', 'project_id'])
  })
})
