import { describe, expect, it } from 'vitest'
import { replicate } from '../../../src/core/dialects/replicate.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const text = (value: unknown): string => JSON.stringify(value)
const PREDICTION = {
  id: 'p',
  model: 'm',
  version: 'v',
  input: { prompt: 'q' },
  logs: '',
  error: null,
  created_at: '2024-02-12T16:45:41.730471035Z',
  urls: { get: 'https://api.replicate.com/v1/predictions/p' },
}

describe('Replicate', () => {
  it('streams plain text, some of which looks like JSON', () => {
    const payloads = ['""', '"Sure, "', '42', '" apples"', '{}']
    const events = ['output', 'output', 'output', 'output', 'done']
    const { stream } = foldPayloads(replicate, payloads, events)
    expect(answerOfStream(stream).blocks).toEqual([{ kind: 'text', text: 'Sure, 42 apples' }])
    editEveryTrack(replicate, ['"Sure, "', '" apples"', '{}'], ['output', 'output', 'done'])
  })

  it.each([
    ['{"reason":"canceled"}', 'done', 'stop'],
    ['{"detail":"boom"}', 'error', 'error'],
    ['"boom"', 'error', 'error'],
    ['"line 1"', 'logs', 'note'],
  ])('tells %s of the event %s', (payload, event, kind) => {
    expect(foldPayloads(replicate, [payload], [event]).deltas[0]).toMatchObject([{ kind }])
  })

  it('reads predictions', () => {
    const payload = text({
      ...PREDICTION,
      output: ['Sure', ', ok'],
      status: 'succeeded',
      metrics: { input_token_count: 3, output_token_count: 4 },
    })
    const { stream, deltas } = foldPayloads(replicate, [payload])
    expect(answerOfStream(stream)).toMatchObject({
      blocks: [{ kind: 'text', text: 'Sure, ok' }],
      stop: 'succeeded',
      inputTokens: 3,
      outputTokens: 4,
    })
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    editEveryTrack(replicate, [payload])
  })

  it('shows files as what they are, and what is not yet done', () => {
    const output = ['https://replicate.delivery/x/out-0.png', 'https://replicate.delivery/x/out.zip']
    const kinds = (value: object): unknown =>
      foldPayloads(replicate, [text(value)]).stream.messages[0]?.parts.map((part) =>
        part.kind === 'note' ? part.label : part.kind === 'media' ? part.media : part.kind,
      )
    expect(kinds({ ...PREDICTION, output, status: 'succeeded' })).toEqual(['image', 'file', 'urls'])
    expect(kinds({ ...PREDICTION, status: 'starting', logs: 'x' })).toEqual(['status', 'logs', 'urls'])
    expect(foldPayloads(replicate, [text({ ...PREDICTION, error: 'oom' })]).stream.errors).toMatchObject([
      { message: 'oom' },
    ])
  })

  it('is recognised, and reads its request', () => {
    const sniff = (first: string, event?: string, url?: string): number =>
      replicate.sniff(
        { headers: [], extras: [], ...(url && { url: { value: url, at: [] } }) },
        undefined,
        JsonDocument.of(first).root,
        event,
      ).confidence
    expect(sniff(text({ ...PREDICTION, status: 'starting' }))).toBe(0.95)
    expect(sniff('"Sure"', 'output')).toBe(0.8)
    expect(sniff('"x"', 'output', 'https://streaming-api.svc.us.c.replicate.net/v1/streams/abc')).toBe(0.98)
    expect(sniff('{}', undefined, 'https://api.replicate.com/v1/models/a/b/versions/c')).toBe(0)
    const body = '{"input":{"prompt":"q","system_prompt":"s","top_p":1},"stream":true}'
    const root = JsonDocument.of(body).root
    const conversation = root && replicate.readRequest(root)
    expect(conversation?.messages.map(({ role }) => role)).toEqual(['system', 'user'])
    expect(conversation?.parameters.map(({ name }) => name)).toEqual(['input.top_p', 'stream'])
  })
})
