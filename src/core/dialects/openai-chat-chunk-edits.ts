import { insertMember, removeItems, removeMember, valueAsElementOf } from '../syntax/json-list.ts'
import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ChunkEdits, TextPlace } from './dialect.ts'
import { isWholeAnswer } from './openai-chat-extras.ts'

const NOTHING: readonly TextEdit[] = []

/** The members of a delta or message that say something; of the others nothing is known. */
const SAYING = [
  'content',
  'reasoning',
  'reasoning_content',
  'refusal',
  'tool_calls',
  'function_call',
] as const

/** Members in which servers repeat or add what the text says. */
const BESIDE = ['reasoning_details', 'audio', 'images', 'annotations'] as const

function choiceOf(chunk: JsonNode, choice: number): JsonNode | undefined {
  for (const item of chunk.get('choices')?.items() ?? []) {
    if ((item.get('index')?.number() ?? 0) === choice) return item
  }
  return undefined
}

/** As it is read: Perplexity has both, and of a whole answer the message counts. */
function sayingPart(chunk: JsonNode, choice: JsonNode | undefined): JsonNode | undefined {
  const message = choice?.get('message')
  const part = message && isWholeAnswer(chunk) ? message : (choice?.get('delta') ?? message)
  return part?.kind === 'object' ? part : undefined
}

/** Whether a writer spells out what is not set (pydantic's `model_dump`); texts can say ": null", members cannot. */
function hasNulls(object: JsonNode): boolean {
  return [...object.members()].some(({ value }) => value.isNull)
}

/**
 * Takes members out: as null where the writer spells out what is not set, else as members that are not there.
 */
function quiet(chunk: JsonNode, owner: JsonNode, keys: readonly string[]): readonly TextEdit[] {
  const there = keys.filter((key) => owner.get(key)?.isNull === false)
  const parts = [...(chunk.get('choices')?.items() ?? [])].flatMap(
    (choice) => sayingPart(chunk, choice) ?? [],
  )
  if (![owner, ...parts].some(hasNulls)) return removeMember(owner, ...there)
  return there.flatMap((key) => {
    const value = owner.get(key)
    return value ? [{ offset: value.start, length: value.end - value.start, content: 'null' }] : []
  })
}

function nullFinish(choice: JsonNode): readonly TextEdit[] {
  const reason = choice.get('finish_reason')
  return reason === undefined || reason.isNull
    ? NOTHING
    : [{ offset: reason.start, length: reason.end - reason.start, content: 'null' }]
}

/** Only of this choice: another one's end has nowhere else to stand. */
function withoutEnd(chunk: JsonNode, choice: number): readonly TextEdit[] {
  const ended = choiceOf(chunk, choice)
  return [...(ended ? nullFinish(ended) : NOTHING), ...quiet(chunk, chunk, ['usage'])]
}

/** The key under which a kind of text stands; servers disagree about reasoning, so the chunk's own comes first. */
function keyOf(place: TextPlace, delta: JsonNode): string {
  if (place.kind === 'text') return 'content'
  if (place.kind === 'tool-arguments') return place.index < 0 ? 'function_call' : 'tool_calls'
  if (place.kind === 'refusal') return 'refusal'
  if (delta.get('reasoning')?.kind === 'string') return 'reasoning'
  if (delta.get('reasoning_content')?.kind === 'string') return 'reasoning_content'
  return delta.get('reasoning') === undefined ? 'reasoning_content' : 'reasoning'
}

/** All keys under which a text stands: vLLM writes its reasoning under both. */
function keysOf(place: TextPlace, delta: JsonNode): readonly string[] {
  const key = keyOf(place, delta)
  const twin = delta.get('reasoning_content')
  const isTwice = key === 'reasoning' && twin?.kind === 'string' && twin.raw === delta.get(key)?.raw
  return isTwice ? [key, 'reasoning_content'] : [key]
}

