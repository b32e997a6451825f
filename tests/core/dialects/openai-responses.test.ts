import { describe, expect, it } from 'vitest'
import { openaiChat } from '../../../src/core/dialects/openai-chat.ts'
import { openaiResponses } from '../../../src/core/dialects/openai-responses.ts'
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
import { askForPieces, askForResponse, ourResponse } from '../support/openai-responses-sdk.ts'
import { foldPayloads } from './fold-payloads.ts'

type Event = { readonly type: string; readonly [key: string]: unknown }

const USAGE = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 3 },
  output_tokens: 7,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 17,
}

const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  status: 'completed',
  role: 'assistant',
  content: [
    {
      type: 'output_text',
      text: 'Hello you',
      annotations: [{ type: 'url_citation', title: 'T', url: 'u' }],
      logprobs: [],
    },
    { type: 'refusal', refusal: 'No.' },
  ],
}
const REASONING = {
  id: 'rs_1',
  type: 'reasoning',
  summary: [
    { type: 'summary_text', text: 'First' },
    { type: 'summary_text', text: 'Then' },
  ],
  content: [{ type: 'reasoning_text', text: 'Deep' }],
  encrypted_content: 'xyz',
}
const CALL = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_1',
  name: 'get',
  arguments: '{"a":1}',
}
const OUTPUT = [REASONING, MESSAGE, CALL]
const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'gpt-5',
  error: null,
  incomplete_details: null,
  instructions: 'Be brief.',
  output: OUTPUT,
  parallel_tool_calls: true,
  tools: [{ type: 'function', name: 'get' }],
  usage: USAGE,
  metadata: {},
}
const BEGUN = { ...RESPONSE, status: 'in_progress', output: [], usage: null }

/** All that a real stream says of the answer above, over and over. */
const STREAM: readonly Event[] = [
  { type: 'response.created', response: BEGUN },
  { type: 'response.in_progress', response: BEGUN },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { ...REASONING, summary: [], content: [], encrypted_content: 'x' },
  },
  {
    type: 'response.reasoning_summary_part.added',
    output_index: 0,
    summary_index: 0,
    part: { type: 'summary_text', text: '' },
  },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'Fir' },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'st' },
  { type: 'response.reasoning_summary_text.done', output_index: 0, summary_index: 0, text: 'First' },
  {
    type: 'response.reasoning_summary_part.done',
    output_index: 0,
    summary_index: 0,
    part: REASONING.summary[0],
  },
  { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 1, delta: 'Then' },
  {
    type: 'response.content_part.added',
    output_index: 0,
    content_index: 0,
    part: { type: 'reasoning_text', text: '' },
  },
  { type: 'response.reasoning_text.delta', output_index: 0, content_index: 0, delta: 'Deep' },
  { type: 'response.reasoning_text.done', output_index: 0, content_index: 0, text: 'Deep' },
  { type: 'response.output_item.done', output_index: 0, item: REASONING },
  {
    type: 'response.output_item.added',
    output_index: 1,
    item: { ...MESSAGE, status: 'in_progress', content: [] },
  },
  {
    type: 'response.content_part.added',
    output_index: 1,
    content_index: 0,
    part: { type: 'output_text', text: '', annotations: [] },
  },
  { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'Hello', logprobs: [] },
  {
    type: 'response.output_text.delta',
    output_index: 1,
    content_index: 0,
    delta: ' you',
    obfuscation: 'abc',
  },
  {
    type: 'response.output_text.annotation.added',
    output_index: 1,
    content_index: 0,
    annotation_index: 0,
    annotation: MESSAGE.content[0]?.annotations?.[0],
  },
  { type: 'response.output_text.done', output_index: 1, content_index: 0, text: 'Hello you', logprobs: [] },
  { type: 'response.content_part.done', output_index: 1, content_index: 0, part: MESSAGE.content[0] },
  {
    type: 'response.content_part.added',
    output_index: 1,
    content_index: 1,
    part: { type: 'refusal', refusal: '' },
  },
  { type: 'response.refusal.delta', output_index: 1, content_index: 1, delta: 'No.' },
  { type: 'response.refusal.done', output_index: 1, content_index: 1, refusal: 'No.' },
  { type: 'response.output_item.done', output_index: 1, item: MESSAGE },
  {
    type: 'response.output_item.added',
    output_index: 2,
    item: { ...CALL, arguments: '', status: 'in_progress' },
  },
  { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a"' },
  { type: 'response.function_call_arguments.delta', output_index: 2, delta: ':1}' },
  { type: 'response.function_call_arguments.done', output_index: 2, arguments: '{"a":1}' },
  { type: 'response.output_item.done', output_index: 2, item: CALL },
  { type: 'response.completed', response: RESPONSE },
]

