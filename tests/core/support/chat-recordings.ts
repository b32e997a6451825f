/** Recordings of chat streams as servers and recorders write them: every deviation that the corpus knows, mixed. */
import fc from 'fast-check'
import { escapeNonAscii, type PrintStyle, printTokens, STYLES } from './json-layouts.ts'

type Members = Record<string, unknown>

interface Shape {
  /** pydantic dumps (every optional is null, `__type__` around it) or what was on the wire. */
  readonly dump: boolean
  readonly roleInEveryDelta: boolean
  readonly usage: 'none' | 'own chunk' | 'every chunk' | 'with the end'
  readonly azure: boolean
  readonly finishWithText: boolean
  readonly choices: 1 | 2
  /** Both choices in each chunk instead of by turns. */
  readonly together: boolean
  readonly reasoningKey: 'reasoning' | 'reasoning_content'
  readonly reasoning: readonly string[]
  readonly content: readonly string[]
  readonly calls: readonly (readonly string[])[]
  /** All fragments of all calls in one delta, as Bedrock and Ollama send them. */
  readonly callsInOneDelta: boolean
  readonly brokenOff: boolean
}

const PIECES = [
  'Hello',
  ' world',
  ',',
  ' the',
  ' “quoted”',
  '\n',
  'é',
  '👋🏽',
  ' a b',
  '世界',
  '"',
  '\\',
  ': null',
  ' ',
  'x',
] as const

const piece = fc.constantFrom(...PIECES)
const FRAGMENTS = ['{"a', '": nu', 'll', ', "b": "é', '👋', '"', '}'] as const
const fragments = fc.subarray([...FRAGMENTS], { minLength: 1 })

const shape: fc.Arbitrary<Shape> = fc.record({
  dump: fc.boolean(),
  roleInEveryDelta: fc.boolean(),
  usage: fc.constantFrom('none', 'own chunk', 'every chunk', 'with the end'),
  azure: fc.boolean(),
  finishWithText: fc.boolean(),
  choices: fc.constantFrom(1, 1, 2),
  together: fc.boolean(),
  reasoningKey: fc.constantFrom('reasoning', 'reasoning_content'),
  reasoning: fc.array(piece, { maxLength: 2 }),
  content: fc.array(piece, { maxLength: 6 }),
  calls: fc.oneof(fc.constant([]), fc.array(fragments, { maxLength: 2 })),
  callsInOneDelta: fc.boolean(),
  brokenOff: fc.boolean(),
})

/** One step of one answer: members of its delta, and its finish reason. */
interface Step {
  readonly delta: Members
  readonly finish: string | null
}

function callSteps({ calls, callsInOneDelta, dump }: Shape): readonly Members[] {
  const fragment = (index: number, at: number, text: string): Members => {
    const [id, name, type] = at === 0 ? [`call_${index}`, 'get', 'function'] : [null, null, null]
    if (dump) return { index, id, function: { arguments: text, name }, type }
    return at === 0
      ? { index, id, type, function: { name, arguments: text } }
      : { index, function: { arguments: text } }
  }
  const all = calls.flatMap((pieces, index) => pieces.map((text, at) => fragment(index, at, text)))
  if (all.length === 0) return []
  return callsInOneDelta ? [{ tool_calls: all }] : all.map((call) => ({ tool_calls: [call] }))
}

