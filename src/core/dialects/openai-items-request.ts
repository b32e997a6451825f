/**
 * The items of a conversation and the flat tools that the Responses and the Realtime API share:
 * https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 */
import type { ContentPart, Message, ToolDefinition } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { given } from './saying.ts'

export function unknownPart(node: JsonNode): ContentPart {
  return { kind: 'unknown', json: node.locatedRaw() }
}

/** A text as a message of its own: instructions, a prompt, a query. */
export function textMessage(role: string, text: JsonNode): Message {
  const located = text.locatedString()
  const part: ContentPart = located ? { kind: 'text', text: located } : unknownPart(text)
  return { role, at: text.at, parts: [{ ...part, item: text.at }] }
}

/** One item of the conversation, as a message of its own. */
export function readItem(item: JsonNode): Message {
  const type = item.get('type')?.string()
  if (item.kind === 'string') return textMessage('user', item)
  if (type === undefined || type === 'message') return readMessageItem(item)
  if (type === 'reasoning') return { role: 'assistant', at: item.at, parts: readReasoning(item) }
  if (/_output$|^mcp_approval_response$/.test(type)) {
    return { role: 'tool', at: item.at, parts: [readResult(item, type)] }
  }
  if (/_call$|^mcp_approval_request$/.test(type)) {
    return { role: 'assistant', at: item.at, parts: readCall(item) }
  }
  return { role: type.replaceAll('_', ' '), at: item.at, parts: [{ ...unknownPart(item), item: item.at }] }
}

function readMessageItem(item: JsonNode): Message {
  const name = item.get('name')?.locatedString()
  const content = given(item.get('content'))
  return {
    role: item.get('role')?.string() ?? 'unknown role',
    at: item.at,
    ...(name && { name }),
    parts: readContent(content),
  }
}

/** A string, or a list of parts. */
export function readContent(content: JsonNode | undefined): readonly ContentPart[] {
  if (content === undefined || content.isNull) return []
  if (content.kind === 'array')
    return [...content.items()].map((part) => ({ ...readPart(part), item: part.at }))
  const text = content.locatedString()
  const part: ContentPart = text ? { kind: 'text', text } : unknownPart(content)
  return [{ ...part, item: content.at }]
}

function readPart(part: JsonNode): ContentPart {
  switch (part.get('type')?.string()) {
    case 'input_text':
    case 'output_text':
    case 'summary_text':
    case 'text': {
      const text = (part.path('text', 'value') ?? part.get('text'))?.locatedString()
      return text ? { kind: 'text', text } : unknownPart(part)
    }
    case 'reasoning_text': {
      const text = part.get('text')?.locatedString()
      return text ? { kind: 'reasoning', text } : unknownPart(part)
    }
    case 'refusal': {
      const text = part.get('refusal')?.locatedString()
      return text ? { kind: 'refusal', text } : unknownPart(part)
    }
    case 'input_image':
    case 'computer_screenshot':
    case 'image_url':
    case 'image_file':
      return readImage(part)
    case 'input_audio':
    case 'output_audio':
    case 'audio':
      return readAudio(part)
    case 'input_file':
    case 'file': {
      const file = part.get('file') ?? part
      const filename = file.get('filename')?.locatedString()
      const fileId = file.get('file_id')?.locatedString()
      const data = (given(file.get('file_data')) ?? file.get('file_url'))?.locatedString()
      if (!filename && !fileId && !data) return unknownPart(part)
      return { kind: 'file', ...(filename && { filename }), ...(fileId && { fileId }), ...(data && { data }) }
    }
    default:
      return unknownPart(part)
  }
}

function readImage(part: JsonNode): ContentPart {
  const image = given(part.get('image_url')) ?? part.get('image_file')
  const url = (image?.get('url') ?? image)?.locatedString()
  const detail = (part.get('detail') ?? image?.get('detail'))?.locatedString()
  if (url) return { kind: 'image', url, ...(detail && { detail }) }
  const fileId = (given(part.get('file_id')) ?? image?.get('file_id'))?.locatedString()
  return fileId ? { kind: 'file', fileId } : unknownPart(part)
}

/** Chat and Responses wrap data and format, Realtime has base64 and a transcript. */
function readAudio(part: JsonNode): ContentPart {
  const audio = part.get('input_audio') ?? part
  const data = (audio.get('data') ?? audio.get('audio'))?.locatedString()
  const format = audio.get('format')?.locatedString()
  if (data) return { kind: 'audio', data, ...(format && { format }) }
  const transcript = part.get('transcript')?.locatedString()
  return transcript ? { kind: 'text', text: transcript } : unknownPart(part)
}

function readReasoning(item: JsonNode): readonly ContentPart[] {
  const texts = [...(item.get('summary')?.items() ?? []), ...(item.get('content')?.items() ?? [])]
  const parts = texts.map((node): ContentPart => {
    const text = node.get('text')?.locatedString()
    return { ...(text ? { kind: 'reasoning', text } : unknownPart(node)), item: node.at }
  })
  const encrypted = given(item.get('encrypted_content'))
  return [...parts, ...(encrypted ? [{ ...unknownPart(encrypted), item: encrypted.at }] : [])]
}

function readResult(item: JsonNode, type: string): ContentPart {
  const callId = (item.get('call_id') ?? item.get('approval_request_id'))?.locatedString()
  const output = item.get('output') ?? (type === 'mcp_approval_response' ? item.get('approve') : undefined)
  const isPart = output?.kind === 'object' && output.get('type') !== undefined
  const content: readonly ContentPart[] = isPart ? [readPart(output)] : readContent(output ?? item)
  return { kind: 'tool-result', ...(callId && { callId }), content, item: item.at }
}

/** Where the arguments of a call stand, by what servers' own tools call them. */
const ARGUMENTS = ['arguments', 'input', 'action', 'operation', 'code', 'queries'] as const

function readCall(item: JsonNode): readonly ContentPart[] {
  const name = (given(item.get('name')) ?? item.get('type'))?.locatedString()
  if (name === undefined) return [{ ...unknownPart(item), item: item.at }]
  const id = (given(item.get('call_id')) ?? item.get('id'))?.locatedString()
  const args = ARGUMENTS.flatMap((key) => given(item.get(key)) ?? [])[0]
  const written = args && (args.locatedString() ?? args.locatedRaw())
  const call: ContentPart = {
    kind: 'tool-call',
    call: { ...(id && { id }), name, ...(written && { arguments: written }) },
    item: item.at,
  }
  // what a server's own tool gave back stands in the call
  const back = given(item.get('output')) ?? given(item.get('results')) ?? given(item.get('outputs'))
  if (back !== undefined) {
    return [call, { kind: 'tool-result', ...(id && { callId: id }), content: readContent(back) }]
  }
  const result = item.get('result')?.locatedString()
  return result ? [call, { kind: 'image', url: result }] : [call]
}

/** `{type: "function", name, parameters}`; older APIs wrap name and parameters in `function`. */
export function readTool(tool: JsonNode): ToolDefinition {
  const definition = tool.get('function') ?? tool
  const description = definition.get('description')?.locatedString()
  const schema = given(definition.get('parameters')) ?? given(definition.get('format'))
  const nameText = (definition.get('name') ?? definition.get('server_label'))?.locatedString()
  const strict = definition.get('strict')?.locatedRaw()
  return {
    name: nameText?.value ?? tool.get('type')?.string() ?? 'tool',
    definition: definition.at,
    ...(nameText && { nameText }),
    ...(strict && { strict }),
    ...(description && { description }),
    ...(schema && { schema: schema.locatedRaw() }),
    json: tool.locatedRaw(),
  }
}
