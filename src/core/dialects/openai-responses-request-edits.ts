/**
 * Changes of a Responses request at the level of meaning. What a new item, part or tool looks like:
 * https://platform.openai.com/docs/api-reference/responses/create
 */

import type { FormatChoice, NewPart, RequestCommand, RequestEdits } from '../cassette/request-edits.ts'
import { planItemCommand } from '../cassette/request-item-edits.ts'
import { asElementOf, insertItems } from '../syntax/json-list.ts'
import { appendTo, setMember } from '../syntax/json-member.ts'
import type { JsonDocument, JsonNode, JsonValue } from '../syntax/json-node.ts'
import { editNode } from '../syntax/resolve.ts'
import { type Address, holderOf } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'

export const responsesRequestEdits: Omit<RequestEdits, 'parameters'> = {
  roles: ['user', 'assistant', 'system', 'developer', 'tool'],
  parts: ['text', 'image', 'audio', 'file'],
  callers: ['assistant'],
  formats: ['none', 'text', 'json_object', 'json_schema'],
  plan,
}

function plan(document: JsonDocument, body: Address, command: RequestCommand): readonly TextEdit[] {
  switch (command.kind) {
    case 'add-message':
      return editNode(document, body, (node) => addMessage(node, command.role, command.position))
    case 'set-role':
      return editNode(document, command.message, (message) => setRole(message, command.role))
    case 'add-part':
      return editNode(document, command.message, (message) => addPart(message, command.part))
    case 'add-tool-call':
      return addCall(document, command.message)
    case 'add-tool':
      return editNode(document, body, (node) => appendTo(node, 'tools', JSON.stringify(newTool(node))))
    case 'set-response-format':
      return editNode(document, body, (node) => setFormat(node, command.format))
    // lists and members are changed alike, whatever stands in them
    case 'duplicate':
    case 'remove':
    case 'move':
    case 'set-member':
      return planItemCommand(document, command)
  }
}

/** How many messages the instructions are read as: they stand before the input's. */
function countInstructions(body: JsonNode): number {
  const instructions = body.get('instructions')
  if (instructions?.kind === 'array') return [...instructions.items()].length
  return instructions?.kind === 'string' ? 1 : 0
}

function addMessage(body: JsonNode, role: string, position: number): readonly TextEdit[] {
  const input = body.get('input')
  const at = Math.max(0, position - countInstructions(body))
  const message = JSON.stringify(newMessage(input, role, at))
  if (input?.kind === 'array') return [insertItems(input, at, [asElementOf(input, message)])]
  if (input?.kind !== 'string') return setMember(body, 'input', `[${message}]`)
  const before = at === 0 ? `${message},` : ''
  const after = at === 0 ? '' : `,${message}`
  return around(body, input, `[${before}{"role":"user","content":`, `}${after}]`)
}

/** Writes JSON around a value, which stays to the letter. */
function around(holder: JsonNode, kept: JsonNode, before: string, after: string): readonly TextEdit[] {
  const mark = JSON.stringify('the value that is kept')
  const made = asElementOf(holder, `${before}${mark}${after}`)
  const at = made.indexOf(mark)
  if (at === -1) throw new EditError('this text cannot become a list')
  return [
    { offset: kept.start, length: 0, content: made.slice(0, at) },
    { offset: kept.end, length: 0, content: made.slice(at + mark.length) },
  ]
}

function newMessage(input: JsonNode | undefined, role: string, at: number): JsonValue {
  if (role !== 'tool') return { role, content: '' }
  return { type: 'function_call_output', call_id: waitingCall(input, at), output: '' }
}

/** The first call before `at` that no item answers; else the last call; else a name for one. */
function waitingCall(input: JsonNode | undefined, at: number): string {
  const items = [...(input?.items() ?? [])]
  const isAnswer = (item: JsonNode): boolean => item.get('type')?.string()?.endsWith('_output') === true
  const idOf = (item: JsonNode): string | readonly string[] => item.get('call_id')?.string() ?? []
  const answered = new Set(items.filter(isAnswer).flatMap(idOf))
  const made = items
    .slice(0, at)
    .filter((item) => !isAnswer(item))
    .flatMap(idOf)
  return made.find((id) => !answered.has(id)) ?? made.at(-1) ?? 'call_1'
}

