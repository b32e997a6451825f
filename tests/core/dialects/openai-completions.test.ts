import { describe, expect, it } from 'vitest'
import { openaiCompletions } from '../../../src/core/dialects/openai-completions.ts'
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
import { askForCompletion } from '../support/openai-responses-sdk.ts'
import { foldPayloads } from './fold-payloads.ts'

const STREAM: readonly unknown[] = [
  { object: 'text_completion', choices: [{ index: 0, text: 'Once', finish_reason: null, logprobs: null }] },
  { object: 'text_completion', choices: [{ index: 1, text: 'Twice', finish_reason: null }] },
  { object: 'text_completion', choices: [{ index: 0, text: ' more', finish_reason: 'length' }] },
  {
    object: 'text_completion',
    choices: [],
    usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
  },
]
const PAYLOADS = STREAM.map((chunk) => JSON.stringify(chunk))

describe('text completions', () => {
  it('are added up by choice', () => {
    const folded = foldPayloads(openaiCompletions, PAYLOADS)
    expect(inWords(folded, 0)).toEqual(['text: Once more'])
    expect(inWords(folded, 1)).toEqual(['text: Twice'])
    expect(folded.stream.messages[0]?.stop?.reason.value).toBe('length')
    expect(folded.stream.usage).toMatchObject({ inputTokens: { value: '2' }, totalTokens: { value: '5' } })
    expect(unknowns(folded)).toEqual([])
  })

  it('are what the official SDK reads', async () => {
    const { stream } = foldPayloads(openaiCompletions, PAYLOADS)
    expect(stream.tracks.map(({ text }) => text)).toEqual(await askForCompletion(PAYLOADS))
  })

  it('are edited in place', () => expectEditable(openaiCompletions, PAYLOADS))

  it('come as vendors write them', () => {
    const together = {
      object: 'completion.chunk',
      choices: [{ text: 'a', index: 0, seed: 1, token_id: 7 }],
      token: { id: 7 },
    }
    const folded = foldPayloads(openaiCompletions, [JSON.stringify(together), '"[DONE]"'])
    expect(inWords(folded)).toEqual(['text: a'])
    expect(unknowns(folded)).toEqual(['token id'])
    expect(folded.deltas[1]).toEqual([])
  })

  it('show log probabilities, errors and what the filter found', () => {
    const safe = { hate: { filtered: false, severity: 'safe' } }
    const bad = { hate: { filtered: true, severity: 'high' } }
    const folded = foldPayloads(openaiCompletions, [
      JSON.stringify({ choices: [{ text: 'a', logprobs: { tokens: ['a'] }, content_filter_results: safe }] }),
      JSON.stringify({ choices: [{ text: 'a', content_filter_results: bad }] }),
      JSON.stringify({ error: { message: 'No.' } }),
      JSON.stringify({ odd: 1 }),
    ])
    expect(unknowns(folded)).toEqual(['logprobs', 'content filter results', 'no choices'])
    expect(folded.stream.errors).toEqual([{ chunk: 2, message: 'No.' }])
  })

  it('are recognised', () => {
    for (const chunk of STREAM) expect(sniffPayload(openaiCompletions, chunk).confidence).toBeGreaterThan(0.9)
    expect(sniffRequest(openaiCompletions, 'https://x/v1/completions', { prompt: 'a' }).confidence).toBe(0.85)
    expect(
      sniffRequest(openaiCompletions, 'https://x/v1/chat/completions', { messages: [] }).confidence,
    ).toBe(0)
    expectNoTheft(openaiCompletions)
    // Together repeats the text of a chat
    const chat = { object: 'chat.completion.chunk', choices: [{ text: 'a', delta: { content: 'a' } }] }
    expect(sniffPayload(openaiCompletions, chat).confidence).toBe(0)
  })

  it('ask with a text, several or token ids', () => {
    const read = readBody(openaiCompletions, { model: 'm', prompt: 'Say', suffix: '.' })
    expect(read.messages).toMatchObject([{ role: 'user', parts: [{ kind: 'text', text: { value: 'Say' } }] }])
    expect(read.parameters.map(({ name }) => name)).toEqual(['model', 'suffix'])
    expect(readBody(openaiCompletions, { prompt: ['a', 'b'] }).messages).toHaveLength(2)
    expect(readBody(openaiCompletions, { prompt: [1, 2] }).messages).toMatchObject([
      { parts: [{ kind: 'unknown' }] },
    ])
    expect(readBody(openaiCompletions, { prompt: [[1], [2]] }).messages).toHaveLength(2)
  })

  it('take any JSON', () => expectCalm(openaiCompletions, [...STREAM, { prompt: 'a' }]))
})
