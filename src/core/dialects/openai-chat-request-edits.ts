/**
 * Changes of a chat completion request at the level of meaning. What a new message, part or tool looks like:
 * https://platform.openai.com/docs/api-reference/chat/create
 */
import type { FormatChoice, NewPart, RequestCommand, RequestEdits } from '../cassette/request-edits.ts'
import { freeName, planItemCommand } from '../cassette/request-item-edits.ts'
import { asElementOf, insertItems } from '../syntax/json-list.ts'
import { appendTo, setMember } from '../syntax/json-member.ts'
import { JsonDocument, type JsonNode, type JsonValue } from '../syntax/json-node.ts'
import { editNode } from '../syntax/resolve.ts'
import type { Address } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'

export const chatRequestEdits: Omit<RequestEdits, 'parameters'> = {
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
      return editNode(document, command.message, (message) =>
        setMember(message, 'role', JSON.stringify(command.role), 0),
      )
    case 'add-part':
      return editNode(document, command.message, (message) => addPart(message, command.part))
    case 'add-tool-call':
      return editNode(document, command.message, (message) =>
        appendTo(message, 'tool_calls', JSON.stringify(newCall(message))),
      )
    case 'add-tool':
      return editNode(document, body, (node) => appendTo(node, 'tools', JSON.stringify(newTool(node))))
    case 'duplicate':
    case 'remove':
    case 'move':
    case 'set-member':
      return planItemCommand(document, command)
    case 'set-response-format':
      return editNode(document, body, (node) =>
        setMember(node, 'response_format', newFormat(command.format, node.get('response_format'))),
      )
  }
}

function addMessage(body: JsonNode, role: string, position: number): readonly TextEdit[] {
  const list = body.get('messages')
  const message = JSON.stringify(newMessage(list, role, position))
  if (list?.kind !== 'array') return setMember(body, 'messages', `[${message}]`)
  return [insertItems(list, position, [asElementOf(list, message)])]
}

function newMessage(list: JsonNode | undefined, role: string, position: number): JsonValue {
  if (role !== 'tool') return { role, content: '' }
  return { role, tool_call_id: waitingCall(list, position), content: '' }
}

/** The first call before `position` that no message answers; else the last call; else a name for one. */
function waitingCall(list: JsonNode | undefined, position: number): string {
  const messages = [...(list?.items() ?? [])]
  const answered = new Set(messages.map((message) => message.get('tool_call_id')?.string()))
  const made = messages
    .slice(0, position)
    .flatMap((message) => [...(message.get('tool_calls')?.items() ?? [])])
    .flatMap((call) => call.get('id')?.string() ?? [])
  return made.find((id) => !answered.has(id)) ?? made.at(-1) ?? 'call_1'
}

const NEW_PARTS: Readonly<Record<NewPart, JsonValue>> = {
  text: { type: 'text', text: '' },
  image: { type: 'image_url', image_url: { url: '' } },
  audio: { type: 'input_audio', input_audio: { data: '', format: 'wav' } },
  file: { type: 'file', file: { filename: 'file.pdf', file_data: '' } },
}

/** A text in a message without any is its content; every other part goes into a list, behind the text there. */
function addPart(message: JsonNode, kind: NewPart): readonly TextEdit[] {
  const part = JSON.stringify(NEW_PARTS[kind])
  const content = message.get('content')
  if (content?.kind === 'string') return becomeList(message, content, part)
  if (content?.kind === 'array') return appendTo(message, 'content', part)
  if (content !== undefined && !content.isNull) throw new EditError('the content is neither text nor a list')
  return setMember(message, 'content', kind === 'text' ? '""' : `[${part}]`)
}

/** The text stays to the letter, as the first of the parts: only what stands around it is written. */
function becomeList(message: JsonNode, content: JsonNode, part: string): readonly TextEdit[] {
  const made = asElementOf(message, `[{"type":"text","text":${content.raw}},${part}]`)
  const kept = JsonDocument.of(made).find('/0/text')
  if (kept === undefined) throw new EditError('the content cannot become a list')
  return [
    { offset: content.start, length: 0, content: made.slice(0, kept.start) },
    { offset: content.end, length: 0, content: made.slice(kept.end) },
  ]
}

function newCall(message: JsonNode): JsonValue {
  const ids = new Set([...(message.get('tool_calls')?.items() ?? [])].map((call) => call.get('id')?.string()))
  return {
    id: freeName('call_', ids),
    type: 'function',
    function: { name: 'function_name', arguments: '{}' },
  }
}

function newTool(body: JsonNode): JsonValue {
  const names = new Set(
    [...(body.get('tools')?.items() ?? [])].map((tool) => tool.path('function', 'name')?.string()),
  )
  return {
    type: 'function',
    function: {
      name: freeName('new_tool_', names),
      description: '',
      parameters: { type: 'object', properties: {} },
    },
  }
}

function newFormat(format: FormatChoice, old: JsonNode | undefined): string | undefined {
  if (format === 'none') return undefined
  if (old?.get('type')?.string() === format) return old.raw
  if (format !== 'json_schema') return JSON.stringify({ type: format })
  const schema = { type: 'object', properties: {}, required: [], additionalProperties: false }
  return JSON.stringify({ type: format, json_schema: { name: 'answer', strict: true, schema } })
}
