import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Recording } from '../../../src/core/edits/recording.ts'
import {
  mergeWithNext,
  type PieceOfChunk,
  piecesOf,
  splitChunk,
} from '../../../src/core/edits/split-merge.ts'
import { graphemeEnds } from '../../../src/core/text/graphemes.ts'
import { chatRecording, printRecording } from '../support/chat-recordings.ts'
import { checkEachRecording } from '../support/each-recording.ts'
import {
  applyChecked,
  chunkCount,
  expectKept,
  expectRefused,
  openRecording,
  unlessRefused,
} from '../support/edit-checks.ts'
import { STYLES } from '../support/json-layouts.ts'
import { askTheSdk } from '../support/openai-sdk.ts'
import { addUp, addUpText, plainChunks } from '../support/plain-chat.ts'
import type { Random } from '../support/random.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

interface Cut {
  readonly position: number
  readonly piece: PieceOfChunk
  readonly offset: number
}

/** Somewhere that a chunk can be split. */
function anyCut(recording: Recording, random: Random): Cut | undefined {
  const start = random.below(chunkCount(recording))
  for (let step = 0; step < chunkCount(recording); step++) {
    const position = (start + step) % chunkCount(recording)
    const long = piecesOf(recording, position).filter(
      ({ node }) => graphemeEnds(node.string() ?? '').length > 2,
    )
    if (long.length === 0) continue
    const piece = random.pick(long)
    const ends = graphemeEnds(piece.node.string() ?? '')
    return { position, piece, offset: random.pick(ends.slice(1, -1)) }
  }
  return undefined
}

checkEachRecording('a chunk split, and merged again', (text, random, style) => {
  const recording = openRecording(text)
  const cut = anyCut(recording, random)
  if (cut === undefined) return
  const { position, piece, offset } = cut
  const count = chunkCount(recording)
  const split = applyChecked(text, splitChunk(recording, position, piece, offset), { style })
  const now = openRecording(split)
  expect(chunkCount(now)).toBe(count + 1)
  expectKept(text, split, position, count - position - 1)
  expect(addUpText(split)).toEqual(addUpText(text))
  // by the first half, what had arrived before the split, and the half
  const trackAt = recording.interaction.stream.tracks.indexOf(piece.track)
  const half = now.interaction.stream.tracks[trackAt]
  const pieceAt = piece.track.pieceNodes.indexOf(piece.node.id)
  const before = pieceAt === 0 ? 0 : (piece.track.pieceEnds[pieceAt - 1] ?? 0)
  const chunks = half?.pieceChunks ?? new Uint32Array()
  const lastOfHead = chunks.lastIndexOf(position)
  expect(half?.pieceEnds[lastOfHead]).toBe(before + offset)
  // ends in the second half only
  const [head] = addUp(plainChunks(split).slice(position, position + 1)).answers.filter(
    ({ choice }) => choice === piece.track.choice,
  )
  expect(head?.finish).toBe('')
  const tail = addUp(plainChunks(split).slice(position + 1, position + 2)).answers
  expect(tail.map(({ choice, role }) => ({ choice, role }))).toEqual([
    { choice: piece.track.choice, role: '' },
  ])

  const merged = applyChecked(split, mergeWithNext(now, position), { style })
  expect(addUpText(merged)).toEqual(addUpText(text))
  expect(chunkCount(openRecording(merged))).toBe(count)
  expectKept(text, merged, position, count - position - 1)
})

checkEachRecording(
  'a chunk merged with the next',
  (text, random, style) => {
    const recording = openRecording(text)
    const count = chunkCount(recording)
    if (count < 2) return
    const position = random.below(count - 1)
    const plan = unlessRefused(() => mergeWithNext(recording, position))
    expect(plan, 'chunks of one stream can be merged').toBeDefined()
    const after = applyChecked(text, plan ?? [], { style })
    expect(addUpText(after)).toEqual(addUpText(text))
    expect(chunkCount(openRecording(after))).toBe(count - 1)
    expectKept(text, after, position, count - position - 2)
  },
  { runs: 150, perFile: 2 },
)

checkEachRecording(
  'all chunks merged into one',
  (text, _, style) => {
    if (text.length > 15_000) return
    let now = text
    for (let left = chunkCount(openRecording(text)); left > 1; left--) {
      now = applyChecked(now, mergeWithNext(openRecording(now), 0), { style })
    }
    expect(addUpText(now)).toEqual(addUpText(text))
  },
  { runs: 20, perFile: 1 },
)

