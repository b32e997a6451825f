import type OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { openaiAssistants } from '../../../src/core/dialects/openai-assistants.ts'
import {
  expectCalm,
  expectEditable,
  expectNoTheft,
  inWords,
  readBody,
  sniffPayload,
  sniffRequest,
  unknowns,
} from '../support/dialect-checks.ts'
import { clientOf } from '../support/openai-responses-sdk.ts'
import { foldPayloads } from './fold-payloads.ts'

const run = (status: string, rest: object = {}): object => ({
  id: 'run',
  object: 'thread.run',
  status,
  usage: null,
  ...rest,
})
const calls = (
  id: string,
  list: readonly object[],
  object = 'thread.run.step',
  rest: object = {},
): object => ({
  id,
  object,
  ...rest,
  ...(object.endsWith('delta')
    ? { delta: { step_details: { type: 'tool_calls', tool_calls: list } } }
    : { status: 'completed', type: 'tool_calls', step_details: { type: 'tool_calls', tool_calls: list } }),
})
const message = (id: string, content: readonly object[], rest: object = {}): object => ({
  id,
  object: 'thread.message',
  role: 'assistant',
  content,
  ...rest,
})
const piece = (id: string, value: string, index = 0): object => ({
  id,
  object: 'thread.message.delta',
  delta: { content: [{ index, type: 'text', text: { value, annotations: [] } }] },
})
const get = { id: 'call_1', type: 'function', function: { name: 'get', arguments: '{"a":1}', output: null } }
const code = {
  id: 'call_2',
  type: 'code_interpreter',
  code_interpreter: { input: '1+1', outputs: [{ type: 'logs', logs: '2' }] },
}

const EVENTS: readonly (readonly [string, object])[] = [
  ['thread.run.created', run('queued')],
  ['thread.run.in_progress', run('in_progress')],
  ['thread.run.step.created', calls('step_1', [], undefined, { status: 'in_progress' })],
  [
    'thread.run.step.delta',
    calls(
      'step_1',
      [{ index: 0, id: 'call_1', type: 'function', function: { name: 'get', arguments: '', output: null } }],
      'thread.run.step.delta',
    ),
  ],
  [
    'thread.run.step.delta',
    calls(
      'step_1',
      [{ index: 0, type: 'function', function: { arguments: '{"a"' } }],
      'thread.run.step.delta',
    ),
  ],
  [
    'thread.run.step.delta',
    calls(
      'step_1',
      [{ index: 0, type: 'function', function: { arguments: ':1}' } }],
      'thread.run.step.delta',
    ),
  ],
  ['thread.run.step.completed', calls('step_1', [get])],
  ['thread.run.step.created', calls('step_2', [])],
  [
    'thread.run.step.delta',
    calls(
      'step_2',
      [{ index: 0, id: 'call_2', type: 'code_interpreter', code_interpreter: { input: '1+', outputs: [] } }],
      'thread.run.step.delta',
    ),
  ],
  [
    'thread.run.step.delta',
    calls(
      'step_2',
      [{ index: 0, type: 'code_interpreter', code_interpreter: { input: '1' } }],
      'thread.run.step.delta',
    ),
  ],
  [
    'thread.run.step.delta',
    calls(
      'step_2',
      [
        {
          index: 0,
          type: 'code_interpreter',
          code_interpreter: { outputs: [{ index: 0, type: 'logs', logs: '2' }] },
        },
      ],
      'thread.run.step.delta',
    ),
  ],
  ['thread.run.step.completed', calls('step_2', [code])],
  ['thread.message.created', message('msg_1', [])],
  ['thread.message.delta', piece('msg_1', 'Hel')],
  ['thread.message.delta', piece('msg_1', 'lo')],
  [
    'thread.message.completed',
    message('msg_1', [{ type: 'text', text: { value: 'Hello', annotations: [] } }]),
  ],
  ['thread.message.created', message('msg_2', [])],
  ['thread.message.delta', piece('msg_2', 'Bye')],
  ['thread.message.completed', message('msg_2', [{ type: 'text', text: { value: 'Bye', annotations: [] } }])],
  [
    'thread.run.completed',
    run('completed', { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }),
  ],
]
const PAYLOADS = EVENTS.map(([, data]) => JSON.stringify(data))
const NAMES = EVENTS.map(([name]) => name)
const WORDS = [
  'call call_1 get({"a":1})',
  'call call_2 code_interpreter(1+1)',
  'note code interpreter · output: "2"',
  'text: Hello',
  'text: Bye',
]

