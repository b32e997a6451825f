import type { Stream, Track } from '../../core/cassette/stream.ts'

const KIND_WORDS: Readonly<Record<Track['kind'], string>> = {
  text: 'answer',
  reasoning: 'reasoning',
  refusal: 'refusal',
  'tool-arguments': 'arguments',
}

/** What each track of a stream is called, by its position: "answer", "arguments of get_weather". No two alike. */
export function trackNames({ tracks, messages }: Stream): readonly string[] {
  const several = messages.length > 1
  const names = tracks.map((track, at) => {
    const call = messages
      .flatMap(({ parts }) => parts)
      .find((part) => part.kind === 'tool-call' && part.call.argumentsTrack === at)
    const name = call?.kind === 'tool-call' ? (call.call.name?.value ?? 'a call') : undefined
    const word = KIND_WORDS[track.kind] + (name === undefined ? '' : ` of ${name}`)
    return several ? `${word}, choice ${track.choice}` : word
  })
  return names.map((name, at) => {
    const twins = names.filter((other) => other === name).length
    const before = names.slice(0, at).filter((other) => other === name).length
    return twins > 1 ? `${name} (${before + 1} of ${twins})` : name
  })
}

/** The track that a person means who names none: the answer, else whatever there is. */
export function mainTrack({ tracks }: Stream): number {
  const answer = tracks.findIndex(({ kind, text }) => kind === 'text' && text !== '')
  if (answer !== -1) return answer
  const said = tracks.findIndex(({ text }) => text !== '')
  return Math.max(0, said)
}
