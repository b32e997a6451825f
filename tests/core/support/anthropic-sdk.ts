/**
 * The official `@anthropic-ai/sdk` asked what a stream adds up to: a fake `fetch` serves the events (no network),
 * its accumulator (lib/MessageStream) adds them up. How it differs from our fold by design:
 * - it parses a call's input; the pieces that its own `inputJson` events hand out are joined instead;
 * - it knows an empty block from none: blocks without any text are left out on both sides.
 */
import Anthropic from '@anthropic-ai/sdk'
import type { AnsweredBlock, BlockAnswer } from './answer-of-stream.ts'

interface Judgement extends BlockAnswer {
  /** What the SDK says about a stream that ends in an error or breaks off. */
  readonly refusal: string | undefined
}

/** `payloads`: the data of each server-sent event; `events`: their names, where recorded. */
export async function askAnthropicSdk(
  payloads: readonly string[],
  events?: readonly string[],
): Promise<Judgement> {
  const named = payloads.map((payload, at) => {
    const { type } = JSON.parse(payload) as { readonly type?: string }
    return `event: ${events?.[at] || type}\ndata: ${payload.replaceAll(/\s*\n\s*/g, ' ')}\n\n`
  })
  const client = new Anthropic({
    apiKey: 'none',
    maxRetries: 0,
    fetch: () =>
      Promise.resolve(new Response(named.join(''), { headers: { 'content-type': 'text/event-stream' } })),
  })
  const run = client.messages.stream({
    model: 'any',
    max_tokens: 1,
    messages: [{ role: 'user', content: 'any' }],
  })
  type Snapshot = Parameters<Parameters<typeof run.on<'streamEvent'>>[1]>[1]
  let last: Snapshot | undefined
  const inputs = new Map<number, string>()
  run.on('streamEvent', (_event, snapshot) => {
    last = snapshot
  })
  run.on('inputJson', (piece) => {
    const at = (last?.content.length ?? 0) - 1
    inputs.set(at, (inputs.get(at) ?? '') + piece)
  })
  let refusal: string | undefined
  try {
    await run.done()
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error)
  }
  return {
    role: last?.role ?? '',
    blocks: (last?.content ?? []).flatMap((block, at): readonly AnsweredBlock[] => {
      if (block.type === 'text') return block.text ? [{ kind: 'text', text: block.text }] : []
      if (block.type === 'thinking') {
        return block.thinking ? [{ kind: 'reasoning', text: block.thinking }] : []
      }
      if (!('input' in block) || !('name' in block)) return []
      return [{ kind: 'call', id: block.id, name: block.name, arguments: inputs.get(at) ?? '' }]
    }),
    stop: last?.stop_reason ?? '',
    inputTokens: last?.usage.input_tokens,
    outputTokens: last?.usage.output_tokens,
    cachedInputTokens: last?.usage.cache_read_input_tokens ?? undefined,
    refusal,
  }
}
