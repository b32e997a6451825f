/** The events of a streamed response: https://platform.openai.com/docs/api-reference/responses-streaming */
import type { JsonNode } from '../syntax/json-node.ts'
import {
  commandIndex,
  reasoningPart,
  type Tell,
  tellAnnotation,
  tellContentPart,
  tellItem,
  tellSummaryPart,
  textPart,
} from './openai-items.ts'
import type { Hear } from './said-once.ts'
import { filled } from './saying.ts'

/** How coarse the repetitions are, one behind the other. */
const LEVEL = { piece: 0, text: 1, part: 2, item: 3, response: 4, begun: 5 } as const

/** Events that only tell how far a tool has come; its item says the rest. */
const PROGRESS =
  /^response\.(?:created|in_progress|queued|\w+_call\.\w+|mcp_list_tools\.\w+|reasoning_summary_part\.added|audio\.done|shell_call_output_content\.(?:delta|done)|\w+_call_command\.added|metadata)$/

/** Deltas that are pieces of a call's arguments, and the events that repeat the whole. */
const ARGUMENTS: readonly { readonly event: string; readonly whole: string }[] = [
  { event: 'function_call_arguments', whole: 'arguments' },
  { event: 'custom_tool_call_input', whole: 'input' },
  { event: 'mcp_call_arguments', whole: 'arguments' },
  { event: 'code_interpreter_call_code', whole: 'code' },
  { event: 'apply_patch_call_operation_diff', whole: 'diff' },
]

function numberOf(chunk: JsonNode, key: string): number {
  return chunk.get(key)?.number() ?? 0
}

/** What a chunk of a stream says of the answer itself; how it ends is told by the caller. */
export function readEvent(chunk: JsonNode, event: string | undefined, hear: Hear): void {
  const type = chunk.get('type')?.string() ?? event ?? ''
  if (!type.startsWith('response.')) return
  const index = numberOf(chunk, 'output_index')
  const at =
    (level: number): Tell =>
    (key, delta) =>
      hear(key, level, delta)
  const name = type.slice('response.'.length)
  if (readText(chunk, name, index, hear) || readArguments(chunk, name, index, hear)) return
  switch (name) {
    case 'output_item.added': {
      const item = chunk.get('item')
      if (item) tellItem(item, index, begun(hear))
      return
    }
    case 'output_item.done': {
      const item = chunk.get('item')
      if (item) tellItem(item, index, at(LEVEL.item))
      return
    }
    case 'content_part.added':
    case 'content_part.done': {
      const part = chunk.get('part')
      const tell = name.endsWith('added') ? begun(hear) : at(LEVEL.part)
      if (part) tellContentPart(part, index, numberOf(chunk, 'content_index'), tell)
      return
    }
    case 'reasoning_summary_part.done': {
      const part = chunk.get('part')
      if (part) tellSummaryPart(part, index, numberOf(chunk, 'summary_index'), at(LEVEL.part))
      return
    }
    case 'output_text.annotation.added': {
      const annotation = chunk.get('annotation')
      const number = numberOf(chunk, 'annotation_index')
      if (annotation)
        tellAnnotation(annotation, index, numberOf(chunk, 'content_index'), number, at(LEVEL.piece))
      return
    }
    case 'image_generation_call.partial_image':
      readPartialImage(chunk, index, hear)
      return
    case 'audio.delta': {
      const data = chunk.get('delta') ?? chunk.get('data')
      if (data?.kind === 'string') {
        const part = textPart(index, 0)
        hear(`audio:${index}`, LEVEL.piece, { kind: 'media', choice: 0, part, media: 'audio', data })
      }
      return
    }
    case 'completed':
    case 'incomplete':
    case 'failed':
    case 'cancelled':
    case 'done': {
      let position = 0
      for (const item of chunk.path('response', 'output')?.items() ?? []) {
        tellItem(item, position++, at(LEVEL.response))
      }
      return
    }
    default:
      if (!PROGRESS.test(type)) hear('', LEVEL.piece, { kind: 'unknown', why: type, json: chunk })
  }
}