describe('for the official accumulator', () => {
  it('a stream split and merged anywhere is the same', async () => {
    await fc.assert(
      fc.asyncProperty(chatRecording, fc.array(fc.nat(), { maxLength: 6 }), async ({ text }, seeds) => {
        const { answers, usage } = await askTheSdk(plainChunks(text))
        let now = text
        for (const seed of seeds) {
          const recording = openRecording(now)
          const random = {
            below: (n: number) => seed % Math.max(1, n),
            pick: <T>(of: readonly T[]) => of[seed % of.length] as T,
          }
          const cut = anyCut(recording, random)
          if (seed % 2 === 0 && cut !== undefined) {
            now = applyChecked(now, splitChunk(recording, cut.position, cut.piece, cut.offset))
          } else if (chunkCount(recording) > 1) {
            now = applyChecked(now, mergeWithNext(recording, seed % (chunkCount(recording) - 1)))
          }
        }
        const after = await askTheSdk(plainChunks(now))
        expect({ answers: after.answers, usage: after.usage }).toEqual({ answers, usage })
      }),
      { numRuns: 40 },
    )
  })
})

/** A recording of these chunks, as they are on the wire. */
function recordingOf(...chunks: readonly unknown[]): string {
  const style = STYLES[0]
  if (style === undefined) throw new Error('no style')
  return printRecording(chunks, style, true)
}

function delta(members: object, finish: string | null = null, index = 0): object {
  return { index, delta: members, finish_reason: finish }
}

function firstPiece(recording: Recording, position: number, says: string): PieceOfChunk {
  const found = piecesOf(recording, position).find(({ node }) => node.string() === says)
  if (found === undefined) throw new Error(`chunk ${position} does not say ${says}`)
  return found
}

describe('a split', () => {
  it('leaves the end of another choice where it is', () => {
    const text = recordingOf({
      choices: [delta({ content: 'abcd' }, 'stop'), delta({ content: 'x' }, 'length', 1)],
    })
    const recording = openRecording(text)
    const after = applyChecked(text, splitChunk(recording, 0, firstPiece(recording, 0, 'abcd'), 2))
    expect(addUpText(after)).toEqual(addUpText(text))
  })

  it('inside the first of two fragments of one call takes the second along', () => {
    const call = (text: string): object => ({ index: 0, function: { arguments: text } })
    const text = recordingOf({ choices: [delta({ tool_calls: [call('{"a":'), call('1}')] }, 'tool_calls')] })
    const recording = openRecording(text)
    const after = applyChecked(text, splitChunk(recording, 0, firstPiece(recording, 0, '{"a":'), 2))
    expect(addUpText(after)).toEqual(addUpText(text))
  })

  it('of reasoning writes on under the name that the chunk uses', () => {
    const text = recordingOf({
      choices: [delta({ content: null, reasoning: null, reasoning_content: 'abcd' })],
    })
    const recording = openRecording(text)
    const after = applyChecked(text, splitChunk(recording, 0, firstPiece(recording, 0, 'abcd'), 2))
    expect(plainChunks(after)).toEqual([
      { choices: [delta({ content: null, reasoning: null, reasoning_content: 'ab' })] },
      { choices: [delta({ content: null, reasoning: null, reasoning_content: 'cd' })] },
    ])
  })

  it('of a call that was sent as on the wire spells out no nulls, whatever the texts say', () => {
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '{"a": null}' } }
    const text = recordingOf({ choices: [delta({ role: 'assistant', tool_calls: [call] })] })
    const recording = openRecording(text)
    const after = applyChecked(text, splitChunk(recording, 0, firstPiece(recording, 0, '{"a": null}'), 2))
    const tail = { index: 0, function: { arguments: 'a": null}' } }
    expect(plainChunks(after)[1]).toEqual({ choices: [delta({ tool_calls: [tail] })] })
  })

  it('is refused at the ends, inside a character, and where nothing can be split', () => {
    const text = recordingOf({ choices: [delta({ content: 'a👩‍👩‍👧e\u0301🇫🇷🇩🇪' })] })
    const recording = openRecording(text)
    const piece = firstPiece(recording, 0, 'a👩‍👩‍👧e\u0301🇫🇷🇩🇪')
    for (const offset of [-1, 0, 2, 3, 4, 5, 8, 10, 12, 13, 14, 16, 19, 1.5, Number.NaN]) {
      expectRefused(() => splitChunk(recording, 0, piece, offset))
    }
    for (const offset of [1, 9, 11, 15]) {
      expect(addUpText(applyChecked(text, splitChunk(recording, 0, piece, offset)))).toEqual(addUpText(text))
    }
    expectRefused(() => splitChunk(recording, 1, piece, 1))
  })
})

