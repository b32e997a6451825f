import { describe, expect, it } from 'vitest'
import type { IndexedEntry } from '../../../src/core/library/entry.ts'
import { problemEntry } from '../../../src/core/library/summarise.ts'
import { summarised } from './support/summarise-file.ts'

interface Recording {
  readonly test?: string
  readonly body?: object
  readonly chunks?: readonly object[]
}

const BODY = {
  model: 'gpt-4o',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is the weather\nin Paris?' },
  ],
  tools: [
    { type: 'function', function: { name: 'get_weather', description: 'Looks outside', parameters: {} } },
  ],
  temperature: 0.5,
  stream: true,
}

function chunk(delta: object, more: object = {}, outer: object = {}): object {
  return { id: 'rec-1', choices: [{ delta, index: 0, finish_reason: null, ...more }], created: 0, ...outer }
}

const SAID = [
  chunk({ content: 'It is ' }),
  chunk({ content: 'sunny.' }),
  chunk({}, { finish_reason: 'stop' }),
]

function entryOf({ test = 'a.py::t', body = BODY, chunks = SAID }: Recording = {}): IndexedEntry {
  const text = JSON.stringify({
    test_id: test,
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/v1/chat/completions',
      headers: {},
      body,
      endpoint: '/v1/chat/completions',
      model: 'gpt-4o',
    },
    response: {
      body: chunks.map((each) => ({
        __type__: 'openai.types.chat.chat_completion_chunk.ChatCompletionChunk',
        __data__: each,
      })),
      is_streaming: true,
    },
  })
  return summarised('x.json', text)
}

describe('an entry', () => {
  it('says what a recording is', () => {
    const { facts, asked, answered } = entryOf()
    expect(facts).toMatchObject({
      asks: 'What is the weather in Paris?',
      answers: 'It is sunny.',
      models: ['gpt-4o'],
      providers: ['openai'],
      endpoints: ['/v1/chat/completions'],
      outcome: 'text',
      finishes: ['stop'],
      offered: ['get_weather'],
      tools: [],
      chunks: 3,
      test: 'a.py::t',
      features: ['system', 'tools', 'stream', 'test'],
    })
    expect(asked).toContain('get_weather: Looks outside')
    expect(asked).toContain('temperature: 0.5')
    expect(answered).toBe('It is sunny.')
  })

  it('tells JSON that was asked for from JSON that just came', () => {
    const chunks = [chunk({ content: '{"a": 1}' })]
    expect(entryOf({ chunks }).facts?.outcome).toBe('text')
    const body = { ...BODY, response_format: { type: 'json_object' } }
    expect(entryOf({ body, chunks }).facts?.outcome).toBe('structured')
    expect(entryOf({ body, chunks: [chunk({ content: '{"a": ' })] }).facts?.outcome).toBe('text')
  })

  it('tells an answer that nobody can read from one that is not there', () => {
    expect(entryOf({ chunks: [{ weather: 'sunny' }] }).facts?.outcome).toBe('other')
    expect(entryOf({ chunks: [] }).facts?.outcome).toBe('empty')
    // it was understood, and says nothing
    expect(entryOf({ chunks: [chunk({ content: '' }, { finish_reason: 'stop' })] }).facts?.outcome).toBe(
      'empty',
    )
  })

  it('names the tools that were called, with arguments as they are read', () => {
    const call = {
      index: 0,
      id: 'call_1',
      function: { name: 'get_weather', arguments: '{"city": "Z\\u00fcrich"}' },
    }
    const { facts, answered } = entryOf({ chunks: [chunk({ tool_calls: [call] })] })
    expect(facts).toMatchObject({ outcome: 'tool-calls', tools: ['get_weather'], answers: 'get_weather' })
    expect(answered).toBe('get_weather({"city":"Zürich"})')
  })

  it('of what is no recording has the problem', () => {
    for (const text of ['', '{', '[]', 'hello', '{"a":1}', 'a: [', '\u0000']) {
      const { facts, problem } = summarised('x', text)
      expect([facts, problem?.message.length], text).toEqual([undefined, expect.any(Number)])
    }
    expect(problemEntry('p', 1, 2, { code: 'vanished', message: 'It is gone.' })).toMatchObject({
      path: 'p',
      size: 1,
      modified: 2,
      problem: { code: 'vanished', message: 'It is gone.' },
    })
  })

  it('keeps what could be read of a broken one, with the problem', () => {
    const whole = JSON.stringify({
      request: { url: 'https://api.openai.com/v1/chat/completions', body: BODY },
    })
    const { problem } = summarised('x', whole.slice(0, -3))
    expect(problem).toBeDefined()
  })

  it('endures arguments and answers that are nested too deep to walk', () => {
    const deep = '['.repeat(60_000)
    const call = { index: 0, id: 'c', function: { name: 'f', arguments: deep + ']'.repeat(60_000) } }
    expect(entryOf({ chunks: [chunk({ tool_calls: [call] })] }).facts?.tools).toEqual(['f'])
  })
})

