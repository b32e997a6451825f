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
  const needle = query.toLowerCase()
  const hits: Hit[] = []
  interaction.stream.tracks.forEach((track, number) => {
    for (const at of occurrences(track.text, needle, MOST - hits.length)) {
      const chunk = track.pieceChunks[pieceAt(track, at)] ?? 0
      hits.push({
        key: `track ${number} ${at}`,
        ...around(track.text, at, needle.length),
        where: `chunk ${chunk}`,
        chunk,
      })
    }
  })
  interaction.conversation.messages.forEach((message, number) => {
    for (const text of message.parts.flatMap(textsOf)) {
      for (const at of occurrences(text, needle, MOST - hits.length)) {
        hits.push({
          key: `message ${number} ${at}`,
          ...around(text, at, needle.length),
          where: message.role,
          reveal: () =>
            document.querySelectorAll('[data-testid="message"]')[number]?.scrollIntoView({ block: 'center' }),
        })
      }
    }
  })
  return hits
}

function* occurrences(text: string, needle: string, most: number): Generator<number> {
  const haystack = text.toLowerCase()
  let at = haystack.indexOf(needle)
  for (let found = 0; at !== -1 && found < most; found++) {
    yield at
    at = haystack.indexOf(needle, at + needle.length)
  }
}

function around(text: string, at: number, length: number): Pick<Hit, 'before' | 'match' | 'after'> {
  const start = Math.max(0, at - AROUND)
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, at),
    match: text.slice(at, at + length),
    after: text.slice(at + length, at + length + AROUND),
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
