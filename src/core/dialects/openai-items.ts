/**
 * The items of an answer of the Responses API, as the events `response.output_item.*`, the final event and whole
 * responses hold them: https://platform.openai.com/docs/api-reference/responses/object#responses/object-output
 */
import type { Delta } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { filled, given, isEmpty } from './saying.ts'

/**
 * Says something that the API writes several times over. What is told under one key is said once, by whoever
 * writes it in the smallest pieces.
 */
export type Tell = (key: string, delta: Delta) => void

/** Texts of one item are told apart by their position in it; a reasoning item has two lists of them. */
const ITEM = 1000
const REASONING_CONTENT = 500

/** The members that only name an item, or repeat what the answer as a whole says. */
const NAMES = ['id', 'type', 'object', 'status', 'role']

export function textPart(item: number, content: number): number {
  return item * ITEM + content
}

export function reasoningPart(item: number, content: number): number {
  return textPart(item, REASONING_CONTENT + content)
}

/** Commands of one shell call are calls of their own, as each is streamed by itself. */
export function commandIndex(item: number, command: number): number {
  return command === 0 ? item : textPart(item + 1, command)
}

function tellNote(key: string, label: string, json: JsonNode | undefined, tell: Tell): void {
  if (json !== undefined && !isEmpty(json)) tell(key, { kind: 'note', choice: 0, label, json })
}

/** What kind of item calls a tool, and which of its members are id, arguments and what came back. */
interface CallShape {
  readonly id: string
  /** Without one the type is the name. */
  readonly name?: string
  readonly arguments: readonly string[]
  readonly notes: readonly string[]
}

const CALLS: ReadonlyMap<string, CallShape> = new Map<string, CallShape>([
  ['function_call', { id: 'call_id', name: 'name', arguments: ['arguments'], notes: [] }],
  ['custom_tool_call', { id: 'call_id', name: 'name', arguments: ['input'], notes: [] }],
  [
    'mcp_call',
    { id: 'id', name: 'name', arguments: ['arguments'], notes: ['output', 'error', 'approval_request_id'] },
  ],
  ['mcp_approval_request', { id: 'id', name: 'name', arguments: ['arguments'], notes: [] }],
  ['web_search_call', { id: 'id', arguments: ['action'], notes: ['results'] }],
  ['file_search_call', { id: 'id', arguments: ['queries'], notes: ['results'] }],
  ['computer_call', { id: 'call_id', arguments: ['action', 'actions'], notes: ['pending_safety_checks'] }],
  ['local_shell_call', { id: 'call_id', arguments: ['action'], notes: [] }],
  ['shell_call', { id: 'call_id', arguments: ['action'], notes: ['environment'] }],
  ['apply_patch_call', { id: 'call_id', arguments: ['operation'], notes: [] }],
  ['tool_search_call', { id: 'call_id', arguments: ['arguments'], notes: ['execution'] }],
  // xAI's has name and arguments as a function call has
  [
    'code_interpreter_call',
    { id: 'id', name: 'name', arguments: ['code', 'arguments'], notes: ['container_id'] },
  ],
  ['image_generation_call', { id: 'id', arguments: [], notes: ['revised_prompt'] }],
])

/** Reads one item. `index` is its position in the answer. */
export function tellItem(item: JsonNode, index: number, tell: Tell): void {
  const type = item.get('type')
  const name = type?.string() ?? (item.get('role') ? 'message' : 'item')
  const call = CALLS.get(name)
  if (call !== undefined && type !== undefined) tellCall(item, index, type, call, tell)
  else if (name === 'message') tellMessage(item, index, tell)
  else if (name === 'reasoning') tellReasoning(item, index, tell)
  // what a server's own tool found, lists of tools, compacted conversations: shown as they are
  else if (/_output$|^mcp_list_tools$|^compaction/.test(name)) {
    tellNote(`item:${index}`, name.replaceAll('_', ' '), item, tell)
  } else tell(`item:${index}`, { kind: 'unknown', why: name, json: item })
}

function tellUnread(item: JsonNode, index: number, read: readonly string[], tell: Tell): void {
  const status = item.get('status')
  if (
    status !== undefined &&
    !/^(?:completed|in_progress|searching|generating|interpreting)?$/.test(status.string() ?? '')
  ) {
    tellNote(
      `status:${index}`,
      `${item.get('type')?.string() ?? 'item'} ${status.string() ?? ''}`,
      status,
      tell,
    )
  }
  for (const { key, value } of item.effectiveMembers()) {
    if (read.includes(key) || NAMES.includes(key) || isEmpty(value)) continue
    const why = `${item.get('type')?.string() ?? 'item'} ${key}`
    tell(`member:${index}:${key}`, { kind: 'unknown', why, json: value })
  }
}

