import type { Interaction } from '../../core/cassette/cassette.ts'

/** What came of an interaction, in a word or two. */
export interface Outcome {
  readonly words: string
  readonly tone: 'plain' | 'tool' | 'error'
}

/** An interaction in one row of a list. */
export interface InteractionSummary {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly model: string
  readonly outcome: Outcome
  /** "12 chunks", or nothing where the answer came whole. */
  readonly chunks: string
  readonly status: string
  readonly failed: boolean
}

/** Characters of an answer that a row can show. */
const SNIPPET = 80

export function summariseInteraction(interaction: Interaction): InteractionSummary {
  const { request, response, stream } = interaction
  const address = request.url?.value ?? ''
  const url = URL.canParse(address) ? new URL(address) : undefined
  const status = response.status?.value ?? ''
  const count = stream.chunkNodes.length
  return {
    method: request.method?.value ?? '',
    host: url?.host ?? '',
    path: url?.host ? shortPath(url.pathname) : address,
    model: request.model?.value ?? '',
    outcome: outcomeOf(interaction),
    chunks: response.streaming ? plural(count, 'chunk') : '',
    status,
    failed: /^[45]\d\d$/.test(status),
  }
}

/** The end of a path says which API it is. */
function shortPath(path: string): string {
  const steps = path.split('/').filter(Boolean)
  return steps.length <= 2 ? path : `…/${steps.slice(-2).join('/')}`
}

function outcomeOf({ response, stream }: Interaction): Outcome {
  const [error] = stream.errors
  const parts = stream.messages.flatMap((message) => message.parts)
  const calls = parts.flatMap((part) => (part.kind === 'tool-call' ? [part.call] : []))
  if (response.exception) return { words: response.exception.type, tone: 'error' }
  if (error) return { words: firstWords(error.message) || 'error', tone: 'error' }
  if (calls.length > 0) {
    const names = calls.map(({ name }) => name?.value ?? 'a call').join(', ')
    return { words: names, tone: 'tool' }
  }
  if (stream.vectors.length > 0) return plain(plural(stream.vectors.length, 'embedding'))
  const text = stream.tracks.find((track) => track.kind === 'text' && track.text.trim() !== '')
  const reason = stream.messages.find(({ stop }) => stop)?.stop?.reason.value
  if (text) return plain(firstWords(text.text))
  const refusal = stream.tracks.find(({ kind }) => kind === 'refusal')
  if (refusal) return { words: `refusal: ${firstWords(refusal.text)}`, tone: 'error' }
  const media = parts.find((part) => part.kind === 'media')
  if (media?.kind === 'media') return plain(media.media)
  const notes = parts.filter(({ kind }) => kind === 'note').length
  if (notes > 0) return plain(plural(notes, 'item'))
  if (reason !== undefined) return plain(reason)
  return plain(response.framing === 'none' ? 'no body' : 'not read')
}

function plain(words: string): Outcome {
  return { words, tone: 'plain' }
}

function plural(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`
}

function firstWords(text: string): string {
  const line = text
    .slice(0, 4 * SNIPPET)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > SNIPPET ? line.slice(0, SNIPPET).replace(/[\ud800-\udbff]$/, '') : line
}