const ANSWER = [
  'reasoning: First',
  'reasoning: Then',
  'reasoning: Deep',
  'note encrypted reasoning: "xyz"',
  'text: Hello you',
  'note url citation · T: {"type":"url_citation","title":"T","url":"u"}',
  'refusal: No.',
  'call call_1 get({"a":1})',
]

function payloadsOf(events: readonly unknown[]): readonly string[] {
  return events.map((event) => JSON.stringify(event))
}

function fold(events: readonly unknown[]): ReturnType<typeof foldPayloads> {
  return foldPayloads(openaiResponses, payloadsOf(events))
}

function item(type: string, members: object): object {
  return {
    object: 'response',
    status: 'completed',
    output: [{ id: 'i', type, status: 'completed', ...members }],
  }
}

describe('a streamed response', () => {
  it('says everything once', () => {
    const folded = fold(STREAM)
    expect(inWords(folded)).toEqual(ANSWER)
    expect(unknowns(folded)).toEqual([])
    const [message] = folded.stream.messages
    expect(message?.role?.value).toBe('assistant')
    expect(message?.stop?.reason.value).toBe('completed')
    expect(ourResponse(folded.stream).usage).toEqual([10, 7, 17, 3, 5])
  })

  it.each([
    ['the final event', 'response.completed'],
    ['the items', 'response.output_item.done'],
    ['the final event and the items', 'response.output_item.done|response.completed'],
  ])('is read where only %s was recorded', (_, types) => {
    expect(inWords(fold(STREAM.filter(({ type }) => types.split('|').includes(type))))).toEqual(ANSWER)
  })

  it('is read where no pieces were recorded', () => {
    const folded = fold(STREAM.filter(({ type }) => !type.endsWith('.delta')))
    expect(inWords(folded).toSorted()).toEqual(ANSWER.toSorted())
  })

  it('is read as far as it came', () => {
    const folded = fold(STREAM.slice(0, 5))
    expect(inWords(folded)).toEqual(['note encrypted reasoning: "x"', 'reasoning: Fir'])
    expect(folded.stream.messages[0]?.stop).toBeUndefined()
  })

  it('is read inside the wrapping of a recorder', () => {
    const wrapped = JSON.stringify(STREAM.map((event) => ({ __type__: 'X', __data__: event })))
    const items = foldPayloads(
      {
        ...openaiResponses,
        readChunk: (chunk, say) => {
          for (const one of chunk.items()) {
            const data = one.get('__data__')
            if (data) openaiResponses.readChunk(data.document.node(data.id), say)
          }
        },
      },
      [wrapped],
    )
    expect(inWords(items).toSorted()).toEqual(ANSWER.toSorted())
  })

  it('is as the official SDK adds it up', async () => {
    const ours = ourResponse(fold(STREAM).stream)
    expect(ours).toEqual(await askForResponse(payloadsOf(STREAM)))
    const { text, refusal, calls } = await askForPieces(payloadsOf(STREAM))
    expect({ text, calls }).toEqual({ text: ours.text, calls: ours.calls })
    // its accumulator does not add up refusals
    expect(refusal).toBe('')
  })

  it('is edited piece by piece', () => expectEditable(openaiResponses, payloadsOf(STREAM)))

  it('says why it ended early', () => {
    const incomplete = {
      ...RESPONSE,
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
    }
    const folded = fold([{ type: 'response.incomplete', response: incomplete }])
    expect(folded.stream.messages[0]?.stop?.reason.value).toBe('max_output_tokens')
  })

  it('says how it failed', () => {
    const failed = { ...BEGUN, status: 'failed', error: { code: 'server_error', message: 'Oh.' } }
    const { stream } = fold([
      { type: 'error', code: 'x', message: 'First.', param: null },
      { type: 'error', error: { message: 'Second.' } },
      { type: 'response.failed', response: failed },
    ])
    expect(stream.errors.map(({ message }) => message)).toEqual(['First.', 'Second.', 'Oh.'])
    expect(stream.messages[0]?.stop?.reason.value).toBe('failed')
  })

  it('shows what it does not know', () => {
    expect(unknowns(fold([{ type: 'response.new_thing.delta', delta: 'a' }]))).toEqual([
      'response.new_thing.delta',
    ])
    expect(
      unknowns(fold([{ type: 'response.output_text.delta', delta: 'a', logprobs: [{ token: 'a' }] }])),
    ).toEqual(['logprobs'])
  })

  it('says nothing for the end mark', () => expect(fold(['[DONE]']).deltas).toEqual([[]]))

  it('has parts of images and whole ones, sound and what it says', () => {
    const image = {
      id: 'ig',
      type: 'image_generation_call',
      status: 'completed',
      result: 'BBBB',
      output_format: 'webp',
    }
    const folded = fold([
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { id: 'ig', type: 'image_generation_call' },
      },
      {
        type: 'response.image_generation_call.partial_image',
        output_index: 0,
        partial_image_index: 0,
        partial_image_b64: 'AAAA',
        output_format: 'webp',
      },
      { type: 'response.output_item.done', output_index: 0, item: image },
      { type: 'response.audio.delta', output_index: 1, delta: 'CCCC' },
      { type: 'response.audio.transcript.delta', output_index: 1, delta: 'Hi' },
      { type: 'response.completed', response: { ...RESPONSE, output: [image] } },
    ])
    expect(inWords(folded)).toEqual([
      'call ig image_generation_call()',
      'image image/webp: AAAA',
      'image image/webp: BBBB',
      'audio -: CCCC',
      'text: Hi',
    ])
  })

  it('streams what servers run themselves', () => {
    const folded = fold([
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { id: 'sh', type: 'shell_call', call_id: 'c', action: { commands: [] } },
      },
      { type: 'response.shell_call_command.added', output_index: 0, command_index: 0, command: '' },
      { type: 'response.shell_call_command.delta', output_index: 0, command_index: 0, delta: 'ls' },
      { type: 'response.shell_call_command.done', output_index: 0, command_index: 0, command: 'ls' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { id: 'sh', type: 'shell_call', call_id: 'c', action: { commands: ['ls'] } },
      },
      {
        type: 'response.output_item.added',
        output_index: 1,
        item: {
          id: 'p',
          type: 'apply_patch_call',
          call_id: 'd',
          operation: { type: 'update_file', path: 'a', diff: '' },
        },
      },
      { type: 'response.apply_patch_call_operation_diff.delta', output_index: 1, delta: '+b' },
      { type: 'response.apply_patch_call_operation_diff.done', output_index: 1, diff: '+b' },
      {
        type: 'response.output_item.done',
        output_index: 1,
        item: {
          id: 'p',
          type: 'apply_patch_call',
          call_id: 'd',
          operation: { type: 'update_file', path: 'a', diff: '+b' },
        },
      },
      {
        type: 'response.output_item.added',
        output_index: 2,
        item: { id: 'ci', type: 'code_interpreter_call', code: '', outputs: [] },
      },
      { type: 'response.code_interpreter_call_code.delta', output_index: 2, delta: '1+1' },
      { type: 'response.code_interpreter_call.completed', output_index: 2 },
      {
        type: 'response.output_item.done',
        output_index: 2,
        item: {
          id: 'ci',
          type: 'code_interpreter_call',
          code: '1+1',
          outputs: [
            { type: 'logs', logs: '2' },
            { type: 'image', url: 'https://i' },
          ],
        },
      },
      { type: 'response.custom_tool_call_input.delta', output_index: 3, delta: 'in' },
      { type: 'response.mcp_call_arguments.delta', output_index: 4, delta: '{}' },
    ])
    expect(inWords(folded)).toEqual([
      'call c shell_call(ls)',
      'call d apply_patch_call(+b)',
      'note update file: "a"',
      'call ci code_interpreter_call(1+1)',
      'note code interpreter · output: "2"',
      'image -: https://i',
      'call - -(in)',
      'call - -({})',
    ])
    expect(unknowns(folded)).toEqual([])
  })
})

