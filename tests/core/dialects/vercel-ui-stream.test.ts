import { describe, expect, it } from 'vitest'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { vercelUiStream } from '../../../src/core/dialects/vercel-ui-stream.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { type Neutral, neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

interface Chunk {
  readonly type: string
  readonly id?: string
  readonly delta?: string
  readonly toolCallId?: string
  readonly toolName?: string
  readonly inputTextDelta?: string
  readonly input?: unknown
  readonly finishReason?: string
}

const STREAM: readonly Chunk[] = [
  { type: 'start' },
  { type: 'start-step' },
  { type: 'reasoning-start', id: 'r0' },
  { type: 'reasoning-delta', id: 'r0', delta: 'Hm' },
  { type: 'reasoning-end', id: 'r0' },
  { type: 'text-start', id: 'a' },
  { type: 'text-start', id: 'b' },
  { type: 'text-delta', id: 'a', delta: 'Hel' },
  { type: 'text-delta', id: 'b', delta: 'oth' },
  { type: 'text-delta', id: 'a', delta: 'lo ' },
  { type: 'text-delta', id: 'b', delta: 'er' },
  { type: 'tool-input-start', toolCallId: 'c1', toolName: 'f' },
  { type: 'tool-input-start', toolCallId: 'c2', toolName: 'g' },
  { type: 'tool-input-delta', toolCallId: 'c2', inputTextDelta: '{"b":' },
  { type: 'tool-input-delta', toolCallId: 'c2', inputTextDelta: '2}' },
  { type: 'tool-input-available', toolCallId: 'c1', toolName: 'f', input: { a: 1 } },
  { type: 'tool-input-available', toolCallId: 'c2', toolName: 'g', input: { b: 2 } },
  { type: 'finish-step' },
  { type: 'finish', finishReason: 'stop' },
]

/** After the protocol's documentation alone: texts by id, calls by id, of a call the parsed input. */
function addUp(chunks: readonly Chunk[]): Neutral {
  const texts = new Map<string, string>()
  const calls = new Map<string, { id: string; name: string; arguments: string }>()
  let stop = ''
  for (const { type, id = '', delta = '', toolCallId = '', toolName, input, finishReason } of chunks) {
    if (type.endsWith('-delta') && !type.startsWith('tool')) {
      const key = `${type} ${id}`
      texts.set(key, (texts.get(key) ?? '') + delta)
    }
    if (toolName !== undefined)
      calls.set(toolCallId, { id: toolCallId, name: toolName, arguments: JSON.stringify(input) })
    stop = finishReason ?? stop
  }
  const join = (kind: string): string =>
    [...texts].flatMap(([key, text]) => (key.startsWith(kind) ? [text] : [])).join('')
  return {
    answers: [
      { choice: 0, text: join('text'), reasoning: join('reasoning'), calls: [...calls.values()], stop },
    ],
    usage: { inputTokens: '', outputTokens: '', totalTokens: '', cachedInputTokens: '', reasoningTokens: '' },
  }
}

const payloadsOf = (chunks: readonly object[]): readonly string[] =>
  chunks.map((chunk) => JSON.stringify(chunk))

describe('vercel ui stream', () => {
  it('adds up as the documentation says', () => {
    const { stream, deltas } = foldPayloads(vercelUiStream, [...payloadsOf(STREAM), '"[DONE]"'])
    expect(neutralOf(stream)).toEqual(addUp(STREAM))
    expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
    expect(editEveryText(vercelUiStream, payloadsOf(STREAM))).toBe(5)
  })

  it('says results, sources, files, data, errors and ends', () => {
    const { deltas } = foldPayloads(
      vercelUiStream,
      payloadsOf([
        { type: 'tool-output-available', toolCallId: 'c1', output: 'x' },
        { type: 'tool-output-error', toolCallId: 'c1', errorText: 'x' },
        { type: 'source-url', sourceId: 's', url: 'u' },
        { type: 'file', url: 'data:image/png;base64,AA', mediaType: 'image/png' },
        { type: 'data-weather', data: { t: 1 } },
        { type: 'error', errorText: 'no' },
        { type: 'abort' },
        { type: 'finish', messageMetadata: { n: 1 } },
        { type: 'odd' },
      ]),
    )
    expect(deltas.map((each) => each.map(({ kind }) => kind).join())).toEqual([
      'note',
      'note',
      'note',
      'media',
      'note',
      'error',
      'stop',
      'stop,note',
      'unknown',
    ])
  })

  it('is recognised', () => {
    for (const chunk of STREAM) expect(surest(DIALECTS, chunk)).toBe('vercel-ui-stream')
  })

  it('reads requests', () => {
    const body = {
      id: 'chat',
      messages: [
        {
          id: 'm',
          role: 'user',
          parts: [
            { type: 'text', text: 'Hi' },
            { type: 'file', url: 'data:image/png;base64,AA', mediaType: 'image/png' },
          ],
        },
        {
          id: 'n',
          role: 'assistant',
          parts: [
            { type: 'step-start' },
            { type: 'reasoning', text: 'Hm' },
            { type: 'tool-f', toolCallId: 'c', state: 'output-available', input: { a: 1 }, output: '42' },
          ],
        },
      ],
    }
    const root = JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable()
    const { messages, parameters } = vercelUiStream.readRequest(root)
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['user', 'text', 'image'],
      ['assistant', 'reasoning', 'tool-call', 'tool-result'],
    ])
    expect(parameters.map(({ name }) => name)).toEqual(['id'])
  })
})
