/** What vendors of the chat completions API send beside or instead of OpenAI's own members. */
import { describe, expect, it } from 'vitest'
import { openaiChat } from '../../../src/core/dialects/openai-chat.ts'
import { expectCalm, expectEditable, inWords, unknowns } from '../support/dialect-checks.ts'
import { foldPayloads } from './fold-payloads.ts'

type Json = { readonly [key: string]: unknown }

const delta = (members: Json, rest: Json = {}): Json => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: members, ...rest }],
})
const message = (members: Json, rest: Json = {}): Json => ({
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', ...members }, ...rest }],
})
const fold = (...chunks: readonly unknown[]): ReturnType<typeof foldPayloads> =>
  foldPayloads(
    openaiChat,
    chunks.map((chunk) => JSON.stringify(chunk)),
  )

describe('vendors of chat completions', () => {
  it('Mistral thinks in lists', () => {
    const thinking = (text: string): Json => ({ type: 'thinking', thinking: [{ type: 'text', text }] })
    const chunks = [
      delta({ content: [thinking('Hm')] }),
      delta({ content: [thinking('m.')] }),
      delta({ content: [{ type: 'text', text: 'Yes' }] }),
      delta({ content: '!' }),
      delta({ content: [{ type: 'reference', reference_ids: [1] }] }),
    ]
    expect(inWords(fold(...chunks))).toEqual([
      'reasoning: Hmm.',
      'text: Yes!',
      'note reference: {"type":"reference","reference_ids":[1]}',
    ])
    expect(inWords(fold(message({ content: [thinking('Hm'), { type: 'text', text: 'Yes' }] })))).toEqual([
      'reasoning: Hm',
      'text: Yes',
    ])
    expectEditable(
      openaiChat,
      chunks.map((chunk) => JSON.stringify(chunk)),
    )
  })

  it('calls without an index are told apart by their ids', () => {
    const call = (id: string): Json => ({ id, function: { name: 'f', arguments: '{}' } })
    expect(inWords(fold(delta({ tool_calls: [call('a'), call('b')] })))).toEqual([
      'call a f({})',
      'call b f({})',
    ])
    expect(inWords(fold(delta({ tool_calls: [call('a')] }), delta({ tool_calls: [call('b')] })))).toEqual([
      'call a f({})',
      'call b f({})',
    ])
    expect(inWords(fold(message({ tool_calls: [call('a'), call('b')] })))).toEqual([
      'call a f({})',
      'call b f({})',
    ])
    expect(
      inWords(fold(delta({ tool_calls: { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } } }))),
    ).toEqual(['call a f({})'])
  })

  it('arguments may be an object', () => {
    const whole = message({ tool_calls: [{ id: 'a', function: { name: 'f', arguments: { b: 1 } } }] })
    expect(inWords(fold(whole))).toEqual(['call a f({"b":1})'])
    expectEditable(openaiChat, [JSON.stringify(whole)])
  })

  it('answers speak and draw', () => {
    expect(
      inWords(
        fold(
          delta({ audio: { id: 'x', transcript: 'He' } }),
          delta({ audio: { data: 'AA' } }),
          delta({ audio: { transcript: 'y', data: 'BB' } }),
          delta({ audio: { expires_at: 9 } }),
          delta({ images: [{ type: 'image_url', image_url: { url: 'data:x' } }] }),
        ),
      ),
    ).toEqual(['text: Hey', 'audio -: AA+BB', 'image -: data:x'])
    expect(inWords(fold(message({ content: [{ type: 'image_url', image_url: { url: 'u' } }] })))).toEqual([
      'image -: u',
    ])
  })

  it('OpenRouter repeats its reasoning', () => {
    const details = [{ type: 'reasoning.text', text: 'Hm', signature: 's', index: 0 }]
    const folded = fold(
      delta({ reasoning: 'Hm', reasoning_details: details }),
      delta({ reasoning: null, reasoning_details: [{ type: 'reasoning.encrypted', data: 'xyz' }] }),
    )
    expect(inWords(folded)).toEqual([
      'reasoning: Hm',
      'note reasoning signature: "s"',
      'note encrypted reasoning: "xyz"',
    ])
    expect(folded.stream.tracks[0]?.twins?.size).toBe(1)
    expect(inWords(fold(delta({ reasoning_details: details })))[0]).toBe('reasoning: Hm')
  })

  it('sources are said once', () => {
    const sources = { citations: ['https://a'], search_results: [{ title: 'A', url: 'https://a' }] }
    const words = [
      'note citation · https://a: "https://a"',
      expect.stringMatching(/^note search result · A: /),
    ]
    const chunk = { ...delta({ content: 'a' }), ...sources }
    expect(inWords(fold(chunk, chunk, chunk))).toEqual(['text: aaa', ...words])
    expect(inWords(fold({ ...message({ content: 'a' }), ...sources }))).toEqual(['text: a', ...words])
  })

  it('annotations and tools that the server ran are notes', () => {
    const url = { type: 'url_citation', url_citation: { title: 'T', url: 'u' } }
    const folded = fold(
      message({ content: 'a', annotations: [url], executed_tools: [{ type: 'search', output: 'o' }] }),
    )
    expect(inWords(folded).slice(1)).toEqual([
      expect.stringMatching(/^note url citation · T: /),
      expect.stringMatching(/^note executed tool · search: /),
    ])
    expect(unknowns(fold(message({ content: 'a', strange: 1 })))).toEqual(['strange'])
  })

  it('Azure is heard only when it has something to say', () => {
    const verdict = (filtered: boolean): Json => ({
      hate: { filtered, severity: filtered ? 'high' : 'safe' },
    })
    const answer = (filtered: boolean): Json => ({
      ...message({ content: 'a' }, { content_filter_results: verdict(filtered) }),
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: verdict(filtered) }],
    })
    expect(unknowns(fold(answer(false)))).toEqual([])
    expect(unknowns(fold(answer(true)))).toEqual(['content filter', 'prompt filter'])
    // the first chunk of a stream says nothing else
    const first = { choices: [], prompt_filter_results: [{ content_filter_results: verdict(false) }] }
    expect(unknowns(fold(first, delta({ content: 'a' })))).toEqual(['prompt filter'])
  })

  it('Groq has usage and errors of its own', () => {
    const folded = foldPayloads(
      openaiChat,
      [
        JSON.stringify({
          ...delta({}),
          x_groq: { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
        }),
        '{"message":"Broken.","type":"x"}',
        '{"error":{"message":"Failed.","failed_generation":"{"}}',
        '"[DONE]"',
      ],
      ['', 'error', 'error', ''],
    )
    expect(folded.stream.usage?.totalTokens?.value).toBe('3')
    expect(folded.stream.errors.map(({ message: text }) => text)).toEqual(['Broken.', 'Failed.'])
    expect(folded.deltas[3]).toEqual([])
  })

  it('Perplexity has a delta in whole answers', () => {
    const both = {
      message: { role: 'assistant', content: 'Whole' },
      delta: { role: 'assistant', content: '' },
    }
    expect(inWords(fold({ object: 'chat.completion', choices: [{ index: 0, ...both }] }))).toEqual([
      'text: Whole',
    ])
    const growing = (content: string, piece: string): Json => ({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, delta: { content: piece } }],
    })
    expect(inWords(fold(growing('a', 'a'), growing('ab', 'b')))).toEqual(['text: ab'])
  })

  it('Snowflake spells out what is not there', () => {
    const blank = {
      function_call: { name: '', arguments: '' },
      audio: { id: '', data: '', transcript: '', expires_at: 0 },
    }
    const folded = fold(message({ content: 'a', ...blank }))
    expect(inWords(folded)).toEqual(['text: a'])
    expect(unknowns(folded)).toEqual([])
  })

  it('llama.cpp tells its timings', () => {
    expect(inWords(fold({ ...delta({ content: 'a' }), timings: { prompt_n: 1 } }))).toEqual([
      'text: a',
      'note timings: {"prompt_n":1}',
    ])
  })

  it('take any JSON', () =>
    expectCalm(openaiChat, [
      delta({ content: 'a' }),
      message({ content: [{}] }),
      ...[
        'audio',
        'images',
        'annotations',
        'executed_tools',
        'reasoning_details',
        'tool_calls',
        'content',
      ].flatMap((key) => [1, 'a', [1], [[]], {}, { a: { b: null } }].map((value) => delta({ [key]: value }))),
    ]))
})
