/** What came of a call. */
import type { Interaction } from '../cassette/cassette.ts'
import { OUTCOMES, type Outcome } from './entry.ts'

/** The most telling of several. */
export function mostTelling(outcomes: readonly Outcome[]): Outcome {
  return OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'empty'
}

export function outcomeOf(interaction: Interaction): Outcome {
  const { stream, dialect } = interaction
  if (hasFailed(interaction)) return 'error'
  if (isRefused(interaction)) return 'refusal'
  const kinds = new Set(stream.messages.flatMap(({ parts }) => parts.map(({ kind }) => kind)))
  if (kinds.has('tool-call')) return 'tool-calls'
  if (isStructured(interaction)) return 'structured'
  if (stream.tracks.some(({ kind, text }) => kind === 'text' && text.trim() !== '')) return 'text'
  if (kinds.has('media')) return 'media'
  if (stream.vectors.length > 0) return 'embeddings'
  if (dialect === 'model-list') return 'listing'
  // a body of which nothing was understood: a cache that was made, a page of HTML, an API that nobody knows
  if (stream.messages.length === 0 && stream.usage === undefined && stream.chunkNodes.length > 0)
    return 'other'
  // an answer that ends is an answer, if without words; a listing just is there
  return kinds.has('note') && stream.messages.every(({ stop }) => stop === undefined) ? 'listing' : 'empty'
}

/** The number of an HTTP status, from whatever the file writes ("200", "200 OK"). */
export function statusOf({ response }: Interaction): string | undefined {
  const written = response.status?.value ?? response.exception?.status?.value
  return written === undefined ? undefined : /\d{3}/.exec(written)?.[0]
}

export function hasFailed(interaction: Interaction): boolean {
  const { response, stream } = interaction
  if (response.exception !== undefined || stream.errors.length > 0) return true
  return /^[45]/.test(statusOf(interaction) ?? '')
}

const REFUSED =
  /^(?:refusal|content_filter|contentfilter|guardrail_intervened|safety|prohibited_content|blocklist|spii|recitation)$/i

export function isRefused({ stream }: Interaction): boolean {
  if (stream.tracks.some(({ kind, text }) => kind === 'refusal' && text !== '')) return true
  return stream.messages.some(({ stop }) => stop !== undefined && REFUSED.test(stop.reason.value))
}

/** JSON was asked for and JSON came. */
export function isStructured({ conversation, stream }: Interaction): boolean {
  const type = conversation.responseFormat?.type
  if (type === undefined || /^text(?:\/|$)/.test(type)) return false
  return stream.tracks.some(({ kind, text }) => kind === 'text' && isJsonContainer(text))
}

function isJsonContainer(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
