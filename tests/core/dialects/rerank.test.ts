import { describe, expect, it } from 'vitest'
import { rerank } from '../../../src/core/dialects/rerank.ts'
import {
  expectCalm,
  expectNoTheft,
  inWords,
  readBody,
  sniffPayload,
  sniffRequest,
  unknowns,
} from '../support/dialect-checks.ts'
import { foldPayloads } from './fold-payloads.ts'

const COHERE = {
  id: 'x',
  results: [
    { index: 2, relevance_score: 0.98123 },
    { index: 0, relevance_score: 0.1 },
  ],
  meta: { billed_units: { search_units: 1 } },
}

describe('rerank', () => {
  it.each([
    [COHERE],
    [{ object: 'list', data: COHERE.results, usage: { total_tokens: 3 } }],
    [COHERE.results.map(({ index, relevance_score }) => ({ index, score: relevance_score }))],
    [
      {
        results: COHERE.results.map(({ index, relevance_score }) => ({
          index,
          relevanceScore: relevance_score,
        })),
      },
    ],
  ])('names documents and scores: %j', (payload) => {
    const folded = foldPayloads(rerank, [JSON.stringify(payload)])
    expect(inWords(folded)).toEqual([
      expect.stringMatching(/^note document 2 · 0\.981: /),
      expect.stringMatching(/^note document 0 · 0\.1: /),
    ])
    expect(unknowns(folded)).toEqual([])
    expect(sniffPayload(rerank, payload).confidence).toBe(1)
  })

  it('says errors and what it does not know', () => {
    const folded = foldPayloads(rerank, ['{"message":"No."}', '{"error":"No."}', '{"results":[],"odd":1}'])
    expect(unknowns(folded)).toEqual(['no results', 'odd'])
    expect(folded.stream.errors).toEqual([{ chunk: 1, message: 'No.' }])
  })

  it('reads query and documents as one message', () => {
    const { messages, parameters } = readBody(rerank, {
      model: 'm',
      query: 'q',
      documents: ['a', { text: 'b' }, { odd: 1 }],
      top_n: 2,
    })
    expect(messages).toMatchObject([
      {
        role: 'user',
        parts: [
          { text: { value: 'q' } },
          { text: { value: 'a' } },
          { text: { value: 'b' } },
          { kind: 'unknown' },
        ],
      },
    ])
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'top_n'])
    expect(readBody(rerank, {}).messages).toEqual([])
  })

  it('is recognised', () => {
    expectNoTheft(rerank)
    expect(sniffRequest(rerank, 'https://api.cohere.com/v2/rerank', { query: 'q' }).confidence).toBe(0.85)
  })

  it('takes any JSON', () => expectCalm(rerank, [COHERE, { query: 'q', documents: ['a'] }, []]))
})
