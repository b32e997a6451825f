import type { JsonNode } from '../syntax/json-node.ts'
import { either, mediaOf, sayNote, sayRest } from './members.ts'
import { isEmpty, type Say } from './saying.ts'

/**
 * Parts of an answer's content, as Gemini's generateContent and its Live API send them, in camelCase (the wire) or
 * snake_case (dumps of the Python SDK). https://ai.google.dev/api/caching#Part
 */

const PART = new Set([
  'text',
  'thought',
  'thoughtSignature',
  'functionCall',
  'functionResponse',
  'inlineData',
  'fileData',
  'executableCode',
  'codeExecutionResult',
  'toolCall',
  'toolResponse',
])

/** What stands beside the text, by its member, in a person's words. */
const NOTES = {
  functionResponse: 'function response',
  executableCode: 'executable code',
  codeExecutionResult: 'code execution result',
  toolCall: 'tool call',
  toolResponse: 'tool response',
  thoughtSignature: 'signature',
} as const

export function readGeminiPart(part: JsonNode, choice: number, say: Say): void {
  const text = part.get('text')
  if (text?.kind === 'string') {
    const kind = part.get('thought')?.boolean() === true ? 'reasoning' : 'text'
    say({ kind, choice, part: 0, text })
  }
  const call = either(part, 'functionCall')
  if (call !== undefined) sayGeminiCall(call, choice, say)
  const inline = either(part, 'inlineData')
  if (inline !== undefined) sayMedia(inline, 'data', choice, say)
  const file = either(part, 'fileData')
  if (file !== undefined) sayMedia(file, 'fileUri', choice, say)
  for (const [key, label] of Object.entries(NOTES)) {
    const note = either(part, key)
    if (note === undefined) continue
    const tool = key.startsWith('tool') ? either(note, 'toolType')?.string() : undefined
    sayNote(tool === undefined ? label : `${label} ${tool}`, note, say, choice)
  }
  sayRest(part, PART, say)
}

/** Pieces of a call whose arguments are streamed have neither a name nor an id: they go on with the latest call. */
export function sayGeminiCall(call: JsonNode, choice: number, say: Say): void {
  const name = either(call, 'name')
  const id = either(call, 'id')
  const args = either(call, 'args')
  if (name !== undefined || id !== undefined || args !== undefined) {
    say({ kind: 'tool-call', choice, id, name, arguments: args })
  }
  for (const piece of either(call, 'partialArgs')?.items() ?? []) sayArgument(piece, choice, say)
}

/** Vertex: `{jsonPath, stringValue|numberValue|boolValue|nullValue, willContinue}`. */
function sayArgument(piece: JsonNode, choice: number, say: Say): void {
  const value =
    either(piece, 'stringValue') ?? either(piece, 'numberValue') ?? either(piece, 'boolValue') ?? undefined
  if (value !== undefined) say({ kind: 'tool-call', choice, arguments: value })
  // the last piece of an argument names it, so that there is one note an argument, not one a piece
  if (either(piece, 'willContinue')?.boolean() === true) return
  sayNote(`end of argument ${either(piece, 'jsonPath')?.string() ?? ''}`.trim(), piece, say, choice)
}

function sayMedia(media: JsonNode, key: string, choice: number, say: Say): void {
  const data = either(media, key)
  if (data?.kind !== 'string') {
    if (!isEmpty(media)) say({ kind: 'unknown', why: 'media', json: media })
    return
  }
  const type = either(media, 'mimeType')?.string()
  // raw samples come in pieces that add up; everything else is whole, so each has a number of its own
  const isStreamed = type !== undefined && /^audio\/(?:l16|pcm)\b/i.test(type)
  say({ kind: 'media', choice, part: isStreamed ? 0 : data.id, media: mediaOf(type), data, type })
}

/** Usage of both APIs; none where it has no counts (Vertex writes only the kind of traffic into early chunks). */
export function sayGeminiUsage(usage: JsonNode, say: Say): void {
  const counts = {
    inputTokens: either(usage, 'promptTokenCount'),
    outputTokens: either(usage, 'candidatesTokenCount') ?? either(usage, 'responseTokenCount'),
    totalTokens: either(usage, 'totalTokenCount'),
    cachedInputTokens: either(usage, 'cachedContentTokenCount'),
    reasoningTokens: either(usage, 'thoughtsTokenCount'),
  }
  if (Object.values(counts).some((count) => count !== undefined)) say({ kind: 'usage', usage, counts })
}
