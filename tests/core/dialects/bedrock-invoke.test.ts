import { describe, expect, it } from 'vitest'
import type { Dialect, DialectSniff } from '../../../src/core/dialects/dialect.ts'
import { DIALECTS, dialectOf } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const text = (value: unknown): string => JSON.stringify(value)
const METRICS = { 'amazon-bedrock-invocationMetrics': { inputTokenCount: 11, outputTokenCount: 22 } }

function invokeUrl(model: string): string {
  return `https://bedrock-runtime.us-east-1.amazonaws.com/model/${encodeURIComponent(model)}/invoke-with-response-stream`
}

function surest(first: unknown, url?: string): string {
  const request = { headers: [], extras: [], ...(url && { url: { value: url, at: [] } }) }
  const node = JsonDocument.of(text(first)).root
  const all = DIALECTS.map((dialect): readonly [Dialect, DialectSniff] => [
    dialect,
    dialect.sniff(request, undefined, node),
  ])
  return all.reduce((best, next) => (next[1].confidence > best[1].confidence ? next : best))[0].id
}

interface Case {
  readonly name: string
  readonly id: string
  readonly model: string
  readonly chunks: readonly unknown[]
  readonly said: string
  readonly stop: string
  readonly tokens: readonly [number | undefined, number | undefined]
  /** Whether the payload alone tells it. */
  readonly alone?: boolean
}

