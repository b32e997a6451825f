import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import {
  callPart,
  formatOf,
  itemsOf,
  resultPart,
  serverToolOf,
  textPart,
  toolOf,
  unknownPart,
} from './request-values.ts'
import { given, isEmpty } from './saying.ts'

/** `GetCompletionsRequest` of https://github.com/xai-org/xai-proto/blob/main/proto/xai/api/v1/chat.proto */
export function readXaiRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'messages' && value.kind === 'array') messages = [...value.items()].map(readMessage)
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].flatMap(readTool)
    else if (key === 'response_format' && value.kind === 'object') responseFormat = readFormat(value)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools, parameters, ...(responseFormat && { responseFormat }) }
}

function readFormat(format: JsonNode): ResponseFormat {
  return formatOf(format.get('format_type')?.string() ?? 'unknown', format.get('schema'), format)
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const name = given(message.get('name'))?.locatedString()
  const parts = [...message.effectiveMembers()].flatMap(({ key, value }) => readMember(key, value))
  const callId = given(message.get('tool_call_id'))
  const isResult = role === 'ROLE_TOOL' || callId !== undefined
  return {
    role,
    at: message.at,
    ...(name && { name }),
    parts: isResult ? [resultPart(callId, parts)] : parts,
  }
}

function readMember(key: string, value: JsonNode): readonly ContentPart[] {
  if (key === 'role' || key === 'name' || key === 'tool_call_id' || isEmpty(value)) return []
  switch (key) {
    case 'content':
      return value.kind === 'array'
        ? itemsOf(value, readPart)
        : [{ ...textPart(value, value), item: value.at }]
    case 'reasoning_content':
      return [{ ...textPart(value, value, 'reasoning'), item: value.at }]
    case 'tool_calls':
      return itemsOf(value, (call) =>
        callPart(call.path('function', 'name'), call.get('id'), call.path('function', 'arguments'), call),
      )
    default:
      return [{ ...unknownPart(value), item: value.at }]
  }
}

function readPart(part: JsonNode): ContentPart {
  const text = part.get('text')
  if (text !== undefined) return textPart(text, part)
  const image = part.get('image_url')
  const url = image?.get('image_url')?.locatedString()
  const detail = image?.get('detail')?.locatedString()
  if (url) return { kind: 'image', url, ...(detail && { detail }) }
  const fileId = part.path('file', 'file_id')?.locatedString()
  return fileId ? { kind: 'file', fileId } : unknownPart(part)
}

/** Functions have a name; the server's own tools are named by their key. A schema is JSON within a string. */
function readTool(tool: JsonNode): readonly ToolDefinition[] {
  return [...tool.effectiveMembers()].map(({ key, value }) =>
    key === 'function' ? toolOf(tool) : serverToolOf(key, value),
  )
}
