/**
 * The official `openai` package asked what a streamed response, or a streamed text completion, says: a fake `fetch`
 * serves the events (no network). Its ResponseStream is asked twice: with the final event, which it takes for the
 * answer, and without it, so that the answer is what its accumulator has made of the pieces.
 * How it differs from our fold by design: it adds up text, arguments of function calls and reasoning text only.
 */
import OpenAI from 'openai'
import type { Stream } from '../../../src/core/cassette/stream.ts'

export interface ResponseAnswer {
  readonly text: string
  readonly refusal: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[]
  readonly status: string
  readonly usage: readonly (number | undefined)[]
}

/** Served as an API serves them; `events` are the names beside the data. */
export function clientOf(payloads: readonly string[], events: readonly string[] = []): OpenAI {
  const text = payloads.map((data, at) => `${events[at] ? `event: ${events[at]}\n` : ''}data: ${data}\n\n`)
  return new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    fetch: () =>
      Promise.resolve(
        new Response([...text, 'data: [DONE]\n\n'].join(''), {
          headers: { 'content-type': 'text/event-stream' },
        }),
      ),
  })
}

function answerOf(response: OpenAI.Responses.Response): ResponseAnswer {
  const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []))
  const { usage } = response
  return {
    text: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
    refusal: parts.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
    calls: response.output.flatMap((item) => {
      switch (item.type) {
        case 'function_call':
          return [{ id: item.call_id, name: item.name, arguments: item.arguments }]
        case 'custom_tool_call':
          return [{ id: item.call_id, name: item.name, arguments: item.input }]
        case 'mcp_call':
        case 'mcp_approval_request':
          return [{ id: item.id, name: item.name, arguments: item.arguments }]
        default:
          return []
      }
    }),
    status: response.incomplete_details?.reason ?? response.status ?? '',
    usage: [
      usage?.input_tokens,
      usage?.output_tokens,
      usage?.total_tokens,
      usage?.input_tokens_details?.cached_tokens,
      usage?.output_tokens_details?.reasoning_tokens,
    ],
  }
}

/** What the SDK takes for the answer: the response of the final event, or what the pieces have added up to. */
export async function askForResponse(
  payloads: readonly string[],
  events?: readonly string[],
): Promise<ResponseAnswer> {
  const stream = clientOf(payloads, events).responses.stream({ model: 'any', input: 'any' })
  return answerOf(await stream.finalResponse())
}

/** What its accumulator makes of the pieces alone: it adds up the arguments of functions, of no other calls. */
export async function askForPieces(payloads: readonly string[]): Promise<ResponseAnswer> {
  const isFinal = (data: string): boolean =>
    /"type":\s*"response\.(?:completed|incomplete|failed)"/.test(data)
  const isFunction = (data: string): boolean => /"type":\s*"function_call"/.test(data)
  const functions = payloads.filter((data) => !isFinal(data) && isFunction(data)).join('\n')
  const answer = await askForResponse(payloads.filter((data) => !isFinal(data)))
  return { ...answer, calls: answer.calls.filter(({ id }) => functions.includes(JSON.stringify(id))) }
}

/** The choices of a streamed text completion, added up by plain iteration. */
export async function askForCompletion(payloads: readonly string[]): Promise<readonly string[]> {
  const stream = await clientOf(payloads).completions.create({ model: 'any', prompt: 'any', stream: true })
  const texts: string[] = []
  for await (const chunk of stream) {
    for (const choice of chunk.choices) texts[choice.index] = (texts[choice.index] ?? '') + choice.text
  }
  return texts
}

/** The same of our fold; `only`: the ids of the calls to compare. Tools without a name of their own are left out. */
export function ourResponse(stream: Stream, only?: ReadonlySet<string>): ResponseAnswer {
  const [message] = stream.messages
  const textOf = (kind: 'text' | 'refusal'): string =>
    (message?.parts ?? [])
      .map((part) => (part.kind === kind ? (stream.tracks[part.track]?.text ?? '') : ''))
      .join('')
  const { usage } = stream
  const count = (raw: { readonly value: string } | undefined): number | undefined => raw && Number(raw.value)
  return {
    text: textOf('text'),
    refusal: textOf('refusal'),
    calls: (message?.parts ?? []).flatMap((part) => {
      if (part.kind !== 'tool-call') return []
      const { id, name, argumentsTrack } = part.call
      if (/_(?:call|request)$/.test(name?.value ?? '')) return []
      if (only?.has(id?.value ?? '') === false) return []
      return [
        {
          id: id?.value ?? '',
          name: name?.value ?? '',
          arguments: stream.tracks[argumentsTrack ?? -1]?.text ?? '',
        },
      ]
    }),
    status: message?.stop?.reason.value ?? '',
    usage: [
      count(usage?.inputTokens),
      count(usage?.outputTokens),
      count(usage?.totalTokens),
      count(usage?.cachedInputTokens),
      count(usage?.reasoningTokens),
    ],
  }
}
