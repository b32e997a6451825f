import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Chunking, cutText } from '../../../src/core/edits/cut-text.ts'
import { rechunk, recordedLengths } from '../../../src/core/edits/rechunk.ts'
import { chatRecording, printRecording } from '../support/chat-recordings.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import { applyChecked, chunkCount, openRecording, rawChunks, shownTracks } from '../support/edit-checks.ts'
import { STYLES } from '../support/json-layouts.ts'
import { askTheSdk, at } from '../support/openai-sdk.ts'
import { addUp, addUpText, list, type PlainChat, plainChunks } from '../support/plain-chat.ts'
import { saidBy, withText } from '../support/tracks.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const MODES: readonly Chunking[] = ['keep-count', 'per-word', 'as-recorded']
const TEXTS = [
  '',
  'x',
  'Hi there',
  'A much longer answer: “Grüße” 👩‍👩‍👧, with {"a": null} and a\nnew line.',
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
] as const

const KNOWN = 'role content reasoning reasoning_content refusal tool_calls function_call'.split(' ')

/** Something in a delta that nobody here knows. */
function saysMore(chunk: unknown): boolean {
  return list(at(chunk, 'choices')).some((choice) =>
    Object.entries(Object(at(choice, 'delta'))).some(
      ([key, value]) => !KNOWN.includes(key) && value !== null && value !== '',
    ),
  )
}

/** Chunks that carry a part of a text and nothing that would be missed without them. */
function dispensable(text: string, carriers: readonly number[]): number {
  const chunks = plainChunks(text)
  const lastUsage = chunks.findLastIndex((chunk) => (at(chunk, 'usage') ?? null) !== null)
  const roles = new Set<number>()
  let count = 0
  chunks.forEach((chunk, position) => {
    const { answers } = addUp([chunk])
    const says = answers.flatMap(({ content, reasoning, refusal, calls }) => [
      ...[content, reasoning, refusal].filter((said) => said !== ''),
      ...calls.map((call) => call.index),
    ])
    const isEnd = answers.some(({ finish }) => finish !== '') || position === lastUsage
    const begins = answers.some(
      ({ choice, role, calls }) =>
        (role !== '' && !roles.has(choice)) || calls.some(({ id, name }) => id !== '' || name !== ''),
    )
    for (const { choice, role } of answers) if (role !== '') roles.add(choice)
    if (saysMore(chunk)) return
    if (carriers.includes(position) && says.length === 1 && !isEnd && !begins) count++
  })
  return count
}

/** Whether the role comes with or before each choice's first text, and its end with or behind the last. */
function inOrder(chat: readonly PlainChat[]): boolean {
  const choices = new Set(chat.flatMap(({ answers }) => answers.map(({ choice }) => choice)))
  return [...choices].every((choice) => {
    const own = chat.map(({ answers }) => answers.find((answer) => answer.choice === choice))
    const saying = own.flatMap((answer, position) =>
      answer && (answer.content + answer.reasoning + answer.refusal !== '' || answer.calls.length > 0)
        ? position
        : [],
    )
    const role = own.findIndex((answer) => answer?.role)
    const end = own.findLastIndex((answer) => answer?.finish)
    return role <= (saying[0] ?? role) && (end === -1 || end >= (saying.at(-1) ?? end))
  })
}

const apart = (text: string): readonly PlainChat[] => plainChunks(text).map((chunk) => addUp([chunk]))

