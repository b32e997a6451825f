import type { MediaKind } from '../cassette/delta.ts'
import { given, isBlank, type Say, worded } from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'

/** Members of blocks that hold bytes in a source, as the neutral words call them. */
const MEDIA: Readonly<Record<string, MediaKind>> = {
  image: 'image',
  audio: 'audio',
  video: 'file',
  document: 'file',
}

/** A block as it begins in a stream; a text need not begin at all. */
export function readStart(start: JsonNode | undefined, part: number, say: Say): void {
  for (const { key, value } of start?.members() ?? []) {
    if (key === 'toolUse') sayCall(value, part, say)
    else if (key === 'toolResult') sayNote('tool result', value, say)
    // an image's format stands here, its bytes come later
    else if (key !== 'image' && !isBlank(value)) say({ kind: 'unknown', why: key, json: value })
  }
}

/** A whole block. One object, whose one member says what it is. */
export function readBlock(block: JsonNode, part: number, say: Say): void {
  for (const { key, value } of block.members()) {
    if (key === 'citationsContent') readCitations(value, part, say)
    else if (key === 'toolUse') sayCall(value, part, say)
    // gateways that speak Converse name the block's kind beside it
    else if (key !== 'type') readMember(key, value, part, say)
  }
}

/** A piece of the block with this index. */
export function readDelta(delta: JsonNode | undefined, part: number, say: Say): void {
  for (const { key, value } of delta?.members() ?? []) {
    if (key === 'toolUse') sayCall(value, part, say)
    else readMember(key, value, part, say)
  }
}

function readMember(key: string, value: JsonNode, part: number, say: Say): void {
  const media = MEDIA[key]
  if (key === 'text' && value.kind === 'string') say({ kind: 'text', choice: 0, part, text: value })
  else if (key === 'reasoningContent') readReasoning(value, part, say)
  else if (key === 'citation' || key === 'toolResult') {
    sayNote(key === 'citation' ? 'citation' : 'tool result', value, say)
  } else if (media !== undefined) readMedia(value, media, part, say)
  else if (!isBlank(value)) say({ kind: 'unknown', why: key, json: value })
}

function sayNote(label: string, json: JsonNode, say: Say): void {
  if (!isBlank(json)) say({ kind: 'note', choice: 0, label, json })
}

/** In a stream `input` is a string and comes in pieces, in a whole answer it is the JSON value. */
function sayCall(call: JsonNode, index: number, say: Say): void {
  say({
    kind: 'tool-call',
    choice: 0,
    index,
    id: worded(call.get('toolUseId')),
    name: worded(call.get('name')),
    arguments: given(call.get('input')),
  })
}

/** Streamed flat, whole with its text and signature in `reasoningText`. */
function readReasoning(reasoning: JsonNode, part: number, say: Say): void {
  const inner = reasoning.get('reasoningText') ?? reasoning
  const text = inner.get('text')
  if (text?.kind === 'string') say({ kind: 'reasoning', choice: 0, part, text })
  const signature = worded(inner.get('signature'))
  if (signature !== undefined) sayNote('signature', signature, say)
  const redacted = given(reasoning.get('redactedContent'))
  if (redacted !== undefined) sayNote('redacted thinking', redacted, say)
}

function readCitations(cited: JsonNode, part: number, say: Say): void {
  for (const piece of cited.get('content')?.items() ?? []) readBlock(piece, part, say)
  for (const citation of cited.get('citations')?.items() ?? []) sayNote('citation', citation, say)
}

function readMedia(value: JsonNode, media: MediaKind, part: number, say: Say): void {
  const source = value.get('source')
  const data = worded(source?.get('bytes') ?? source?.path('s3Location', 'uri'))
  const error = given(value.get('error'))
  if (error !== undefined) sayNote(`${media} error`, error, say)
  if (data !== undefined) {
    say({ kind: 'media', choice: 0, part, media, data, type: value.get('format')?.string() })
  } else if (error === undefined) say({ kind: 'unknown', why: media, json: value })
}
