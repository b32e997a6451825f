/** Commands on the chunks of APIs that stream block by block, planned on hand-made streams in a JSON list. */
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../src/core/dialects/anthropic-messages.ts'
import { bedrockConverse } from '../../../src/core/dialects/bedrock-converse.ts'
import type { Dialect } from '../../../src/core/dialects/dialect.ts'
import { insertTextChunk } from '../../../src/core/edits/chunk-list.ts'
import { breakArguments, emptyAnswer, finishAt } from '../../../src/core/edits/faults.ts'
import { rechunk } from '../../../src/core/edits/rechunk.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { piecesOf, splitChunk } from '../../../src/core/edits/split-merge.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { answerOfStream, type BlockAnswer } from '../support/answer-of-stream.ts'
import { askAnthropicSdk } from '../support/anthropic-sdk.ts'
import { addUpConverse } from '../support/plain-converse.ts'
import { foldPayloads } from './fold-payloads.ts'

const delta = (index: number, piece: object): object => ({ type: 'content_block_delta', index, delta: piece })
const start = (index: number, block: object): object => ({
  type: 'content_block_start',
  index,
  content_block: block,
})

const ANTHROPIC: readonly object[] = [
  {
    type: 'message_start',
    message: { role: 'assistant', content: [], usage: { input_tokens: 3, output_tokens: 1 } },
  },
  start(0, { type: 'thinking', thinking: '', signature: '' }),
  delta(0, { type: 'thinking_delta', thinking: 'Let me think' }),
  delta(0, { type: 'signature_delta', signature: 'Eq' }),
  { type: 'content_block_stop', index: 0 },
  start(1, { type: 'text', text: '' }),
  delta(1, { type: 'text_delta', text: 'Hello' }),
  delta(1, { type: 'text_delta', text: ' world' }),
  { type: 'content_block_stop', index: 1 },
  start(2, { type: 'tool_use', id: 't', name: 'f', input: {} }),
  delta(2, { type: 'input_json_delta', partial_json: '{"abc":1}' }),
  { type: 'content_block_stop', index: 2 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 9 },
  },
  { type: 'message_stop' },
]

const CONVERSE: readonly object[] = [
  { messageStart: { role: 'assistant' } },
  { contentBlockDelta: { delta: { reasoningContent: { text: 'Let me think' } }, contentBlockIndex: 0 } },
  { contentBlockStop: { contentBlockIndex: 0 } },
  { contentBlockDelta: { delta: { text: 'Hello' }, contentBlockIndex: 1 } },
  { contentBlockDelta: { delta: { text: ' world' }, contentBlockIndex: 1 } },
  { contentBlockStop: { contentBlockIndex: 1 } },
  { contentBlockStart: { start: { toolUse: { toolUseId: 't', name: 'f' } }, contentBlockIndex: 2 } },
  { contentBlockDelta: { delta: { toolUse: { input: '{"abc":1}' } }, contentBlockIndex: 2 } },
  { contentBlockStop: { contentBlockIndex: 2 } },
  { messageStop: { stopReason: 'tool_use' } },
  { metadata: { usage: { inputTokens: 3, outputTokens: 9 }, metrics: { latencyMs: 1 } } },
]

function open(dialect: Dialect, payloads: readonly string[]): Recording {
  const { document, stream } = foldPayloads(dialect, payloads)
  const interaction: Recording['interaction'] = {
    at: [],
    dialect: dialect.id,
    dialectBecause: '',
    request: { headers: [], extras: [] },
    conversation: { messages: [], tools: [], parameters: [] },
    response: { streaming: true, framing: 'object-list', chunkList: [{ in: 'json', pointer: '' }] },
    stream,
    extras: [],
  }
  return { container: 'none', document, interaction }
}

interface Oracle {
  readonly dialect: Dialect
  readonly chunks: readonly object[]
  readonly ask: (payloads: readonly string[]) => Promise<BlockAnswer>
}

describe.each<Oracle>([
  {
    dialect: anthropicMessages,
    chunks: ANTHROPIC,
    ask: async (payloads) => {
      const { refusal, ...answer } = await askAnthropicSdk(payloads)
      expect(refusal).toBeUndefined()
      return answer
    },
  },
  { dialect: bedrockConverse, chunks: CONVERSE, ask: async (payloads) => addUpConverse(payloads) },
])('chunks of $dialect.id', ({ dialect, chunks, ask }) => {
  const payloads = chunks.map((chunk) => JSON.stringify(chunk))
  const recording = open(dialect, payloads)
  const { tracks } = recording.interaction.stream
  const before = answerOfStream(recording.interaction.stream)

  /** What stands there after the edits, on which the oracle and the fold agree. */
  async function outcome(edits: readonly TextEdit[]): Promise<{ answer: BlockAnswer; count: number }> {
    const edited = JSON.parse(applyEdits(recording.document.text, edits)) as readonly unknown[]
    const texts = edited.map((chunk) => JSON.stringify(chunk))
    const answer = answerOfStream(foldPayloads(dialect, texts).stream)
    expect(await ask(texts)).toEqual(answer)
    return { answer, count: texts.length }
  }

  it('split anywhere and say the same', async () => {
    let split = 0
    for (const position of payloads.keys()) {
      for (const piece of piecesOf(recording, position)) {
        const { answer, count } = await outcome(splitChunk(recording, position, piece, 3))
        expect(answer).toEqual(before)
        expect(count).toBe(payloads.length + 1)
        split++
      }
    }
    expect(split).toBe(4)
  })

  it('come and go with a new text', async () => {
    for (const [at, track] of tracks.entries()) {
      for (const pieces of [['{"a":', '2', '}', ' '], ['[]']]) {
        const { answer } = await outcome(rechunk(recording, track, pieces))
        const said = answer.blocks.map((block) => (block.kind === 'call' ? block.arguments : block.text))
        expect(said).toEqual(tracks.map(({ text }, other) => (other === at ? pieces.join('') : text)))
      }
    }
  })

  it('are made after their neighbours', async () => {
    const track = tracks.find(({ kind }) => kind === 'text')
    if (track === undefined) throw new Error('no text')
    const { answer } = await outcome(insertTextChunk(recording, track.pieceChunks[1] ?? 0, track, ', my'))
    expect(answer.blocks).toContainEqual({ kind: 'text', text: 'Hello, my world' })
  })

  it('break arguments', async () => {
    const track = tracks.find(({ kind }) => kind === 'tool-arguments')
    if (track === undefined) throw new Error('no call')
    const { answer } = await outcome(breakArguments(recording, track))
    expect(answer.blocks.at(-1)).toMatchObject({ arguments: '{"abc":1' })
  })

  it('end early, or say nothing at all', async () => {
    const text = tracks.find(({ kind }) => kind === 'text')
    const early = await outcome(finishAt(recording, text?.pieceChunks[0] ?? 0, 'max_tokens'))
    expect(early.answer).toMatchObject({ stop: 'max_tokens', outputTokens: 9 })
    expect(early.answer.blocks.at(-1)).toEqual({ kind: 'text', text: 'Hello' })
    const empty = await outcome(emptyAnswer(recording))
    expect(empty.answer).toMatchObject({ blocks: [], stop: 'end_turn' })
  })
})
