import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { cohereFormat } from './cohere-parts.ts'
import { callPart, itemsOf, resultPart, textPart, toolOf, unknownPart } from './request-values.ts'
import { given, isEmpty } from './saying.ts'

/** https://docs.cohere.com/reference/chat */
export function readCohereV2Request(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'messages' && value.kind === 'array') messages = [...value.items()].map(readMessage)
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].map((tool) => toolOf(tool))
    else if (key === 'response_format' && value.kind === 'object') responseFormat = cohereFormat(value)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools, parameters, ...(responseFormat && { responseFormat }) }
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const parts = [...message.effectiveMembers()].flatMap(({ key, value }) => readMember(key, value))
  if (role !== 'tool') return { role, at: message.at, parts }
  return { role, at: message.at, parts: [resultPart(given(message.get('tool_call_id')), parts)] }
}

function readMember(key: string, value: JsonNode): readonly ContentPart[] {
  if (key === 'role' || key === 'tool_call_id' || value.isNull) return []
  switch (key) {
    case 'content':
      return value.kind === 'array'
        ? itemsOf(value, readPart)
        : [{ ...textPart(value, value), item: value.at }]
    case 'tool_plan':
      return [{ ...textPart(value, value, 'reasoning'), item: value.at }]
    case 'tool_calls':
      return itemsOf(value, (call) =>
        callPart(call.path('function', 'name'), call.get('id'), call.path('function', 'arguments'), call),
      )
    default:
      return isEmpty(value) ? [] : [{ ...unknownPart(value), item: value.at }]
  }
}

function readPart(part: JsonNode): ContentPart {
  switch (part.get('type')?.string()) {
    case 'text':
      return textPart(part.get('text'), part)
    case 'thinking':
      return textPart(part.get('thinking'), part, 'reasoning')
    case 'image_url': {
      const url = part.path('image_url', 'url')?.locatedString()
      const detail = part.path('image_url', 'detail')?.locatedString()
      return url ? { kind: 'image', url, ...(detail && { detail }) } : unknownPart(part)
    }
    // what a tool found: mostly one text
    case 'document':
      return textPart(part.path('document', 'data'), part)
    default:
      return unknownPart(part)
  }
}