describe('the digest of what was asked', () => {
  const same = entryOf().askedDigest
  const digest = (body: object): string => entryOf({ body }).askedDigest

  it.each<readonly [string, object]>([
    ['the order of keys', Object.fromEntries(Object.entries(BODY).toReversed())],
    ['a parameter that is null', { ...BODY, seed: null, stop: null }],
    ['0.50 for 0.5', JSON.parse(JSON.stringify(BODY).replace('0.5', '0.500000001'))],
  ])('does not change with %s', (_, body) => expect(digest(body)).toBe(same))

  it('does not change with the test or with ids and times in what was said', () => {
    expect(entryOf({ test: 'b.py::u' }).askedDigest).toBe(same)
    const asking = (text: string) => ({ ...BODY, messages: [{ role: 'user', content: text }] })
    const one =
      'See call_abc123def at 2026-01-01T10:00:00Z, score 0.123456789, 3f2504e0-4f89-11d3-9a0c-0305e82c3301'
    const other =
      'See call_zzz987xyz at 2025-12-31T23:59:59.123Z, score 0.123459999, 00000000-4f89-11d3-9a0c-0305e82c3301'
    expect(digest(asking(one))).toBe(digest(asking(other)))
    expect(digest(asking(one))).not.toBe(digest(asking('See call_ at 2026-01-01')))
  })

  it.each<readonly [string, object]>([
    [
      'a word',
      { ...BODY, messages: [BODY.messages[0], { role: 'user', content: 'What is the weather in Rome?' }] },
    ],
    ['a message more', { ...BODY, messages: [...BODY.messages, { role: 'user', content: 'Please.' }] }],
    ['the order of messages', { ...BODY, messages: BODY.messages.toReversed() }],
    ['a role', { ...BODY, messages: BODY.messages.map((message) => ({ ...message, role: 'user' })) }],
    ['another model', { ...BODY, model: 'gpt-4o-mini' }],
    ['a parameter', { ...BODY, temperature: 0.6 }],
    ['a tool description', { ...BODY, tools: [{ ...BODY.tools[0], function: { name: 'get_weather' } }] }],
    ['a response format', { ...BODY, response_format: { type: 'json_object' } }],
  ])('changes with %s', (_, body) => expect(digest(body)).not.toBe(same))
})

describe('the digest of what was answered', () => {
  const digest = (...chunks: readonly object[]): string => entryOf({ chunks }).answeredDigest
  const same = entryOf().answeredDigest

  it('does not change with the cutting, ids, times and padding', () => {
    const outer = {
      id: 'chatcmpl-42',
      created: 1_760_000_000,
      obfuscation: 'xyz',
      usage: { prompt_tokens: 3 },
    }
    expect(
      digest(
        chunk({ role: 'assistant', content: '' }, {}, outer),
        chunk({ content: 'It is sunny.' }, {}, outer),
        chunk({}, { finish_reason: 'stop' }, outer),
      ),
    ).toBe(same)
  })

  it('changes with a word, a stop reason and a tool call', () => {
    const stop = chunk({}, { finish_reason: 'stop' })
    expect(digest(chunk({ content: 'It is rainy.' }), stop)).not.toBe(same)
    expect(digest(chunk({ content: 'It is sunny.' }), chunk({}, { finish_reason: 'length' }))).not.toBe(same)
    const call = (args: string) =>
      digest(
        chunk({
          tool_calls: [{ index: 0, id: `call_${args.length}`, function: { name: 'f', arguments: args } }],
        }),
        stop,
      )
    expect(call('{"a":1,"b":2}')).toBe(call('{ "b": 2.0, "a": 1 }'))
    expect(call('{"a":1}')).not.toBe(call('{"a":2}'))
  })
})
