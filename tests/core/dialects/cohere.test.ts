import { describe, expect, it } from 'vitest'
import { cohereV1 } from '../../../src/core/dialects/cohere-v1.ts'
import { cohereV2 } from '../../../src/core/dialects/cohere-v2.ts'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const root = (body: object) => JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable()

const event = (type: string, message: object, index?: number): string =>
  JSON.stringify({ type, ...(index !== undefined && { index }), delta: { message } })

const V2 = [
  '{"id":"e6","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}',
  event('tool-plan-delta', { tool_plan: 'I will' }),
  event('tool-plan-delta', { tool_plan: ' look.' }),
  event('content-start', { content: { type: 'thinking', thinking: '' } }, 0),
  event('content-delta', { content: { thinking: 'Hm' } }, 0),
  '{"type":"content-end","index":0}',
  event('content-start', { content: { type: 'text', text: '' } }, 1),
  event('content-delta', { content: { text: 'Hello' } }, 1),
  event('content-delta', { content: { text: ' there' } }, 1),
  event('citation-start', { citations: { start: 0, end: 5, text: 'Hello', sources: [] } }, 0),
  '{"type":"citation-end","index":0}',
  event(
    'tool-call-start',
    { tool_calls: { id: 'c1', type: 'function', function: { name: 'f', arguments: '' } } },
    0,
  ),
  event('tool-call-delta', { tool_calls: { function: { arguments: '{"a":' } } }, 0),
  event('tool-call-delta', { tool_calls: { function: { arguments: '1}' } } }, 0),
  event('tool-call-start', { tool_calls: { id: 'c2', function: { name: 'g', arguments: '{}' } } }, 1),
  '{"type":"tool-call-end","index":0}',
  '{"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":9,"output_tokens":8},"tokens":{"input_tokens":968,"output_tokens":83},"cached_tokens":4}}}',
  '"[DONE]"',
]

const WHOLE_V2 = JSON.stringify({
  id: 'e6',
  message: {
    role: 'assistant',
    tool_plan: 'I will look.',
    content: [
      { type: 'thinking', thinking: 'Hm' },
      { type: 'text', text: 'Hello there' },
    ],
    citations: [{ start: 0, end: 5, text: 'Hello', sources: [] }],
    tool_calls: [
      { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
      { id: 'c2', type: 'function', function: { name: 'g', arguments: '{}' } },
    ],
  },
  finish_reason: 'TOOL_CALL',
  usage: { tokens: { input_tokens: 968, output_tokens: 83 }, cached_tokens: 4 },
})

const V2_ANSWER = {
  answers: [
    {
      choice: 0,
      text: 'Hello there',
      reasoning: 'I will look.Hm',
      calls: [
        { id: 'c1', name: 'f', arguments: '{"a":1}' },
        { id: 'c2', name: 'g', arguments: '{}' },
      ],
      stop: 'TOOL_CALL',
    },
  ],
  usage: {
    inputTokens: '968',
    outputTokens: '83',
    totalTokens: '',
    cachedInputTokens: '4',
    reasoningTokens: '',
  },
}

describe('cohere v2', () => {
  it('adds up, streamed and whole', () => {
    expect(neutralOf(foldPayloads(cohereV2, V2).stream)).toEqual(V2_ANSWER)
    expect(neutralOf(foldPayloads(cohereV2, [WHOLE_V2]).stream)).toEqual(V2_ANSWER)
  })

  it('says citations and errors, and nothing as unknown', () => {
    const { deltas, stream } = foldPayloads(cohereV2, [...V2, WHOLE_V2])
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    expect(stream.messages[0]?.parts.filter(({ kind }) => kind === 'note')).toHaveLength(2)
    expect(foldPayloads(cohereV2, ['{"message":"invalid api token"}']).stream.errors[0]?.message).toBe(
      'invalid api token',
    )
  })

  it('is editable everywhere', () => {
    expect(editEveryText(cohereV2, V2)).toBe(5)
    expect(editEveryText(cohereV2, [WHOLE_V2])).toBe(5)
  })

  it('is recognised', () => {
    for (const payload of [V2[0], V2[1], V2[7], V2[16], WHOLE_V2]) {
      expect(surest(DIALECTS, JSON.parse(payload ?? ''))).toBe('cohere-v2')
    }
    const url = 'https://api.cohere.com/v2/chat'
    expect(surest(DIALECTS, { message: 'no' }, { messages: [] }, url)).toBe('cohere-v2')
    const choice = { index: 0, message: { role: 'assistant', tool_calls: [] }, finish_reason: 'stop' }
    expect(surest(DIALECTS, { id: 'x', choices: [choice] })).toBe('openai-chat')
  })

  it('reads requests', () => {
    const { messages, tools, parameters, responseFormat } = cohereV2.readRequest(
      root({
        model: 'command-a',
        messages: [
          { role: 'user', content: 'Hi' },
          {
            role: 'assistant',
            tool_plan: 'I will',
            tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{}' } }],
          },
          { role: 'tool', tool_call_id: 'c', content: [{ type: 'document', document: { data: '42' } }] },
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }] },
        ],
        tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
        response_format: { type: 'json_object', schema: { type: 'object' } },
        stream: true,
      }),
    )
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['user', 'text'],
      ['assistant', 'reasoning', 'tool-call'],
      ['tool', 'tool-result'],
      ['user', 'image'],
    ])
    expect(messages[2]?.parts[0]).toMatchObject({
      callId: { value: 'c' },
      content: [{ text: { value: '42' } }],
    })
    expect(tools[0]?.name).toBe('f')
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'stream'])
    expect(responseFormat?.schema?.value).toBe('{"type":"object"}')
  })
})

