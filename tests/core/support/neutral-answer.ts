/** What an answer comes to, in words that every API and every SDK can be asked in. */
import type { Stream } from '../../../src/core/cassette/stream.ts'

export interface NeutralCall {
  readonly id: string
  readonly name: string
  /** JSON, printed by `JSON.stringify`; the text as it is where it is no JSON. */
  readonly arguments: string
}

interface NeutralAnswer {
  readonly choice: number
  readonly text: string
  readonly reasoning: string
  readonly calls: readonly NeutralCall[]
  readonly stop: string
}

export interface Neutral {
  readonly answers: readonly NeutralAnswer[]
  readonly usage: {
    readonly inputTokens: string
    readonly outputTokens: string
    readonly totalTokens: string
    readonly cachedInputTokens: string
    readonly reasoningTokens: string
  }
}

export function canonical(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json))
  } catch {
    return json
  }
}

/** Our reading of a stream. */
export function neutralOf({ tracks, messages, usage }: Stream): Neutral {
  return {
    answers: messages.map(({ choice, parts, stop }) => {
      const textOf = (kind: 'text' | 'reasoning'): string =>
        parts
          .map((part) => (part.kind === kind ? (tracks[part.track]?.text ?? 'no such track') : ''))
          .join('')
      return {
        choice,
        text: textOf('text'),
        reasoning: textOf('reasoning'),
        calls: parts.flatMap((part) => {
          if (part.kind !== 'tool-call') return []
          const { id, name, argumentsTrack } = part.call
          const text = argumentsTrack === undefined ? '' : (tracks[argumentsTrack]?.text ?? 'no such track')
          return [{ id: id?.value ?? '', name: name?.value ?? '', arguments: canonical(text) }]
        }),
        stop: stop?.reason.value ?? '',
      }
    }),
    usage: {
      inputTokens: usage?.inputTokens?.value ?? '',
      outputTokens: usage?.outputTokens?.value ?? '',
      totalTokens: usage?.totalTokens?.value ?? '',
      cachedInputTokens: usage?.cachedInputTokens?.value ?? '',
      reasoningTokens: usage?.reasoningTokens?.value ?? '',
    },
  }
}

/** A count or a name of an SDK as text; '' for what is not there. */
export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
