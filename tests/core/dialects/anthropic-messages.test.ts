import { describe, expect, it } from 'vitest'
import type { ContentPart } from '../../../src/core/cassette/conversation.ts'
import { setTrackText } from '../../../src/core/cassette/edit-track.ts'
import { anthropicMessages } from '../../../src/core/dialects/anthropic-messages.ts'
import { openaiChat } from '../../../src/core/dialects/openai-chat.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { answerOfStream } from '../support/answer-of-stream.ts'
import { askAnthropicSdk } from '../support/anthropic-sdk.ts'
import { foldPayloads } from './fold-payloads.ts'

const NO_REQUEST = { headers: [], extras: [] }

function text(value: unknown): string {
  return JSON.stringify(value)
}

function start(index: number, block: unknown): string {
  return text({ type: 'content_block_start', index, content_block: block })
}

function delta(index: number, piece: unknown): string {
  return text({ type: 'content_block_delta', index, delta: piece })
}

const MESSAGE_START = text({
  type: 'message_start',
  message: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 12, cache_read_input_tokens: 5, output_tokens: 1 },
  },
})

const STREAM: readonly string[] = [
  MESSAGE_START,
  start(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'Let me ' }),
  delta(0, { type: 'thinking_delta', thinking: 'think.' }),
  delta(0, { type: 'signature_delta', signature: 'EqRk' }),
  text({ type: 'content_block_stop', index: 0 }),
  text({ type: 'ping' }),
  start(1, { type: 'redacted_thinking', data: 'Zm9v' }),
  text({ type: 'content_block_stop', index: 1 }),
  start(2, { type: 'text', text: '' }),
  delta(2, { type: 'text_delta', text: 'Hello' }),
  delta(2, { type: 'text_delta', text: ', wörld 🌍' }),
  delta(2, { type: 'citations_delta', citation: { type: 'char_location', cited_text: 'x' } }),
  text({ type: 'content_block_stop', index: 2 }),
  start(3, { type: 'server_tool_use', id: 'srv_1', name: 'web_search', input: {} }),
  delta(3, { type: 'input_json_delta', partial_json: '' }),
  delta(3, { type: 'input_json_delta', partial_json: '{"query":' }),
  delta(3, { type: 'input_json_delta', partial_json: '"x"}' }),
  text({ type: 'content_block_stop', index: 3 }),
  start(4, { type: 'web_search_tool_result', tool_use_id: 'srv_1', content: [] }),
  text({ type: 'content_block_stop', index: 4 }),
  start(5, { type: 'text', text: '' }),
  delta(5, { type: 'text_delta', text: 'Found.' }),
  text({ type: 'content_block_stop', index: 5 }),
  start(6, { type: 'tool_use', id: 'tool_1', name: 'now', input: {}, caller: { type: 'direct' } }),
  text({ type: 'content_block_stop', index: 6 }),
  text({
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 42 },
    context_management: { applied_edits: [] },
  }),
  text({ type: 'message_stop' }),
]

