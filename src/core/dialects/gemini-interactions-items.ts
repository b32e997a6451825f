import type { JsonNode } from '../syntax/json-node.ts'
import { mediaOf, sayNote, sayRest } from './members.ts'
import { filled, given, type Say } from './saying.ts'

/**
 * What an interaction consists of: an output (early 2026), a step (since), a content within a step, or a delta of one
 * of them. They share their types, so one reader knows them all.
 */

/** How many texts one step has room for: parts are numbered by step, and within it by content. */
const ROOM = 1000

const TEXT = new Set(['type', 'text', 'annotations'])

const SIGNED = new Set(['type', 'id', 'call_id', 'signature'])

export function readInteractionItem(item: JsonNode, index: number, say: Say): void {
  readItem(item, index, index * ROOM, say)
}

function readItem(item: JsonNode, index: number, part: number, say: Say): void {
  switch (item.get('type')?.string()) {
    case 'text':
      readText(item, 'text', part, say)
      return
    case 'thought_summary': {
      const content = item.get('content')
      if (content !== undefined) readThought(content, part, say)
      return
    }
    case 'thought':
      readThought(item, part, say)
      return
    case 'thought_signature':
      sayNote('signature', item.get('signature'), say)
      return
    case 'model_output': {
      let at = 0
      for (const content of item.get('content')?.items() ?? []) readItem(content, index, part + at++, say)
      sayNote('error', item.get('error'), say)
      return
    }
    case 'arguments_delta': {
      const pieces = item.get('arguments') ?? item.get('partial_arguments')
      say({ kind: 'tool-call', choice: 0, index, arguments: given(pieces) })
      return
    }
    case 'function_call':
      readCall(item, index, say)
      return
    case 'text_annotation_delta':
      sayNote('citations', item.get('annotations'), say)
      return
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      readMedia(item, part, say)
      return
    default:
      readServerTool(item, say)
  }
}

function readText(item: JsonNode, kind: 'text' | 'reasoning', part: number, say: Say): void {
  const text = item.get('text')
  if (text?.kind === 'string') say({ kind, choice: 0, part, text })
  sayNote('citations', item.get('annotations'), say)
  sayRest(item, TEXT, say)
}

/** A summary is a content or a list of them; the whole thought has it beside its signature. */
function readThought(thought: JsonNode, part: number, say: Say): void {
  if (thought.get('type')?.string() !== 'thought') {
    if (thought.get('text') !== undefined) readText(thought, 'reasoning', part, say)
    else readItem(thought, 0, part, say)
    return
  }
  const summary = given(thought.get('summary'))
  let at = 0
  for (const content of summary?.items() ?? []) readText(content, 'reasoning', part + at++, say)
  if (summary?.kind === 'string') say({ kind: 'reasoning', choice: 0, part, text: summary })
  sayNote('signature', thought.get('signature'), say)
}

/** The start of a streamed call has empty arguments, which its pieces then replace. */
function readCall(call: JsonNode, index: number, say: Say): void {
  const { id, name } = { id: given(call.get('id')), name: given(call.get('name')) }
  say({ kind: 'tool-call', choice: 0, index, id, name, arguments: filled(call.get('arguments')) })
  sayNote('signature', call.get('signature'), say)
}

function readMedia(item: JsonNode, part: number, say: Say): void {
  const data = given(item.get('data')) ?? given(item.get('uri'))
  const type = item.get('mime_type')?.string()
  if (data?.kind === 'string') {
    const media = item.get('type')?.string() === 'image' ? 'image' : mediaOf(type)
    say({ kind: 'media', choice: 0, part, media, data, type })
  } else if (item.memberCount > 1) {
    say({ kind: 'unknown', why: 'media', json: item })
  }
}

/** Calls and results of the server's own tools: shown whole, unless they only open what is to come. */
function readServerTool(item: JsonNode, say: Say): void {
  const type = item.get('type')?.string()
  const saysMore = [...item.effectiveMembers()].some(({ key, value }) => !SIGNED.has(key) && filled(value))
  if (type === undefined) say({ kind: 'unknown', why: 'item', json: item })
  else if (saysMore) sayNote(type.replaceAll('_', ' '), item, say)
  else sayNote('signature', item.get('signature'), say)
}
