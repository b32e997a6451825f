/** What our fold says, in the words that the oracles of block-wise APIs (Anthropic, Converse) answer in. */
import type { Stream } from '../../../src/core/cassette/stream.ts'

export type AnsweredBlock =
  | { readonly kind: 'text' | 'reasoning'; readonly text: string }
  /** `arguments`: the pieces as they came, joined. */
  | { readonly kind: 'call'; readonly id: string; readonly name: string; readonly arguments: string }

export interface BlockAnswer {
  readonly role: string
  /** Blocks without any text are left out: whether one was begun is nobody's business. */
  readonly blocks: readonly AnsweredBlock[]
  readonly stop: string
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly cachedInputTokens: number | undefined
}

export function answerOfStream(stream: Stream): BlockAnswer {
  const [message] = stream.messages
  const textOf = (track: number | undefined): string =>
    track === undefined ? '' : (stream.tracks[track]?.text ?? 'no such track')
  const blocks = (message?.parts ?? []).flatMap((part): readonly AnsweredBlock[] => {
    if (part.kind === 'tool-call') {
      const { id, name, argumentsTrack } = part.call
      const args = textOf(argumentsTrack)
      return [{ kind: 'call', id: id?.value ?? '', name: name?.value ?? '', arguments: args }]
    }
    if (part.kind !== 'text' && part.kind !== 'reasoning') return []
    const text = textOf(part.track)
    return text === '' ? [] : [{ kind: part.kind, text }]
  })
  const { usage } = stream
  const count = (raw: { readonly value: string } | undefined): number | undefined => raw && Number(raw.value)
  return {
    role: message?.role?.value ?? '',
    blocks,
    stop: message?.stop?.reason.value ?? '',
    inputTokens: count(usage?.inputTokens),
    outputTokens: count(usage?.outputTokens),
    cachedInputTokens: count(usage?.cachedInputTokens),
  }
}
