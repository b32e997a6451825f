/**
 * The official `openai` package as an oracle. Every streamed chat recording is served to the SDK by a fake
 * `fetch` (no network), its accumulator (lib/ChatCompletionStream) adds the chunks up, and what it holds in
 * the end must be what our fold says.
 *
 * Compared with the accumulator's snapshot after the last chunk, not with `finalChatCompletion()`, since the
 * final check refuses recordings for reasons that do not concern the fold; every refusal is classified below
 * and an unclassified one fails. How the SDK differs by design, and what is done about it:
 * - it knows no reasoning: not compared;
 * - a text that never came is undefined there and an empty track or none here: both are '';
 * - `Object.assign(snapshot, rest)` overwrites usage by a later null: the last one that was not null counts;
 * - it files tool calls at their index in a sparse array: compared by index;
 * - it keeps the legacy `function_call` apart: here it is the call with index -1.
 */

import fc from 'fast-check'
import OpenAI from 'openai'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Interaction } from '../../src/core/cassette/cassette.ts'
import { decodeFile, readCassette } from '../../src/core/open.ts'
import {
  bytesOf,
  CORPUS_MISSING,
  containerFixtures,
  llamaStackCorpus,
  type RecordingFile,
  SEED,
} from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

interface Answer {
  readonly choice: number
  readonly role: string
  readonly content: string
  readonly refusal: string
  readonly finishReason: string
  readonly calls: readonly { index: number; id: string; name: string; arguments: string }[]
}

interface Counts {
  readonly inputTokens: string
  readonly outputTokens: string
  readonly totalTokens: string
  readonly cachedInputTokens: string
  readonly reasoningTokens: string
}

interface Result {
  readonly answers: readonly Answer[]
  readonly usage: Counts | undefined
}

/** Why the SDK refuses a recording, by its own words. */
const REFUSALS: readonly { readonly id: string; readonly says: RegExp; readonly because: string }[] = [
  {
    id: 'no finish reason',
    says: /^missing finish_reason for choice \d+$/,
    because: 'the stream broke off; finalizeChatCompletion wants a finish_reason, the snapshot is whole',
  },
]

/** Chunks that stop the SDK in the middle: what it stumbles over is taken out and it is asked again. */
const STUMBLES: readonly {
  readonly id: string
  readonly says: RegExp
  readonly because: string
  readonly repair: (chunk: unknown) => unknown
}[] = [
  {
    id: 'null delta',
    says: /^Cannot read properties of null \(reading 'content'\)$/,
    because:
      'Azure\'s late filter verdicts have "delta": null; #accumulateChatCompletion skips them ("Shouldn\'t ' +
      'happen; just in case"), but #addChunk reads choice.delta.content right after it',
    repair: (chunk) => {
      const choices = at(chunk, 'choices')
      if (!Array.isArray(choices)) return chunk
      const repaired = choices.map((choice: unknown) =>
        at(choice, 'delta') === null ? { ...Object(choice), delta: {} } : choice,
      )
      return { ...Object(chunk), choices: repaired }
    },
  },
]

/** What became of each file, by name. */
const outcomes = new Map<string, string>()

function parse(text: string): unknown {
  return JSON.parse(text) as unknown
}

/** The chunks by `JSON.parse` alone, so that nothing of our reading is shared with the oracle's. */
function chunksOf(text: string): readonly unknown[] {
  const file = parse(text) as { response: { body: readonly { __data__?: unknown }[] } }
  return file.response.body.map((item) => item.__data__ ?? item)
}

interface Judgement extends Result {
  readonly refusal: string | undefined
  readonly repaired: string | undefined
}

