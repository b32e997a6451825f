import type { ContentPart, Conversation, Message, Parameter } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { callPart, mediaPart, resultPart, textPart, unknownPart } from './request-values.ts'
import { given } from './saying.ts'

/** What `useChat` posts: UI messages, whose tool parts hold the call and its result together. */
export function readVercelRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'messages' && value.kind === 'array') messages = [...value.items()].map(readMessage)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools: [], parameters }
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const parts = message.get('parts')
  const content = given(message.get('content'))
  const metadata = given(message.get('metadata'))
  return {
    role,
    at: message.at,
    parts: [
      ...(parts === undefined && content ? [{ ...textPart(content, content), item: content.at }] : []),
      ...[...(parts?.items() ?? [])].flatMap(readPart),
      ...(metadata ? [{ ...unknownPart(metadata), item: metadata.at }] : []),
    ],
  }
}

function readPart(part: JsonNode): readonly ContentPart[] {
  const type = part.get('type')?.string() ?? ''
  switch (type) {
    case 'text':
    case 'reasoning':
      return [{ ...textPart(part.get('text'), part, type), item: part.at }]
    case 'file':
      return [{ ...mediaPart(part.get('url'), part.get('mediaType'), part), item: part.at }]
    case 'step-start':
      return []
    default:
      return type === 'dynamic-tool' || type.startsWith('tool-')
        ? readTool(part)
        : [{ ...unknownPart(part), item: part.at }]
  }
}

/** A static tool's name is the end of its type: the text that is shown as name is then the type as a whole. */
function readTool(part: JsonNode): readonly ContentPart[] {
  const id = part.get('toolCallId')
  const call = callPart(part.get('toolName') ?? part.get('type'), id, part.get('input'), part)
  const output = given(part.get('output')) ?? given(part.get('errorText'))
  if (output === undefined) return [{ ...call, item: part.at }]
  const text = output.locatedString()
  const result = text ? ({ kind: 'text', text } as const) : unknownPart(output)
  return [{ ...call, item: part.at }, resultPart(id, [result])]
}
