/** What the dialects of Gemini and Ollama write into chunks, read again. */
import { describe, expect, it } from 'vitest'
import type { ChunkChange, ChunkEdits, Dialect, TextPlace } from '../../../src/core/dialects/dialect.ts'
import { gemini } from '../../../src/core/dialects/gemini.ts'
import { ollamaChat } from '../../../src/core/dialects/ollama-chat.ts'
import { ollamaGenerate } from '../../../src/core/dialects/ollama-generate.ts'
import { rewritten } from '../../../src/core/syntax/json-list.ts'
import { JsonDocument } from '../../../src/core/syntax/json-node.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { neutralOf } from '../support/neutral-answer.ts'
import { foldPayloads } from './fold-payloads.ts'

const rootOf = (json: string) => JsonDocument.of(json).root ?? expect.unreachable()
const editsOf = (dialect: Dialect): ChunkEdits => dialect.chunkEdits ?? expect.unreachable()
const changed = (json: string, ...changes: readonly ChunkChange[]): string =>
  rewritten(rootOf(json), ...changes)
const told = (dialect: Dialect, json: string) => neutralOf(foldPayloads(dialect, [json]).stream)

const text: TextPlace = { kind: 'text', choice: 0, index: 0 }
const reasoning: TextPlace = { kind: 'reasoning', choice: 0, index: 0 }

const CHUNKS: readonly (readonly [Dialect, string, string])[] = [
  [
    gemini,
    'STOP',
    `{"candidates": [{"content": {"parts": [{"text": "Hm", "thought": true}, {"text": "Hello"},
      {"functionCall": {"name": "f", "args": {}}}], "role": "model"}, "finishReason": "STOP", "avgLogprobs": -1}],
      "usageMetadata": {"promptTokenCount": 3, "totalTokenCount": 9}, "modelVersion": "x"}`,
  ],
  [
    gemini,
    'STOP',
    `{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true},{"text":"Hello"},{"function_call":{"name":"f"}}]},
      "finish_reason":"STOP"}],"usage_metadata":{"prompt_token_count":3}}`,
  ],
  [
    ollamaChat,
    'stop',
    `{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hello","thinking":"Hm",
      "tool_calls":[{"function":{"name":"f","arguments":{}}}]},"done":true,"done_reason":"stop","prompt_eval_count":3}`,
  ],
  [
    ollamaGenerate,
    'stop',
    `{"model":"m","created_at":"2026-01-01T00:00:00Z","response":"Hello","thinking":"Hm","done":true,
      "done_reason":"stop","prompt_eval_count":3}`,
  ],
]

describe.each(CHUNKS)('%o chunks', (dialect, stop, chunk) => {
  const edits = editsOf(dialect)

  it('say only a text', () => {
    for (const [place, key] of [
      [text, 'text'],
      [reasoning, 'reasoning'],
    ] as const) {
      const silent = { choice: 0, text: '', reasoning: '', calls: [], stop: '' }
      const going = told(dialect, changed(chunk, ...edits.sayOnly(place, 'new “text”', false)))
      expect(going.answers).toEqual([{ ...silent, [key]: 'new “text”' }])
      expect(going.usage.inputTokens).toBe('')
      const ending = told(dialect, changed(chunk, ...edits.sayOnly(place, 'x', true)))
      expect(ending.answers).toEqual([{ ...silent, [key]: 'x', stop }])
      expect(ending.usage.inputTokens).toBe('3')
    }
    const call: TextPlace = { kind: 'tool-arguments', choice: 0, index: 0 }
    expect(() => changed(chunk, ...edits.sayOnly(call, '{', false))).toThrow('cannot be cut')
    expect(() => changed(chunk, ...edits.sayOnly({ ...text, choice: 1, index: 1 }, 'x', false))).toThrow()
  })

  it('lose their end, get another one, and fall silent', () => {
    const open = changed(chunk, edits.withoutEnd(0))
    const before = told(dialect, chunk).answers[0]
    expect(told(dialect, open)).toMatchObject({
      answers: [{ ...before, stop: '' }],
      usage: { inputTokens: '' },
    })
    for (const reason of edits.stopReasons) {
      for (const each of [chunk, open]) {
        const planned = edits.setStop(rootOf(each), 0, reason) ?? expect.unreachable()
        expect(told(dialect, applyEdits(each, planned)).answers).toEqual([{ ...before, stop: reason }])
      }
    }
    expect(edits.setStop(rootOf(chunk), 7, 'x')).toBeUndefined()
    expect(told(dialect, changed(chunk, edits.silence)).answers).toEqual([
      { choice: 0, text: '', reasoning: '', calls: [], stop },
    ])
  })
})

it('gemini keeps to the spelling of its writer', () => {
  const [, , snake] = CHUNKS[1] ?? expect.unreachable()
  const open = changed(snake, editsOf(gemini).withoutEnd(0))
  expect(open).not.toContain('finish')
  // nothing else is in snake_case then: it is spelt as the wire does
  const planned = editsOf(gemini).setStop(rootOf(open), 0, 'SAFETY') ?? expect.unreachable()
  expect(applyEdits(open, planned)).toContain('"finishReason"')
  const dump = '{"candidates":[{"content":{"parts":[]}}],"model_version":"x"}'
  const named = editsOf(gemini).setStop(rootOf(dump), 0, 'SAFETY') ?? expect.unreachable()
  expect(applyEdits(dump, named)).toContain('"finish_reason"')
})
