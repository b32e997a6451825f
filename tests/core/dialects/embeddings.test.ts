import { describe, expect, it } from 'vitest'
import { embeddings } from '../../../src/core/dialects/embeddings.ts'
import {
  expectCalm,
  expectNoTheft,
  readBody,
  sniffPayload,
  sniffRequest,
  unknowns,
} from '../support/dialect-checks.ts'
import { foldPayloads } from './fold-payloads.ts'

const SHAPES: readonly (readonly [string, unknown, readonly unknown[], string | undefined])[] = [
  [
    'OpenAI',
    {
      object: 'list',
      data: [
        { object: 'embedding', index: 0, embedding: [1, 2] },
        { object: 'embedding', index: 1, embedding: [3] },
      ],
      model: 'm',
      usage: { prompt_tokens: 4, total_tokens: 4 },
    },
    [[1, 2], [3]],
    '4',
  ],
  [
    'base64',
    { object: 'list', data: [{ object: 'embedding', embedding: 'AACAPw==' }], model: 'm' },
    ['AACAPw=='],
    undefined,
  ],
  ['Gemini', { embedding: { values: [1, 2] } }, [[1, 2]], undefined],
  ['Gemini, several', { embeddings: [{ values: [1] }, { values: [2] }] }, [[1], [2]], undefined],
  [
    'Vertex',
    { predictions: [{ embeddings: { values: [1], statistics: { token_count: 2 } } }] },
    [[1]],
    undefined,
  ],
  [
    'Cohere v1',
    { id: 'x', texts: ['a'], embeddings: [[1], [2]], meta: { billed_units: { input_tokens: 5 } } },
    [[1], [2]],
    '5',
  ],
  [
    'Cohere v2',
    { id: 'x', embeddings: { float: [[1.5], [2]] }, texts: ['a'], response_type: 'embeddings_by_type' },
    [[1.5], [2]],
    undefined,
  ],
  ['Cohere base64', { embeddings: { base64: ['AACAPw=='] } }, ['AACAPw=='], undefined],
  [
    'Titan',
    { embedding: [1, 2], embeddingsByType: { float: [1, 2] }, inputTextTokenCount: 3 },
    [[1, 2]],
    '3',
  ],
  [
    'Titan, binary',
    { embeddingsByType: { binary: [1, 0] }, embedding: null, inputTextTokenCount: 3 },
    [[1, 0]],
    '3',
  ],
  ['Nova', { embeddings: [{ embeddingType: 'TEXT', embedding: [1, 2] }] }, [[1, 2]], undefined],
  ['Ollama', { model: 'm', embeddings: [[1]], total_duration: 9, prompt_eval_count: 8 }, [[1]], '8'],
  ['Ollama, older', { embedding: [1] }, [[1]], undefined],
  ['Llama Stack', { embeddings: [[1, 2]] }, [[1, 2]], undefined],
  [
    'Hugging Face',
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [3, 4],
    ],
    undefined,
  ],
]

describe('embeddings', () => {
  it.each(SHAPES)('of %s', (name, payload, vectors, tokens) => {
    const { stream, document } = foldPayloads(embeddings, [JSON.stringify(payload)])
    const read = stream.vectors.map(({ node }): unknown => JSON.parse(document.node(node).raw))
    expect(read).toEqual(vectors)
    expect(stream.vectors.map(({ index }) => index)).toEqual(vectors.map((_, index) => index))
    expect(stream.usage?.inputTokens?.value).toBe(tokens)
    const { confidence } = sniffPayload(embeddings, payload)
    expect(confidence).toBe(name === 'Hugging Face' ? 0.5 : 1)
  })

  it('say what is new and what went wrong', () => {
    const folded = foldPayloads(embeddings, [
      JSON.stringify({ embeddings: [[1]], total_duration: 9 }),
      JSON.stringify({ error: { message: 'No.' } }),
      JSON.stringify({ odd: 1 }),
    ])
    expect(unknowns(folded)).toEqual(['total_duration', 'no vectors'])
    expect(folded.stream.errors).toEqual([{ chunk: 1, message: 'No.' }])
  })

  it('are recognised', () => {
    expectNoTheft(embeddings)
    expect(
      sniffPayload(embeddings, { object: 'list', data: [{ object: 'model', id: 'm' }] }).confidence,
    ).toBe(0)
    for (const url of [
      'https://x/v1/embeddings',
      'https://x/m:batchEmbedContents',
      'http://x/api/embed',
      'https://x/v2/embed',
    ]) {
      expect(sniffRequest(embeddings, url, {}).confidence).toBe(0.8)
    }
  })

  it.each([
    [{ input: 'a' }, ['text a']],
    [{ input: ['a', 'b'] }, ['text a', 'text b']],
    [{ input: [1, 2] }, ['unknown [1,2]']],
    [{ input: [[1], [2]] }, ['unknown [1]', 'unknown [2]']],
    [
      { content: { parts: [{ text: 'a' }, { inlineData: { mimeType: 'image/png', data: 'AA' } }] } },
      ['text a', 'image AA'],
    ],
    [
      {
        requests: [
          { model: 'm', content: { parts: [{ text: 'a' }] } },
          { content: { parts: [{ text: 'b' }] } },
        ],
      },
      ['text a', 'text b'],
    ],
    [{ inputText: 'a', inputImage: 'AA' }, ['text a', 'image AA']],
    [{ texts: ['a'], images: ['data:x'] }, ['text a', 'image data:x']],
    [{ singleEmbeddingParams: { text: { value: 'a', truncationMode: 'END' } } }, ['text a']],
    [
      {
        inputs: [
          {
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: 'u' } },
            ],
          },
        ],
      },
      ['text a', 'image u'],
    ],
    [{ prompt: 'a' }, ['text a']],
    [{ instances: [{ content: 'a' }] }, ['text a']],
  ])('ask for %j', (body, words) => {
    const { messages, parameters } = readBody(embeddings, { model: 'm', ...body })
    const read = messages.flatMap(({ parts }) =>
      parts.map((part) => {
        if (part.kind === 'text') return `text ${part.text.value}`
        if (part.kind === 'image') return `image ${part.url.value}`
        return part.kind === 'unknown' ? `unknown ${part.json.value}` : part.kind
      }),
    )
    expect(read).toEqual(words)
    expect(messages.every(({ role }) => role === 'user')).toBe(true)
    expect(parameters.map(({ name }) => name)).toEqual(['model'])
  })

  it('take any JSON', () =>
    expectCalm(embeddings, [...SHAPES.map(([, payload]) => payload), { input: 'a', content: {} }]))
})
