import {
  type ContentPart,
  type Conversation,
  EMPTY_CONVERSATION,
  type Message,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { geminiContents, geminiResult, readGeminiRequest } from './gemini-request.ts'
import { camelOf } from './members.ts'
import { mediaPart, textPart, unknownPart } from './request-values.ts'
import { given, isEmpty } from './saying.ts'

/** Messages of the client, https://ai.google.dev/api/live#BidiGenerateContentClientMessage: one, or a list of them. */
export function readLiveRequest(body: JsonNode): Conversation {
  const messages = body.kind === 'array' ? [...body.items()] : [body]
  const read = messages.flatMap((message) =>
    [...message.effectiveMembers()].map(({ key, value }) => readMember(key, value)),
  )
  return {
    at: body.at,
    messages: read.flatMap((each) => each.messages),
    tools: read.flatMap((each) => each.tools),
    parameters: read.flatMap((each) => each.parameters),
  }
}

function readMember(key: string, value: JsonNode): Conversation {
  switch (camelOf(key)) {
    case 'setup':
      return readGeminiRequest(value)
    case 'clientContent':
      return readContent(value)
    case 'realtimeInput':
      return { ...EMPTY_CONVERSATION, messages: readInput(value) }
    case 'toolResponse': {
      const responses = value.get('functionResponses') ?? value.get('function_responses')
      const parts = [...(responses?.items() ?? [])].map((each) => ({
        ...geminiResult(each),
        item: each.at,
      }))
      return { ...EMPTY_CONVERSATION, messages: [{ role: 'function', at: value.at, parts }] }
    }
    default:
      return { ...EMPTY_CONVERSATION, parameters: [{ name: key, value: value.locatedRaw() }] }
  }
}

/** `turnComplete` says when the model may speak: it is no setting of the session and stands with what was said. */
function readContent(content: JsonNode): Conversation {
  const turns = given(content.get('turns'))
  return { ...EMPTY_CONVERSATION, messages: turns === undefined ? [] : geminiContents(turns, 'user') }
}

function readInput(input: JsonNode): readonly Message[] {
  const parts = [...input.effectiveMembers()].flatMap(({ key, value }) => {
    if (isEmpty(value)) return []
    switch (camelOf(key)) {
      case 'text':
        return [textPart(value, value)]
      case 'audio':
      case 'video':
        return [mediaOfBlob(value)]
      case 'mediaChunks':
        return [...value.items()].map(mediaOfBlob)
      default:
        return [unknownPart(value)]
    }
  })
  return parts.length === 0 ? [] : [{ role: 'user', at: input.at, parts }]
}

function mediaOfBlob(blob: JsonNode): ContentPart {
  return {
    ...mediaPart(blob.get('data'), blob.get('mimeType') ?? blob.get('mime_type'), blob),
    item: blob.at,
  }
}