/** An item or part as it begins: mostly empty. What it has already is the first piece, as the SDKs read it. */
function begun(hear: Hear): Tell {
  return (key, delta) => {
    if (delta.kind === 'message-start') hear(key, LEVEL.piece, delta)
    else if (delta.kind === 'text' || delta.kind === 'refusal' || delta.kind === 'reasoning') {
      if (delta.text.string()) hear(key, LEVEL.piece, delta)
    } else if (delta.kind === 'tool-call' && delta.arguments === undefined) hear(key, LEVEL.piece, delta)
    else if (delta.kind === 'tool-call' && delta.arguments?.kind === 'string') {
      if (delta.arguments.string()) hear(key, LEVEL.piece, delta)
    } else hear(key, LEVEL.begun, delta)
  }
}

function readText(chunk: JsonNode, name: string, index: number, hear: Hear): boolean {
  const content = numberOf(chunk, 'content_index')
  const summary = numberOf(chunk, 'summary_index')
  const isDone = name.endsWith('.done')
  const level = isDone ? LEVEL.text : LEVEL.piece
  const tell = (kind: 'text' | 'reasoning' | 'refusal', key: string, part: number, whole = 'text'): true => {
    const text = chunk.get(isDone ? whole : 'delta')
    if (text?.kind === 'string') hear(key, level, { kind, choice: 0, part, text })
    else if (text && !text.isNull) hear(key, level, { kind: 'unknown', why: name, json: text })
    return true
  }
  switch (name.replace(/\.(?:delta|done)$/, '')) {
    case 'output_text': {
      const logprobs = filled(chunk.get('logprobs'))
      if (logprobs && !isDone) {
        hear(`logprobs:${index}:${content}`, LEVEL.piece, {
          kind: 'unknown',
          why: 'logprobs',
          json: logprobs,
        })
      }
      return tell('text', `text:${index}:${content}`, textPart(index, content))
    }
    case 'audio.transcript':
      return tell('text', `text:${index}:${content}`, textPart(index, content), 'transcript')
    case 'refusal':
      return tell('refusal', `text:${index}:${content}`, textPart(index, content), 'refusal')
    case 'reasoning_summary_text':
    case 'reasoning_summary':
      return tell('reasoning', `summary:${index}:${summary}`, textPart(index, summary))
    case 'reasoning_text':
    case 'reasoning':
      return tell('reasoning', `reasoning:${index}:${content}`, reasoningPart(index, content))
    default:
      return false
  }
}

function readArguments(chunk: JsonNode, name: string, index: number, hear: Hear): boolean {
  const isDone = name.endsWith('.done')
  if (!isDone && !name.endsWith('.delta')) return false
  const about = name.slice(0, name.lastIndexOf('.'))
  const known = ARGUMENTS.find(({ event }) => event === about)
  const isCommand = about === 'shell_call_command'
  if (known === undefined && !isCommand) return false
  const text = chunk.get(isDone ? (known?.whole ?? 'command') : 'delta')
  if (text?.kind !== 'string') return true
  const call = isCommand ? commandIndex(index, numberOf(chunk, 'command_index')) : index
  // a second command has no place in the call's own arguments, so it is never repeated there
  hear(`arguments:${call}`, isDone ? LEVEL.text : LEVEL.piece, {
    kind: 'tool-call',
    choice: 0,
    index: call,
    arguments: text,
  })
  return true
}

function readPartialImage(chunk: JsonNode, index: number, hear: Hear): void {
  const data = chunk.get('partial_image_b64')
  if (data?.kind !== 'string') return
  const format = chunk.get('output_format')?.string()
  const type = format === undefined ? undefined : `image/${format}`
  // each is a whole image, coarser than the last
  const part = textPart(index, 1 + numberOf(chunk, 'partial_image_index'))
  hear(`partial:${index}:${part}`, LEVEL.piece, {
    kind: 'media',
    choice: 0,
    part,
    media: 'image',
    data,
    type,
  })
}