describe('a whole response', () => {
  it('says the same', () => {
    const folded = fold([RESPONSE])
    expect(inWords(folded)).toEqual(ANSWER)
    expect(ourResponse(folded.stream)).toEqual(ourResponse(fold(STREAM).stream))
    expectEditable(openaiResponses, payloadsOf([RESPONSE]))
  })

  it.each([
    [
      'mcp_call',
      { name: 'ask', arguments: '{}', output: 'out', error: null },
      ['call i ask({})', 'note mcp call · output: "out"'],
    ],
    ['mcp_approval_request', { name: 'ask', arguments: '{}' }, ['call i ask({})']],
    ['custom_tool_call', { call_id: 'c', name: 'free', input: 'text' }, ['call c free(text)']],
    [
      'web_search_call',
      { action: { type: 'search', query: 'q' } },
      ['call i web_search_call({"type":"search","query":"q"})'],
    ],
    [
      'file_search_call',
      { queries: ['q'], results: [{ text: 't' }] },
      ['call i file_search_call(["q"])', 'note file search call · results: [{"text":"t"}]'],
    ],
    [
      'computer_call',
      { call_id: 'c', action: { type: 'click' }, pending_safety_checks: [] },
      ['call c computer_call({"type":"click"})'],
    ],
    [
      'local_shell_call',
      { call_id: 'c', action: { command: ['ls'] } },
      ['call c local_shell_call({"command":["ls"]})'],
    ],
    ['tool_search_call', { call_id: null, arguments: { a: 1 } }, ['call i tool_search_call({"a":1})']],
    [
      'image_generation_call',
      { result: 'AAAA', revised_prompt: 'p' },
      ['call i image_generation_call()', 'note image generation call · revised prompt: "p"', 'image -: AAAA'],
    ],
    ['function_call_output', { output: 'o' }, [expect.stringMatching(/^note function call output: /)]],
    ['mcp_list_tools', { tools: [] }, [expect.stringMatching(/^note mcp list tools: /)]],
    ['compaction', { encrypted_content: 'x' }, [expect.stringMatching(/^note compaction: /)]],
  ])('has a %s', (type, members, words) => {
    const folded = fold([item(type, members)])
    expect(inWords(folded)).toEqual(words)
    expect(unknowns(folded)).toEqual([])
  })

  it('shows unknown items and members', () => {
    expect(unknowns(fold([item('new_thing', { a: 1 })]))).toEqual(['new_thing'])
    expect(unknowns(fold([item('function_call', { name: 'f', namespace: 'n' })]))).toEqual([
      'function_call namespace',
    ])
    expect(unknowns(fold([{ ...RESPONSE, cost: 1 }]))).toEqual(['cost'])
  })

  it('may be an error', () => {
    const { stream } = fold([{ error: { message: 'Bad key.', type: 'invalid_request_error' } }])
    expect(stream.errors).toEqual([{ chunk: 0, message: 'Bad key.' }])
  })
})

