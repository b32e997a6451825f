/** Which API a body is of, told by its payloads alone, and what its official package makes of them and we of ours. */
import type { Stream } from '../../../src/core/cassette/stream.ts'
import { type AnsweredBlock, answerOfStream, type BlockAnswer } from '../support/answer-of-stream.ts'
import { askAnthropicSdk } from '../support/anthropic-sdk.ts'
import { askGenai, askInteractions } from '../support/genai-sdk.ts'
import { canonical, type Neutral, neutralOf } from '../support/neutral-answer.ts'
import { askOllama } from '../support/ollama-sdk.ts'
import {
  askForCompletion,
  askForPieces,
  askForResponse,
  ourResponse,
  type ResponseAnswer,
} from '../support/openai-responses-sdk.ts'
import { askOurselves, askTheSdk } from '../support/openai-sdk.ts'
import { addUpConverse } from '../support/plain-converse.ts'
import type { Call } from './corpus-calls.ts'
import { valueIn } from './payloads.ts'
import { member } from './recorded-bodies.ts'
import {
  wholeChat,
  wholeCompletion,
  wholeConverse,
  wholeInteraction,
  wholeMessage,
  wholeResponse,
} from './whole-answers.ts'

/** Two answers that should be the same. */
export interface Pair {
  readonly theirs: unknown
  readonly ours: unknown
}

export interface Provider {
  readonly id: string
  /** Ids of ours that read these payloads. */
  readonly dialects: readonly string[]
  readonly speaks: (payload: unknown, event: string) => boolean
  readonly streamed: (call: Call) => Promise<readonly Pair[]>
  readonly whole?: (payload: string, stream: Stream) => Promise<readonly Pair[]>
}

const has = (value: unknown, name: string): boolean => member(value, name) !== undefined
const type = (value: unknown): string => String(member(value, 'type') ?? '')

/** Arguments as the JSON that they are: a whole answer's are an object, ours its text. */
function withCanonicalCalls(answer: BlockAnswer): BlockAnswer {
  return {
    ...answer,
    blocks: answer.blocks.map((block) =>
      block.kind === 'call' ? { ...block, arguments: canonical(block.arguments || '{}') } : block,
    ),
  }
}

function withoutReasoning({ answers, usage }: Neutral): Neutral {
  return { answers: answers.map((answer) => ({ ...answer, reasoning: '' })), usage }
}

function textsOf(stream: Stream): readonly string[] {
  return stream.messages
    .toSorted((a, b) => a.choice - b.choice)
    .map(({ parts }) =>
      parts.map((part) => (part.kind === 'text' ? (stream.tracks[part.track]?.text ?? '') : '')).join(''),
    )
}

/** Neighbours of one kind as one: InvokeModel numbers every piece of Nova's text as a block of its own. */
function joined(answer: BlockAnswer): BlockAnswer {
  const blocks: AnsweredBlock[] = []
  for (const block of answer.blocks) {
    const last = blocks.at(-1)
    if (last && last.kind !== 'call' && block.kind === last.kind) {
      blocks[blocks.length - 1] = { kind: last.kind, text: last.text + block.text }
    } else blocks.push(block)
  }
  return { ...answer, blocks }
}

function conversePair({ payloads, events, shape, ours }: Call): Pair {
  const said = answerOfStream(ours.stream)
  if (events[0] === 'chunk') {
    // and counts what was cached under another name
    const named = payloads.map((payload) =>
      payload.replace('"cacheReadInputTokenCount"', '"cacheReadInputTokens"'),
    )
    return { theirs: joined(addUpConverse(named)), ours: joined(said) }
  }
  return { theirs: addUpConverse(payloads, shape === 'aws-event-stream' ? events : undefined), ours: said }
}

/** Llama Stack keeps Gemini's answers under the names of the Python package; arguments are the caller's own. */
function asOnTheWire(payload: string): string {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    const pairs = Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      key === 'args' ? inner : renamed(inner),
    ])
    return Object.fromEntries(pairs) as unknown
  }
  return JSON.stringify(renamed(JSON.parse(payload)))
}

/** What the SDK says of a stream that ends badly is no part of the answer. */
async function saidByAnthropic(call: Call): Promise<BlockAnswer> {
  const { refusal: _, ...answer } = await askAnthropicSdk(
    call.payloads,
    call.shape === 'sse' ? call.events : undefined,
  )
  return answer
}

async function responsePairs({ payloads, events, ours }: Call): Promise<readonly Pair[]> {
  const final = await askForResponse(payloads, events)
  const pieces = await askForPieces(payloads)
  const ids = new Set(pieces.calls.map(({ id }) => id))
  const said = ourResponse(ours.stream)
  const { text, refusal, calls }: ResponseAnswer = ourResponse(ours.stream, ids)
  return [
    { theirs: final, ours: said },
    {
      theirs: { text: pieces.text, refusal: pieces.refusal, calls: pieces.calls },
      ours: { text, refusal, calls },
    },
  ]
}

async function chatPairs({ payloads, ours }: Call): Promise<readonly Pair[]> {
  const { answers, usage } = await askTheSdk(payloads.map(valueIn))
  return [{ theirs: { answers, usage }, ours: askOurselves(ours) }]
}