function stepsOf(made: Shape, choice: number): readonly Step[] {
  const { roleInEveryDelta, finishWithText, brokenOff } = made
  const said: Members[] = [
    ...made.reasoning.map((text) => ({ [made.reasoningKey]: text })),
    ...made.content.map((text) => ({ content: choice === 0 ? text : `${text}${choice}` })),
    ...(choice === 0 ? callSteps(made) : []),
  ]
  const opening: Members = roleInEveryDelta ? {} : { role: 'assistant', content: '' }
  const steps = [...(roleInEveryDelta && said.length > 0 ? [] : [opening]), ...said].map(
    (delta): Members => (roleInEveryDelta ? { role: 'assistant', ...delta } : delta),
  )
  const reason = made.calls.length > 0 && choice === 0 ? 'tool_calls' : 'stop'
  const last = steps.length - 1
  if (brokenOff) return steps.map((delta) => ({ delta, finish: null }))
  if (finishWithText) return steps.map((delta, at) => ({ delta, finish: at === last ? reason : null }))
  return [...steps.map((delta) => ({ delta, finish: null })), { delta: {}, finish: reason }]
}

function choiceOf({ dump }: Shape, index: number, { delta, finish }: Step): Members {
  if (!dump) return { index, delta, logprobs: null, finish_reason: finish }
  const nulls: Members = { content: null, function_call: null, refusal: null, role: null, tool_calls: null }
  return { delta: { ...nulls, ...delta }, finish_reason: finish, index, logprobs: null }
}

/** The choices of each chunk: together, by turns, or one. */
function rows(made: Shape): readonly (readonly Members[])[] {
  const all = Array.from({ length: made.choices }, (_, index) =>
    stepsOf(made, index).map((step) => choiceOf(made, index, step)),
  )
  const longest = Math.max(...all.map((steps) => steps.length))
  const turns = Array.from({ length: longest }, (_, at) => all.flatMap((steps) => steps.slice(at, at + 1)))
  return made.together ? turns : turns.flatMap((choices) => choices.map((choice) => [choice]))
}

function chunkOf(made: Shape, choices: readonly Members[], usage: unknown): Members {
  const data: Members = {
    id: 'rec-0123456789ab',
    choices,
    created: 0,
    model: 'gpt-4o',
    object: 'chat.completion.chunk',
  }
  if (made.dump) return { ...data, service_tier: null, usage }
  return usage === null ? data : { ...data, usage }
}

function chunksOfShape(made: Shape): readonly unknown[] {
  const count = (tokens: number): Members => ({
    prompt_tokens: 9,
    completion_tokens: tokens,
    total_tokens: 9 + tokens,
  })
  const said = rows(made)
  const chunks: unknown[] = said.map((choices, at) => {
    const isEnd = at === said.length - 1 && made.usage === 'with the end'
    return chunkOf(made, choices, isEnd || made.usage === 'every chunk' ? count(at + 1) : null)
  })
  if (made.azure) {
    const filter = [{ prompt_index: 0, content_filter_results: {} }]
    chunks.unshift({
      ...chunkOf(made, [], null),
      id: '',
      model: '',
      object: '',
      prompt_filter_results: filter,
    })
  }
  if (made.usage === 'own chunk') chunks.push(chunkOf(made, [], count(chunks.length)))
  return made.dump
    ? chunks.map((data) => ({
        __type__: 'openai.types.chat.chat_completion_chunk.ChatCompletionChunk',
        __data__: data,
      }))
    : chunks
}

interface Made {
  readonly text: string
  readonly shape: Shape
  readonly style: PrintStyle
  readonly ascii: boolean
}

export function printRecording(body: unknown, style: PrintStyle, ascii: boolean): string {
  const value = {
    test_id: 'tests/é.py::test[a/b]',
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/v1/chat/completions',
      headers: {},
      body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Grüße' }], stream: true },
      endpoint: '/v1/chat/completions',
      model: 'gpt-4o',
    },
    response: { body, is_streaming: true },
    id_normalization_mapping: {},
  }
  const printed = printTokens(JSON.stringify(value), style)
  return (ascii ? escapeNonAscii(printed) : printed) + style.eol
}

export const chatRecording: fc.Arbitrary<Made> = fc
  .record({ shape, style: fc.constantFrom(...STYLES), ascii: fc.boolean() })
  .map((made) => ({ ...made, text: printRecording(chunksOfShape(made.shape), made.style, made.ascii) }))
