import { describe, expect, it } from 'vitest'
import { geminiInteractions } from '../../../src/core/dialects/gemini-interactions.ts'
import { DIALECTS } from '../../../src/core/dialects/index.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { askInteractions } from '../support/genai-sdk.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { editEveryText, surest } from './edit-every-text.ts'
import { foldPayloads } from './fold-payloads.ts'

const USAGE = {
  total_tokens: 9,
  total_input_tokens: 7,
  total_cached_tokens: 0,
  total_output_tokens: 2,
  total_thought_tokens: 1,
}

const event = (event_type: string, rest: object): string => JSON.stringify({ ...rest, event_type })
const delta = (index: number, said: object): string => event('step.delta', { index, delta: said })

const NEW = [
  event('interaction.created', { interaction: { id: 'i', status: 'in_progress', object: 'interaction' } }),
  event('interaction.status_update', { interaction_id: 'i', status: 'in_progress' }),
  event('step.start', { index: 0, step: { type: 'thought' } }),
  delta(0, { type: 'thought_summary', content: { type: 'text', text: '**Plan**' } }),
  delta(0, { type: 'thought_signature', signature: 'sig' }),
  event('step.stop', { index: 0 }),
  event('step.start', { index: 1, step: { type: 'model_output' } }),
  delta(1, { type: 'text', text: 'Hello' }),
  delta(1, { type: 'text', text: ' there' }),
  delta(1, { type: 'text_annotation_delta', annotations: [{ url: 'u' }] }),
  event('step.start', { index: 2, step: { type: 'function_call', id: 'c', name: 'f', arguments: {} } }),
  delta(2, { type: 'arguments_delta', arguments: '{"a":' }),
  delta(2, { type: 'arguments_delta', arguments: '1}' }),
  event('step.start', { index: 3, step: { type: 'google_search_call', id: 's', signature: '' } }),
  delta(3, { type: 'google_search_call', arguments: { queries: ['q'] } }),
  event('interaction.completed', { interaction: { id: 'i', status: 'requires_action', usage: USAGE } }),
  '"[DONE]"',
]

const OLD = NEW.map((payload) =>
  payload
    .replace(/"step\.(start|delta|stop)"/, '"content.$1"')
    .replace('"step":', '"content":')
    .replace('interaction.created', 'interaction.start')
    .replace('interaction.completed', 'interaction.complete')
    .replace('{"type":"model_output"}', '{"type":"text"}'),
)

const WHOLE = {
  id: 'i',
  status: 'requires_action',
  steps: [
    { type: 'thought', signature: 'sig', summary: [{ type: 'text', text: '**Plan**' }] },
    { type: 'model_output', content: [{ type: 'text', text: 'Hello there', annotations: [{ url: 'u' }] }] },
    { type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } },
    { type: 'google_search_call', id: 's', arguments: { queries: ['q'] } },
  ],
  usage: USAGE,
  object: 'interaction',
  role: 'model',
}

const ANSWER = {
  answers: [
    {
      choice: 0,
      text: 'Hello there',
      reasoning: '**Plan**',
      calls: [{ id: 'c', name: 'f', arguments: '{"a":1}' }],
      stop: 'requires_action',
    },
  ],
  usage: {
    inputTokens: '7',
    outputTokens: '2',
    totalTokens: '9',
    cachedInputTokens: '0',
    reasoningTokens: '1',
  },
}

describe('gemini interactions', () => {
  it('add up in both generations, streamed and whole', () => {
    for (const payloads of [NEW, OLD, [JSON.stringify(WHOLE)]]) {
      const { stream, deltas } = foldPayloads(geminiInteractions, payloads)
      expect(neutralOf(stream)).toEqual(ANSWER)
      expect(deltas.flat().filter(({ kind }) => kind === 'unknown')).toEqual([])
      const notes = stream.messages[0]?.parts.flatMap((part) => (part.kind === 'note' ? [part.label] : []))
      expect(notes).toEqual(['signature', 'citations', 'google search call'])
      expect(editEveryText(geminiInteractions, payloads)).toBe(3)
    }
    const { content } = { content: WHOLE.steps[1]?.content ?? [] }
    const outputs = JSON.stringify({ status: 'completed', outputs: content, object: 'interaction' })
    expect(neutralOf(foldPayloads(geminiInteractions, [outputs]).stream).answers[0]?.text).toBe('Hello there')
  })

  it('come to what the official package makes of them', async () => {
    expect(await askInteractions(NEW.slice(0, -1))).toEqual(ANSWER)
  })

  it('say errors and what they do not know', () => {
    const { deltas } = foldPayloads(geminiInteractions, [
      '{"error":{"message":"Missing key","code":"invalid_request"}}',
      event('error', { error: { message: 'no' } }),
      event('odd.event', {}),
      '{"odd":1}',
    ])
    expect(deltas.map((each) => each.map(({ kind }) => kind))).toEqual([
      ['error'],
      ['error'],
      ['unknown'],
      ['unknown'],
    ])
  })

  it('are recognised', () => {
    for (const payload of [...NEW.slice(0, -1), ...OLD.slice(0, -1), JSON.stringify(WHOLE)]) {
      expect(surest(DIALECTS, JSON.parse(payload))).toBe('gemini-interactions')
    }
    const url = 'https://generativelanguage.googleapis.com/v1beta/interactions'
    expect(surest(DIALECTS, { error: {} }, { model: 'gemini', input: 'Hi' }, url)).toBe('gemini-interactions')
  })

  it('read requests', () => {
    const read = (body: object) =>
      geminiInteractions.readRequest(JsonDocument.of(JSON.stringify(body)).root ?? expect.unreachable())
    expect(read({ input: 'Hi', system_instruction: 'Be brief' }).messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
    ])
    const { messages, tools, parameters } = read({
      model: 'gemini-2.5-flash-lite',
      input: [
        { role: 'user', content: 'What is the weather?' },
        { role: 'model', content: [{ type: 'function_call', id: 'c', name: 'f', arguments: { a: 1 } }] },
        { type: 'function_result', call_id: 'c', name: 'f', result: { t: 22 } },
        { type: 'user_input', content: [{ type: 'image', data: 'AAAA', mime_type: 'image/png' }] },
      ],
      tools: [
        { type: 'function', name: 'f', parameters: { type: 'object' } },
        { function_declarations: [{ name: 'g' }] },
        { type: 'google_search' },
      ],
      generation_config: { temperature: 0 },
    })
    expect(messages.map(({ role, parts }) => [role, ...parts.map(({ kind }) => kind)])).toEqual([
      ['user', 'text'],
      ['model', 'tool-call'],
      ['function', 'tool-result'],
      ['user', 'image'],
    ])
    expect(tools.map(({ name }) => name)).toEqual(['f', 'g', 'google_search'])
    expect(parameters.map(({ name }) => name)).toEqual(['model', 'temperature'])
  })
})