const CASES: readonly Case[] = [
  {
    name: 'Claude, messages',
    id: 'bedrock-invoke-anthropic',
    model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    chunks: [
      {
        type: 'message_start',
        message: { role: 'assistant', content: [], usage: { input_tokens: 11, output_tokens: 1 } },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'He' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'y' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 22 } },
      { type: 'message_stop', ...METRICS },
    ],
    said: 'Hey',
    stop: 'end_turn',
    tokens: [11, 22],
  },
  {
    name: 'Claude 2, text completions',
    id: 'bedrock-invoke-anthropic',
    model: 'anthropic.claude-v2',
    chunks: [
      { completion: ' He', stop_reason: null, stop: null },
      { completion: 'y', stop_reason: 'stop_sequence', stop: '\n\nHuman:', ...METRICS },
    ],
    said: ' Hey',
    stop: 'stop_sequence',
    tokens: [11, 22],
  },
  {
    name: 'Nova, a block a piece',
    id: 'bedrock-invoke-nova',
    model: 'amazon.nova-micro-v1:0',
    chunks: [
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { delta: { text: 'He' }, contentBlockIndex: 0 } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { contentBlockDelta: { delta: { text: 'y' }, contentBlockIndex: 1 } },
      { messageStop: { stopReason: 'end_turn' } },
      { metadata: { usage: { inputTokens: 11, outputTokens: 22 }, metrics: {}, trace: {} }, ...METRICS },
    ],
    said: 'Hey',
    stop: 'end_turn',
    tokens: [11, 22],
  },
  {
    name: 'Llama, which counts the prompt once',
    id: 'bedrock-invoke-llama',
    model: 'meta.llama3-8b-instruct-v1:0',
    chunks: [
      { generation: 'He', prompt_token_count: 5, generation_token_count: 1, stop_reason: null },
      { generation: 'y', prompt_token_count: null, generation_token_count: 2, stop_reason: 'stop' },
    ],
    said: 'Hey',
    stop: 'stop',
    tokens: [5, 2],
    alone: true,
  },
  {
    name: 'Titan, streamed',
    id: 'bedrock-invoke-titan',
    model: 'amazon.titan-text-express-v1',
    chunks: [
      { outputText: 'He', index: 0, inputTextTokenCount: 5, completionReason: null },
      { outputText: 'y', index: 0, totalOutputTextTokenCount: 2, completionReason: 'FINISH', ...METRICS },
    ],
    said: 'Hey',
    stop: 'FINISH',
    tokens: [11, 22],
    alone: true,
  },
  {
    name: 'Titan, whole',
    id: 'bedrock-invoke-titan',
    model: 'amazon.titan-text-express-v1',
    chunks: [
      { inputTextTokenCount: 5, results: [{ tokenCount: 2, outputText: 'Hey', completionReason: 'FINISH' }] },
    ],
    said: 'Hey',
    stop: 'FINISH',
    tokens: [5, 2],
    alone: true,
  },
  {
    name: 'Cohere, streamed',
    id: 'bedrock-invoke-cohere',
    model: 'cohere.command-light-text-v14',
    chunks: [
      { index: 0, is_finished: false, text: 'He' },
      { index: 0, is_finished: false, text: 'y' },
      { finish_reason: 'MAX_TOKENS', is_finished: true, ...METRICS },
    ],
    said: 'Hey',
    stop: 'MAX_TOKENS',
    tokens: [11, 22],
    alone: true,
  },
  {
    name: 'Cohere, whole',
    id: 'bedrock-invoke-cohere',
    model: 'cohere.command-text-v14',
    chunks: [{ id: 'x', generations: [{ id: 'y', text: 'Hey', finish_reason: 'COMPLETE' }], prompt: 'q' }],
    said: 'Hey',
    stop: 'COMPLETE',
    tokens: [undefined, undefined],
  },
  {
    name: 'Cohere command R',
    id: 'bedrock-invoke-cohere',
    model: 'cohere.command-r-v1:0',
    chunks: [
      { response_id: 'x', text: 'Hey', generation_id: 'y', chat_history: [], finish_reason: 'COMPLETE' },
    ],
    said: 'Hey',
    stop: 'COMPLETE',
    tokens: [undefined, undefined],
  },
  {
    name: 'AI21 Jurassic',
    id: 'bedrock-invoke-ai21',
    model: 'ai21.j2-mid-v1',
    chunks: [
      {
        id: 1,
        prompt: { text: 'q' },
        completions: [{ data: { text: 'Hey' }, finishReason: { reason: 'length' } }],
      },
    ],
    said: 'Hey',
    stop: 'length',
    tokens: [undefined, undefined],
    alone: true,
  },
  {
    name: 'AI21 Jamba, which speaks chat',
    id: 'bedrock-invoke-ai21',
    model: 'ai21.jamba-1-5-mini-v1:0',
    chunks: [
      { choices: [{ index: 0, delta: { content: 'He' } }] },
      { choices: [{ index: 0, delta: { content: 'y' }, finish_reason: 'stop' }], ...METRICS },
    ],
    said: 'Hey',
    stop: 'stop',
    tokens: [11, 22],
  },
  {
    name: 'Mistral',
    id: 'bedrock-invoke-mistral',
    model: 'mistral.mistral-7b-instruct-v0:2',
    chunks: [
      { outputs: [{ text: 'He', stop_reason: null }] },
      { outputs: [{ text: 'y', stop_reason: 'stop' }], ...METRICS },
    ],
    said: 'Hey',
    stop: 'stop',
    tokens: [11, 22],
    alone: true,
  },
  {
    name: 'a model of nobody known',
    id: 'bedrock-invoke-other',
    model: 'openai.gpt-oss-120b-1:0',
    chunks: [{ choices: [{ index: 0, message: { content: 'Hey' }, finish_reason: 'stop' }] }],
    said: 'Hey',
    stop: 'stop',
    tokens: [undefined, undefined],
  },
]