function setRole(message: JsonNode, role: string): readonly TextEdit[] {
  if (message.get('role') === undefined) throw new EditError('only a message has a role')
  if (role === 'tool') throw new EditError('the result of a tool is an item of its own, no message')
  return setMember(message, 'role', JSON.stringify(role), 0)
}

function newPart(kind: NewPart, role: string | undefined): JsonValue {
  switch (kind) {
    case 'text':
      return { type: role === 'assistant' ? 'output_text' : 'input_text', text: '' }
    case 'image':
      return { type: 'input_image', image_url: '' }
    case 'audio':
      return { type: 'input_audio', input_audio: { data: '', format: 'wav' } }
    case 'file':
      return { type: 'input_file', filename: 'file.pdf', file_data: '' }
  }
}

/** Into the content of a message, or into the output of a tool. */
function addPart(message: JsonNode, kind: NewPart): readonly TextEdit[] {
  if (message.kind !== 'object') throw new EditError('a text that stands for a message has no parts')
  const role = message.get('role')?.string()
  const isOutput = message.get('type')?.string()?.endsWith('_output') === true
  if (role === undefined && !isOutput) throw new EditError('only a message has parts')
  const key = isOutput ? 'output' : 'content'
  const part = JSON.stringify(newPart(kind, role))
  const content = message.get(key)
  if (content?.kind === 'array') return appendTo(message, key, part)
  if (content?.kind === 'string') {
    const type = role === 'assistant' ? 'output_text' : 'input_text'
    return around(message, content, `[{"type":"${type}","text":`, `},${part}]`)
  }
  if (content !== undefined && !content.isNull) throw new EditError('the content is neither text nor a list')
  return setMember(message, key, kind === 'text' ? '""' : `[${part}]`)
}

/** A call is an item of its own, behind the message that makes it. */
function addCall(document: JsonDocument, message: Address): readonly TextEdit[] {
  const holder = holderOf(message)
  if (holder === undefined) throw new EditError('this stands in no list')
  editNode(document, message, () => [])
  return editNode(document, holder.at, (list) => {
    if (list.kind !== 'array') throw new EditError('this stands in no list')
    const ids = new Set([...list.items()].map((item) => item.get('call_id')?.string()))
    const call = {
      type: 'function_call',
      call_id: freeName('call_', ids),
      name: 'function_name',
      arguments: '{}',
    }
    return [insertItems(list, Number(holder.token) + 1, [asElementOf(list, JSON.stringify(call))])]
  })
}

function newTool(body: JsonNode): JsonValue {
  const names = new Set([...(body.get('tools')?.items() ?? [])].map((tool) => tool.get('name')?.string()))
  return {
    type: 'function',
    name: freeName('new_tool_', names),
    description: '',
    parameters: { type: 'object', properties: {} },
    strict: false,
  }
}

function freeName(stem: string, taken: ReadonlySet<string | undefined>): string {
  let number = 1
  while (taken.has(`${stem}${number}`)) number++
  return `${stem}${number}`
}

/** The format stands in `text`, which goes with it where there is nothing else in it. */
function setFormat(body: JsonNode, format: FormatChoice): readonly TextEdit[] {
  const text = body.get('text')
  const old = text?.get('format')
  const json = format === 'none' ? undefined : newFormat(format, old)
  if (text?.kind !== 'object') return json === undefined ? [] : setMember(body, 'text', `{"format":${json}}`)
  const isAlone = text.memberCount === 1 && old !== undefined
  return json === undefined && isAlone ? setMember(body, 'text', undefined) : setMember(text, 'format', json)
}

function newFormat(format: FormatChoice, old: JsonNode | undefined): string {
  if (old?.get('type')?.string() === format) return old.raw
  if (format !== 'json_schema') return JSON.stringify({ type: format })
  const schema = { type: 'object', properties: {}, required: [], additionalProperties: false }
  return JSON.stringify({ type: format, name: 'answer', strict: true, schema })
}
