/** Where a track of the program stands in what `addUp` says. */
import type { Track } from '../../../src/core/cassette/stream.ts'
import type { Recording } from '../../../src/core/edits/recording.ts'
import { addUp, type PlainChat, plainChunks } from './plain-chat.ts'

function callIndex({ interaction }: Recording, track: Track): number {
  const at = interaction.stream.tracks.indexOf(track)
  for (const { parts } of interaction.stream.messages) {
    for (const part of parts) {
      if (part.kind === 'tool-call' && part.call.argumentsTrack === at) return part.call.index
    }
  }
  throw new Error('no such call')
}

const KEYS = { text: 'content', reasoning: 'reasoning', refusal: 'refusal' } as const

/** The same answer with another text in one place. */
export function withText(chat: PlainChat, recording: Recording, track: Track, text: string): PlainChat {
  const answers = structuredClone(chat.answers)
  const answer = answers.find(({ choice }) => choice === track.choice)
  if (answer === undefined) throw new Error('no such answer')
  if (track.kind === 'tool-arguments') {
    const index = callIndex(recording, track)
    const call = answer.calls.find((other) => other.index === index)
    if (call === undefined) throw new Error('no such call')
    call.arguments = text
  } else answer[KEYS[track.kind]] = text
  return { ...chat, answers }
}

/** What each chunk alone says of a track. */
export function saidBy(text: string, recording: Recording, track: Track): readonly string[] {
  const index = track.kind === 'tool-arguments' ? callIndex(recording, track) : 0
  return plainChunks(text).map((chunk) => {
    const answer = addUp([chunk]).answers.find(({ choice }) => choice === track.choice)
    if (answer === undefined) return ''
    if (track.kind !== 'tool-arguments') return answer[KEYS[track.kind]]
    return answer.calls.find((call) => call.index === index)?.arguments ?? ''
  })
}
