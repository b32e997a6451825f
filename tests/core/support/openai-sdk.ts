/**
 * The official `openai` package asked what a stream adds up to: a fake `fetch` serves the chunks (no network),
 * its accumulator (lib/ChatCompletionStream) adds them up. How it differs from our fold by design, and what is
 * done about it:
 * - it knows no reasoning: not compared;
 * - a text that never came is undefined there and an empty track or none here: both are '';
 * - `Object.assign(snapshot, rest)` overwrites usage by a later null: the last one that was not null counts;
 * - it files tool calls at their index in a sparse array: compared by index;
 * - it keeps the legacy `function_call` apart: here it is the call with index -1.
 */
import OpenAI from 'openai'
import type { ChatCompletionChunk } from 'openai/resources/chat/completions'
import type { Interaction } from '../../../src/core/cassette/cassette.ts'

export interface Answer {
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

export function parse(text: string): unknown {
  return JSON.parse(text) as unknown
}

/** The chunks by `JSON.parse` alone, so that nothing of our reading is shared with the oracle's. */
export function chunksOf(text: string): readonly unknown[] {
  const file = parse(text) as { response: { body: readonly { __data__?: unknown }[] } }
  return file.response.body.map((item) => item.__data__ ?? item)
}

interface Judgement extends Result {
  readonly refusal: string | undefined
  readonly repaired: string | undefined
}

export async function askTheSdk(chunks: readonly unknown[], repaired?: string): Promise<Judgement> {
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

export function at(value: unknown, ...keys: readonly string[]): unknown {
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

export function askOurselves({ stream }: Interaction): Result {
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