describe('Anthropic messages, streamed', () => {
  const { stream, deltas } = foldPayloads(anthropicMessages, STREAM)

  it('adds up', () => {
    expect(answerOfStream(stream)).toEqual({
      role: 'assistant',
      blocks: [
        { kind: 'reasoning', text: 'Let me think.' },
        { kind: 'text', text: 'Hello, wörld 🌍' },
        { kind: 'call', id: 'srv_1', name: 'web_search', arguments: '{"query":"x"}' },
        { kind: 'text', text: 'Found.' },
        { kind: 'call', id: 'tool_1', name: 'now', arguments: '' },
      ],
      stop: 'tool_use',
      inputTokens: 12,
      outputTokens: 42,
      cachedInputTokens: 5,
    })
  })

  it('agrees with the official SDK', async () => {
    expect({ ...answerOfStream(stream), refusal: undefined }).toEqual(await askAnthropicSdk(STREAM))
  })

  it('keeps what stands beside the text as notes, in its place', () => {
    const labels = stream.messages[0]?.parts.map((part) => (part.kind === 'note' ? part.label : part.kind))
    expect(labels).toEqual([
      'reasoning',
      'signature',
      'redacted thinking',
      'text',
      'citation',
      'tool-call',
      'web search tool result',
      'text',
      'tool-call',
    ])
  })

  it('says nothing for what says nothing, and nothing is unknown', () => {
    const pings = STREAM.flatMap((payload, at) =>
      /"(?:ping|message_stop|content_block_stop)"/.test(payload) ? [at] : [],
    )
    for (const at of pings) expect(deltas[at]).toEqual([])
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
  })

  it('is edited in the pieces that it came in', () => {
    const { document } = foldPayloads(anthropicMessages, STREAM)
    for (const [at, track] of stream.tracks.entries()) {
      const wanted = track.kind === 'tool-arguments' ? '{"query":"yes"}' : `${track.text.slice(0, 4)}! "ok"`
      const edited = applyEdits(document.text, setTrackText(document, track, wanted))
      const again = foldPayloads(anthropicMessages, [edited.slice(1, -1)])
      expect(again.stream.tracks[at]?.text).toBe(wanted)
    }
  })
})

describe('an Anthropic stream with quirks', () => {
  it('counts what message_delta counts anew', async () => {
    const payloads = [
      MESSAGE_START,
      text({
        type: 'message_delta',
        delta: { stop_reason: 'stop_sequence', stop_sequence: '###' },
        usage: { input_tokens: 100, cache_read_input_tokens: null, output_tokens: 7 },
      }),
      text({ type: 'message_stop' }),
    ]
    const { stream } = foldPayloads(anthropicMessages, payloads)
    expect(answerOfStream(stream)).toMatchObject({ inputTokens: 100, outputTokens: 7, cachedInputTokens: 5 })
    expect({ ...answerOfStream(stream), refusal: undefined }).toEqual(await askAnthropicSdk(payloads))
    expect(stream.messages[0]?.parts).toMatchObject([{ kind: 'note', label: 'stop sequence' }])
  })

  it('takes the input of a call that comes whole at its start', () => {
    const payloads = [MESSAGE_START, start(0, { type: 'tool_use', id: 'a', name: 'f', input: { x: 1.0 } })]
    expect(answerOfStream(foldPayloads(anthropicMessages, payloads).stream).blocks).toEqual([
      { kind: 'call', id: 'a', name: 'f', arguments: '{"x":1}' },
    ])
  })

  it('tells an error in the stream', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    const payloads = [MESSAGE_START, text(error)]
    expect(foldPayloads(anthropicMessages, payloads).stream.errors).toEqual([
      { chunk: 1, message: 'Overloaded' },
    ])
    expect((await askAnthropicSdk(payloads)).refusal).toContain('Overloaded')
  })

  it('shows what it does not know', () => {
    const payloads = [
      MESSAGE_START,
      start(0, { type: 'hologram', data: 1 }),
      delta(0, { type: 'hologram_delta', data: 2 }),
      text({ type: 'news' }),
      '7',
      '"[DONE]"',
    ]
    const { deltas } = foldPayloads(anthropicMessages, payloads)
    const unknown = deltas.map((said) => said.flatMap((one) => (one.kind === 'unknown' ? [one.why] : [])))
    expect(unknown).toEqual([[], ['hologram'], ['hologram_delta'], ['news'], ['not an object'], []])
  })

  it('says compaction as a note', () => {
    const payloads = [
      start(0, { type: 'compaction', content: null }),
      delta(0, { type: 'compaction_delta', content: 'So far: nothing.' }),
    ]
    const { stream } = foldPayloads(anthropicMessages, payloads)
    expect(stream.messages[0]?.parts).toMatchObject([{ label: 'compaction' }, { label: 'compaction' }])
  })
})

