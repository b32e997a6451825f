import type {
  ContentPart,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Located } from '../text/address.ts'
import { mediaOf } from './members.ts'
import { given } from './saying.ts'

/** What the request readers of several dialects make of a JSON value. */

export function unknownPart(node: JsonNode): ContentPart {
  return { kind: 'unknown', json: node.locatedRaw() }
}

export function textPart(
  node: JsonNode | undefined,
  whole: JsonNode,
  kind: 'text' | 'reasoning' = 'text',
): ContentPart {
  const text = node?.locatedString()
  return text ? { kind, text } : unknownPart(whole)
}

export function itemsOf(
  list: JsonNode | undefined,
  read: (item: JsonNode) => ContentPart,
): readonly ContentPart[] {
  return [...(list?.items() ?? [])].map((item) => ({ ...read(item), item: item.at }))
}

/** The members of a settings object one by one; the object itself where it has none. */
export function parametersOf(key: string, value: JsonNode): readonly Parameter[] {
  const members = value.kind === 'object' ? [...value.effectiveMembers()] : []
  if (members.length === 0) return [{ name: key, value: value.locatedRaw() }]
  return members.map((member) => ({ name: member.key, value: member.value.locatedRaw() }))
}

/** Base64 or an address, with its media type beside it. */
export function mediaPart(
  data: JsonNode | undefined,
  type: JsonNode | undefined,
  whole: JsonNode,
): ContentPart {
  const value = data?.locatedString()
  if (value === undefined) return unknownPart(whole)
  const mediaType = type?.string()
  const isAddress = /^[a-z][a-z\d+.-]*:/i.test(value.value)
  switch (mediaOf(mediaType)) {
    case 'image':
      return { kind: 'image', url: value, ...(mediaType && { mediaType }) }
    case 'audio': {
      const format = type?.locatedString()
      if (!isAddress) return { kind: 'audio', data: value, ...(format && { format }) }
    }
  }
  return {
    kind: 'file',
    ...(isAddress ? { fileId: value } : { data: value }),
    ...(mediaType && { mediaType }),
  }
}

/** A text as a message; nothing where it is no text or an empty one. */
export function messageOf(role: string, node: JsonNode): Message | undefined {
  const text = node.locatedString()
  if (!text?.value) return undefined
  return { role, at: node.at, parts: [{ kind: 'text', text, item: node.at }] }
}

/** A call whose arguments are JSON itself, or a string that holds JSON. */
export function callPart(
  name: JsonNode | undefined,
  id: JsonNode | undefined,
  args: JsonNode | undefined,
  whole: JsonNode,
): ContentPart {
  const called = name?.locatedString()
  if (called === undefined) return unknownPart(whole)
  const callId = id?.locatedString()
  const value = given(args)
  const text = value?.locatedString() ?? value?.locatedRaw()
  return {
    kind: 'tool-call',
    call: { ...(callId && { id: callId }), name: called, ...(text && { arguments: text }) },
  }
}

export function resultPart(
  callId: JsonNode | undefined,
  content: readonly ContentPart[],
): ContentPart & { readonly kind: 'tool-result' } {
  const id: Located<string> | undefined = callId?.locatedString()
  return { kind: 'tool-result', ...(id && { callId: id }), content }
}

/** A definition with name, description and schema, perhaps one level down under `function`. */
export function toolOf(tool: JsonNode, schemaKeys: readonly string[] = ['parameters']): ToolDefinition {
  const definition = given(tool.get('function')) ?? tool
  const nameText = definition.get('name')?.locatedString()
  const description = definition.get('description')?.locatedString()
  const schema = schemaKeys.map((key) => given(definition.get(key))).find((found) => found !== undefined)
  const strict = given(definition.get('strict'))?.locatedRaw()
  return {
    name: nameText?.value ?? tool.get('type')?.string() ?? 'tool',
    definition: definition.at,
    ...(nameText && { nameText }),
    ...(description && { description }),
    ...(schema && { schema: schema.locatedString() ?? schema.locatedRaw() }),
    ...(strict && { strict }),
    json: tool.locatedRaw(),
  }
}

/** A tool that the server runs: named by its key, with its settings as value (`{"googleSearch": {}}`). */
export function serverToolOf(key: string, value: JsonNode): ToolDefinition {
  return { name: key, definition: value.at, json: value.locatedRaw() }
}

export function formatOf(type: string, schema: JsonNode | undefined, whole: JsonNode): ResponseFormat {
  const found = given(schema)
  return { type, ...(found && { schema: found.locatedRaw() }), json: whole.locatedRaw() }
}
