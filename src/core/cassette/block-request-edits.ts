/**
 * Changes of requests whose messages hold lists of blocks and whose system prompt stands apart from them (Anthropic
 * messages, Bedrock Converse). What a new thing looks like, each API says in a `BlockShape`.
 */
import { findJsonError } from '../syntax/json-error.ts'
import { asElementOf, insertItems, removeItems, removeMember } from '../syntax/json-list.ts'
import { appendTo, setMember } from '../syntax/json-member.ts'
import { JsonDocument, type JsonNode, type JsonValue } from '../syntax/json-node.ts'
import { editNode } from '../syntax/resolve.ts'
import { type Address, holderOf } from '../text/address.ts'
import { EditError, type TextEdit } from '../text/edit.ts'
import type { FormatChoice, NewPart, RequestCommand, RequestEdits } from './request-edits.ts'
import { freeName, inHolder, planItemCommand, positionIn } from './request-item-edits.ts'

export interface BlockShape {
  readonly parts: Readonly<Partial<Record<NewPart, JsonValue>>>
  /** A new system prompt, and the content of a new message. */
  readonly system: JsonValue
  readonly content: JsonValue
  /** A block that holds a text, given as the string literal that it is; its key is `text`. */
  textBlock(literal: string): string
  newCall(id: string): JsonValue
  callId(block: JsonNode): string | undefined
  /** Where the list of tools stands in the body. */
  readonly tools: readonly ['tools'] | readonly [holder: string, 'tools']
  newTool(name: string): JsonValue
  toolName(tool: JsonNode): string | undefined
  readonly formats: readonly FormatChoice[]
  setFormat(body: JsonNode, format: FormatChoice): readonly TextEdit[]
}

export function blockRequestEdits(shape: BlockShape): Omit<RequestEdits, 'parameters'> {
  return {
    roles: ['user', 'assistant', 'system'],
    // a record's keys are what the shape declares them to be
    parts: Object.keys(shape.parts) as readonly NewPart[],
    callers: ['assistant'],
    formats: shape.formats,
    plan: (document, body, command) => plan(shape, document, body, command),
  }
}

function plan(
  shape: BlockShape,
  document: JsonDocument,
  body: Address,
  command: RequestCommand,
): readonly TextEdit[] {
  switch (command.kind) {
    case 'add-message':
      return editNode(document, body, (node) => addMessage(shape, node, command.role, command.position))
    case 'set-role':
      return editNode(document, command.message, (message) => setRole(message, command.role))
    case 'add-part':
      return addToMessage(shape, document, command.message, () => shape.parts[command.part])
    case 'add-tool-call':
      return addToMessage(shape, document, command.message, (message) => newCall(shape, message))
    case 'add-tool':
      return editNode(document, body, (node) => addTool(shape, node))
    case 'duplicate':
    case 'move':
      return planItemCommand(document, command)
    case 'remove':
      return removeItem(shape, document, command.item)
    case 'set-member':
      return editNode(document, command.object, (object) => setChecked(object, command.key, command.json))
    case 'set-response-format':
      return editNode(document, body, (node) => shape.setFormat(node, command.format))
  }
}

/** "toolConfig.toolChoice" is a member of a member, unless it is there by that name. */
function setChecked(object: JsonNode, key: string, json: string | undefined): readonly TextEdit[] {
  if (key === '') throw new EditError('a name is needed')
  const problem = json === undefined ? undefined : findJsonError(json)
  if (problem !== undefined) throw new EditError(`this is no JSON value: ${problem.message}`)
  const [, outer = '', rest = ''] = /^([^.]+)\.(.+)$/.exec(key) ?? []
  const inner = object.get(key) === undefined ? object.get(outer) : undefined
  return inner?.kind === 'object'
    ? setMember(inner, rest, json?.trim())
    : setMember(object, key, json?.trim())
}

