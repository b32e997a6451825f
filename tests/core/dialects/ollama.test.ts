import { describe, expect, it } from 'vitest'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { ollamaChat } from '../../../src/core/dialects/ollama-chat.ts'
import { ollamaGenerate } from '../../../src/core/dialects/ollama-generate.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { askOllama } from '../support/ollama-sdk.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const line = (rest: object): string =>
  JSON.stringify({ model: 'qwen3', created_at: '2026-08-07T06:08:14.73237Z', ...rest })

const message = (rest: object): string =>
  line({ message: { role: 'assistant', content: '', ...rest }, done: false })

const CHAT = [
  message({ thinking: 'Hm' }),
  message({ thinking: ', so' }),
  message({ content: 'Hello' }),
  message({ content: ' there' }),
  message({ tool_calls: [{ function: { name: 'add', arguments: { a: 1 } } }] }),
  message({ tool_calls: [{ function: { index: 0, name: 'add', arguments: { a: 2 } } }] }),
  line({
    message: { role: 'assistant', content: '' },
    done_reason: 'stop',
    done: true,
    total_duration: 3699126583,
    prompt_eval_count: 21,
    eval_count: 369,
  }),
]

const GENERATE = [
  line({ response: '', thinking: 'Well', done: false }),
  line({ response: 'One', done: false }),
  line({ response: ' two', done: false }),
  line({
    response: '',
    done: true,
    done_reason: 'length',
    context: [1, 2],
    prompt_eval_count: 5,
    eval_count: 9,
  }),
]

describe('ollama lines', () => {
  it('come to what the official package makes of them', async () => {
    expect(neutralOf(foldPayloads(ollamaChat, CHAT).stream)).toEqual(await askOllama('chat', CHAT, true))
    const generated = neutralOf(foldPayloads(ollamaGenerate, GENERATE).stream)
    expect(generated).toEqual(await askOllama('generate', GENERATE, true))
  })

  it('of whole answers too', async () => {
    for (const payload of CHAT.slice(4)) {
      expect(neutralOf(foldPayloads(ollamaChat, [payload]).stream)).toEqual(
        await askOllama('chat', [payload], false),
      )
    }
    const last = GENERATE.slice(3)
    expect(neutralOf(foldPayloads(ollamaGenerate, last).stream)).toEqual(
      await askOllama('generate', last, false),
    )
  })

  it('say nothing for the nulls of dumps, keep the context, and know their time', () => {
    const dump = line({
      done: null,
      done_reason: null,
      eval_count: null,
      message: { role: 'assistant', content: 'Hi', thinking: null, images: null, tool_calls: null },
    })
    const { deltas, chunks } = foldPayloads(ollamaChat, [dump])
    expect(deltas[0]?.map(({ kind }) => kind)).toEqual(['message-start', 'text'])
    expect(ollamaChat.timeOf?.(chunks[0] ?? expect.unreachable())).toBe(Date.UTC(2026, 7, 7, 6, 8, 14, 732))
    expect(foldPayloads(ollamaGenerate, GENERATE).deltas[3]?.map(({ kind }) => kind)).toEqual([
      'text',
      'note',
      'usage',
      'stop',
    ])
  })

  it('say errors, images, and what they do not know', () => {
    const { stream, deltas } = foldPayloads(ollamaChat, [
      '{"error":"model not found"}',
      message({ images: ['AAAA'], novel: 1 }),
      '3',
    ])
    expect(stream.errors[0]?.message).toBe('model not found')
    expect(deltas.map((each) => each.map(({ kind }) => kind))).toEqual([
      ['error'],
      ['message-start', 'text', 'media', 'unknown'],
      ['unknown'],
    ])
  })

  it('are all editable', () => {
    expect(editEveryText(ollamaChat, CHAT)).toBe(4)
    expect(editEveryText(ollamaGenerate, GENERATE)).toBe(2)
  })

  it('are recognised', () => {
    for (const payload of CHAT) expect(surest(DIALECTS, JSON.parse(payload))).toBe('ollama-chat')
    for (const payload of GENERATE) expect(surest(DIALECTS, JSON.parse(payload))).toBe('ollama-generate')
    const failed = { error: 'no' }
    expect(surest(DIALECTS, failed, { messages: [] }, 'http://localhost:11434/api/chat')).toBe('ollama-chat')
    expect(surest(DIALECTS, failed, { prompt: '' }, 'http://x/api/generate')).toBe('ollama-generate')
  })
})

describe('ollama requests', () => {
  const root = (body: object) => JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable()

  it('are read: chat', () => {
    const { messages, tools, parameters, responseFormat } = ollamaChat.readRequest(
      root({
        model: 'qwen3',
        messages: [
          { role: 'system', content: 'Be brief' },
          { role: 'user', content: 'Look', images: ['AAAA'] },
          {
            role: 'assistant',
            content: '',
            thinking: 'Hm',
            tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }],
          },
          { role: 'tool', tool_name: 'f', content: '42' },
        ],
        tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
        format: { type: 'object' },
        options: { temperature: 0, seed: 42 },
        stream: true,
      }),
    )
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['system', 'text'],
      ['user', 'text', 'image'],
      ['assistant', 'text', 'reasoning', 'tool-call'],
      ['tool', 'tool-result'],
    ])
    expect(messages[2]?.parts[2]).toMatchObject({
      call: { id: { value: 'f' }, arguments: { value: '{"a":1}' } },
    })
    expect(messages[3]?.parts[0]).toMatchObject({
      callId: { value: 'f' },
      content: [{ text: { value: '42' } }],
    })
    expect(tools[0]?.schema?.value).toBe('{"type":"object"}')
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'temperature', 'seed', 'stream'])
    expect(responseFormat?.schema?.value).toBe('{"type":"object"}')
  })

  it('are read: generate', () => {
    const { messages, parameters, responseFormat } = ollamaGenerate.readRequest(
      root({
        model: 'm',
        prompt: 'Look',
        system: 'Be brief',
        images: ['AAAA'],
        template: '',
        format: 'json',
      }),
    )
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['system', 'text'],
      ['user', 'text', 'image'],
    ])
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'template'])
    expect(responseFormat?.type).toBe('json')
  })
})