async function askTheSdk(chunks: readonly unknown[], repaired?: string): Promise<Judgement> {
  const events = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  const client = new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    fetch: () =>
      Promise.resolve(
        new Response([...events, 'data: [DONE]\n\n'].join(''), {
          headers: { 'content-type': 'text/event-stream' },
        }),
      ),
  })
  const run = client.chat.completions.stream({ model: 'any', messages: [{ role: 'user', content: 'any' }] })
  let usage: unknown
  let seen = 0
  type Snapshot = Parameters<Parameters<typeof run.on<'chunk'>>[1]>[1]
  let last: Snapshot | undefined
  run.on('chunk', (_: ChatCompletionChunk, snapshot: Snapshot) => {
    seen++
    last = snapshot
    usage = at(snapshot, 'usage') ?? usage
  })
  let refusal: string | undefined
  try {
    await run.finalChatCompletion()
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error)
  }
  if (seen !== chunks.length) {
    const stumble = STUMBLES.find(({ says }) => says.test(refusal ?? ''))
    if (stumble !== undefined && repaired === undefined) {
      return askTheSdk(chunks.map(stumble.repair), stumble.id)
    }
    throw new Error(`the SDK stopped at chunk ${seen} of ${chunks.length}: ${refusal}`)
  }
  return {
    answers: (last?.choices ?? []).flatMap((choice) => answerOfSdk(choice)),
    usage: countsOfSdk(usage),
    refusal,
    repaired,
  }
}

interface SdkChoice {
  readonly index: number
  readonly finish_reason?: string | null
  readonly message: {
    readonly role?: string
    readonly content?: string | null
    readonly refusal?: string | null
    readonly function_call?: { readonly name?: string; readonly arguments?: string }
    readonly tool_calls?: readonly {
      readonly id?: string
      readonly function?: { readonly name?: string; readonly arguments?: string }
    }[]
  }
}

function answerOfSdk({ index, finish_reason, message }: SdkChoice): Answer {
  const { function_call: legacy } = message
  // flatMap: the array has holes where no call had that index
  const calls = (message.tool_calls ?? []).flatMap((call, at) => ({
    index: at,
    id: call.id ?? '',
    name: call.function?.name ?? '',
    arguments: call.function?.arguments ?? '',
  }))
  const oldCall = { index: -1, id: '', name: legacy?.name ?? '', arguments: legacy?.arguments ?? '' }
  return {
    choice: index,
    role: message.role ?? '',
    content: message.content ?? '',
    refusal: message.refusal ?? '',
    finishReason: finish_reason ?? '',
    calls: legacy === undefined ? calls : [oldCall, ...calls],
  }
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null
        ? Object.getOwnPropertyDescriptor(inside, key)?.value
        : undefined,
    value,
  )
}

function countsOfSdk(usage: unknown): Counts | undefined {
  if (usage === undefined) return undefined
  const count = (...keys: readonly string[]): string => {
    const value = at(usage, ...keys)
    return value === undefined || value === null ? '' : String(value)
  }
  return {
    inputTokens: count('prompt_tokens'),
    outputTokens: count('completion_tokens'),
    totalTokens: count('total_tokens'),
    cachedInputTokens: count('prompt_tokens_details', 'cached_tokens'),
    reasoningTokens: count('completion_tokens_details', 'reasoning_tokens'),
  }
}

function askOurselves({ stream }: Interaction): Result {
  const answers = stream.messages.map((message): Answer => {
    const textOf = (kind: 'text' | 'refusal'): string =>
      message.parts
        .map((part) => (part.kind === kind ? (stream.tracks[part.track]?.text ?? 'no such track') : ''))
        .join('')
    const calls = message.parts.flatMap((part) =>
      part.kind === 'tool-call'
        ? [
            {
              index: part.call.index,
              id: part.call.id?.value ?? '',
              name: part.call.name?.value ?? '',
              arguments:
                part.call.argumentsTrack === undefined
                  ? ''
                  : (stream.tracks[part.call.argumentsTrack]?.text ?? 'no such track'),
            },
          ]
        : [],
    )
    return {
      choice: message.choice,
      role: message.role?.value ?? '',
      content: textOf('text'),
      refusal: textOf('refusal'),
      finishReason: message.stop?.reason.value ?? '',
      calls: calls.toSorted((a, b) => a.index - b.index),
    }
  })
  const { usage } = stream
  const count = (raw: { readonly value: string } | undefined): string =>
    raw === undefined ? '' : String(parse(raw.value))
  return {
    answers,
    usage: usage && {
      inputTokens: count(usage.inputTokens),
      outputTokens: count(usage.outputTokens),
      totalTokens: count(usage.totalTokens),
      cachedInputTokens: count(usage.cachedInputTokens),
      reasoningTokens: count(usage.reasoningTokens),
    },
  }
}

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