describe('Bedrock invoke', () => {
  it.each(CASES)('reads $name', ({ id, model, chunks, said, stop, tokens, alone }) => {
    expect(surest(chunks[0], invokeUrl(model))).toBe(id)
    if (alone) expect(surest(chunks[0])).toBe(id)
    const { stream, deltas } = foldPayloads(dialectOf(id), chunks.map(text))
    const answer = answerOfStream(stream)
    expect(answer).toMatchObject({ blocks: [{ kind: 'text', text: said }], stop })
    expect([answer.inputTokens, answer.outputTokens]).toEqual(tokens)
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    editEveryTrack(dialectOf(id), chunks.map(text))
  })

  it('keeps the generations of one stream apart', () => {
    const chunks = [0, 1].map((index) => text({ index, is_finished: false, text: `text ${index}` }))
    const { stream } = foldPayloads(dialectOf('bedrock-invoke-cohere'), chunks)
    expect(stream.tracks.map(({ choice, text: said }) => [choice, said])).toEqual([
      [0, 'text 0'],
      [1, 'text 1'],
    ])
  })

  it('says that a chunk is still encoded', () => {
    const { deltas } = foldPayloads(
      dialectOf('bedrock-invoke-llama'),
      [text({ bytes: 'eyJ9', p: 'abc' })],
      ['chunk'],
    )
    expect(deltas).toMatchObject([[{ kind: 'unknown', why: 'encoded chunk' }]])
  })

  it('tells exceptions, and what the guardrail did', () => {
    const chunks = [
      text({ message: 'slow down' }),
      text({ message: 'denied' }),
      text({
        outputText: 'x',
        'amazon-bedrock-guardrailAction': 'INTERVENED',
        'amazon-bedrock-trace': { a: 1 },
      }),
      text({ outputText: 'y', 'amazon-bedrock-guardrailAction': 'NONE' }),
    ]
    const { stream } = foldPayloads(dialectOf('bedrock-invoke-titan'), chunks, [
      'throttlingException',
      '',
      '',
      '',
    ])
    expect(stream.errors.map(({ message }) => message)).toEqual(['slow down', 'denied'])
    const notes = stream.messages[0]?.parts.flatMap((part) => (part.kind === 'note' ? [part.label] : []))
    expect(notes).toEqual(['guardrailAction', 'trace'])
  })

  it.each([
    ['bedrock-invoke-titan', { embedding: [1, 2], inputTextTokenCount: 4 }, 1],
    ['bedrock-invoke-cohere', { embeddings: { float: [[1], [2]] }, texts: ['a', 'b'] }, 2],
    ['bedrock-invoke-cohere', { embeddings: [[1], [2]] }, 2],
    ['bedrock-invoke-nova', { embeddings: [{ embeddingType: 'TEXT', embedding: [1] }] }, 1],
  ])('reads the embeddings of %s', (id, payload, count) => {
    const { stream, deltas } = foldPayloads(dialectOf(id), [text(payload)])
    expect(stream.vectors).toHaveLength(count)
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
  })

  it.each([
    ['bedrock-invoke-llama', { prompt: 'q', max_gen_len: 5 }, ['user'], ['max_gen_len']],
    [
      'bedrock-invoke-titan',
      { inputText: 'q', textGenerationConfig: {} },
      ['user'],
      ['textGenerationConfig'],
    ],
    [
      'bedrock-invoke-cohere',
      { message: 'q', chat_history: [{ role: 'CHATBOT', message: 'a' }], preamble: 's' },
      ['system', 'user', 'assistant'],
      [],
    ],
    ['bedrock-invoke-cohere', { texts: ['a', 'b'], input_type: 'x' }, ['user'], ['input_type']],
    ['bedrock-invoke-mistral', { messages: [{ role: 'user', content: 'q' }], top_p: 1 }, ['user'], ['top_p']],
    ['bedrock-invoke-mistral', { prompt: 'q', top_p: 1 }, ['user'], ['top_p']],
    [
      'bedrock-invoke-anthropic',
      { anthropic_version: 'bedrock-2023-05-31', system: 's', messages: [{ role: 'user', content: 'q' }] },
      ['system', 'user'],
      ['anthropic_version'],
    ],
    [
      'bedrock-invoke-anthropic',
      { prompt: 'q', max_tokens_to_sample: 5 },
      ['user'],
      ['max_tokens_to_sample'],
    ],
    [
      'bedrock-invoke-nova',
      { messages: [{ role: 'user', content: [{ text: 'q' }] }], inferenceConfig: {} },
      ['user'],
      ['inferenceConfig'],
    ],
    [
      'bedrock-invoke-other',
      { anthropic_version: 'bedrock-2023-05-31', system: 's', messages: [{ role: 'user', content: 'q' }] },
      ['system', 'user'],
      ['anthropic_version'],
    ],
  ])('reads a request of %s', (id, body, roles, parameters) => {
    const root = JsonDocument.of(text(body)).root
    const conversation = root && dialectOf(id).readRequest(root)
    expect(conversation?.messages.map(({ role }) => role)).toEqual(roles)
    expect(conversation?.messages.flatMap(({ parts }) => parts).every(({ kind }) => kind === 'text')).toBe(
      true,
    )
    expect(conversation?.parameters.map(({ name }) => name)).toEqual(parameters)
  })
})
