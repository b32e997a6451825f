/**
 * For APIs that stream a text and then repeat it, whole: it is said once, by the smallest pieces that came;
 * the rest restates it.
 */
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { PerList } from './chunk-siblings.ts'
import type { Say } from './saying.ts'

/** Hears what a chunk says, under which key, and how coarse it is: 0 for pieces, more for what repeats them. */
export type Hear = (key: string, level: number, delta: Delta) => void

type ReadEvent = (chunk: JsonNode, event: string | undefined, hear: Hear) => void

/** A reader of chunks that says of everything only what is told under its key at the lowest level in the stream. */
export function saidOnce(read: ReadEvent): (chunk: JsonNode, say: Say, event?: string) => void {
  const lowest = new PerList((chunks) => {
    const found = new Map<string, number>()
    for (const chunk of chunks) {
      read(chunk, undefined, (key, level) => found.set(key, Math.min(level, found.get(key) ?? level)))
    }
    return found
  })
  return (chunk, say, event) =>
    read(chunk, event, (key, level, delta) => {
      // what comes in the smallest pieces needs no look at the others
      if (level === 0 || level <= (lowest.of(chunk).get(key) ?? level)) say(delta)
      else restate(delta, say)
    })
}

function restate(delta: Delta, say: Say): void {
  if (delta.kind === 'text' || delta.kind === 'reasoning' || delta.kind === 'refusal') {
    say({ kind: 'restated', choice: delta.choice, of: delta.kind, part: delta.part, text: delta.text })
  } else if (delta.kind === 'tool-call' && delta.index !== undefined && delta.arguments?.kind === 'string') {
    const { choice, index } = delta
    say({ kind: 'restated', choice, of: 'tool-arguments', part: index, text: delta.arguments })
  }
}

/** Numbers the ids that the chunks of a stream name, in the order in which they first appear. */
export function idOrder(
  idOf: (chunk: JsonNode) => string | undefined,
): (chunk: JsonNode, id: string) => number {
  const order = new PerList((chunks) => {
    const found = new Map<string, number>()
    for (const chunk of chunks) {
      const id = idOf(chunk)
      if (id !== undefined && !found.has(id)) found.set(id, found.size)
    }
    return found
  })
  return (chunk, id) => order.of(chunk).get(id) ?? 0
}
