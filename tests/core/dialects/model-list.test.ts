import { describe, expect, it } from 'vitest'
import { modelList } from '../../../src/core/dialects/model-list.ts'
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

const LISTS: readonly (readonly [string, unknown])[] = [
  [
    'OpenAI',
    {
      object: 'list',
      data: [
        { id: 'a', object: 'model' },
        { id: 'b', object: 'model' },
      ],
    },
  ],
  [
    'a recorder',
    [
      { __type__: 'openai.types.model.Model', __data__: { id: 'a' } },
      { __type__: 'openai.types.model.Model', __data__: { id: 'b' } },
    ],
  ],
  [
    'Together',
    [
      { id: 'a', object: 'model' },
      { id: 'b', object: 'model' },
    ],
  ],
  [
    'Anthropic',
    {
      data: [
        { type: 'model', id: 'a', display_name: 'A' },
        { type: 'model', id: 'b' },
      ],
    },
  ],
  ['Gemini', { models: [{ name: 'a', supportedGenerationMethods: [] }, { name: 'b' }] }],
  [
    'Ollama',
    {
      models: [
        { name: 'a', model: 'a', digest: 'x' },
        { name: 'b', model: 'b' },
      ],
    },
  ],
  ['Bedrock', { modelSummaries: [{ modelArn: 'arn', modelId: 'a' }, { modelId: 'b' }] }],
  [
    'Llama Stack',
    {
      data: [
        { identifier: 'a', type: 'model' },
        { identifier: 'b', type: 'model' },
      ],
    },
  ],
]

describe('lists of models', () => {
  it.each(LISTS)('of %s', (_, payload) => {
    const folded = foldPayloads(modelList, [JSON.stringify(payload)])
    expect(inWords(folded)).toEqual([expect.stringMatching(/^note a: /), expect.stringMatching(/^note b: /)])
    expect(unknowns(folded)).toEqual([])
    expect(sniffPayload(modelList, payload).confidence).toBeGreaterThanOrEqual(0.95)
  })

  it('may be one model, empty, or an error', () => {
    expect(inWords(foldPayloads(modelList, ['{"id":"a","object":"model"}']))).toEqual([
      expect.stringMatching(/^note a: /),
    ])
    expect(
      unknowns(foldPayloads(modelList, ['{"models":[]}', '{"data":[],"has_more":true}', '{"odd":1}'])),
    ).toEqual(['has_more', 'no models'])
    expect(foldPayloads(modelList, ['{"error":{"message":"No."}}']).stream.errors).toHaveLength(1)
  })

  it('are recognised', () => {
    expectNoTheft(modelList)
    expect(sniffPayload(modelList, { models: ['a'] }).confidence).toBe(0)
    expect(
      sniffPayload(modelList, { object: 'list', data: [{ object: 'embedding', embedding: [1] }] }).confidence,
    ).toBe(0)
    expect(sniffRequest(modelList, 'http://x:11434/api/tags', {}).confidence).toBe(0.8)
    expect(readBody(modelList, { extra_query: {} }).parameters.map(({ name }) => name)).toEqual([
      'extra_query',
    ])
  })

  it('take any JSON', () =>
    expectCalm(
      modelList,
      LISTS.map(([, payload]) => payload),
    ))
})
