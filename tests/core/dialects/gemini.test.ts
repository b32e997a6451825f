import { describe, expect, it } from 'vitest'
import { gemini } from '../../../src/core/dialects/gemini.ts'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { askGenai } from '../support/genai-sdk.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const part = (...parts: readonly object[]): string =>
  JSON.stringify({ candidates: [{ content: { parts, role: 'model' }, index: 0 }], modelVersion: 'gemini-3' })

const STREAM = [
  part({ text: '**Plan**\n', thought: true }),
  part({ text: 'Hello' }),
  part({ text: ' “world”' }),
  part(
    { functionCall: { name: 'add', args: { a: 2, b: 3 } }, thoughtSignature: 'AY89' },
    { functionCall: { name: 'add', args: { a: 4 } } },
  ),
  part({ functionCall: { name: 'add', args: { b: 1 } } }),
  part({ functionCall: { id: 'x1', name: 'now' } }),
  JSON.stringify({
    candidates: [
      { content: { parts: [{ text: '' }], role: 'model' }, finishReason: 'STOP', index: 0 },
      { content: { parts: [{ text: 'second' }] }, finishReason: 'MAX_TOKENS', index: 1 },
    ],
    usageMetadata: {
      promptTokenCount: 73,
      candidatesTokenCount: 25,
      totalTokenCount: 181,
      cachedContentTokenCount: 7,
      thoughtsTokenCount: 83,
    },
  }),
]

const notesOf = (payloads: readonly string[]): readonly string[] =>
  foldPayloads(gemini, payloads).stream.messages.flatMap(({ parts }) =>
    parts.flatMap((each) => (each.kind === 'note' ? [`${each.label}: ${each.json.value}`] : [])),
  )

const snake = (text: string): string =>
  text.replaceAll(/"([a-z]+[A-Z]\w*)":/g, (_, key: string) => {
    return `"${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`
  })

