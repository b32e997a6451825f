import { describe, expect, it } from 'vitest'
import { bedrockConverse } from '../../../src/core/dialects/bedrock-converse.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { addUpConverse } from '../support/plain-converse.ts'
import { editEveryTrack } from './edit-every-track.ts'
import { foldPayloads } from './fold-payloads.ts'

const text = (value: unknown): string => JSON.stringify(value)

const EVENTS: readonly (readonly [name: string, event: object])[] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { delta: { reasoningContent: { text: 'Let me ' } }, contentBlockIndex: 0 }],
  ['contentBlockDelta', { delta: { reasoningContent: { text: 'see.' } }, contentBlockIndex: 0 }],
  ['contentBlockDelta', { delta: { reasoningContent: { signature: 'Eq==' } }, contentBlockIndex: 0 }],
  ['contentBlockDelta', { delta: { reasoningContent: { redactedContent: 'Zm9v' } }, contentBlockIndex: 0 }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['contentBlockDelta', { delta: { text: 'Hi' }, contentBlockIndex: 1 }],
  ['contentBlockDelta', { delta: { text: ' you' }, contentBlockIndex: 1 }],
  ['contentBlockDelta', { delta: { citation: { title: 'x' } }, contentBlockIndex: 1 }],
  ['contentBlockStop', { contentBlockIndex: 1 }],
  ['contentBlockStart', { start: { toolUse: { toolUseId: 't1', name: 'f' } }, contentBlockIndex: 2 }],
  ['contentBlockDelta', { delta: { toolUse: { input: '' } }, contentBlockIndex: 2 }],
  ['contentBlockDelta', { delta: { toolUse: { input: '{"a":' } }, contentBlockIndex: 2 }],
  ['contentBlockDelta', { delta: { toolUse: { input: '1}' } }, contentBlockIndex: 2 }],
  ['contentBlockStop', { contentBlockIndex: 2 }],
  [
    'contentBlockStart',
    { start: { toolResult: { toolUseId: 't1', status: 'success' } }, contentBlockIndex: 3 },
  ],
  ['contentBlockDelta', { delta: { toolResult: [{ text: 'r' }] }, contentBlockIndex: 3 }],
  ['contentBlockStart', { start: { image: { format: 'png' } }, contentBlockIndex: 4 }],
  ['contentBlockDelta', { delta: { image: { source: { bytes: 'iVBO' } } }, contentBlockIndex: 4 }],
  ['messageStop', { stopReason: 'tool_use' }],
  [
    'metadata',
    {
      usage: { inputTokens: 9, outputTokens: 8, totalTokens: 17, cacheReadInputTokens: 2 },
      metrics: { latencyMs: 5 },
      trace: {},
    },
  ],
]

const WRAPPED = EVENTS.map(([name, event]) => text({ [name]: event }))
const FRAMES = EVENTS.map(([, event]) => text({ ...event, p: 'abcdef' }))
const NAMES = EVENTS.map(([name]) => name)

const EXPECTED = {
  role: 'assistant',
  blocks: [
    { kind: 'reasoning', text: 'Let me see.' },
    { kind: 'text', text: 'Hi you' },
    { kind: 'call', id: 't1', name: 'f', arguments: '{"a":1}' },
  ],
  stop: 'tool_use',
  inputTokens: 9,
  outputTokens: 8,
  cachedInputTokens: 2,
}

describe('a Converse stream', () => {
  it.each([
    ['that names its events in the payload', WRAPPED, undefined],
    ['whose frames name the events', FRAMES, NAMES],
  ] as const)('%s adds up, as a plain accumulator says', (_, payloads, names) => {
    const { stream, deltas } = foldPayloads(bedrockConverse, payloads, names)
    expect(answerOfStream(stream)).toEqual(EXPECTED)
    expect(addUpConverse(payloads, names)).toEqual(EXPECTED)
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    editEveryTrack(bedrockConverse, payloads, names)
  })

  it('keeps what stands beside the text', () => {
    const { stream } = foldPayloads(bedrockConverse, WRAPPED)
    const parts = stream.messages[0]?.parts.map((part) => (part.kind === 'note' ? part.label : part.kind))
    expect(parts).toEqual([
      'reasoning',
      'signature',
      'redacted thinking',
      'text',
      'citation',
      'tool-call',
      'tool result',
      'tool result',
      'media',
    ])
  })

  it.each([
    [text({ throttlingException: { message: 'Too many' } }), undefined],
    [text({ message: 'Too many' }), 'throttlingException'],
    [text({ message: 'Too many' }), undefined],
  ])('tells the exception in %s', (payload, name) => {
    const { stream } = foldPayloads(bedrockConverse, [payload], name === undefined ? undefined : [name])
    expect(stream.errors).toEqual([{ chunk: 0, message: 'Too many' }])
  })

  it('shows what it does not know', () => {
    const payloads = [text({ news: 1 }), text({ contentBlockDelta: { delta: { smell: 'x' } } }), '"x"']
    const { deltas } = foldPayloads(bedrockConverse, payloads)
    const unknown = deltas.map((said) => said.map((one) => (one.kind === 'unknown' ? one.why : one.kind)))
    expect(unknown).toEqual([['no event'], ['smell'], ['not an object']])
  })
})

