import type { ContentPart, Conversation, Message, ToolDefinition } from '../cassette/conversation.ts'
import { callPart, contentParts, readMembers, textPart, unknownPart } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'

/** Reads the body of a messages request; https://docs.claude.com/en/api/messages. */
export function readMessagesRequest(body: JsonNode): Conversation {
  return readMembers(body, (key, value) => {
    switch (key) {
      case 'system': {
        const parts = contentParts(value, readBlock)
        return parts.length > 0 ? { opening: [{ role: 'system', at: value.at, parts }] } : undefined
      }
      case 'messages':
        return value.kind === 'array' ? { messages: [...value.items()].map(readMessage) } : undefined
      case 'tools':
        return value.kind === 'array' ? { tools: [...value.items()].map(readTool) } : undefined
      case 'output_format':
        return value.kind === 'object' ? { responseFormat: readFormat(value) } : undefined
      case 'output_config': {
        const format = value.get('format')
        if (format?.kind !== 'object') return undefined
        const isAll = value.memberCount === 1
        return {
          responseFormat: readFormat(format),
          parameters: isAll ? [] : [{ name: key, value: value.locatedRaw() }],
        }
      }
      default:
        return undefined
    }
  })
}

function readFormat(format: JsonNode): NonNullable<Conversation['responseFormat']> {
  const schema = format.get('schema')
  return {
    type: format.get('type')?.string() ?? 'unknown',
    ...(schema && !schema.isNull && { schema: schema.locatedRaw() }),
    json: format.locatedRaw(),
  }
}

function readMessage(message: JsonNode): Message {
  const parts = [...contentParts(message.get('content'), readBlock)]
  for (const { key, value } of message.effectiveMembers()) {
    if (key !== 'role' && key !== 'content' && !value.isNull) {
      parts.push({ ...unknownPart(value), item: value.at })
    }
  }
  return { role: message.get('role')?.string() ?? 'unknown role', at: message.at, parts }
}

/** One block; documents and search results can hold several texts. */
function readBlock(block: JsonNode): readonly ContentPart[] {
  const type = block.get('type')?.string() ?? ''
  switch (type) {
    case 'text':
      return [textPart(block, block.get('text'))]
    case 'thinking':
      return [textPart(block, block.get('thinking'), 'reasoning')]
    case 'compaction':
      return [textPart(block, block.get('content'))]
    case 'image':
      return [readImage(block)]
    case 'document':
      return readDocument(block)
    case 'search_result':
      return [named(block, 'title', 'source'), ...contentParts(block.get('content'), readBlock)]
    case 'container_upload':
      return [named(block, 'title', 'file_id')]
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return [callPart(block, block.get('id'), block.get('name'), block.get('input'))]
    default:
      return [/tool_result$/.test(type) ? readResult(block) : unknownPart(block)]
  }
}

function readResult(block: JsonNode): ContentPart {
  const callId = block.get('tool_use_id')?.locatedString()
  return {
    kind: 'tool-result',
    ...(callId && { callId }),
    content: contentParts(block.get('content'), readBlock),
  }
}

function readImage(block: JsonNode): ContentPart {
  const source = block.get('source')
  const url = (source?.get('url') ?? source?.get('data'))?.locatedString()
  const mediaType = source?.get('media_type')?.string()
  if (url) return { kind: 'image', url, ...(mediaType && { mediaType }) }
  const fileId = source?.get('file_id')?.locatedString()
  return fileId ? { kind: 'file', fileId } : unknownPart(block)
}

function readDocument(block: JsonNode): readonly ContentPart[] {
  const source = block.get('source')
  const type = source?.get('type')?.string()
  if (source && (type === 'text' || type === 'content')) {
    const title = block.get('title')?.string() ? [named(block, 'title', 'file_id')] : []
    const held = type === 'text' ? source.get('data') : source.get('content')
    return [...title, ...contentParts(held, readBlock)]
  }
  const filename = block.get('title')?.locatedString()
  const fileId = source?.get('file_id')?.locatedString()
  const data = (source?.get('data') ?? source?.get('url'))?.locatedString()
  const mediaType = source?.get('media_type')?.string()
  if (!fileId && !data) return [unknownPart(block)]
  return [
    {
      kind: 'file',
      ...(filename && { filename }),
      ...(fileId && { fileId }),
      ...(data && { data }),
      ...(mediaType && { mediaType }),
    },
  ]
}

/** A file as far as its name and where it is to be found go. */
function named(block: JsonNode, nameKey: string, idKey: string): ContentPart {
  const filename = block.get(nameKey)?.locatedString()
  const fileId = block.get(idKey)?.locatedString()
  if (!filename && !fileId) return unknownPart(block)
  return { kind: 'file', ...(filename && { filename }), ...(fileId && { fileId }) }
}

/** A tool of the client, or one of the server's (`type: web_search_20250305`), which has no schema. */
function readTool(tool: JsonNode): ToolDefinition {
  const nameText = tool.get('name')?.locatedString()
  const description = tool.get('description')?.locatedString()
  const schema = tool.get('input_schema')
  const strict = tool.get('strict')?.locatedRaw()
  return {
    name: nameText?.value ?? tool.get('mcp_server_name')?.string() ?? tool.get('type')?.string() ?? 'tool',
    definition: tool.at,
    ...(nameText && { nameText }),
    ...(strict && { strict }),
    ...(description && { description }),
    ...(schema && !schema.isNull && { schema: schema.locatedRaw() }),
    json: tool.locatedRaw(),
  }
}
