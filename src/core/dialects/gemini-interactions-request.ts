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
  mediaPart,
  messageOf,
  parametersOf,
  resultPart,
  textPart,
  toolOf,
  unknownPart,
} from './request-values.ts'
import { given } from './saying.ts'

/** Types of contents, which need a message around them; all other types are steps, which are messages themselves. */
const CONTENTS = ['text', 'image', 'audio', 'video', 'document']

/** https://ai.google.dev/api/interactions-api#CreateInteraction */
export function readInteractionRequest(body: JsonNode): Conversation {
  const system: Message[] = []
  const messages: Message[] = []
  const tools: ToolDefinition[] = []
  const parameters: Parameter[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    const instruction = key === 'system_instruction' ? messageOf('system', value) : undefined
    if (instruction) system.push(instruction)
    else if (key === 'input' && !value.isNull) messages.push(...readInput(value))
    else if (key === 'tools' && value.kind === 'array') tools.push(...[...value.items()].flatMap(readTools))
    else if (key === 'response_format' && value.kind === 'object') responseFormat = readFormat(value)
    else if (key === 'generation_config') parameters.push(...parametersOf(key, value))
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return {
    at: body.at,
    messages: [...system, ...messages],
    tools,
    parameters,
    ...(responseFormat && { responseFormat }),
  }
}

/** A text, one content, a list of contents (one message), or a list of turns or steps (a message each). */
function readInput(input: JsonNode): readonly Message[] {
  const items = input.kind === 'array' ? [...input.items()] : [input]
  const isContent = (item: JsonNode): boolean =>
    item.kind === 'string' || CONTENTS.includes(item.get('type')?.string() ?? '')
  if (items.every(isContent)) {
    return [
      { role: 'user', at: input.at, parts: items.map((item) => ({ ...readPart(item), item: item.at })) },
    ]
  }
  return items.map((item) => ({ role: roleOf(item), at: item.at, parts: readStep(item) }))
}

function roleOf(item: JsonNode): string {
  const type = item.get('type')?.string() ?? ''
  const role = item.get('role')?.string()
  if (role !== undefined) return role
  if (type.endsWith('_result')) return 'function'
  return type === 'user_input' || CONTENTS.includes(type) ? 'user' : 'model'
}

/** A turn or a step has a content; calls, results and thoughts are steps that say it themselves. */
function readStep(item: JsonNode): readonly ContentPart[] {
  const content = given(item.get('content'))
  if (content?.kind === 'array') return itemsOf(content, readPart)
  return [{ ...readPart(content ?? item), item: (content ?? item).at }]
}

function readPart(part: JsonNode): ContentPart {
  if (part.kind === 'string') return textPart(part, part)
  switch (part.get('type')?.string()) {
    case 'text':
      return textPart(part.get('text'), part)
    case 'thought':
      return textPart(part.path('summary', 0, 'text') ?? part.get('summary'), part, 'reasoning')
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return mediaPart(given(part.get('data')) ?? part.get('uri'), part.get('mime_type'), part)
    case 'function_call':
      return callPart(part.get('name'), given(part.get('id')), part.get('arguments'), part)
    case 'function_result':
      return readResult(part)
    default:
      return unknownPart(part)
  }
}

function readResult(part: JsonNode): ContentPart {
  const callId = given(part.get('call_id')) ?? given(part.get('id'))
  const result = given(part.get('result'))
  if (result === undefined) return unknownPart(part)
  if (result.kind === 'array') return resultPart(callId, itemsOf(result, readPart))
  const text = result.locatedString()
  return resultPart(callId, [{ ...(text ? { kind: 'text', text } : unknownPart(result)), item: result.at }])
}

/** A definition each; what was first written was the older API's `function_declarations`. */
function readTools(tool: JsonNode): readonly ToolDefinition[] {
  const declared = tool.get('function_declarations') ?? tool.get('functionDeclarations')
  return declared?.kind === 'array' ? [...declared.items()].map((each) => toolOf(each)) : [toolOf(tool)]
}

function readFormat(format: JsonNode): ResponseFormat {
  const schema = given(format.get('schema'))
  return formatOf(format.get('type')?.string() ?? 'schema', schema ?? format, format)
}
