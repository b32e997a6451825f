import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ChunkEdits, TextPlace } from './dialect.ts'

const NOTHING: readonly TextEdit[] = []

/** Where each kind of text stands in a delta. */
const PLACES: Readonly<Record<TextPlace['kind'], readonly string[] | undefined>> = {
  text: ['text'],
  reasoning: ['reasoningContent', 'text'],
  'tool-arguments': ['toolUse', 'input'],
  refusal: undefined,
}

/** The event itself: the payload of a frame, or what stands under the event's name. */
function eventIn(chunk: JsonNode, name: string): JsonNode {
  return chunk.get(name) ?? chunk
}

/** Each event says one thing of one block, so a copy of one that said this text says only this text. */
function sayText(chunk: JsonNode, { kind }: TextPlace, text: string): readonly TextEdit[] {
  const keys = PLACES[kind]
  const owner = eventIn(chunk, 'contentBlockDelta').path('delta', ...(keys?.slice(0, -1) ?? []))
  const key = keys?.at(-1)
  if (key === undefined || owner?.get(key)?.kind !== 'string') {
    throw new EditError('this chunk has no delta that a text could be written into')
  }
  return writeMember(owner, key, text)
}

/** The object that has the stop reason: of a stream's `messageStop`, or the whole response. */
function endingOf(chunk: JsonNode): JsonNode | undefined {
  const event = eventIn(chunk, 'messageStop')
  return event.get('stopReason')?.kind === 'string' ? event : undefined
}

function setStop(ending: JsonNode, reason: string): readonly TextEdit[] {
  return ending.get('stopReason')?.string() === reason ? NOTHING : writeMember(ending, 'stopReason', reason)
}

function silence(chunk: JsonNode): readonly TextEdit[] {
  const message = chunk.path('output', 'message')
  const ending = endingOf(chunk)
  const isCall = ending?.get('stopReason')?.string() === 'tool_use'
  const delta = eventIn(chunk, 'contentBlockDelta').get('delta')
  const reasoning = delta?.get('reasoningContent')
  return [
    ...(message?.path('content', 0) ? writeMember(message, 'content', []) : NOTHING),
    ...(delta?.get('text')?.string() ? writeMember(delta, 'text', '') : NOTHING),
    ...['text', 'signature'].flatMap((key) =>
      reasoning?.get(key)?.string() ? writeMember(reasoning, key, '') : NOTHING,
    ),
    ...(ending && isCall ? setStop(ending, 'end_turn') : NOTHING),
  ]
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html */
export const converseChunkEdits: ChunkEdits = {
  stopReasons: [
    'end_turn',
    'max_tokens',
    'stop_sequence',
    'tool_use',
    'content_filtered',
    'guardrail_intervened',
    'model_context_window_exceeded',
  ],
  sayOnly: (place, text) => [(chunk) => sayText(chunk, place, text)],
  // an end stands in an event of its own
  withoutEnd: () => () => NOTHING,
  setStop(chunk, choice, reason) {
    const ending = endingOf(chunk)
    return choice === 0 && ending ? setStop(ending, reason) : undefined
  },
  silence,
}
