/**
 * What a Converse stream adds up to, by `JSON.parse` alone and after the words of
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html: AWS's own client only hands
 * the events on, so there is no accumulator to ask. Shares nothing with the program.
 */
import type { AnsweredBlock, BlockAnswer } from './answer-of-stream.ts'

interface Event {
  readonly role?: string
  readonly contentBlockIndex?: number
  readonly start?: { readonly toolUse?: { readonly toolUseId: string; readonly name: string } }
  readonly delta?: {
    readonly text?: string
    readonly toolUse?: { readonly input: string }
    readonly reasoningContent?: { readonly text?: string }
  }
  readonly stopReason?: string
  readonly usage?: {
    readonly inputTokens?: number
    readonly outputTokens?: number
    readonly cacheReadInputTokens?: number
  }
}

/** `events`: the names that the binary frames carry, where the payloads do not name themselves. */
export function addUpConverse(payloads: readonly string[], events?: readonly string[]): BlockAnswer {
  const texts = new Map<string, string>()
  const calls = new Map<number, { id: string; name: string }>()
  const order: string[] = []
  let role = ''
  let stop = ''
  let usage: Event['usage']
  const add = (key: string, piece: string): void => {
    if (!order.includes(key)) order.push(key)
    texts.set(key, (texts.get(key) ?? '') + piece)
  }
  for (const [at, payload] of payloads.entries()) {
    const chunk = JSON.parse(payload) as Readonly<Record<string, Event>>
    const name = events?.[at] || (Object.keys(chunk)[0] ?? '')
    const event: Event = events?.[at] ? (chunk as Event) : (chunk[name] ?? {})
    const index = event.contentBlockIndex ?? 0
    if (name === 'messageStart') role = event.role ?? ''
    else if (name === 'messageStop') stop = event.stopReason ?? ''
    else if (name === 'metadata') usage = event.usage
    else if (name === 'contentBlockStart' && event.start?.toolUse) {
      calls.set(index, { id: event.start.toolUse.toolUseId, name: event.start.toolUse.name })
      add(`call ${index}`, '')
    } else if (name === 'contentBlockDelta') {
      const { text, toolUse, reasoningContent } = event.delta ?? {}
      if (text) add(`text ${index}`, text)
      if (toolUse) add(`call ${index}`, toolUse.input)
      if (reasoningContent?.text) add(`reasoning ${index}`, reasoningContent.text)
    }
  }
  return {
    role,
    blocks: order.map((key): AnsweredBlock => {
      const text = texts.get(key) ?? ''
      if (key.startsWith('call ')) {
        const { id = '', name = '' } = calls.get(Number(key.slice(5))) ?? {}
        return { kind: 'call', id, name, arguments: text }
      }
      return { kind: key.startsWith('text') ? 'text' : 'reasoning', text }
    }),
    stop,
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cachedInputTokens: usage?.cacheReadInputTokens,
  }
}
