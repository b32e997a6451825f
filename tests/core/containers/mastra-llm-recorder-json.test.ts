import { describe, expect, it } from 'vitest'
import { mastraRecorder } from '../../../src/core/containers/mastra-llm-recorder-json.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import {
  CHAT_ANSWER,
  CHAT_REQUEST,
  callOf,
  chatChunk,
  checkEndurance,
  openStored,
  saying,
  sse,
} from '../support/stored-recordings.ts'

function recording(response: object): object {
  return {
    hash: '0123456789abcdef',
    request: {
      url: 'https://api.openai.com/v1/chat/completions',
      method: 'POST',
      body: CHAT_REQUEST,
      timestamp: 1,
    },
    response: {
      status: 200,
      statusText: 'OK',
      headers: { 'content-type': 'text/event-stream' },
      ...response,
    },
  }
}

const print = (value: unknown): string => JSON.stringify(value, null, 2)
const ONE_EACH = [sse(chatChunk('Hello')), sse(chatChunk(' world')), sse('[DONE]')]
const SEVERAL = [
  sse(chatChunk('Hello'), chatChunk(' wor')),
  ': keep-alive\n\n',
  sse(chatChunk('ld'), '[DONE]'),
]
const ANYWHERE = [
  `data: ${chatChunk('Hello').slice(0, 20)}`,
  `${chatChunk('Hello').slice(20)}\n\n${sse(chatChunk(' world'))}`,
]

const stream = (chunks: readonly string[]): object =>
  recording({ chunks, chunkTimings: chunks.map((_, at) => 10 * (at + 1)), isStreaming: true })

describe('Mastra’s recordings', () => {
  it('are read, in both shapes', () => {
    for (const text of [
      print([stream(ONE_EACH)]),
      print({ meta: { name: 'x' }, recordings: [stream(ONE_EACH)] }),
    ]) {
      const stored = openStored(text)
      const call = callOf(stored)
      expect(stored.container).toBe('mastra-llm-recorder-json')
      expect(call.dialect).toBe('openai-chat')
      expect(call.request.extras.map(({ name }) => name)).toEqual(['timestamp'])
      expect(call.response.streaming).toBe(true)
      expect([...(call.stream.times ?? [])]).toEqual([10, 30])
      checkEndurance(text, { says: 'Hello world', step: 5 })
    }
  })

  it('change only the piece that is edited', () => {
    const text = print([stream(ONE_EACH)])
    expect(saying(text, 'Howdy world')).toBe(text.replace('\\"Hello\\"', '\\"Howdy\\"'))
  })

  it('know the piece in which each event ended, and when it came', () => {
    const timesOf = (pieces: readonly string[]): readonly unknown[] => {
      const root = JsonDocument.of(print([stream(pieces)])).root
      return (
        (root ? mastraRecorder.bodies?.(root) : undefined)?.map((body) =>
          'times' in body ? body.times : undefined,
        ) ?? []
      )
    }
    expect(timesOf(SEVERAL)).toEqual([Float64Array.of(10, 10, 60, 60)])
    expect(timesOf(ANYWHERE)).toEqual([Float64Array.of(30, 30)])
  })

  it('endure edits of several events in a piece, and of events in several pieces', () => {
    checkEndurance(print([stream(SEVERAL)]), { says: 'Hello world', step: 5 })
    checkEndurance(print([stream(ANYWHERE)]), { says: 'Hello world', step: 5 })
  })

  it('may hold an answer', () => {
    const text = print([recording({ body: CHAT_ANSWER, isStreaming: false })])
    expect(callOf(openStored(text)).response.streaming).toBe(false)
    checkEndurance(text, { says: 'Hello world', step: 3 })
  })

  it('name the file that has the body', () => {
    const text = print([recording({ binaryArtifact: { path: 'sound.mp3' }, isStreaming: false })])
    expect(openStored(text).reading.diagnostics[0]?.message).toContain('sound.mp3')
  })
})