/** Only this choice, and of it only what is not said: the ground that a text is then written on. */
function onlyChoice(chunk: JsonNode, choice: number): readonly TextEdit[] {
  const list = chunk.get('choices')
  const kept = choiceOf(chunk, choice)
  if (list === undefined || kept === undefined) {
    throw new EditError(`this chunk has no place for choice ${choice}`)
  }
  const count = [...list.items()].length
  const at = [...list.items()].findIndex(({ id }) => id === kept.id)
  return [
    ...(at + 1 < count ? [removeItems(list, at + 1, count - 1)] : []),
    ...(at > 0 ? [removeItems(list, 0, at - 1)] : []),
  ]
}

function writeText(chunk: JsonNode, place: TextPlace, text: string): readonly TextEdit[] {
  const delta = sayingPart(chunk, choiceOf(chunk, place.choice))
  if (delta === undefined) throw new EditError('this chunk has no delta that a text could be written into')
  if (place.kind === 'tool-arguments') return writeArguments(delta, place.index, text)
  if (place.index > 0) throw new EditError('an answer in several text blocks cannot be cut anew')
  return keysOf(place, delta).flatMap((key) => writeMember(delta, key, text))
}

/** A continuation of a call: its index and the text, without the id and the name that began it. */
function writeArguments(delta: JsonNode, index: number, text: string): readonly TextEdit[] {
  if (index < 0) return writeMember(delta, 'function_call', { arguments: text })
  const call = hasNulls(delta)
    ? { index, id: null, function: { arguments: text, name: null }, type: null }
    : { index, function: { arguments: text } }
  return writeMember(delta, 'tool_calls', [call])
}

function silencePart(chunk: JsonNode, part: JsonNode): readonly TextEdit[] {
  const content = part.get('content')
  const others = [...SAYING, ...BESIDE].filter((key) => key !== 'content')
  return [
    ...(content === undefined || content.isNull ? [] : writeMember(part, 'content', '')),
    ...quiet(chunk, part, others),
  ]
}

function silence(chunk: JsonNode): readonly TextEdit[] {
  return [...(chunk.get('choices')?.items() ?? [])].flatMap((choice) => {
    // Perplexity's chunks have both, and of one that is left alone the message would count
    const parts = [choice.get('delta'), choice.get('message')].filter((part) => part?.kind === 'object')
    const reason = choice.get('finish_reason')
    const calls = reason?.string() === 'tool_calls' || reason?.string() === 'function_call'
    return [
      ...parts.flatMap((part) => (part ? silencePart(chunk, part) : [])),
      ...quiet(chunk, choice, ['logprobs']),
      ...(reason && calls ? writeMember(choice, 'finish_reason', 'stop') : []),
    ]
  })
}

/** https://platform.openai.com/docs/api-reference/chat/streaming */
export const chatChunkEdits: ChunkEdits = {
  stopReasons: ['stop', 'length', 'tool_calls', 'content_filter', 'function_call'],

  sayOnly: (place, text, keepEnd) => [
    (chunk) => onlyChoice(chunk, place.choice),
    (chunk) => {
      const choice = choiceOf(chunk, place.choice)
      const delta = sayingPart(chunk, choice)
      if (delta === undefined) return NOTHING
      const written = keysOf(place, delta)
      return quiet(
        chunk,
        delta,
        ['role', ...SAYING].filter((key) => !written.includes(key)),
      )
    },
    (chunk) => writeText(chunk, place, text),
    (chunk) => {
      const choice = choiceOf(chunk, place.choice)
      return choice ? quiet(chunk, choice, ['logprobs']) : NOTHING
    },
    (chunk) => (keepEnd ? NOTHING : withoutEnd(chunk, place.choice)),
  ],

  withoutEnd: (choice) => (chunk) => withoutEnd(chunk, choice),

  setStop(chunk, choice, reason) {
    const found = choiceOf(chunk, choice)
    if (found === undefined) return undefined
    const written = found.get('finish_reason')
    if (written?.string() === reason) return NOTHING
    return written === undefined
      ? [insertMember(found, 'finish_reason', valueAsElementOf(found, reason))]
      : writeMember(found, 'finish_reason', reason)
  },

  silence,
}