describe('gemini chunks', () => {
  it('come to what the official package makes of them', async () => {
    expect(neutralOf(foldPayloads(gemini, STREAM).stream)).toEqual(await askGenai(STREAM, true))
  })

  it('of a whole answer too', async () => {
    for (const payload of STREAM) {
      expect(neutralOf(foldPayloads(gemini, [payload]).stream)).toEqual(await askGenai([payload], false))
    }
  })

  it('say the same in snake_case, as the Python SDK dumps them', () => {
    const { stream } = foldPayloads(gemini, STREAM.map(snake))
    expect(neutralOf(stream)).toEqual(neutralOf(foldPayloads(gemini, STREAM).stream))
  })

  it('keep calls of different chunks apart, whatever their names', () => {
    expect(neutralOf(foldPayloads(gemini, STREAM).stream).answers[0]?.calls).toEqual([
      { id: '', name: 'add', arguments: '{"a":2,"b":3}' },
      { id: '', name: 'add', arguments: '{"a":4}' },
      { id: '', name: 'add', arguments: '{"b":1}' },
      { id: 'x1', name: 'now', arguments: '' },
    ])
  })

  it("add up Vertex's streamed arguments to the latest call", () => {
    const { stream, deltas } = foldPayloads(gemini, [
      part({ functionCall: { name: 'read', willContinue: true } }),
      part({ functionCall: { partialArgs: [{ jsonPath: '$.id', stringValue: 'A', willContinue: true }] } }),
      part({ functionCall: { partialArgs: [{ jsonPath: '$.id', stringValue: 'B' }], willContinue: true } }),
      part({ functionCall: {} }),
      part({ functionCall: { name: 'read', willContinue: true } }),
      part({ functionCall: { partialArgs: [{ jsonPath: '$.n', numberValue: 5 }], willContinue: true } }),
    ])
    const { calls } = neutralOf(stream).answers[0] ?? {}
    expect(calls?.map((call) => `${call.name} ${call.arguments}`)).toEqual(['read AB', 'read 5'])
    expect(stream.messages[0]?.parts.map((each) => (each.kind === 'note' ? each.label : each.kind))).toEqual([
      'tool-call',
      'end of argument $.id',
      'tool-call',
      'end of argument $.n',
    ])
    expect(deltas[3]?.map(({ kind }) => kind)).toEqual(['message-start'])
  })

  it('say finish reasons that are numbers, and ratings only where they tell', () => {
    const candidate = (probability: unknown) =>
      JSON.stringify({
        candidates: [
          {
            content: { parts: [{ text: 'Hi' }] },
            finishReason: 1,
            safetyRatings: [{ category: 8, probability }],
          },
        ],
      })
    const { stream } = foldPayloads(gemini, [candidate(1)])
    expect(stream.messages[0]?.stop?.reason.value).toBe('1')
    expect(stream.markers.at(-1)).toEqual({ chunk: 0, kind: 'stop', label: '1' })
    expect(notesOf([candidate(1), candidate('NEGLIGIBLE')])).toEqual([])
    expect(notesOf([candidate('HIGH')])).toHaveLength(1)
  })

  it('say media, each image for itself and sound as one', () => {
    const { stream } = foldPayloads(gemini, [
      part({ inlineData: { mimeType: 'image/png', data: 'AAAA' } }),
      part({ inlineData: { mimeType: 'image/png', data: 'BBBB' } }),
      part({ inline_data: { mime_type: 'audio/L16;codec=pcm;rate=24000', data: 'CCCC' } }),
      part({ inlineData: { mimeType: 'audio/L16;codec=pcm;rate=24000', data: 'DDDD' } }),
      part({ fileData: { mimeType: 'application/pdf', fileUri: 'gs://a/b.pdf' } }),
    ])
    const media = stream.messages[0]?.parts.flatMap((each) =>
      each.kind === 'media' ? [[each.media, ...each.pieces.map(({ data }) => data.value)]] : [],
    )
    expect(media).toEqual([
      ['image', 'AAAA'],
      ['image', 'BBBB'],
      ['audio', 'CCCC', 'DDDD'],
      ['file', 'gs://a/b.pdf'],
    ])
  })

  it('say what stands beside the text', () => {
    expect(
      notesOf([
        part(
          { executableCode: { language: 'PYTHON', code: '1' } },
          { codeExecutionResult: { outcome: 'OUTCOME_OK' } },
          { toolCall: { toolType: 'FILE_SEARCH', id: 'a' }, thoughtSignature: 'sig' },
          { tool_response: { tool_type: 'FILE_SEARCH' } },
        ),
        JSON.stringify({
          candidates: [
            {
              groundingMetadata: {},
              citationMetadata: { citations: [{ uri: 'u' }] },
              avgLogprobs: -0.5,
            },
          ],
        }),
      ]),
    ).toEqual([
      'executable code: {"language":"PYTHON","code":"1"}',
      'code execution result: {"outcome":"OUTCOME_OK"}',
      'tool call FILE_SEARCH: {"toolType":"FILE_SEARCH","id":"a"}',
      'signature: "sig"',
      'tool response FILE_SEARCH: {"tool_type":"FILE_SEARCH"}',
      'citations: {"citations":[{"uri":"u"}]}',
      'average log probability: -0.5',
    ])
  })

  it('say blocked prompts, errors, and what Code Assist wraps', () => {
    const blocked = foldPayloads(gemini, ['{"promptFeedback":{"blockReason":"SAFETY"}}']).stream
    expect(blocked.messages[0]?.stop?.reason.value).toBe('SAFETY')
    expect(blocked.errors).toEqual([{ chunk: 0, message: 'the prompt was blocked: SAFETY' }])
    const failed = foldPayloads(gemini, ['{"error":{"code":429,"message":"Slow down","status":"X"}}']).stream
    expect(failed.errors[0]?.message).toBe('Slow down')
    const wrapped = foldPayloads(
      gemini,
      STREAM.map((payload) => `{"response":${payload},"traceId":"t"}`),
    )
    expect(neutralOf(wrapped.stream)).toEqual(neutralOf(foldPayloads(gemini, STREAM).stream))
  })

  it('drop nothing that they do not know', () => {
    const { deltas } = foldPayloads(gemini, [
      '{"candidates":[{"content":{"parts":[{"novel":{"a":1}}]},"odd":[1]}],"more":2,"empty":{}}',
      '[1]',
      '"[DONE]"',
    ])
    expect(
      deltas.map((each) => each.map((delta) => (delta.kind === 'unknown' ? delta.why : delta.kind))),
    ).toEqual([['novel', 'odd', 'more'], ['not an object'], []])
  })

  it('are all editable', () => {
    expect(editEveryText(gemini, STREAM)).toBe(6)
  })
})