const V1 = [
  '{"is_finished":false,"event_type":"stream-start","generation_id":"g"}',
  '{"is_finished":false,"event_type":"tool-calls-chunk","text":"I will"}',
  '{"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"name":"f","index":0}}',
  '{"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"parameters":"{\\"a\\":"}}',
  '{"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"parameters":"1}"}}',
  '{"is_finished":false,"event_type":"tool-calls-generation","tool_calls":[{"name":"f","parameters":{"a":1}},{"name":"g","parameters":{"b":2}}]}',
  '{"is_finished":false,"event_type":"text-generation","text":"Hel"}',
  '{"is_finished":false,"event_type":"text-generation","text":"lo"}',
  '{"is_finished":false,"event_type":"citation-generation","citations":[{"start":0,"end":2,"text":"He"}]}',
  '{"is_finished":true,"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"Hello","generation_id":"g","tool_calls":[{"name":"f","parameters":{"a":1}}],"meta":{"tokens":{"input_tokens":7,"output_tokens":5}},"finish_reason":"COMPLETE"}}',
]

describe('cohere v1', () => {
  it('adds up, and reads whole what also came in pieces only once', () => {
    expect(neutralOf(foldPayloads(cohereV1, V1).stream)).toEqual({
      answers: [
        {
          choice: 0,
          text: 'Hello',
          reasoning: 'I will',
          calls: [
            { id: '', name: 'f', arguments: '{"a":1}' },
            { id: '', name: 'g', arguments: '{"b":2}' },
          ],
          stop: 'COMPLETE',
        },
      ],
      usage: {
        inputTokens: '7',
        outputTokens: '5',
        totalTokens: '',
        cachedInputTokens: '',
        reasoningTokens: '',
      },
    })
    expect(editEveryText(cohereV1, V1)).toBe(4)
  })

  it('reads whole answers and errors', () => {
    const whole = {
      text: 'Hi',
      generation_id: 'g',
      chat_history: [{ role: 'USER', message: 'x' }],
      finish_reason: 'COMPLETE',
      documents: [{ id: 'd' }],
      meta: { billed_units: { input_tokens: 1, output_tokens: 2 } },
    }
    const { deltas } = foldPayloads(cohereV1, [JSON.stringify(whole), '{"message":"no"}', '{"odd":1}'])
    expect(deltas.map((each) => each.map(({ kind }) => kind))).toEqual([
      ['text', 'note', 'usage', 'stop'],
      ['error'],
      ['unknown'],
    ])
    expect(surest(DIALECTS, whole)).toBe('cohere-v1')
    for (const payload of V1) expect(surest(DIALECTS, JSON.parse(payload))).toBe('cohere-v1')
    const url = 'https://api.cohere.com/v1/chat'
    expect(surest(DIALECTS, { message: 'no' }, { message: 'Hi' }, url)).toBe('cohere-v1')
  })

  it('reads requests', () => {
    const { messages, tools, parameters } = cohereV1.readRequest(
      root({
        message: 'And now?',
        model: 'command-r',
        preamble: 'Be brief',
        chat_history: [
          { role: 'USER', message: 'Hi' },
          { role: 'CHATBOT', message: 'Ho', tool_calls: [{ name: 'f', parameters: { a: 1 } }] },
        ],
        tool_results: [{ call: { name: 'f', parameters: {} }, outputs: [{ x: 1 }] }],
        tools: [{ name: 'f', description: 'd', parameter_definitions: { a: {} } }],
      }),
    )
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['SYSTEM', 'text'],
      ['USER', 'text'],
      ['CHATBOT', 'text', 'tool-call'],
      ['USER', 'text'],
      ['TOOL', 'tool-result'],
    ])
    expect(tools[0]?.schema?.value).toBe('{"a":{}}')
    expect(parameters.map(({ name }) => name)).toEqual(['model'])
  })
})
