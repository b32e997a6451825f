import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  duplicateChunk,
  insertChunkJson,
  insertTextChunk,
  moveChunk,
  removeChunks,
} from '../../../src/core/edits/chunk-list.ts'
import { chatRecording } from '../support/chat-recordings.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import {
  applyChecked,
  chunkCount,
  expectRefused,
  openRecording,
  rawChunks,
  shownTracks,
  unlessRefused,
} from '../support/edit-checks.ts'
import { askTheSdk } from '../support/openai-sdk.ts'
import { addUp, addUpText, plainChunks } from '../support/plain-chat.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

describe('the oracle of these tests', () => {
  it('adds up as the official accumulator does', async () => {
    await fc.assert(
      fc.asyncProperty(chatRecording, async ({ text }) => {
        const chunks = plainChunks(text)
        const { answers } = await askTheSdk(chunks)
        const plain = addUp(chunks).answers.map(({ finish, reasoning: _, ...answer }) => ({
          ...answer,
          finishReason: finish,
        }))
        expect(plain).toEqual(answers.toSorted((a, b) => a.choice - b.choice))
      }),
      { numRuns: 60 },
    )
  })
})

checkEachRecording('a chunk doubled, and one of the two deleted', (text, random, style) => {
  const recording = openRecording(text)
  const position = random.below(chunkCount(recording))
  const doubled = applyChecked(text, duplicateChunk(recording, position), { style })
  const old = rawChunks(text)
  expect(rawChunks(doubled)).toEqual(old.toSpliced(position, 0, old[position] ?? ''))
  for (const gone of [position, position + 1]) {
    const restored = applyChecked(doubled, removeChunks(openRecording(doubled), gone), { style })
    expect(restored === text, 'byte-identical').toBe(true)
  }
})

checkEachRecording('chunks deleted', (text, random, style) => {
  const recording = openRecording(text)
  const count = chunkCount(recording)
  const first = random.below(count)
  const last = first + random.below(count - first)
  const emptied = first === 0 && last === count - 1
  const after = applyChecked(text, removeChunks(recording, first, last), { style, emptied })
  expect(rawChunks(after)).toEqual(rawChunks(text).toSpliced(first, last - first + 1))
})

checkEachRecording('a chunk moved, and back', (text, random, style) => {
  const recording = openRecording(text)
  const [from, to] = [random.below(chunkCount(recording)), random.below(chunkCount(recording))]
  const moved = applyChecked(text, moveChunk(recording, from, to), { style })
  const old = rawChunks(text)
  expect(rawChunks(moved)).toEqual(old.toSpliced(from, 1).toSpliced(to, 0, old[from] ?? ''))
  const back = applyChecked(moved, moveChunk(openRecording(moved), to, from), { style })
  expect(back === text, 'byte-identical').toBe(true)
})

checkEachRecording('a chunk inserted as JSON, and deleted', (text, random, style) => {
  const recording = openRecording(text)
  const position = random.below(chunkCount(recording) + 1)
  const typed = random.pick([
    '{"id": "new", "choices": [{"index": 0, "delta": {"content": "new"}, "finish_reason": null}]}',
    ' {"__type__":"T","__data__":{"n":[1.0,1e-05,{},[]],"choices":[],\n"\\u0061":null}} ',
    rawChunks(text)[random.below(chunkCount(recording))] ?? '',
  ])
  const after = applyChecked(text, insertChunkJson(recording, position, typed), { style })
  const values = rawChunks(after).map((raw) => JSON.parse(raw) as unknown)
  const expected = rawChunks(text).map((raw) => JSON.parse(raw) as unknown)
  expect(values).toEqual(expected.toSpliced(position, 0, JSON.parse(typed)))
  expect(rawChunks(after).toSpliced(position, 1)).toEqual(rawChunks(text))
  const removed = removeChunks(openRecording(after), position)
  expect(applyChecked(after, removed, { style }) === text, 'byte-identical').toBe(true)
})

checkEachRecording('a chunk inserted that says a text', (text, random, style) => {
  const recording = openRecording(text)
  const tracks = shownTracks(recording).filter(({ kind }) => kind !== 'tool-arguments')
  if (tracks.length === 0) return
  const track = random.pick(tracks)
  const position = random.below(chunkCount(recording) + 1)
  const said = random.pick(['new', ' “é”', '\n"\\', '👩‍👩‍👧'])
  const plan = unlessRefused(() => insertTextChunk(recording, position, track, said))
  if (plan === undefined) return
  const after = applyChecked(text, plan, { style })
  expect(rawChunks(after).toSpliced(position, 1)).toEqual(rawChunks(text))
  // the new one, added up alone: this text and nothing else
  const { answers, usage } = addUp(plainChunks(after).slice(position, position + 1))
  const key = track.kind === 'text' ? 'content' : track.kind
  const silent = { role: '', content: '', reasoning: '', refusal: '', finish: '', calls: [] }
  expect(answers).toEqual([{ choice: track.choice, ...silent, [key]: said }])
  expect(usage).toBeUndefined()
  const [before, now] = [addUpText(text), addUpText(after)]
  expect(now.usage).toEqual(before.usage)
  expect(now.answers.map(({ finish, role, calls }) => ({ finish, role, calls }))).toEqual(
    before.answers.map(({ finish, role, calls }) => ({ finish, role, calls })),
  )
  const removed = removeChunks(openRecording(after), position)
  expect(applyChecked(after, removed, { style }) === text, 'byte-identical').toBe(true)
})

checkEachRecording(
  'positions that are none',
  (text) => {
    const recording = openRecording(text)
    const count = chunkCount(recording)
    for (const wrong of [-1, count, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expectRefused(() => duplicateChunk(recording, wrong))
      expectRefused(() => removeChunks(recording, wrong))
      expectRefused(() => moveChunk(recording, wrong, 0))
      expectRefused(() => moveChunk(recording, 0, wrong))
      if (wrong !== count) expectRefused(() => insertChunkJson(recording, wrong, '{}'))
    }
    expectRefused(() => removeChunks(recording, 1, 0))
    expectRefused(() => insertChunkJson(recording, count + 1, '{}'))
  },
  { runs: 10, perFile: 1 },
)

describe('a chunk given as JSON', () => {
  const text = '{"request": {"body": {}}, "response": {"body": [{"a": 1}], "is_streaming": true}}'

  it('is refused when it is none', () => {
    for (const typed of ['', ' ', '{', '{"a": 1,}', "{'a': 1}", '1 2', 'NaN']) {
      expectRefused(() => insertChunkJson(openRecording(text), 0, typed))
    }
  })

  it('is refused when it is nested deeper than what is read', () => {
    for (const depth of [600, 200_000]) {
      const typed = '['.repeat(depth) + ']'.repeat(depth)
      expectRefused(() => insertChunkJson(openRecording(text), 0, typed))
    }
  })

  it('is refused where the response is no list', () => {
    const whole = text.replace('[{"a": 1}]', '{"a": 1}')
    expectRefused(() => insertChunkJson(openRecording(whole), 0, '{}'))
    expectRefused(() => duplicateChunk(openRecording(whole), 0))
    expectRefused(() => moveChunk(openRecording(whole), 0, 0))
  })
})
