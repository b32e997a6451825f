import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { ollamaFormat, ollamaImage } from './ollama-parts.ts'
import {
  callPart,
  itemsOf,
  parametersOf,
  resultPart,
  textPart,
  toolOf,
  unknownPart,
} from './request-values.ts'
import { given, isEmpty } from './saying.ts'

/** https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion */
export function readOllamaChatRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    const format = key === 'format' ? ollamaFormat(value) : undefined
    if (key === 'messages' && value.kind === 'array') messages = [...value.items()].map(readMessage)
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].map((tool) => toolOf(tool))
    else if (format) responseFormat = format
    else if (key === 'options') parameters.push(...parametersOf(key, value))
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools, parameters, ...(responseFormat && { responseFormat }) }
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const parts = [...message.effectiveMembers()].flatMap(({ key, value }) => readMember(key, value))
  if (role !== 'tool') return { role, at: message.at, parts }
  // results say which call they answer by id, by the tool's name, or not at all
  const callId = given(message.get('tool_call_id')) ?? given(message.get('tool_name'))
  return { role, at: message.at, parts: [resultPart(callId, parts)] }
}

function readMember(key: string, value: JsonNode): readonly ContentPart[] {
  if (key === 'role' || key === 'tool_call_id' || key === 'tool_name' || value.isNull) return []
  switch (key) {
    case 'content':
      return [{ ...textPart(value, value), item: value.at }]
    case 'thinking':
      return [{ ...textPart(value, value, 'reasoning'), item: value.at }]
    case 'images':
      return itemsOf(value, ollamaImage)
    case 'tool_calls':
      return itemsOf(value, readCall)
    default:
      return isEmpty(value) ? [] : [{ ...unknownPart(value), item: value.at }]
  }
}

function readCall(call: JsonNode): ContentPart {
  const called = call.get('function') ?? call
  const name = called.get('name')
  return callPart(name, given(call.get('id')) ?? name, called.get('arguments'), call)
}
