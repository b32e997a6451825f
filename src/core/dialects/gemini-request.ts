import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { camelOf, either } from './members.ts'
import {
  callPart,
  formatOf,
  itemsOf,
  mediaPart,
  resultPart,
  serverToolOf,
  textPart,
  toolOf,
  unknownPart,
} from './request-values.ts'
import { given } from './saying.ts'

/** A request on its way through its members: the settings stand one level down, and everything in the SDK's `config`. */
interface Reading {
  readonly system: Message[]
  readonly messages: Message[]
  readonly tools: ToolDefinition[]
  readonly parameters: Parameter[]
  type?: JsonNode
  schema?: JsonNode
}

/** https://ai.google.dev/api/generate-content#request-body; also the keyword arguments of the Python SDK. */
export function readGeminiRequest(body: JsonNode): Conversation {
  const reading: Reading = { system: [], messages: [], tools: [], parameters: [] }
  readMembers(body, reading)
  const { system, messages, tools, parameters } = reading
  const responseFormat = formatOfReading(reading)
  return {
    at: body.at,
    messages: [...system, ...messages],
    tools,
    parameters,
    ...(responseFormat && { responseFormat }),
  }
}

function readMembers(object: JsonNode, reading: Reading): void {
  for (const { key, value } of object.effectiveMembers()) {
    if (value.isNull || !readMember(camelOf(key), value, reading)) {
      reading.parameters.push({ name: key, value: value.locatedRaw() })
    }
  }
}

function readMember(key: string, value: JsonNode, reading: Reading): boolean {
  switch (key) {
    case 'systemInstruction':
      reading.system.push(...geminiContents(value, 'system'))
      return true
    case 'contents':
      reading.messages.push(...geminiContents(value, 'user'))
      return true
    case 'tools':
      for (const tool of value.kind === 'array' ? value.items() : [value])
        reading.tools.push(...toolsOf(tool))
      return true
    // `request`: Code Assist wraps it
    case 'generationConfig':
    case 'config':
    case 'request':
      if (value.kind !== 'object' || value.memberCount === 0) return false
      readMembers(value, reading)
      return true
    case 'responseMimeType':
      reading.type = value
      return false
    case 'responseSchema':
    case 'responseJsonSchema':
      reading.schema = value
      return true
    default:
      return false
  }
}

function formatOfReading({ type, schema }: Reading): ResponseFormat | undefined {
  const whole = schema ?? type
  if (whole === undefined || whole.isNull) return undefined
  return formatOf(type?.string() ?? 'schema', schema, whole)
}

/** A content, a list of them, or (the SDK's short forms) a text or a list of texts and parts, which are one message. */
export function geminiContents(value: JsonNode, role: string): readonly Message[] {
  const items = value.kind === 'array' ? [...value.items()] : [value]
  if (items.every((item) => item.get('parts') !== undefined))
    return items.map((item) => messageOf(item, role))
  return [{ role, at: value.at, parts: items.map((item) => ({ ...readPart(item), item: item.at })) }]
}

function messageOf(content: JsonNode, role: string): Message {
  const named = role === 'system' ? undefined : content.get('role')?.string()
  const parts = either(content, 'parts')
  const read = parts?.kind === 'array' ? [...parts.items()] : parts ? [parts] : []
  return {
    role: named ?? role,
    at: content.at,
    parts: read.flatMap((part) => {
      const signature = either(part, 'thoughtSignature')
      const item = { ...readPart(part), item: part.at }
      return signature === undefined ? [item] : [item, { ...unknownPart(signature), item: signature.at }]
    }),
  }
}

function readPart(part: JsonNode): ContentPart {
  if (part.kind === 'string') return textPart(part, part)
  const text = given(part.get('text'))
  if (text !== undefined) {
    return textPart(text, part, part.get('thought')?.boolean() === true ? 'reasoning' : 'text')
  }
  const inline = either(part, 'inlineData')
  if (inline !== undefined) return mediaPart(either(inline, 'data'), either(inline, 'mimeType'), part)
  const file = either(part, 'fileData')
  if (file !== undefined) return mediaPart(either(file, 'fileUri'), either(file, 'mimeType'), part)
  const call = either(part, 'functionCall')
  // calls and their results meet by name where there are no ids
  if (call !== undefined) return callPart(call.get('name'), idOf(call), either(call, 'args'), part)
  const response = either(part, 'functionResponse')
  return response === undefined ? unknownPart(part) : geminiResult(response)
}

export function geminiResult(response: JsonNode): ContentPart {
  return resultPart(idOf(response), resultOf(response))
}

function idOf(call: JsonNode): JsonNode | undefined {
  return given(call.get('id')) ?? call.get('name')
}

function resultOf(response: JsonNode): readonly ContentPart[] {
  const value = either(response, 'response')
  const parts = itemsOf(either(response, 'parts'), readPart)
  return value === undefined ? parts : [{ ...answerOf(value), item: value.at }, ...parts]
}

/** Where the result is one text (`{"output": "…"}`), the text; else the JSON that it is. */
function answerOf(value: JsonNode): ContentPart {
  const [only, ...others] = value.effectiveMembers()
  const text = only && others.length === 0 ? only.value.locatedString() : value.locatedString()
  return text ? { kind: 'text', text } : unknownPart(value)
}

/** One tool may hold many functions, and beside them the tools that the server runs. */
function toolsOf(tool: JsonNode): readonly ToolDefinition[] {
  return [...tool.effectiveMembers()].flatMap(({ key, value }) => {
    if (value.isNull) return []
    if (camelOf(key) !== 'functionDeclarations') return [serverToolOf(key, value)]
    return [...value.items()].map((each) =>
      toolOf(each, ['parameters', 'parametersJsonSchema', 'parameters_json_schema']),
    )
  })
}
