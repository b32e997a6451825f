import type { ContentPart, Conversation, Message, ToolDefinition } from '../cassette/conversation.ts'
import {
  callPart,
  contentParts,
  type Found,
  readMembers,
  textPart,
  unknownPart,
} from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'

/** Reads the body of a Converse request, which is Nova's as well. */
export function readConverseRequest(body: JsonNode): Conversation {
  return readMembers(body, (key, value) => {
    switch (key) {
      case 'system': {
        const parts = contentParts(value, readBlock)
        return parts.length > 0 ? { opening: [{ role: 'system', at: value.at, parts }] } : undefined
      }
      case 'messages':
        return value.kind === 'array' ? { messages: [...value.items()].map(readMessage) } : undefined
      case 'toolConfig':
        return readToolConfig(value)
      case 'outputConfig':
        return readOutputConfig(value)
      default:
        return undefined
    }
  })
}

function readMessage(message: JsonNode): Message {
  return {
    role: message.get('role')?.string() ?? 'unknown role',
    at: message.at,
    parts: contentParts(message.get('content'), readBlock),
  }
}

/** One object, whose members say what it is: one of them, as a rule. */
function readBlock(block: JsonNode): readonly ContentPart[] {
  const cited = block.get('citationsContent')
  if (cited !== undefined) return contentParts(cited.get('content'), readBlock)
  const found = block.get('searchResult')
  if (found !== undefined) return readSearchResult(found)
  const parts = [...block.effectiveMembers()].map(({ key, value }) => readMember(block, key, value))
  return parts.length > 0 ? parts : [unknownPart(block)]
}

function readMember(block: JsonNode, key: string, value: JsonNode): ContentPart {
  switch (key) {
    case 'text':
      return textPart(block, value)
    case 'toolUse':
      return callPart(block, value.get('toolUseId'), value.get('name'), value.get('input'))
    case 'toolResult': {
      const callId = value.get('toolUseId')?.locatedString()
      const content = contentParts(value.get('content'), readBlock)
      return { kind: 'tool-result', ...(callId && { callId }), content }
    }
    case 'reasoningContent': {
      const text = (value.get('reasoningText') ?? value).get('text')
      return text ? textPart(block, text, 'reasoning') : unknownPart(block)
    }
    case 'image': {
      const url = sourceOf(value)
      const format = value.get('format')?.string()
      return url
        ? { kind: 'image', url, ...(format && { mediaType: `image/${format}` }) }
        : unknownPart(block)
    }
    case 'audio': {
      const data = sourceOf(value)
      const format = value.get('format')?.locatedString()
      return data ? { kind: 'audio', data, ...(format && { format }) } : unknownPart(block)
    }
    // what the guardrail shall look at
    case 'guardContent': {
      const text = value.path('text', 'text')
      return text ? textPart(block, text) : unknownPart(block)
    }
    case 'json':
      return unknownPart(value)
    case 'document':
    case 'video':
      return readFile(block, value, key)
    default:
      return unknownPart(block)
  }
}

/** Where it was found, and the texts. */
function readSearchResult(found: JsonNode): readonly ContentPart[] {
  const filename = found.get('title')?.locatedString()
  const fileId = found.get('source')?.locatedString()
  const source: ContentPart = { kind: 'file', ...(filename && { filename }), ...(fileId && { fileId }) }
  return [source, ...contentParts(found.get('content'), readBlock)]
}

function sourceOf(value: JsonNode): ReturnType<JsonNode['locatedString']> {
  const source = value.get('source')
  return (source?.get('bytes') ?? source?.path('s3Location', 'uri') ?? source?.get('text'))?.locatedString()
}

function readFile(block: JsonNode, value: JsonNode, kind: 'document' | 'video'): ContentPart {
  const data = sourceOf(value)
  const filename = value.get('name')?.locatedString()
  if (!data && !filename) return unknownPart(block)
  return { kind: 'file', ...(filename && { filename }), ...(data && { data }), ...mediaTypeOf(value, kind) }
}

function mediaTypeOf(value: JsonNode, kind: 'document' | 'video'): { readonly mediaType?: string } {
  const format = value.get('format')?.string()
  if (format === undefined) return {}
  if (kind === 'video') return { mediaType: `video/${format}` }
  if (format === 'pdf') return { mediaType: 'application/pdf' }
  return format === 'txt' ? { mediaType: 'text/plain' } : { mediaType: format }
}

/** The tools are read; the choice between them stays a parameter. */
function readToolConfig(config: JsonNode): Found | undefined {
  const tools = config.get('tools')
  if (tools?.kind !== 'array') return undefined
  return {
    tools: [...tools.items()].map(readTool),
    parameters: [...config.effectiveMembers()]
      .filter(({ key }) => key !== 'tools')
      .map(({ key, value }) => ({ name: `toolConfig.${key}`, value: value.locatedRaw() })),
  }
}

/** `toolSpec` has a schema, `systemTool` only a name; a `cachePoint` is no tool and shows as what it is. */
function readTool(tool: JsonNode): ToolDefinition {
  const definition = tool.get('toolSpec') ?? tool.get('systemTool') ?? tool
  const nameText = definition.get('name')?.locatedString()
  const description = definition.get('description')?.locatedString()
  const schema = definition.path('inputSchema', 'json')
  const strict = definition.get('strict')?.locatedRaw()
  return {
    name: nameText?.value ?? [...tool.members()][0]?.key ?? 'tool',
    definition: definition.at,
    ...(nameText && { nameText }),
    ...(strict && { strict }),
    ...(description && { description }),
    ...(schema && !schema.isNull && { schema: schema.locatedRaw() }),
    json: tool.locatedRaw(),
  }
}

/** `outputConfig.textFormat`: the schema is a JSON text inside a string. */
function readOutputConfig(config: JsonNode): Found | undefined {
  const format = config.get('textFormat')
  if (format?.kind !== 'object') return undefined
  const json = format.path('structure', 'jsonSchema')
  const name = json?.get('name')?.locatedString()
  const schema = json?.get('schema')?.locatedString()
  return {
    responseFormat: {
      type: format.get('type')?.string() ?? 'unknown',
      ...(name && { name }),
      ...(schema && { schema }),
      json: format.locatedRaw(),
    },
    parameters: config.memberCount > 1 ? [{ name: 'outputConfig', value: config.locatedRaw() }] : [],
  }
}