checkEachRecording(
  'a whole new text',
  (text, random, style) => {
    const recording = openRecording(text)
    const tracks = shownTracks(recording).filter(({ pieceNodes }) => pieceNodes.length > 0)
    if (tracks.length === 0) return
    const track = random.pick(tracks)
    const wanted = random.pick(TEXTS)
    const mode = random.pick(MODES)
    const pieces = cutText(wanted, mode, recordedLengths(recording, track))
    const after = applyChecked(text, rechunk(recording, track, pieces), { style, emptied: wanted === '' })

    const before = addUpText(text)
    expect(addUpText(after)).toEqual(withText(before, recording, track, wanted))
    const said = saidBy(text, recording, track)
    const filled = said.flatMap((one, position) => (one === '' ? [] : position))
    const carriers = filled.length > 0 ? filled : [track.pieceChunks[0] ?? 0]
    const count = chunkCount(recording)
    const now = openRecording(after)
    if (mode === 'keep-count') expect(chunkCount(now)).toBe(count)
    const surplus = carriers.length - pieces.length
    const gone = surplus <= 0 ? surplus : Math.min(surplus, dispensable(text, carriers))
    expect(chunkCount(now)).toBe(count - gone)
    // chunk by chunk it is the pieces
    expect(saidBy(after, recording, track).filter((one) => one !== '')).toEqual(
      pieces.filter((one) => one !== ''),
    )
    if (inOrder(apart(text))) expect(inOrder(apart(after)), 'role first, end last').toBe(true)
    const ids = (of: string): ReadonlySet<unknown> => new Set(plainChunks(of).map((chunk) => at(chunk, 'id')))
    for (const id of ids(after)) expect(ids(text).has(id)).toBe(true)
    // every chunk that did not say this text is still there, to the letter and in its order
    const others = rawChunks(text).filter((_, position) => !carriers.includes(position))
    const left = rawChunks(after)
    let from = 0
    for (const other of others) {
      const found = left.indexOf(other, from)
      expect(found, 'a chunk of other things has changed').toBeGreaterThanOrEqual(from)
      from = found + 1
    }
  },
  { runs: 150, perFile: 2 },
)

checkEachRecording(
  'a text that is not streamed, or cut as it was',
  (text, random, style) => {
    const recording = openRecording(text)
    const tracks = shownTracks(recording).filter(({ pieceNodes }) => pieceNodes.length > 0)
    if (tracks.length === 0) return
    const track = random.pick(tracks)
    const said = saidBy(text, recording, track).filter((one) => one !== '')
    const again = rechunk(recording, track, said)
    if (said.length > 0 && recording.interaction.response.chunkList) {
      const isOnePieceEach = track.pieceChunks.every((chunk, piece) => chunk !== track.pieceChunks[piece - 1])
      if (isOnePieceEach) expect(again).toEqual([])
      expect(addUpText(applyChecked(text, again, { style }))).toEqual(addUpText(text))
    }
    const wanted = random.pick(TEXTS)
    if (recording.interaction.response.chunkList !== undefined) return
    const after = applyChecked(text, rechunk(recording, track, cutText(wanted, 'per-word', [])), { style })
    expect(addUpText(after)).toEqual(withText(addUpText(text), recording, track, wanted))
  },
  { runs: 40, streamed: false },
)

describe('for the official accumulator', () => {
  it('a text that is cut anew is that text, and everything else is the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        chatRecording,
        fc.constantFrom(...MODES),
        fc.constantFrom(...TEXTS),
        async ({ text }, mode, wanted) => {
          const recording = openRecording(text)
          const [track] = shownTracks(recording).filter(({ kind }) => kind === 'text')
          if (track === undefined || track.pieceNodes.length === 0 || wanted === '') return
          const pieces = cutText(wanted, mode, recordedLengths(recording, track))
          const after = await askTheSdk(plainChunks(applyChecked(text, rechunk(recording, track, pieces))))
          const before = await askTheSdk(plainChunks(text))
          const answers = before.answers.map((answer) =>
            answer.choice === track.choice ? { ...answer, content: wanted } : answer,
          )
          expect({ answers: after.answers, usage: after.usage }).toEqual({ answers, usage: before.usage })
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a longer text', () => {
  const style = STYLES[0]
  if (style === undefined) throw new Error('no style')

  it('moves the end of its own choice only', () => {
    const choice = (index: number, content: string): object => ({
      index,
      delta: { role: 'assistant', content },
      finish_reason: 'stop',
    })
    const text = printRecording([{ id: 'a', choices: [choice(0, 'abc'), choice(1, 'xyz')] }], style, true)
    const recording = openRecording(text)
    const [track] = shownTracks(recording)
    if (track === undefined) throw new Error('no track')
    const after = applyChecked(text, rechunk(recording, track, ['a', 'b', 'c']))
    expect(addUpText(after)).toEqual(addUpText(text))
    expect(plainChunks(after)).toEqual([
      {
        id: 'a',
        choices: [
          { index: 0, delta: { role: 'assistant', content: 'a' }, finish_reason: null },
          { index: 1, delta: { role: 'assistant', content: 'xyz' }, finish_reason: 'stop' },
        ],
      },
      { id: 'a', choices: [{ index: 0, delta: { content: 'b' }, finish_reason: null }] },
      { id: 'a', choices: [{ index: 0, delta: { content: 'c' }, finish_reason: 'stop' }] },
    ])
  })
})
