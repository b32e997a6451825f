import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  RequestToolCall,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'

/** Reads the body of a chat completion request (the SDK's keyword arguments or the wire form). */
export function readChatRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'messages' && value.kind === 'array') messages = [...value.items()].map(readMessage)
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].map(readTool)
    else if (key === 'response_format' && value.kind === 'object') responseFormat = readResponseFormat(value)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools, parameters, ...(responseFormat && { responseFormat }) }
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const name = message.get('name')?.locatedString()
  const parts: ContentPart[] = []
  for (const { key, value } of message.effectiveMembers()) {
    if (value.isNull || key === 'role' || key === 'name' || key === 'tool_call_id') continue
    parts.push(...readMember(key, value))
  }
  if (role !== 'tool') return { role, at: message.at, ...(name && { name }), parts }
  const callId = message.get('tool_call_id')?.locatedString()
  const result: ContentPart = { kind: 'tool-result', ...(callId && { callId }), content: parts }
  return { role, at: message.at, ...(name && { name }), parts: [result] }
}

/** The parts that a member of a message holds: several where it is a list, else it is one itself. */
function readMember(key: string, value: JsonNode): readonly ContentPart[] {
  const isList = value.kind === 'array' && (key === 'content' || key === 'tool_calls')
  const read = key === 'tool_calls' ? readCall : readPart
  if (isList) return [...value.items()].map((item) => ({ ...read(item), item: item.at }))
  return [{ ...readWhole(key, value), item: value.at }]
}

function readWhole(key: string, value: JsonNode): ContentPart {
  switch (key) {
    case 'content': {
      const text = value.locatedString()
      return text ? { kind: 'text', text } : unknownPart(value)
    }
    case 'reasoning':
    case 'reasoning_content': {
      const text = value.locatedString()
      return text ? { kind: 'reasoning', text } : unknownPart(value)
    }
    case 'refusal': {
      const text = value.locatedString()
      return text ? { kind: 'refusal', text } : unknownPart(value)
    }
    case 'function_call':
      return readCall(value)
    default:
      return unknownPart(value)
  }
}

/** Content parts of https://platform.openai.com/docs/api-reference/chat/create#messages. */
function readPart(part: JsonNode): ContentPart {
  switch (part.get('type')?.string()) {
    case 'text': {
      const text = part.get('text')?.locatedString()
      return text ? { kind: 'text', text } : unknownPart(part)
    }
    case 'refusal': {
      const text = part.get('refusal')?.locatedString()
      return text ? { kind: 'refusal', text } : unknownPart(part)
    }
    case 'image_url': {
      // `image_url` is an object by the spec, a bare string in some clients
      const image = part.get('image_url')
      const url = (image?.get('url') ?? image)?.locatedString()
      const detail = image?.get('detail')?.locatedString()
      return url ? { kind: 'image', url, ...(detail && { detail }) } : unknownPart(part)
    }
    case 'input_audio': {
      const data = part.path('input_audio', 'data')?.locatedString()
      const format = part.path('input_audio', 'format')?.locatedString()
      return data ? { kind: 'audio', data, ...(format && { format }) } : unknownPart(part)
    }
    case 'file': {
      const filename = part.path('file', 'filename')?.locatedString()
      const fileId = part.path('file', 'file_id')?.locatedString()
      const data = part.path('file', 'file_data')?.locatedString()
      if (!filename && !fileId && !data) return unknownPart(part)
      return { kind: 'file', ...(filename && { filename }), ...(fileId && { fileId }), ...(data && { data }) }
    }
    default:
      return unknownPart(part)
  }
}

function readCall(call: JsonNode): ContentPart {
  const called = call.get('function') ?? call.get('custom') ?? call
  const name = called.get('name')?.locatedString()
  if (name === undefined) return unknownPart(call)
  const id = call.get('id')?.locatedString()
  const args = (called.get('arguments') ?? called.get('input'))?.locatedString()
  const read: RequestToolCall = { ...(id && { id }), name, ...(args && { arguments: args }) }
  return { kind: 'tool-call', call: read }
}

function unknownPart(node: JsonNode): ContentPart {
  return { kind: 'unknown', json: node.locatedRaw() }
}

function readTool(tool: JsonNode): ToolDefinition {
  const definition = tool.get('function') ?? tool.get('custom') ?? tool
  const description = definition.get('description')?.locatedString()
  const schema = definition.get('parameters') ?? definition.get('format')
  const nameText = definition.get('name')?.locatedString()
  const strict = definition.get('strict')?.locatedRaw()
  return {
    name: nameText?.value ?? tool.get('type')?.string() ?? 'tool',
    definition: definition.at,
    ...(nameText && { nameText }),
    ...(strict && { strict }),
    ...(description && { description }),
    ...(schema && !schema.isNull && { schema: schema.locatedRaw() }),
    json: tool.locatedRaw(),
  }
}

function readResponseFormat(format: JsonNode): ResponseFormat {
  const name = format.path('json_schema', 'name')?.locatedString()
  const schema = format.path('json_schema', 'schema')
  return {
    type: format.get('type')?.string() ?? 'unknown',
    ...(name && { name }),
    ...(schema && !schema.isNull && { schema: schema.locatedRaw() }),
    json: format.locatedRaw(),
  }
}