describe('a streamed run', () => {
  it('says everything once', () => {
    const folded = foldPayloads(openaiAssistants, PAYLOADS, NAMES)
    expect(inWords(folded)).toEqual(WORDS)
    expect(unknowns(folded)).toEqual([])
    expect(folded.stream.messages[0]).toMatchObject({
      role: { value: 'assistant' },
      stop: { reason: { value: 'completed' } },
    })
    expect(folded.stream.usage?.totalTokens?.value).toBe('3')
  })

  it('is read where the pieces were not recorded', () => {
    const whole = EVENTS.filter(([name]) => !name.endsWith('delta'))
    const folded = foldPayloads(
      openaiAssistants,
      whole.map(([, data]) => JSON.stringify(data)),
      whole.map(([name]) => name),
    )
    expect(inWords(folded)).toEqual(WORDS)
  })

  it('is as the official SDK adds it up', async () => {
    const data = EVENTS.map(([, payload]) => JSON.stringify(payload))
    const client: OpenAI = clientOf(data, NAMES)
    const stream = client.beta.threads.runs.stream('thread', { assistant_id: 'a' })
    const messages = await stream.finalMessages()
    const steps = await stream.finalRunSteps()
    const texts = messages.map(({ content }) =>
      content.map((part) => (part.type === 'text' ? part.text.value : '')).join(''),
    )
    const args = steps.flatMap(({ step_details: details }) =>
      details.type === 'tool_calls'
        ? details.tool_calls.map((call) => {
            if (call.type === 'function') return call.function.arguments
            return call.type === 'code_interpreter' ? call.code_interpreter.input : ''
          })
        : [],
    )
    const { stream: ours } = foldPayloads(openaiAssistants, PAYLOADS, NAMES)
    const oursOf = (isText: boolean): readonly string[] =>
      ours.tracks.filter(({ kind }) => (kind === 'text') === isText).map(({ text }) => text)
    expect(oursOf(true)).toEqual(texts)
    expect(oursOf(false)).toEqual(args)
  })

  it('is edited in place', () => expectEditable(openaiAssistants, PAYLOADS, NAMES))

  it('waits for what its tools give back', () => {
    const waiting = run('requires_action', {
      required_action: { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: [get] } },
    })
    expect(inWords(foldPayloads(openaiAssistants, [JSON.stringify(waiting)]))).toEqual([
      'call call_1 get({"a":1})',
    ])
    const streamed = [...PAYLOADS.slice(0, 7), JSON.stringify(waiting)]
    expect(inWords(foldPayloads(openaiAssistants, streamed))).toEqual(['call call_1 get({"a":1})'])
  })

  it('fails', () => {
    const failed = run('failed', { last_error: { code: 'x', message: 'No.' } })
    const { stream } = foldPayloads(openaiAssistants, [
      JSON.stringify(failed),
      '{"error":{"message":"Oh."}}',
      '"[DONE]"',
    ])
    expect(stream.errors.map(({ message: text }) => text)).toEqual(['No.', 'Oh.'])
  })
})

describe('whole objects', () => {
  it('are shown', () => {
    const list = {
      object: 'list',
      data: [
        message('b', [{ type: 'text', text: { value: 'B', annotations: [{ type: 'file_citation' }] } }]),
        message('a', [{ type: 'text', text: { value: 'A' } }], { role: 'user' }),
      ],
    }
    const folded = foldPayloads(openaiAssistants, [JSON.stringify(list)])
    expect(inWords(folded, 0)).toEqual(['text: B', expect.stringMatching(/^note file citation: /)])
    expect(inWords(folded, 1)).toEqual(['text: A'])
    for (const [payload, words] of [
      [{ id: 'x', object: 'assistant', name: 'n' }, /^note assistant: /],
      [{ id: 'x', object: 'thread' }, /^note thread: /],
      [run('queued'), /^note run queued: /],
    ] as const) {
      expect(inWords(foldPayloads(openaiAssistants, [JSON.stringify(payload)]))).toEqual([
        expect.stringMatching(words),
      ])
    }
  })

  it('are recognised', () => {
    for (const [, data] of EVENTS) expect(sniffPayload(openaiAssistants, data).confidence).toBe(1)
    expect(
      sniffPayload(openaiAssistants, { object: 'list', data: [{ object: 'thread.message' }] }).confidence,
    ).toBe(1)
    expect(sniffRequest(openaiAssistants, 'https://x/v1/threads/t/runs', {}).confidence).toBe(0.7)
    expectNoTheft(openaiAssistants)
  })

  it('are asked for', () => {
    const read = readBody(openaiAssistants, {
      assistant_id: 'a',
      instructions: 'Be brief.',
      thread: { messages: [{ role: 'user', content: 'Hi', attachments: [{ file_id: 'f' }] }], metadata: {} },
      additional_messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'More' },
            { type: 'image_file', image_file: { file_id: 'g' } },
          ],
        },
      ],
      tools: [{ type: 'function', function: { name: 'get', parameters: {} } }],
      response_format: { type: 'json_object' },
    })
    expect(read.messages.map(({ role, parts }) => [role, parts.map(({ kind }) => kind)])).toEqual([
      ['system', ['text']],
      ['user', ['text', 'file']],
      ['user', ['text', 'file']],
    ])
    expect(read.parameters.map(({ name }) => name)).toEqual(['assistant_id', 'thread.metadata'])
    expect(read.tools[0]?.name).toBe('get')
    expect(read.responseFormat?.type).toBe('json_object')
    expect(readBody(openaiAssistants, { role: 'user', content: 'Hi' }).messages).toMatchObject([
      { role: 'user', parts: [{ text: { value: 'Hi' } }] },
    ])
    expect(
      readBody(openaiAssistants, { tool_outputs: [{ tool_call_id: 'c', output: 'o' }] }).messages,
    ).toMatchObject([{ role: 'tool', parts: [{ kind: 'tool-result', callId: { value: 'c' } }] }])
  })

  it('take any JSON', () =>
    expectCalm(
      openaiAssistants,
      EVENTS.map(([, data]) => data),
    ))
})
