/**
 * The official `openai` package as an oracle: what its accumulator holds after the last chunk of every streamed
 * chat recording must be what our fold says.
 *
 * Compared with the accumulator's snapshot after the last chunk, not with `finalChatCompletion()`, since the
 * final check refuses recordings for reasons that do not concern the fold; every refusal is classified below
 * and an unclassified one fails.
 */

import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { decodeFile } from '../../src/core/file-text.ts'
import { readCassette } from '../../src/core/open.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../support/corpus.ts'
import { type Answer, askOurselves, askTheSdk, at, chunksOf, parse } from './support/openai-sdk.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** Why the SDK refuses a recording, by its own words. */
const REFUSALS: readonly { readonly id: string; readonly says: RegExp; readonly because: string }[] = [
  {
    id: 'no finish reason',
    says: /^missing finish_reason for choice \d+$/,
    because: 'the stream broke off; finalizeChatCompletion wants a finish_reason, the snapshot is whole',
  },
]

/** What became of each file, by name. */
const outcomes = new Map<string, string>()

interface Streamed extends RecordingFile {
  readonly text: string
}

/** Asked of the file's JSON alone, so that a recording our reader does not recognise cannot slip away. */
function isStreamedChat(text: string): boolean {
  const body = at(parse(text), 'response', 'body')
  if (at(parse(text), 'response', 'is_streaming') !== true || !Array.isArray(body)) return false
  return chunksOf(text).some((chunk) => {
    const choices = at(chunk, 'choices')
    return Array.isArray(choices) && choices.some((choice) => typeof at(choice, 'delta') === 'object')
  })
}

function streamedChats(files: readonly RecordingFile[]): readonly Streamed[] {
  return files.flatMap((file) => {
    const decoded = decodeFile(bytesOf(file))
    if (!('text' in decoded)) throw new Error(`${file.name} is refused`)
    return isStreamedChat(decoded.text) ? [{ ...file, text: decoded.text }] : []
  })
}

async function compare({ name, text }: Streamed): Promise<void> {
  const interaction = readCassette(text).cassette?.interactions[0]
  if (interaction === undefined) throw new Error(`${name} was not read`)
  expect(interaction.dialect).toBe('openai-chat')
  expect(interaction.response.framing).toBe('object-list')
  const chunks = chunksOf(text)
  expect(interaction.stream.chunkNodes.length).toBe(chunks.length)
  const { refusal, repaired, ...theirs } = await askTheSdk(chunks)
  expect(askOurselves(interaction)).toEqual(theirs)
  if (refusal === undefined) {
    outcomes.set(
      name,
      repaired === undefined ? 'compared' : `compared without what stops the SDK: ${repaired}`,
    )
    return
  }
  const known = REFUSALS.find(({ says }) => says.test(refusal))
  expect(known?.id, `the SDK refuses it for a reason that nobody has looked at: ${refusal}`).toBeDefined()
  outcomes.set(name, `compared, refused at the end: ${known?.id}`)
}

function report(files: readonly Streamed[], what: string): void {
  const counts = new Map<string, number>()
  for (const { name } of files) {
    const outcome = outcomes.get(name) ?? 'not compared'
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  console.info(`openai oracle, ${what}: ${[...counts].map(([id, count]) => `${count} ${id}`).join('; ')}`)
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter(({ name }) => !outcomes.has(name)).map(({ name }) => name)).toEqual([])
}

describe('the fold agrees with the official openai accumulator on hand-made streams', () => {
  const files = streamedChats([SEED, ...containerFixtures('llama-stack-json')])
  for (const file of files) {
    it(file.name, () => compare(file))
  }
  afterAll(() => report(files, 'fixtures'))
})

const corpus = streamedChats(llamaStackCorpus())

describe.skipIf(corpus.length === 0)(
  `the fold agrees with the official openai accumulator on real streams (${CORPUS_MISSING})`,
  () => {
    it('found streams to compare', () => expect(corpus.length).toBeGreaterThanOrEqual(50))
    for (const file of corpus) it(file.name, () => compare(file))
    afterAll(() => report(corpus, 'corpus'))
  },
)

/** Streams that no provider sends but could: any order, any mixture, empty and null everywhere. */
const piece = fc.constantFrom(null, '', 'a', 'é', '😀', '"', '\\\n', 'word ')
const toolCall = fc.record({
  index: fc.nat({ max: 2 }),
  id: fc.constantFrom(null, '', 'call_1', 'call_2'),
  // without a type the SDK throws in the middle of the stream ("tool call snapshot missing `type`")
  type: fc.constant('function'),
  function: fc.record({ name: fc.constantFrom(null, '', 'get', 'put'), arguments: piece }),
})
const anyDelta = fc.record(
  {
    role: fc.constantFrom(null, '', 'assistant'),
    content: piece,
    refusal: piece,
    tool_calls: fc.oneof(fc.constant(null), fc.array(toolCall, { maxLength: 3 })),
    function_call: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ name: fc.constantFrom('', 'old'), arguments: piece }) },
    ),
  },
  { requiredKeys: [] },
)
const anyChoice = fc.record({
  index: fc.nat({ max: 2 }),
  delta: anyDelta,
  finish_reason: fc.constantFrom(null, null, null, 'stop', 'length', 'tool_calls'),
})
const anyUsage = fc.oneof(
  fc.constant(null),
  fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat(), total_tokens: fc.nat() }),
)
// without an assistant's message in choice 0 the SDK throws outside of its promises and never ends
const opening = { id: 'x', choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }] }
const anyChunks = fc.array(
  fc.record({ id: fc.constant('x'), choices: fc.array(anyChoice, { maxLength: 3 }), usage: anyUsage }),
  { maxLength: 10 },
)
const anyStream = anyChunks.map((chunks) => [opening, ...chunks])

function byChoice(answers: readonly Answer[]): readonly Answer[] {
  // an answer of which nothing was said but that it exists is none here
  const silent = (answer: Answer): boolean =>
    answer.calls.length === 0 &&
    `${answer.role}${answer.content}${answer.refusal}${answer.finishReason}` === ''
  return answers.filter((answer) => !silent(answer)).toSorted((a, b) => a.choice - b.choice)
}

describe('the fold agrees with the official openai accumulator on arbitrary streams', () => {
  it('in any order, with anything empty or null', async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, async (chunks) => {
        const theirs = await askTheSdk(chunks)
        const text = JSON.stringify({
          request: { url: 'https://x/chat/completions', body: { messages: [] } },
          response: { body: chunks, is_streaming: true },
        })
        const interaction = readCassette(text).cassette?.interactions[0]
        if (interaction === undefined) throw new Error('not read')
        expect(interaction.dialect).toBe('openai-chat')
        const ours = askOurselves(interaction)
        expect(byChoice(ours.answers)).toEqual(byChoice(theirs.answers))
        expect(ours.usage).toEqual(theirs.usage)
      }),
      { numRuns: 300 },
    )
  })
})