describe('recognition', () => {
  it('is sure of its own', () => {
    expect(sniffPayload(openaiResponses, RESPONSE).confidence).toBe(1)
    for (const event of STREAM) expect(sniffPayload(openaiResponses, event).confidence).toBe(1)
    expect(
      sniffRequest(openaiResponses, 'https://x/openai/v1/responses?api-version=1', { input: 'a' }).confidence,
    ).toBe(0.9)
    expect(sniffPayload(openaiChat, RESPONSE).confidence).toBe(0)
  })

  it('leaves others alone', () => {
    expectNoTheft(openaiResponses)
    expect(
      sniffPayload(openaiResponses, { type: 'response.created', event_id: 'e', response: {} }).confidence,
    ).toBe(0)
    expect(sniffRequest(openaiResponses, 'https://x/v1/chat/completions', { messages: [] }).confidence).toBe(
      0,
    )
  })

  it('takes any JSON', () => expectCalm(openaiResponses, [...STREAM, RESPONSE, ...OUTPUT, null, [], 1]))
})

describe('a request', () => {
  it('is a text or a list of items', () => {
    const plain = readBody(openaiResponses, { model: 'm', instructions: 'Be brief.', input: 'Hi' })
    expect(plain.messages.map(({ role, parts }) => [role, parts[0]])).toMatchObject([
      ['system', { kind: 'text', text: { value: 'Be brief.' } }],
      ['user', { kind: 'text', text: { value: 'Hi', at: [{ in: 'json', pointer: '/input' }] } }],
    ])
    expect(plain.parameters.map(({ name, value }) => [name, value.value])).toEqual([['model', '"m"']])
  })

  it('has parts, calls and results', () => {
    const { messages } = readBody(openaiResponses, {
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'Look' },
            { type: 'input_image', image_url: 'data:image/png;base64,AA', detail: 'low' },
            { type: 'input_image', file_id: 'file_1' },
            { type: 'input_file', filename: 'a.pdf', file_data: 'BB' },
            { type: 'input_audio', input_audio: { data: 'CC', format: 'wav' } },
            { type: 'strange' },
          ],
        },
        { ...REASONING },
        {
          type: 'message',
          role: 'assistant',
          content: [
            { type: 'output_text', text: 'A' },
            { type: 'refusal', refusal: 'R' },
          ],
        },
        CALL,
        { type: 'function_call_output', call_id: 'call_1', output: 'done' },
        { type: 'function_call_output', call_id: 'call_1', output: [{ type: 'input_text', text: 'x' }] },
        {
          type: 'computer_call_output',
          call_id: 'c',
          output: { type: 'computer_screenshot', image_url: 'https://s' },
        },
        { type: 'web_search_call', id: 'ws', action: { query: 'q' } },
        { type: 'item_reference', id: 'msg_9' },
      ],
    })
    expect(messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'assistant',
      'assistant',
      'tool',
      'tool',
      'tool',
      'assistant',
      'item reference',
    ])
    expect(messages[0]?.parts.map(({ kind }) => kind)).toEqual([
      'text',
      'image',
      'file',
      'file',
      'audio',
      'unknown',
    ])
    expect(messages[1]?.parts.map(({ kind }) => kind)).toEqual([
      'reasoning',
      'reasoning',
      'reasoning',
      'unknown',
    ])
    expect(messages[3]?.parts).toMatchObject([
      {
        kind: 'tool-call',
        call: { id: { value: 'call_1' }, name: { value: 'get' }, arguments: { value: '{"a":1}' } },
      },
    ])
    expect(messages[4]?.parts).toMatchObject([
      {
        kind: 'tool-result',
        callId: { value: 'call_1' },
        content: [{ kind: 'text', text: { value: 'done' } }],
      },
    ])
    expect(messages[6]?.parts).toMatchObject([
      { kind: 'tool-result', content: [{ kind: 'image', url: { value: 'https://s' } }] },
    ])
    expect(messages[7]?.parts).toMatchObject([
      { kind: 'tool-call', call: { name: { value: 'web_search_call' } } },
    ])
  })

  it('has flat tools, a format and settings in order', () => {
    const read = readBody(openaiResponses, {
      model: 'm',
      input: [],
      tools: [
        { type: 'function', name: 'get', description: 'Gets.', parameters: { type: 'object' }, strict: true },
        { type: 'web_search' },
        { type: 'mcp', server_label: 'wiki', server_url: 'https://w' },
      ],
      text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' } }, verbosity: 'low' },
      temperature: 1.0,
    })
    expect(read.tools.map(({ name }) => name)).toEqual(['get', 'web_search', 'wiki'])
    expect(read.tools[0]).toMatchObject({
      description: { value: 'Gets.' },
      schema: { value: '{"type":"object"}' },
      strict: { value: 'true' },
    })
    expect(read.responseFormat).toMatchObject({
      type: 'json_schema',
      name: { value: 'n' },
      schema: { value: '{"type":"object"}' },
    })
    expect(read.parameters.map(({ name }) => name)).toEqual(['model', 'text', 'temperature'])
  })
})
