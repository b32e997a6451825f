import { type Address, formatAddress } from '../text/address.ts'
import type { ContentPart, Conversation } from './conversation.ts'
import type { RequestCommand } from './request-edits.ts'

const FORMATS: Readonly<Record<string, string>> = {
  none: 'Remove response format',
  text: 'Set response format to text',
  json_object: 'Set response format to JSON object',
  json_schema: 'Set response format to JSON schema',
}

/** What a command is called in the history and in menus: "Move message 3 up", "Remove tool get_weather". */
export function commandLabel(conversation: Conversation, command: RequestCommand): string {
  switch (command.kind) {
    case 'add-message':
      return `Add ${command.role} message`
    case 'set-role':
      return `Make ${nameOf(conversation, command.message)} ${command.role}`
    case 'add-part':
      return `Add ${command.part} to ${nameOf(conversation, command.message)}`
    case 'add-tool-call':
      return `Add tool call to ${nameOf(conversation, command.message)}`
    case 'add-tool':
      return 'Add tool'
    case 'duplicate':
      return `Duplicate ${nameOf(conversation, command.item)}`
    case 'remove':
      return `Remove ${nameOf(conversation, command.item)}`
    case 'move':
      return `Move ${nameOf(conversation, command.item)} ${command.by < 0 ? 'up' : 'down'}`
    case 'set-member':
      return setLabel(conversation, command.object, command.key, command.json)
    case 'set-response-format':
      return FORMATS[command.format] ?? 'Set response format'
  }
}

function setLabel(
  conversation: Conversation,
  object: Address,
  key: string,
  json: string | undefined,
): string {
  const isBody = conversation.at !== undefined && isSame(conversation.at, object)
  const isThere = !isBody || conversation.parameters.some(({ name }) => name === key)
  const verb = json === undefined ? 'Remove' : isThere ? 'Set' : 'Add'
  const tool = conversation.tools.find(({ definition }) => isSame(definition, object))
  return `${verb} ${key}${tool ? ` of tool ${tool.name}` : ''}`
}

function isSame(one: Address, other: Address): boolean {
  return formatAddress(one) === formatAddress(other)
}

/** "message 3", "tool get_weather", "image of message 2" */
function nameOf(conversation: Conversation, item: Address): string {
  const tool = conversation.tools.find(({ json }) => isSame(json.at, item))
  if (tool !== undefined) return `tool ${tool.name}`
  for (const [position, message] of conversation.messages.entries()) {
    if (isSame(message.at, item)) return `message ${position + 1}`
    const part = partsOf(message.parts).find((one) => one.item !== undefined && isSame(one.item, item))
    if (part !== undefined) return `${partWord(part)} of message ${position + 1}`
  }
  return 'this'
}

/** The parts that can be changed each by itself: a tool's result is its message. */
export function partsOf(parts: readonly ContentPart[]): readonly ContentPart[] {
  return parts.flatMap((part) => (part.kind === 'tool-result' ? part.content : [part]))
}

function partWord(part: ContentPart): string {
  if (part.kind === 'tool-call') return 'tool call'
  return part.kind === 'unknown' ? 'part' : part.kind
}