describe('an Anthropic message', () => {
  const payload = text({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude',
    content: [
      { type: 'thinking', thinking: 'Hm.', signature: 'Eq' },
      { type: 'text', text: 'One', citations: [{ type: 'page_location' }] },
      { type: 'text', text: 'Two', citations: null },
      { type: 'tool_use', id: 't', name: 'f', input: {} },
      { type: 'mcp_tool_use', id: 'm', name: 'g', input: { a: [1] }, server_name: 'srv' },
      { type: 'mcp_tool_result', tool_use_id: 'm', content: [] },
    ],
    stop_reason: 'tool_use',
    stop_sequence: null,
    usage: { input_tokens: 3, output_tokens: 4 },
  })

  it('is one chunk that says all of it', () => {
    const { stream } = foldPayloads(anthropicMessages, [payload])
    expect(answerOfStream(stream)).toEqual({
      role: 'assistant',
      blocks: [
        { kind: 'reasoning', text: 'Hm.' },
        { kind: 'text', text: 'One' },
        { kind: 'text', text: 'Two' },
        { kind: 'call', id: 't', name: 'f', arguments: '{}' },
        { kind: 'call', id: 'm', name: 'g', arguments: '{"a":[1]}' },
      ],
      stop: 'tool_use',
      inputTokens: 3,
      outputTokens: 4,
      cachedInputTokens: undefined,
    })
  })

  it('edits arguments that are JSON themselves', () => {
    const { document, stream } = foldPayloads(anthropicMessages, [payload])
    const track = stream.tracks.find((one) => one.text === '{"a":[1]}')
    if (track === undefined) throw new Error('no such track')
    const edited = applyEdits(document.text, setTrackText(document, track, '{"a":[1,2]}'))
    expect(edited).toBe(document.text.replace('{"a":[1]}', '{"a":[1,2]}'))
  })
})

describe('recognising Anthropic messages', () => {
  const sniff = (first: string | undefined, url?: string, body?: unknown): number =>
    anthropicMessages.sniff(
      { ...NO_REQUEST, ...(url && { url: { value: url, at: [] } }) },
      body === undefined ? undefined : JsonDocument.of(text(body)).root,
      first === undefined ? undefined : JsonDocument.of(first).root,
    ).confidence

  it('goes by the payload first', () => {
    expect(sniff(MESSAGE_START)).toBe(1)
    expect(sniff(text({ type: 'message', role: 'assistant', content: [], stop_reason: 'x' }))).toBe(1)
    expect(sniff(start(0, { type: 'text', text: '' }))).toBeGreaterThan(0.9)
  })

  it('goes by the URL where there is no payload', () => {
    const body = { messages: [] }
    expect(sniff(undefined, 'https://api.anthropic.com/v1/messages?beta=true', body)).toBe(0.95)
    const vertex =
      'https://x-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/anthropic/models/c:streamRawPredict'
    expect(sniff(undefined, vertex, body)).toBe(0.95)
  })

  it("leaves OpenAI's chat alone, and is left alone by it", () => {
    const chat = text({ choices: [{ index: 0, delta: { content: 'x' } }] })
    expect(sniff(chat)).toBe(0)
    const node = JsonDocument.of(MESSAGE_START).root
    expect(openaiChat.sniff(NO_REQUEST, undefined, node).confidence).toBe(0)
    expect(sniff(text({ type: 'response.created', response: {} }))).toBe(0)
  })
})