function isFilled(system: JsonNode | undefined): boolean {
  return system !== undefined && (system.kind === 'string' || system.item(0) !== undefined)
}

/** A position counts the system prompt, which is shown before all messages. */
function addMessage(shape: BlockShape, body: JsonNode, role: string, at: number): readonly TextEdit[] {
  const system = body.get('system')
  if (role === 'system') {
    if (isFilled(system)) throw new EditError('there is a system prompt already')
    return setMember(body, 'system', JSON.stringify(shape.system))
  }
  const list = body.get('messages')
  const message = JSON.stringify({ role, content: shape.content })
  if (list?.kind !== 'array') return setMember(body, 'messages', `[${message}]`)
  const position = Math.max(0, at - (isFilled(system) ? 1 : 0))
  return [insertItems(list, position, [asElementOf(list, message)])]
}

function setRole(message: JsonNode, role: string): readonly TextEdit[] {
  if (message.kind !== 'object' || role === 'system') {
    throw new EditError('the system prompt stands apart from the messages')
  }
  return setMember(message, 'role', JSON.stringify(role), 0)
}

/** Behind what the content holds; a text becomes the first block of a list, to the letter. */
function addToMessage(
  shape: BlockShape,
  document: JsonDocument,
  message: Address,
  made: (content: JsonNode | undefined) => JsonValue | undefined,
): readonly TextEdit[] {
  return editNode(document, message, (node) => {
    // the system prompt's address is that of its content
    const content = node.kind === 'object' ? node.get('content') : node
    const block = made(content)
    if (block === undefined) throw new EditError('this API knows no such part')
    const json = JSON.stringify(block)
    if (content === undefined || content.isNull) return setMember(node, 'content', `[${json}]`)
    if (content.kind === 'string') return becomeList(shape, content, json)
    if (content.kind !== 'array') throw new EditError('the content is neither text nor a list')
    return [insertItems(content, [...content.items()].length, [asElementOf(content, json)])]
  })
}

function becomeList(shape: BlockShape, content: JsonNode, block: string): readonly TextEdit[] {
  const made = `[${shape.textBlock(content.raw)},${block}]`
  const kept = JsonDocument.of(made).find('/0/text')
  if (kept === undefined) throw new EditError('the content cannot become a list')
  return [
    { offset: content.start, length: 0, content: made.slice(0, kept.start) },
    { offset: content.end, length: 0, content: made.slice(kept.end) },
  ]
}

function newCall(shape: BlockShape, content: JsonNode | undefined): JsonValue {
  const blocks = content?.kind === 'array' ? [...content.items()] : []
  return shape.newCall(freeName('call_', new Set(blocks.map(shape.callId))))
}

function addTool(shape: BlockShape, body: JsonNode): readonly TextEdit[] {
  const [outer, inner] = shape.tools
  const holder = inner === undefined ? body : body.get(outer)
  const list = holder?.get('tools')
  const tool = JSON.stringify(
    shape.newTool(freeName('new_tool_', new Set([...(list?.items() ?? [])].map(shape.toolName)))),
  )
  if (holder?.kind === 'object') return appendTo(holder, 'tools', tool)
  return setMember(body, outer, `{"tools":[${tool}]}`)
}

/** The last tool takes its list along, and what holds only that list: the APIs refuse them empty. */
function removeItem(shape: BlockShape, document: JsonDocument, item: Address): readonly TextEdit[] {
  return inHolder(document, item, (holder, token) => {
    if (holder.kind === 'object') return removeMember(holder, token)
    const list = holderOf(holderOf(item)?.at ?? [])
    if (holder.item(1) !== undefined || list?.token !== 'tools') {
      return [removeItems(holder, positionIn(holder, token))]
    }
    const owner = shape.tools.length === 1 ? list : holderOf(list.at)
    if (owner === undefined) throw new EditError('these tools stand in no request')
    return editNode(document, owner.at, (node) => removeMember(node, owner.token))
  })
}