describe('a Converse response', () => {
  const payload = text({
    metrics: { latencyMs: 1 },
    output: {
      message: {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm', signature: 'E' } } },
          { text: 'One' },
          { toolUse: { toolUseId: 't', name: 'f', input: { a: [1] } } },
          { citationsContent: { content: [{ text: 'cited' }], citations: [{ title: 'x' }] } },
          { image: { format: 'png', source: { bytes: 'iVBO' } } },
        ],
      },
    },
    stopReason: 'end_turn',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
  })

  it('is one chunk that says all of it', () => {
    const { stream, deltas } = foldPayloads(bedrockConverse, [payload])
    expect(answerOfStream(stream)).toEqual({
      role: 'assistant',
      blocks: [
        { kind: 'reasoning', text: 'Hm' },
        { kind: 'text', text: 'One' },
        { kind: 'call', id: 't', name: 'f', arguments: '{"a":[1]}' },
        { kind: 'text', text: 'cited' },
      ],
      stop: 'end_turn',
      inputTokens: 1,
      outputTokens: 2,
      cachedInputTokens: undefined,
    })
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    editEveryTrack(bedrockConverse, [payload])
  })
})

describe('recognising Converse', () => {
  const sniff = (first: string, url?: string, event?: string): number =>
    bedrockConverse.sniff(
      { headers: [], extras: [], ...(url && { url: { value: url, at: [] } }) },
      undefined,
      JsonDocument.of(first).root,
      event,
    ).confidence

  it('goes by payload, event or URL', () => {
    expect(sniff(WRAPPED[0] ?? '')).toBe(0.97)
    expect(sniff(FRAMES[0] ?? '', undefined, 'messageStart')).toBe(0.97)
    expect(
      sniff(
        '{"message":"no"}',
        'https://bedrock-runtime.us-east-1.amazonaws.com/model/a%3A0/converse-stream',
      ),
    ).toBe(1)
    expect(sniff(text({ choices: [{ delta: {} }] }))).toBe(0)
    expect(sniff(text({ type: 'message_start', message: {} }))).toBe(0)
  })
})

describe("a Converse request's conversation", () => {
  const body = {
    messages: [
      {
        role: 'user',
        content: [
          { text: 'Look' },
          { image: { format: 'png', source: { bytes: 'iVBO' } } },
          { document: { format: 'pdf', name: 'a', source: { bytes: 'JVBE' } } },
          { video: { format: 'mp4', source: { s3Location: { uri: 's3://x' } } } },
          { guardContent: { text: { text: 'guard me' } } },
          { cachePoint: { type: 'default' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } },
          { toolUse: { toolUseId: 't1', name: 'f', input: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'ok' }, { json: { b: 2 } }] } }],
      },
    ],
    system: [{ text: 'Be kind.' }],
    toolConfig: {
      tools: [
        { toolSpec: { name: 'f', description: 'F', inputSchema: { json: { type: 'object' } } } },
        { systemTool: { name: 'nova_grounding' } },
      ],
      toolChoice: { auto: {} },
    },
    inferenceConfig: { maxTokens: 5 },
  }
  const root = JsonDocument.of(text(body)).root
  const conversation = root && bedrockConverse.readRequest(root)

  it('has everything', () => {
    const kinds = conversation?.messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])
    expect(kinds).toEqual([
      ['system', 'text'],
      ['user', 'text', 'image', 'file', 'file', 'text', 'unknown'],
      ['assistant', 'reasoning', 'tool-call'],
      ['user', 'tool-result'],
    ])
    expect(conversation?.messages[3]?.parts[0]).toMatchObject({
      callId: { value: 't1' },
      content: [
        { kind: 'text', text: { value: 'ok' } },
        { kind: 'unknown', json: { value: '{"b":2}' } },
      ],
    })
    expect(conversation?.messages[1]?.parts[1]).toMatchObject({
      mediaType: 'image/png',
      url: { value: 'iVBO' },
    })
    expect(conversation?.tools.map(({ name, schema }) => [name, schema?.value])).toEqual([
      ['f', '{"type":"object"}'],
      ['nova_grounding', undefined],
    ])
    expect(conversation?.parameters.map(({ name }) => name)).toEqual([
      'toolConfig.toolChoice',
      'inferenceConfig',
    ])
  })
})
