/** Bodies of the Assistants API: https://platform.openai.com/docs/api-reference/runs/createThreadAndRun */
import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { readContent, readTool, textMessage, unknownPart } from './openai-items-request.ts'

function readMessage(message: JsonNode): Message {
  const attachments = [...(message.get('attachments')?.items() ?? [])].map((file): ContentPart => {
    const fileId = file.get('file_id')?.locatedString()
    return { ...(fileId ? { kind: 'file', fileId } : unknownPart(file)), item: file.at }
  })
  return {
    role: message.get('role')?.string() ?? 'user',
    at: message.at,
    parts: [...readContent(message.get('content')), ...attachments],
  }
}

function readOutput(output: JsonNode): Message {
  const callId = output.get('tool_call_id')?.locatedString()
  const part: ContentPart = {
    kind: 'tool-result',
    ...(callId && { callId }),
    content: readContent(output.get('output')),
    item: output.at,
  }
  return { role: 'tool', at: output.at, parts: [part] }
}

function readFormat(format: JsonNode): ResponseFormat {
  const name = format.path('json_schema', 'name')?.locatedString()
  const schema = format.path('json_schema', 'schema')?.locatedRaw()
  const type = format.get('type')?.string() ?? 'unknown'
  return { type, ...(name && { name }), ...(schema && { schema }), json: format.locatedRaw() }
}

const INSTRUCTIONS: ReadonlySet<string> = new Set(['instructions', 'additional_instructions'])

export function readAssistantsRequest(body: JsonNode): Conversation {
  // the body of a new message is the message
  if (body.get('role') !== undefined && body.get('content') !== undefined) return readNewMessage(body)
  const parameters: Parameter[] = []
  const instructions: Message[] = []
  const messages: Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  const take = (key: string, value: JsonNode, name: string): void => {
    if (INSTRUCTIONS.has(key) && value.kind === 'string') instructions.push(textMessage('system', value))
    else if (/^(?:additional_)?messages$/.test(key) && value.kind === 'array') {
      messages.push(...[...value.items()].map(readMessage))
    } else if (key === 'tool_outputs' && value.kind === 'array')
      messages.push(...[...value.items()].map(readOutput))
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].map(readTool)
    else if (key === 'response_format' && value.kind === 'object') responseFormat = readFormat(value)
    else if (key === 'thread' && value.kind === 'object') {
      for (const inner of value.effectiveMembers()) take(inner.key, inner.value, `thread.${inner.key}`)
    } else parameters.push({ name, value: value.locatedRaw() })
  }
  for (const { key, value } of body.effectiveMembers()) take(key, value, key)
  return {
    at: body.at,
    messages: [...instructions, ...messages],
    tools,
    parameters,
    ...(responseFormat && { responseFormat }),
  }
}

function readNewMessage(body: JsonNode): Conversation {
  const parameters = [...body.effectiveMembers()]
    .filter(({ key }) => !/^(?:role|content|attachments)$/.test(key))
    .map(({ key, value }): Parameter => ({ name: key, value: value.locatedRaw() }))
  return { at: body.at, messages: [readMessage(body)], tools: [], parameters }
}