describe('a merge', () => {
  it('is refused where there is no next chunk', () => {
    const recording = openRecording(recordingOf({ choices: [delta({ content: 'a' })] }))
    for (const position of [0, 1, -1, -2, 0.5, Number.NaN]) {
      expectRefused(() => mergeWithNext(recording, position))
    }
  })

  it('is refused where the two say the same thing in different ways', () => {
    const parts = [{ type: 'text', text: 'a' }]
    const recording = openRecording(
      recordingOf({ choices: [delta({ content: 'a' })] }, { choices: [delta({ content: parts })] }),
    )
    expectRefused(() => mergeWithNext(recording, 0))
  })

  it('takes the later usage as a whole', () => {
    const early = {
      prompt_tokens: 1,
      completion_tokens: 1,
      total_tokens: 2,
      prompt_tokens_details: { cached_tokens: 7 },
    }
    const late = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, prompt_tokens_details: null }
    const text = recordingOf(
      { choices: [delta({ content: 'a' })], usage: early },
      { choices: [delta({ content: 'b' })], usage: late },
    )
    const after = applyChecked(text, mergeWithNext(openRecording(text), 0))
    expect(addUpText(after)).toEqual(addUpText(text))
  })

  it('joins fragments of calls that have no index', () => {
    const call = (name: string, text: string): object => ({ function: { name, arguments: text } })
    const text = recordingOf(
      { choices: [delta({ tool_calls: [call('f', '{"a'), call('g', '{')] })] },
      { choices: [delta({ tool_calls: [call('', '":1}'), call('', '}')] })] },
    )
    const after = applyChecked(text, mergeWithNext(openRecording(text), 0))
    expect(addUpText(after)).toEqual(addUpText(text))
    expect(addUpText(after).answers[0]?.calls.map((made) => made.arguments)).toEqual(['{"a":1}', '{}'])
  })

  it('joins choices that have no index', () => {
    const text = recordingOf(
      { choices: [{ delta: { role: 'assistant', content: 'a' } }] },
      { choices: [{ delta: { content: 'b' }, finish_reason: 'stop' }] },
    )
    const after = applyChecked(text, mergeWithNext(openRecording(text), 0))
    expect(plainChunks(after)).toEqual([
      { choices: [{ delta: { role: 'assistant', content: 'ab' }, finish_reason: 'stop' }] },
    ])
  })

  it('keeps fragments of one call in their order', () => {
    const call = (index: number, text: string): object => ({ index, function: { arguments: text } })
    const text = recordingOf(
      { choices: [delta({ tool_calls: [call(0, 'a'), call(1, 'A'), call(0, 'b')] })] },
      { choices: [delta({ tool_calls: [call(1, 'B'), call(0, 'c'), call(0, 'd')] })] },
    )
    const after = applyChecked(text, mergeWithNext(openRecording(text), 0))
    expect(addUpText(after)).toEqual(addUpText(text))
  })

  it('joins the logprobs of both', () => {
    const tokens = (token: string): object => ({
      content: [{ token, logprob: -0.5, top_logprobs: [] }],
      refusal: null,
    })
    const chunk = (text: string): object => ({
      choices: [{ index: 0, delta: { content: text }, logprobs: tokens(text), finish_reason: null }],
    })
    const text = recordingOf(chunk('a'), chunk('b'))
    const after = applyChecked(text, mergeWithNext(openRecording(text), 0))
    const both = [
      { token: 'a', logprob: -0.5, top_logprobs: [] },
      { token: 'b', logprob: -0.5, top_logprobs: [] },
    ]
    expect(plainChunks(after)).toEqual([
      {
        choices: [
          {
            index: 0,
            delta: { content: 'ab' },
            logprobs: { content: both, refusal: null },
            finish_reason: null,
          },
        ],
      },
    ])
  })
})