describe("an Anthropic request's conversation", () => {
  const body = {
    model: 'claude',
    max_tokens: 10,
    messages: [
      { role: 'user', content: 'Hi' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look', cache_control: { type: 'ephemeral' } },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } },
          { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
          { type: 'image', source: { type: 'file', file_id: 'file_1' } },
          {
            type: 'document',
            title: 'a.pdf',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' },
          },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
          {
            type: 'document',
            title: 'c',
            source: { type: 'content', content: [{ type: 'text', text: 'inner' }] },
          },
          {
            type: 'search_result',
            source: 'https://s',
            title: 'S',
            content: [{ type: 'text', text: 'found' }],
          },
          { type: 'container_upload', file_id: 'file_2' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 's' },
          { type: 'redacted_thinking', data: 'd' },
          { type: 'tool_use', id: 't1', name: 'f', input: { a: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 't1',
            content: [
              { type: 'text', text: 'ok' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            ],
          },
          { type: 'tool_result', tool_use_id: 't2', content: 'plain', is_error: true },
        ],
      },
    ],
    system: [{ type: 'text', text: 'Be kind.' }],
    tools: [
      { name: 'f', description: 'F', input_schema: { type: 'object' } },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 5 },
    ],
    tool_choice: { type: 'auto' },
    thinking: { type: 'enabled', budget_tokens: 5 },
    mcp_servers: [],
    output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
  }
  const root = JsonDocument.of(text(body)).root
  if (root === undefined) throw new Error('no body')
  const conversation = anthropicMessages.readRequest(root)

  const brief = (part: ContentPart): string => {
    switch (part.kind) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        return `${part.kind} ${part.text.value}`
      case 'image':
        return `image ${part.mediaType ?? ''} ${part.url.value}`
      case 'file':
        return `file ${part.filename?.value ?? part.fileId?.value} ${part.data?.value ?? ''}`
      case 'tool-call':
        return `call ${part.call.id?.value} ${part.call.name.value} ${part.call.arguments?.value}`
      case 'tool-result':
        return `result ${part.callId?.value} [${part.content.map(brief)}]`
      default:
        return part.kind
    }
  }

  it('has the system first and every block', () => {
    expect(conversation.messages.map(({ role, parts }) => [role, ...parts.map(brief)])).toEqual([
      ['system', 'text Be kind.'],
      ['user', 'text Hi'],
      [
        'user',
        'text Look',
        'image image/png iVBO',
        'image  https://x/y.png',
        'file file_1 ',
        'file a.pdf JVBE',
        'text plain',
        'file c ',
        'text inner',
        'file S ',
        'text found',
        'file file_2 ',
      ],
      ['assistant', 'reasoning Hm', 'unknown', 'call t1 f {"a":1}'],
      ['user', 'result t1 [text ok,image image/png AAAA]', 'result t2 [text plain]'],
    ])
  })

  it('has tools, the format of the answer and all other parameters in file order', () => {
    expect(conversation.tools.map(({ name, schema }) => [name, schema?.value])).toEqual([
      ['f', '{"type":"object"}'],
      ['web_search', undefined],
    ])
    expect(conversation.responseFormat).toMatchObject({
      type: 'json_schema',
      schema: { value: '{"type":"object"}' },
    })
    const names = conversation.parameters.map(({ name }) => name)
    expect(names).toEqual(['model', 'max_tokens', 'tool_choice', 'thinking', 'mcp_servers'])
  })

  it('takes a system that is one string', () => {
    const node = JsonDocument.of(text({ messages: [], system: 'Be brief.' })).root
    expect(node && anthropicMessages.readRequest(node).messages).toMatchObject([
      { role: 'system', parts: [{ kind: 'text', text: { value: 'Be brief.' } }] },
    ])
  })

  it('never throws', () => {
    for (const odd of [
      'null',
      '[]',
      '7',
      '{"messages":7,"system":{},"tools":{}}',
      '{"messages":[null,"x",{"content":[1]}]}',
    ]) {
      const node = JsonDocument.of(odd).root
      if (node === undefined) throw new Error('no node')
      expect(() => anthropicMessages.readRequest(node)).not.toThrow()
      expect(() => anthropicMessages.readChunk(node, () => {})).not.toThrow()
    }
  })
})
