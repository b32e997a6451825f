import type { Interaction } from '../../core/cassette/cassette.ts'
import type { ContentPart } from '../../core/cassette/conversation.ts'
import { pieceAt } from '../../core/cassette/stream.ts'

/** One place where the words stand. */
export interface Hit {
  readonly key: string
  readonly before: string
  readonly match: string
  readonly after: string
  readonly where: string
  /** The chunk to go to; for the request, `reveal` scrolls there instead. */
  readonly chunk?: number
  readonly reveal?: () => void
}

const MOST = 30
const AROUND = 36

/** Finds words in the answer and in the conversation; case does not matter. */
export function findInCassette(interaction: Interaction, query: string): readonly Hit[] {
  if (query === '') return []
  // case is folded as Unicode does, and offsets stay those of the text itself
  const needle = new RegExp(query.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'giu')
  const hits: Hit[] = []
  interaction.stream.tracks.forEach((track, number) => {
    for (const found of occurrences(track.text, needle, MOST - hits.length)) {
      const chunk = track.pieceChunks[pieceAt(track, found.at)] ?? 0
      hits.push({
        key: `track ${number} ${found.at}`,
        ...around(track.text, found),
        where: `chunk ${chunk}`,
        chunk,
      })
    }
  })
  interaction.conversation.messages.forEach((message, number) => {
    for (const text of message.parts.flatMap(textsOf)) {
      for (const found of occurrences(text, needle, MOST - hits.length)) {
        hits.push({
          key: `message ${number} ${hits.length}`,
          ...around(text, found),
          where: message.role,
          reveal: () => showMessage(number),
        })
      }
    }
  })
  return hits
}

/** Scrolls to a message of the request; earlier ones can be folded. */
function showMessage(number: number): void {
  const found = (): Element | null => document.querySelector(`[data-message="${number}"]`)
  if (found() === null) document.querySelector<HTMLElement>('[data-unfold-messages]')?.click()
  requestAnimationFrame(() => found()?.scrollIntoView({ block: 'center' }))
}

function* occurrences(text: string, needle: RegExp, most: number): Generator<Occurrence> {
  let found = 0
  for (const match of text.matchAll(needle)) {
    if (found++ >= most) return
    yield { at: match.index, length: match[0].length }
  }
}

interface Occurrence {
  readonly at: number
  readonly length: number
}

/** The words around an occurrence, never cut inside a character. */
function around(text: string, { at, length }: Occurrence): Pick<Hit, 'before' | 'match' | 'after'> {
  const start = Math.max(0, at - AROUND)
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, at).replace(/^[\udc00-\udfff]/, ''),
    match: text.slice(at, at + length),
    after: text.slice(at + length, at + length + AROUND).replace(/[\ud800-\udbff]$/, ''),
  }
}

function textsOf(part: ContentPart): readonly string[] {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return [part.text.value]
    case 'tool-call':
      return [part.call.name.value, part.call.arguments?.value ?? '']
    case 'tool-result':
      return part.content.flatMap(textsOf)
    default:
      return []
  }
}
