import { describe, expect, it } from 'vitest'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { xaiGrpc } from '../../../src/core/dialects/xai-grpc.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const call = (status: string): object => ({
  id: 'c1',
  type: 'TOOL_CALL_TYPE_CODE_EXECUTION_TOOL',
  status,
  function: { name: 'code_execution', arguments: '{"code":"1"}' },
})

const USAGE = { completion_tokens: 52, prompt_tokens: 1889, total_tokens: 2102, reasoning_tokens: 161 }

const WHOLE = {
  id: 'x',
  outputs: [
    { finish_reason: 'REASON_TOOL_CALLS', message: { role: 'ROLE_ASSISTANT', tool_calls: [call('DONE')] } },
    { index: 1, message: { content: '{"stdout":""}', role: 'ROLE_TOOL', tool_calls: [call('DONE')] } },
    { finish_reason: 'REASON_STOP', index: 2, message: { content: '42', role: 'ROLE_ASSISTANT' } },
  ],
  usage: USAGE,
}

const STREAM = [
  { outputs: [{ delta: { role: 'ROLE_ASSISTANT', reasoning_content: 'Hm' } }] },
  { outputs: [{ delta: { role: 'ROLE_ASSISTANT', tool_calls: [call('RUNNING')] } }] },
  { outputs: [{ delta: { role: 'ROLE_ASSISTANT', tool_calls: [call('DONE')] } }] },
  { outputs: [{ index: 2, delta: { role: 'ROLE_ASSISTANT', content: '4' } }] },
  { outputs: [{ index: 2, delta: { content: '2' }, finish_reason: 'REASON_STOP' }], usage: USAGE },
]

describe('xai grpc', () => {
  it('adds up the steps of one answer, streamed and whole, each call once', () => {
    const calls = [{ id: 'c1', name: 'code_execution', arguments: '{"code":"1"}' }]
    const whole = neutralOf(foldPayloads(xaiGrpc, [JSON.stringify(WHOLE)]).stream)
    expect(whole.answers).toEqual([{ choice: 0, text: '42', reasoning: '', calls, stop: 'REASON_STOP' }])
    const payloads = STREAM.map((chunk) => JSON.stringify(chunk))
    const streamed = neutralOf(foldPayloads(xaiGrpc, payloads).stream)
    expect(streamed.answers).toEqual([{ choice: 0, text: '42', reasoning: 'Hm', calls, stop: 'REASON_STOP' }])
    expect(streamed.usage).toEqual(whole.usage)
    expect(editEveryText(xaiGrpc, payloads)).toBe(3)
  })

  it('is recognised', () => {
    for (const payload of [WHOLE, STREAM[0], STREAM[4]]) expect(surest(DIALECTS, payload)).toBe('xai-grpc')
    expect(surest(DIALECTS, undefined, { messages: [{ role: 'ROLE_USER', content: [] }] })).toBe('xai-grpc')
  })

  it('reads requests', () => {
    const body = {
      messages: [
        { role: 'ROLE_USER', content: [{ text: 'Hi' }, { image_url: { image_url: 'https://x/y.png' } }] },
        { role: 'ROLE_ASSISTANT', content: [{ text: '' }], tool_calls: [call('DONE')] },
        { role: 'ROLE_TOOL', tool_call_id: 'c1', content: [{ text: '42' }] },
      ],
      model: 'grok-4',
      tools: [{ code_execution: {} }, { function: { name: 'f', parameters: '{"type":"object"}' } }],
      response_format: { format_type: 'FORMAT_TYPE_JSON_SCHEMA', schema: '{}' },
    }
    const root = JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable()
    const { messages, tools, parameters, responseFormat } = xaiGrpc.readRequest(root)
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['ROLE_USER', 'text', 'image'],
      ['ROLE_ASSISTANT', 'text', 'tool-call'],
      ['ROLE_TOOL', 'tool-result'],
    ])
    expect(tools.map(({ name, schema }) => [name, schema?.value])).toEqual([
      ['code_execution', undefined],
      ['f', '{"type":"object"}'],
    ])
    expect(parameters.map(({ name }) => name)).toEqual(['model'])
    expect(responseFormat?.type).toBe('FORMAT_TYPE_JSON_SCHEMA')
  })
})
