import { removeItems, removeMember } from '../syntax/json-list.ts'
import { writeMember } from '../syntax/json-member.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { ChunkEdits, TextPlace } from './dialect.ts'
import { either, snakeOf } from './members.ts'

const NOTHING: readonly TextEdit[] = []

/** What a candidate says beside its content and its end. */
const BESIDE = [
  'citationMetadata',
  'groundingMetadata',
  'urlContextMetadata',
  'safetyRatings',
  'logprobsResult',
  'avgLogprobs',
  'tokenCount',
]

const END = ['finishReason', 'finishMessage']

/** Code Assist wraps what the API says. */
export function unwrapGemini(chunk: JsonNode): JsonNode {
  const inner = chunk.get('response')
  return inner?.get('candidates') !== undefined || inner?.get('usageMetadata') !== undefined ? inner : chunk
}

function candidatesOf(chunk: JsonNode): readonly JsonNode[] {
  return [...(unwrapGemini(chunk).get('candidates')?.items() ?? [])]
}

function candidateOf(chunk: JsonNode, choice: number): JsonNode | undefined {
  return candidatesOf(chunk).find((candidate, at) => (candidate.get('index')?.number() ?? at) === choice)
}

/** The members under either of their spellings. */
function without(object: JsonNode, names: readonly string[]): readonly TextEdit[] {
  return removeMember(object, ...names, ...names.map(snakeOf).filter((name) => !names.includes(name)))
}

/** A member's name as its writer spells names: the Python SDK's dumps are in snake_case. */
function spelt(chunk: JsonNode, camel: string): string {
  const answer = unwrapGemini(chunk)
  const objects = [answer, ...candidatesOf(chunk)]
  return objects.some((object) => [...object.members()].some(({ key }) => key.includes('_')))
    ? snakeOf(camel)
    : camel
}

function withoutEnd(chunk: JsonNode, choice: number): readonly TextEdit[] {
  const candidate = candidateOf(chunk, choice)
  return [
    ...(candidate ? without(candidate, END) : NOTHING),
    ...without(unwrapGemini(chunk), ['usageMetadata']),
  ]
}

/** Parts that say one text; a call's arguments are one value, which cannot be cut. */
function writeText(chunk: JsonNode, place: TextPlace, text: string): readonly TextEdit[] {
  if (place.kind === 'tool-arguments') throw new EditError('arguments that are sent whole cannot be cut')
  if (place.kind === 'refusal' || place.index > 0) throw new EditError('this API has no such text')
  const candidate = candidateOf(chunk, place.choice)
  if (candidate === undefined) throw new EditError(`this chunk has no place for choice ${place.choice}`)
  const parts = [place.kind === 'reasoning' ? { text, thought: true } : { text }]
  const content = either(candidate, 'content')
  return content?.kind === 'object'
    ? writeMember(content, 'parts', parts)
    : writeMember(candidate, 'content', { role: 'model', parts })
}

function onlyCandidate(chunk: JsonNode, choice: number): readonly TextEdit[] {
  const list = unwrapGemini(chunk).get('candidates')
  const all = candidatesOf(chunk)
  const at = all.findIndex((candidate) => candidate.id === candidateOf(chunk, choice)?.id)
  if (list === undefined || at === -1) throw new EditError(`this chunk has no place for choice ${choice}`)
  return [
    ...(at + 1 < all.length ? [removeItems(list, at + 1, all.length - 1)] : []),
    ...(at > 0 ? [removeItems(list, 0, at - 1)] : []),
  ]
}

/** https://ai.google.dev/api/generate-content#FinishReason */
export const geminiChunkEdits: ChunkEdits = {
  stopReasons: ['STOP', 'MAX_TOKENS', 'SAFETY', 'RECITATION', 'MALFORMED_FUNCTION_CALL', 'OTHER'],

  sayOnly: (place, text, keepEnd) => [
    (chunk) => onlyCandidate(chunk, place.choice),
    (chunk) => writeText(chunk, place, text),
    (chunk) => {
      const candidate = candidateOf(chunk, place.choice)
      return candidate ? without(candidate, BESIDE) : NOTHING
    },
    (chunk) => (keepEnd ? NOTHING : withoutEnd(chunk, place.choice)),
  ],

  withoutEnd: (choice) => (chunk) => withoutEnd(chunk, choice),

  setStop(chunk, choice, reason) {
    const candidate = candidateOf(chunk, choice)
    if (candidate === undefined) return undefined
    const key = ['finishReason', 'finish_reason'].find((name) => candidate.get(name) !== undefined)
    if (key !== undefined && candidate.get(key)?.string() === reason) return NOTHING
    return writeMember(candidate, key ?? spelt(chunk, 'finishReason'), reason)
  },

  silence: (chunk) =>
    candidatesOf(chunk).flatMap((candidate) => {
      const content = either(candidate, 'content')
      return [
        ...(content?.kind === 'object' ? writeMember(content, 'parts', [{ text: '' }]) : NOTHING),
        ...without(candidate, BESIDE),
      ]
    }),
}
