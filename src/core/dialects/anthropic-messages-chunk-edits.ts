import { removeMember } from '../syntax/json-list.ts'
import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ChunkEdits, TextPlace } from './dialect.ts'

const NOTHING: readonly TextEdit[] = []

/** How a piece of each kind of text is written. */
const DELTAS: Readonly<Record<TextPlace['kind'], readonly [type: string, key: string] | undefined>> = {
  text: ['text_delta', 'text'],
  reasoning: ['thinking_delta', 'thinking'],
  'tool-arguments': ['input_json_delta', 'partial_json'],
  refusal: undefined,
}

/** Each event says one thing of one block, so a copy of one that said this text says only this text. */
function sayText(chunk: JsonNode, { kind }: TextPlace, text: string): readonly TextEdit[] {
  const written = DELTAS[kind]
  const type = chunk.get('type')?.string()
  if (written === undefined) throw new EditError('Anthropic messages have no refusals of their own')
  const [name, key] = written
  const delta = chunk.get('delta')
  if (type === 'content_block_delta' && delta?.get('type')?.string() === name) {
    return writeMember(delta, key, text)
  }
  if (type !== 'content_block_start') {
    throw new EditError('this chunk has no delta that a text could be written into')
  }
  return [
    ...writeMember(chunk, 'type', 'content_block_delta'),
    ...writeMember(chunk, 'content_block', { type: name, [key]: text }),
  ]
}

/** A block that began is gone on with: its place is that of the delta. */
function renameBlock(chunk: JsonNode): readonly TextEdit[] {
  const block = chunk.get('content_block')
  if (chunk.get('type')?.string() !== 'content_block_delta' || block === undefined) return NOTHING
  for (const { key, keyStart } of chunk.members()) {
    if (key === 'content_block')
      return [{ offset: keyStart, length: '"content_block"'.length, content: '"delta"' }]
  }
  return NOTHING
}

/** The object that says why the answer ended: of a stream's end, or of a whole message. */
function endingOf(chunk: JsonNode): JsonNode | undefined {
  const type = chunk.get('type')?.string()
  if (type === 'message_delta') return chunk.get('delta')
  return type === 'message' ? chunk : undefined
}

function setStop(ending: JsonNode, reason: string): readonly TextEdit[] {
  const sequence = ending.get('stop_sequence')
  const isMatched = reason === 'stop_sequence' || sequence === undefined || sequence.isNull
  return [
    ...(ending.get('stop_reason')?.string() === reason
      ? NOTHING
      : writeMember(ending, 'stop_reason', reason)),
    ...(isMatched ? NOTHING : writeMember(ending, 'stop_sequence', null)),
  ]
}

/** Blocks that are begun and end stay, as empty as they began. */
function silence(chunk: JsonNode): readonly TextEdit[] {
  const ending = endingOf(chunk)
  const isCall = ending?.get('stop_reason')?.string() === 'tool_use'
  const message = chunk.get('message') ?? chunk
  const content = message.get('content')
  const block = chunk.get('content_block')
  const delta = chunk.get('delta')
  const empty = (owner: JsonNode | undefined, key: string): readonly TextEdit[] =>
    owner?.get(key)?.string() ? writeMember(owner, key, '') : NOTHING
  return [
    ...(content?.item(0) ? writeMember(message, 'content', []) : NOTHING),
    ...['text', 'thinking', 'signature'].flatMap((key) => empty(block, key)),
    ...['text', 'thinking', 'signature', 'partial_json'].flatMap((key) => empty(delta, key)),
    ...(block ? removeMember(block, 'citations') : NOTHING),
    ...(ending && isCall ? setStop(ending, 'end_turn') : NOTHING),
  ]
}

/** https://docs.claude.com/en/docs/build-with-claude/streaming */
export const messagesChunkEdits: ChunkEdits = {
  stopReasons: ['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'pause_turn', 'refusal'],
  sayOnly: (place, text) => [(chunk) => sayText(chunk, place, text), renameBlock],
  // an end stands in an event of its own
  withoutEnd: () => () => NOTHING,
  setStop(chunk, choice, reason) {
    const ending = endingOf(chunk)
    return choice === 0 && ending ? setStop(ending, reason) : undefined
  },
  silence,
}
