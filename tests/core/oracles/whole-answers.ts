/** Answers that came in one piece, asked of the official packages (no network), in the words of the other oracles. */
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import type { AnsweredBlock, BlockAnswer } from '../support/answer-of-stream.ts'
import { canonical, type Neutral, type NeutralCall, textOf } from '../support/neutral-answer.ts'
import type { ResponseAnswer } from '../support/openai-responses-sdk.ts'
import { listOf, member } from './recorded-bodies.ts'

const serving = (payload: string) => (): Promise<Response> =>
  Promise.resolve(new Response(payload, { headers: { 'content-type': 'application/json' } }))

function openai(payload: string): OpenAI {
  return new OpenAI({ apiKey: 'none', maxRetries: 0, fetch: serving(payload) })
}

const NO_USAGE: Neutral['usage'] = {
  inputTokens: '',
  outputTokens: '',
  totalTokens: '',
  cachedInputTokens: '',
  reasoningTokens: '',
}

/** Azure leaves the whole message out where its filter has said no. */
type Message = OpenAI.ChatCompletionMessage | undefined

function callsOf(message: Message): readonly NeutralCall[] {
  const { function_call: old, tool_calls: calls } = message ?? {}
  return [
    ...(old?.name ? [{ id: '', name: old.name, arguments: canonical(old.arguments) }] : []),
    ...(calls ?? []).map((call) =>
      call.type === 'custom'
        ? { id: call.id, name: call.custom.name, arguments: canonical(call.custom.input) }
        : { id: call.id, name: call.function.name, arguments: canonical(call.function.arguments) },
    ),
  ]
}

/** What was said; what was thought has no name in this package: '' in each. */
export async function wholeChat(payload: string): Promise<Neutral> {
  const { choices, usage } = await openai(payload).chat.completions.create({
    model: 'any',
    messages: [{ role: 'user', content: 'any' }],
  })
  return {
    answers: choices.map(({ index, message, finish_reason }) => ({
      choice: index,
      text: message?.content ?? '',
      reasoning: '',
      calls: callsOf(message),
      stop: finish_reason ?? '',
    })),
    usage: usage
      ? {
          inputTokens: textOf(usage.prompt_tokens),
          outputTokens: textOf(usage.completion_tokens),
          totalTokens: textOf(usage.total_tokens),
          cachedInputTokens: textOf(usage.prompt_tokens_details?.cached_tokens),
          reasoningTokens: textOf(usage.completion_tokens_details?.reasoning_tokens),
        }
      : NO_USAGE,
  }
}

export async function wholeCompletion(payload: string): Promise<readonly string[]> {
  const { choices } = await openai(payload).completions.create({ model: 'any', prompt: 'any' })
  return choices.toSorted((a, b) => a.index - b.index).map(({ text }) => text)
}

export async function wholeResponse(payload: string): Promise<ResponseAnswer> {
  const response = await openai(payload).responses.create({ model: 'any', input: 'any' })
  const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []))
  const { usage } = response
  return {
    // the SDK's own sum
    text: response.output_text,
    refusal: parts.map((part) => (part.type === 'refusal' ? part.refusal : '')).join(''),
    calls: response.output.flatMap((item) => {
      if (item.type === 'function_call') {
        return [{ id: item.call_id, name: item.name, arguments: item.arguments }]
      }
      if (item.type === 'custom_tool_call') {
        return [{ id: item.call_id, name: item.name, arguments: item.input }]
      }
      const isMcp = item.type === 'mcp_call' || item.type === 'mcp_approval_request'
      return isMcp ? [{ id: item.id, name: item.name, arguments: item.arguments }] : []
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

export async function wholeMessage(payload: string): Promise<BlockAnswer> {
  const client = new Anthropic({ apiKey: 'none', maxRetries: 0, fetch: serving(payload) })
  const { role, content, stop_reason, usage } = await client.messages.create({
    model: 'any',
    max_tokens: 1,
    messages: [{ role: 'user', content: 'any' }],
  })
  return {
    role,
    blocks: content.flatMap((block): readonly AnsweredBlock[] => {
      if (block.type === 'text') return block.text ? [{ kind: 'text', text: block.text }] : []
      if (block.type === 'thinking') {
        return block.thinking ? [{ kind: 'reasoning', text: block.thinking }] : []
      }
      if (!('input' in block) || !('name' in block)) return []
      return [{ kind: 'call', id: block.id, name: block.name, arguments: JSON.stringify(block.input) }]
    }),
    stop: stop_reason ?? '',
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cachedInputTokens: usage.cache_read_input_tokens ?? undefined,
  }
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, by `JSON.parse` alone. */
export function wholeConverse(payload: string): BlockAnswer {
  const answer = JSON.parse(payload) as unknown
  const message = member(answer, 'output', 'message')
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const count = (name: string): number | undefined => member(answer, 'usage', name) as number | undefined
  return {
    role: text(member(message, 'role')),
    blocks: listOf(member(message, 'content')).flatMap((block): readonly AnsweredBlock[] => {
      const said = text(member(block, 'text'))
      if (said) return [{ kind: 'text', text: said }]
      const thought = text(member(block, 'reasoningContent', 'reasoningText', 'text'))
      if (thought) return [{ kind: 'reasoning', text: thought }]
      const call = member(block, 'toolUse')
      if (call === undefined) return []
      const [id, name] = [text(member(call, 'toolUseId')), text(member(call, 'name'))]
      return [{ kind: 'call', id, name, arguments: JSON.stringify(member(call, 'input')) }]
    }),
    stop: text(member(answer, 'stopReason')),
    inputTokens: count('inputTokens'),
    outputTokens: count('outputTokens'),
    cachedInputTokens: count('cacheReadInputTokens') ?? count('cacheReadInputTokenCount'),
  }
}

/** https://ai.google.dev/api/interactions-api, by `JSON.parse` alone: "outputs" in its first generation, "steps" in its second. */
export function wholeInteraction(payload: string): Neutral {
  const answer = JSON.parse(payload) as unknown
  const parts = [
    ...listOf(member(answer, 'outputs')),
    ...listOf(member(answer, 'steps')).flatMap((step) =>
      member(step, 'type') === 'model_output' ? listOf(member(step, 'content')) : [step],
    ),
  ]
  const usage = (name: string): string => textOf(member(answer, 'usage', name))
  const of = (type: string): readonly unknown[] => parts.filter((part) => member(part, 'type') === type)
  const summaries = of('thought').flatMap((part) => listOf(member(part, 'summary')))
  return {
    answers: [
      {
        choice: 0,
        text: of('text')
          .map((part) => textOf(member(part, 'text')))
          .join(''),
        reasoning: summaries.map((part) => textOf(member(part, 'text'))).join(''),
        calls: of('function_call').map((call) => ({
          id: textOf(member(call, 'id')),
          name: textOf(member(call, 'name')),
          arguments: JSON.stringify(member(call, 'arguments')),
        })),
        stop: textOf(member(answer, 'status')),
      },
    ],
    usage: {
      inputTokens: usage('total_input_tokens'),
      outputTokens: usage('total_output_tokens'),
      totalTokens: usage('total_tokens'),
      cachedInputTokens: usage('total_cached_tokens'),
      reasoningTokens: usage('total_thought_tokens'),
    },
  }
}
