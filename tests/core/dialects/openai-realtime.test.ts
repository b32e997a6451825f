import { describe, expect, it } from 'vitest'
import { openaiRealtime } from '../../../src/core/dialects/openai-realtime.ts'
import { openaiResponses } from '../../../src/core/dialects/openai-responses.ts'
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
import { foldPayloads } from './fold-payloads.ts'

const at = { event_id: 'e', response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
const SPOKEN = {
  id: 'i1',
  object: 'realtime.item',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_audio', transcript: 'Hey' }],
}
const CALL = { id: 'i2', type: 'function_call', call_id: 'c', name: 'get', arguments: '{}' }
const USAGE = {
  total_tokens: 3,
  input_tokens: 1,
  output_tokens: 2,
  input_token_details: { cached_tokens: 1 },
}

const STREAM: readonly object[] = [
  {
    type: 'session.created',
    event_id: 'e',
    session: { audio: { output: { format: { type: 'audio/pcm', rate: 24000 } } } },
  },
  { type: 'conversation.item.input_audio_transcription.delta', event_id: 'e', item_id: 'u', delta: 'Hel' },
  {
    type: 'conversation.item.input_audio_transcription.completed',
    event_id: 'e',
    item_id: 'u',
    transcript: 'Hello',
  },
  {
    type: 'response.created',
    event_id: 'e',
    response: { id: 'r1', object: 'realtime.response', status: 'in_progress' },
  },
  { type: 'response.output_item.added', ...at, item: { ...SPOKEN, content: [] } },
  { type: 'response.content_part.added', ...at, part: { type: 'audio', transcript: '' } },
  { type: 'response.output_audio.delta', ...at, delta: 'AA' },
  { type: 'response.output_audio_transcript.delta', ...at, delta: 'He' },
  { type: 'response.output_audio.delta', ...at, delta: 'BB' },
  { type: 'response.output_audio_transcript.delta', ...at, delta: 'y' },
  { type: 'response.output_audio.done', ...at },
  { type: 'response.output_audio_transcript.done', ...at, transcript: 'Hey' },
  { type: 'response.content_part.done', ...at, part: { type: 'audio', transcript: 'Hey' } },
  { type: 'response.output_item.done', ...at, item: SPOKEN },
  { type: 'response.output_item.added', ...at, output_index: 1, item: { ...CALL, arguments: '' } },
  { type: 'response.function_call_arguments.delta', ...at, output_index: 1, call_id: 'c', delta: '{}' },
  { type: 'response.function_call_arguments.done', ...at, output_index: 1, call_id: 'c', arguments: '{}' },
  { type: 'response.output_item.done', ...at, output_index: 1, item: CALL },
  {
    type: 'response.done',
    event_id: 'e',
    response: { id: 'r1', status: 'completed', output: [SPOKEN, CALL], usage: USAGE },
  },
  { type: 'response.text.delta', ...at, response_id: 'r2', delta: 'Old' },
  { type: 'response.text.done', ...at, response_id: 'r2', text: 'Old' },
  {
    type: 'response.done',
    event_id: 'e',
    response: { id: 'r2', status: 'cancelled', status_details: { reason: 'turn_detected' }, usage: {} },
  },
  { type: 'error', event_id: 'e', error: { message: 'No.' } },
  { type: 'rate_limits.updated', event_id: 'e', rate_limits: [] },
]
const PAYLOADS = STREAM.map((event) => JSON.stringify(event))

describe('a realtime session', () => {
  it('is heard once, response by response', () => {
    const folded = foldPayloads(openaiRealtime, PAYLOADS)
    expect(inWords(folded)).toEqual([
      'note heard: "Hello"',
      'audio audio/pcm;rate=24000: AA+BB',
      'text: Hey',
      'call c get({})',
    ])
    expect(inWords(folded, 1)).toEqual(['text: Old'])
    expect(folded.stream.messages.map(({ stop }) => stop?.reason.value)).toEqual([
      'completed',
      'turn_detected',
    ])
    expect(folded.stream.usage).toMatchObject({
      totalTokens: { value: '3' },
      cachedInputTokens: { value: '1' },
    })
    expect(folded.stream.errors).toMatchObject([{ message: 'No.' }])
    expect(unknowns(folded)).toEqual([])
  })

  it('is read where only the end of a response was recorded', () => {
    expect(inWords(foldPayloads(openaiRealtime, PAYLOADS.slice(18, 19)))).toEqual([
      'text: Hey',
      'call c get({})',
    ])
  })

  it('is edited in place', () => expectEditable(openaiRealtime, PAYLOADS))

  it('is not the Responses API', () => {
    for (const event of STREAM.filter((one) => !('error' in one))) {
      expect(sniffPayload(openaiRealtime, event).confidence).toBe(1)
      expect(sniffPayload(openaiResponses, event).confidence).toBe(0)
    }
    expectNoTheft(openaiRealtime)
    expect(
      sniffPayload(openaiRealtime, { value: 'ek', session: { object: 'realtime.session' } }).confidence,
    ).toBe(0.95)
    expect(sniffRequest(openaiRealtime, 'wss://x/v1/realtime?model=m', []).confidence).toBe(0.7)
    expect(
      sniffPayload(openaiRealtime, { type: 'response.created', sequence_number: 0, response: {} }).confidence,
    ).toBe(0)
  })

  it('is asked by events', () => {
    const read = readBody(openaiRealtime, [
      {
        type: 'session.update',
        session: { instructions: 'Be brief.', voice: 'marin', tools: [{ type: 'function', name: 'get' }] },
      },
      { type: 'input_audio_buffer.append', audio: 'AA' },
      { type: 'input_audio_buffer.append', audio: 'BB' },
      { type: 'input_audio_buffer.commit' },
      {
        type: 'conversation.item.create',
        item: {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'Hi' },
            { type: 'input_audio', audio: 'CC', transcript: 't' },
          ],
        },
      },
      { type: 'conversation.item.create', item: { type: 'function_call_output', call_id: 'c', output: 'o' } },
      { type: 'response.create' },
      { type: 'response.create', response: { modalities: ['text'] } },
      { type: 'conversation.item.truncate', item_id: 'i' },
    ])
    expect(read.messages.map(({ role, parts }) => [role, parts.map(({ kind }) => kind)])).toEqual([
      ['system', ['text']],
      ['user', ['audio', 'audio']],
      ['user', ['text', 'audio']],
      ['tool', ['tool-result']],
      ['conversation.item.truncate', ['unknown']],
    ])
    expect(read.tools.map(({ name }) => name)).toEqual(['get'])
    expect(read.parameters.map(({ name }) => name)).toEqual(['voice', 'response.create'])
  })

  it('is opened by a body', () => {
    const read = readBody(openaiRealtime, {
      expires_after: {},
      session: { type: 'realtime', model: 'm', instructions: 'Be brief.' },
    })
    expect(read.messages).toMatchObject([{ role: 'system' }])
    expect(read.parameters.map(({ name }) => name)).toEqual(['expires_after', 'type', 'model'])
  })

  it('takes any JSON', () => expectCalm(openaiRealtime, [...STREAM, [], 'v=0']))
})