describe('gemini requests', () => {
  const read = (body: object) =>
    gemini.readRequest(JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable())

  const contents = [
    { role: 'user', parts: [{ text: 'Look' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
    {
      role: 'model',
      parts: [
        { text: 'Hm', thought: true },
        { functionCall: { name: 'look', args: { at: 1 } }, thoughtSignature: 'sig' },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { name: 'look', response: { output: 'a cat' } } },
        { fileData: { mimeType: 'video/mp4', fileUri: 'https://x/y.mp4' } },
        { inlineData: { mimeType: 'audio/wav', data: 'BBBB' } },
      ],
    },
  ]

  it('are read from the wire', () => {
    const { messages, tools, parameters, responseFormat } = read({
      systemInstruction: { parts: [{ text: 'Be brief' }] },
      contents,
      tools: [
        { functionDeclarations: [{ name: 'look', description: 'Looks', parameters: { type: 'OBJECT' } }] },
        { googleSearch: {} },
      ],
      generationConfig: {
        temperature: 0.5,
        responseMimeType: 'application/json',
        responseSchema: { type: 'OBJECT' },
      },
      safetySettings: [],
    })
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['system', 'text'],
      ['user', 'text', 'image'],
      ['model', 'reasoning', 'tool-call', 'unknown'],
      ['user', 'tool-result', 'file', 'audio'],
    ])
    const [, image] = messages[1]?.parts ?? []
    expect(image?.kind === 'image' && [image.url.value, image.mediaType]).toEqual(['AAAA', 'image/png'])
    const [, call] = messages[2]?.parts ?? []
    expect(call?.kind === 'tool-call' && call.call).toMatchObject({
      name: { value: 'look', at: [{ pointer: '/contents/1/parts/1/functionCall/name' }] },
      arguments: { value: '{"at":1}' },
    })
    const [result] = messages[3]?.parts ?? []
    expect(result).toMatchObject({
      callId: { value: 'look' },
      content: [
        {
          text: { value: 'a cat', at: [{ pointer: '/contents/2/parts/0/functionResponse/response/output' }] },
        },
      ],
    })
    expect(tools.map(({ name, schema }) => [name, schema?.value])).toEqual([
      ['look', '{"type":"OBJECT"}'],
      ['googleSearch', undefined],
    ])
    expect(parameters.map(({ name }) => name)).toEqual(['temperature', 'responseMimeType', 'safetySettings'])
    expect(responseFormat).toMatchObject({ type: 'application/json', schema: { value: '{"type":"OBJECT"}' } })
  })

  it("are read from the SDK's keyword arguments", () => {
    const { messages, tools, parameters, responseFormat } = read({
      model: 'publishers/google/models/gemini-2.0-flash',
      contents: ['Look', { text: 'here' }],
      config: {
        system_instruction: 'Be brief',
        tools: [{ function_declarations: [{ name: 'look', parameters_json_schema: { type: 'object' } }] }],
        max_output_tokens: 100,
        response_mime_type: 'application/json',
      },
    })
    expect(messages.map(({ role, parts }) => [role, parts.length])).toEqual([
      ['system', 1],
      ['user', 2],
    ])
    expect(tools[0]?.schema?.value).toBe('{"type":"object"}')
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'max_output_tokens', 'response_mime_type'])
    expect(responseFormat?.type).toBe('application/json')
  })
})

describe('gemini is recognised', () => {
  it('by its answers, its URL and its body, and takes nobody else’s', () => {
    for (const payload of STREAM) {
      expect(surest(DIALECTS, JSON.parse(payload))).toBe('gemini')
      expect(surest(DIALECTS, JSON.parse(snake(payload)))).toBe('gemini')
    }
    const body = { contents: [{ parts: [{ text: 'Hi' }] }] }
    const url =
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent?alt=sse'
    expect(surest(DIALECTS, { error: { message: 'no' } }, body, url)).toBe('gemini')
    expect(surest(DIALECTS, undefined, body, 'vertexai:///generate_content_stream')).toBe('gemini')
    expect(
      gemini.sniff({ headers: [], extras: [] }, undefined, JsonDocument.of('{"choices":[{"delta":{}}]}').root)
        .confidence,
    ).toBe(0)
  })
})