function tellCall(item: JsonNode, index: number, type: JsonNode, call: CallShape, tell: Tell): void {
  const id = filled(item.get(call.id)) ?? filled(item.get('id'))
  const name = (call.name ? filled(item.get(call.name)) : undefined) ?? type
  tell(`call:${index}`, { kind: 'tool-call', choice: 0, index, id, name })
  const json = call.arguments.flatMap((key) => given(item.get(key)) ?? [])[0]
  const diff = json?.get('diff')
  if (diff?.kind === 'string' && json !== undefined) {
    // only the patch itself is streamed: what it is to do stands beside it
    tell(`arguments:${index}`, { kind: 'tool-call', choice: 0, index, arguments: diff })
    const what = json.get('type')?.string()?.replaceAll('_', ' ') ?? 'apply patch'
    tellNote(`patch:${index}`, what, json.get('path'), tell)
  } else if (json !== undefined)
    tell(`arguments:${index}`, { kind: 'tool-call', choice: 0, index, arguments: json })
  const label = type.string()?.replaceAll('_', ' ') ?? 'call'
  for (const key of call.notes) {
    tellNote(`${key}:${index}`, `${label} · ${key.replaceAll('_', ' ')}`, item.get(key), tell)
  }
  tellCodeOutputs(item.get('outputs'), index, tell)
  const result = filled(item.get('result'))
  if (result !== undefined) tellImage(result, item.get('output_format')?.string(), index, tell)
  tellUnread(
    item,
    index,
    ['call_id', 'name', 'outputs', 'result', 'output_format', ...call.arguments, ...call.notes],
    tell,
  )
}

function tellImage(data: JsonNode, format: string | undefined, index: number, tell: Tell): void {
  if (data.kind !== 'string') {
    tell(`image:${index}`, { kind: 'unknown', why: 'image', json: data })
    return
  }
  const type = format === undefined ? undefined : `image/${format}`
  tell(`image:${index}`, { kind: 'media', choice: 0, part: textPart(index, 0), media: 'image', data, type })
}

function tellCodeOutputs(outputs: JsonNode | undefined, index: number, tell: Tell): void {
  let at = 0
  for (const output of outputs?.items() ?? []) {
    const key = `outputs:${index}:${at}`
    const url = output.get('url')
    if (output.get('type')?.string() === 'image' && url?.kind === 'string') {
      tell(key, { kind: 'media', choice: 0, part: textPart(index, at), media: 'image', data: url })
    } else tellNote(key, 'code interpreter · output', output.get('logs') ?? output, tell)
    at++
  }
}

function tellMessage(item: JsonNode, index: number, tell: Tell): void {
  const role = item.get('role')
  if (role?.string()) tell(`role:${index}`, { kind: 'message-start', choice: 0, role })
  const content = item.get('content')
  if (content?.kind === 'string') {
    tell(`text:${index}:0`, { kind: 'text', choice: 0, part: textPart(index, 0), text: content })
  }
  let at = 0
  for (const part of content?.items() ?? []) tellContentPart(part, index, at++, tell)
  tellUnread(item, index, ['content'], tell)
}

/** A part of a message: its text, and what the text cites. */
export function tellContentPart(part: JsonNode, index: number, at: number, tell: Tell): void {
  const type = part.get('type')?.string() ?? 'content part'
  const isRefusal = type === 'refusal'
  const isReasoning = type === 'reasoning_text'
  const text = part.get(isRefusal ? 'refusal' : 'text')
  const key = `${isReasoning ? 'reasoning' : 'text'}:${index}:${at}`
  if (text?.kind !== 'string') {
    tell(key, { kind: 'unknown', why: type, json: part })
    return
  }
  const kind = isRefusal ? 'refusal' : isReasoning ? 'reasoning' : 'text'
  tell(key, { kind, choice: 0, part: isReasoning ? reasoningPart(index, at) : textPart(index, at), text })
  let number = 0
  for (const annotation of part.get('annotations')?.items() ?? []) {
    tellAnnotation(annotation, index, at, number++, tell)
  }
  tellNote(`logprobs:${index}:${at}`, 'logprobs', part.get('logprobs'), tell)
}

export function tellAnnotation(
  annotation: JsonNode,
  index: number,
  part: number,
  number: number,
  tell: Tell,
): void {
  const type = annotation.get('type')?.string()?.replaceAll('_', ' ') ?? 'annotation'
  const what = annotation.get('title')?.string() || annotation.get('filename')?.string()
  tellNote(`annotation:${index}:${part}:${number}`, what ? `${type} · ${what}` : type, annotation, tell)
}

function tellReasoning(item: JsonNode, index: number, tell: Tell): void {
  let at = 0
  for (const part of item.get('summary')?.items() ?? []) tellSummaryPart(part, index, at++, tell)
  at = 0
  for (const part of item.get('content')?.items() ?? []) {
    const text = part.get('text')
    const key = `reasoning:${index}:${at}`
    if (text?.kind === 'string') {
      tell(key, { kind: 'reasoning', choice: 0, part: reasoningPart(index, at), text })
    } else tell(key, { kind: 'unknown', why: part.get('type')?.string() ?? 'reasoning', json: part })
    at++
  }
  tellNote(`encrypted:${index}`, 'encrypted reasoning', item.get('encrypted_content'), tell)
  tellUnread(item, index, ['summary', 'content', 'encrypted_content'], tell)
}

export function tellSummaryPart(part: JsonNode, index: number, at: number, tell: Tell): void {
  const text = part.get('text')
  const key = `summary:${index}:${at}`
  if (text?.kind === 'string') tell(key, { kind: 'reasoning', choice: 0, part: textPart(index, at), text })
  else tell(key, { kind: 'unknown', why: part.get('type')?.string() ?? 'summary', json: part })
}