const PROVIDERS: readonly Provider[] = [
  {
    id: 'openai chat',
    dialects: ['openai-chat', 'writer', 'bedrock-invoke-ai21', 'bedrock-invoke-mistral'],
    speaks: (payload) =>
      /^chat\.completion/.test(String(member(payload, 'object') ?? '')) ||
      has(member(payload, 'choices', 0), 'delta') ||
      has(member(payload, 'choices', 0), 'message'),
    streamed: chatPairs,
    whole: async (payload, stream) => [
      { theirs: await wholeChat(payload), ours: withoutReasoning(neutralOf(stream)) },
    ],
  },
  {
    id: 'openai completions',
    dialects: ['openai-completions'],
    speaks: (payload) =>
      member(payload, 'object') === 'text_completion' ||
      typeof member(payload, 'choices', 0, 'text') === 'string',
    streamed: async ({ payloads, ours }) => [
      { theirs: await askForCompletion(payloads), ours: textsOf(ours.stream) },
    ],
    whole: async (payload, stream) => [{ theirs: await wholeCompletion(payload), ours: textsOf(stream) }],
  },
  {
    id: 'openai responses',
    dialects: ['openai-responses'],
    speaks: (payload) =>
      /^response\./.test(type(payload)) ||
      (member(payload, 'object') === 'response' && has(payload, 'output')),
    streamed: responsePairs,
    whole: async (payload, stream) => [{ theirs: await wholeResponse(payload), ours: ourResponse(stream) }],
  },
  {
    id: 'anthropic messages',
    dialects: ['anthropic-messages', 'bedrock-invoke-anthropic'],
    speaks: (payload) =>
      type(payload) === 'message_start' || (type(payload) === 'message' && has(payload, 'content')),
    streamed: async (call) => [
      { theirs: await saidByAnthropic(call), ours: answerOfStream(call.ours.stream) },
    ],
    whole: async (payload, stream) => [
      {
        theirs: withCanonicalCalls(await wholeMessage(payload)),
        ours: withCanonicalCalls(answerOfStream(stream)),
      },
    ],
  },
  {
    id: 'gemini',
    dialects: ['gemini'],
    speaks: (payload) => has(payload, 'candidates'),
    streamed: async ({ payloads, ours }) => [
      { theirs: await askGenai(payloads.map(asOnTheWire), true), ours: neutralOf(ours.stream) },
    ],
    whole: async (payload, stream) => [
      { theirs: await askGenai([asOnTheWire(payload)], false), ours: neutralOf(stream) },
    ],
  },
  {
    id: 'gemini interactions',
    dialects: ['gemini-interactions'],
    speaks: (payload) =>
      /^(?:interaction|step)\./.test(String(member(payload, 'event_type') ?? '')) ||
      member(payload, 'object') === 'interaction',
    streamed: async ({ payloads, ours }) => [
      { theirs: await askInteractions(payloads), ours: neutralOf(ours.stream) },
    ],
    whole: async (payload, stream) => [{ theirs: wholeInteraction(payload), ours: neutralOf(stream) }],
  },
  {
    id: 'ollama chat',
    dialects: ['ollama-chat'],
    speaks: (payload) => has(payload, 'done') && has(payload, 'message'),
    streamed: async ({ payloads, ours }) => [
      { theirs: await askOllama('chat', payloads, true), ours: neutralOf(ours.stream) },
    ],
    whole: async (payload, stream) => [
      { theirs: await askOllama('chat', [payload], false), ours: neutralOf(stream) },
    ],
  },
  {
    id: 'ollama generate',
    dialects: ['ollama-generate'],
    speaks: (payload) => has(payload, 'done') && has(payload, 'response'),
    streamed: async ({ payloads, ours }) => [
      { theirs: await askOllama('generate', payloads, true), ours: neutralOf(ours.stream) },
    ],
    whole: async (payload, stream) => [
      { theirs: await askOllama('generate', [payload], false), ours: neutralOf(stream) },
    ],
  },
  {
    id: 'converse',
    dialects: ['bedrock-converse', 'bedrock-invoke-nova'],
    speaks: (payload, event) =>
      has(payload, 'messageStart') ||
      has(payload, 'contentBlockStart') ||
      event === 'messageStart' ||
      has(member(payload, 'output'), 'message'),
    streamed: async (call) => [conversePair(call)],
    whole: async (payload, stream) => [
      {
        theirs: withCanonicalCalls(wholeConverse(payload)),
        ours: withCanonicalCalls(answerOfStream(stream)),
      },
    ],
  },
]

/** Ids of ours that say in what API an answer is; InvokeModel hands on what each model's maker has thought up. */
export const DIALECTS_WITH_A_PACKAGE: ReadonlySet<string> = new Set(
  PROVIDERS.flatMap(({ dialects }) => dialects).filter((id) => !id.startsWith('bedrock-invoke-')),
)

/** The provider of the first payloads that say so. */
export function providerOf({ payloads, events }: Call): Provider | undefined {
  const first = payloads.slice(0, 4).map(valueIn)
  return PROVIDERS.find(({ speaks }) => first.some((payload, at) => speaks(payload, events[at] ?? '')))
}

/** Undefined where its package has nothing to say of such an answer. */
export function ask({ whole, streamed }: Provider, call: Call): Promise<readonly Pair[]> | undefined {
  const [payload] = call.payloads
  return call.shape === 'whole' && payload !== undefined ? whole?.(payload, call.ours.stream) : streamed(call)
}
