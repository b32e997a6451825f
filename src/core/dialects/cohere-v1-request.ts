import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { cohereFormat } from './cohere-parts.ts'
import { callPart, itemsOf, messageOf, resultPart, textPart, toolOf, unknownPart } from './request-values.ts'
import { given, isEmpty } from './saying.ts'

/** https://docs.cohere.com/v1/reference/chat: what is asked stands beside the history of the chat. */
export function readCohereV1Request(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  const system: Message[] = []
  const history: Message[] = []
  const asked: Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    const preamble = key === 'preamble' ? messageOf('SYSTEM', value) : undefined
    const message = key === 'message' ? messageOf('USER', value) : undefined
    if (preamble) system.push(preamble)
    else if (message) asked.push(message)
    else if (key === 'chat_history' && value.kind === 'array')
      history.push(...[...value.items()].map(readMessage))
    else if (key === 'tool_results' && value.kind === 'array') asked.push(resultsOf(value))
    else if (key === 'tools' && value.kind === 'array') {
      tools = [...value.items()].map((tool) => toolOf(tool, ['parameter_definitions']))
    } else if (key === 'response_format' && value.kind === 'object') responseFormat = cohereFormat(value)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return {
    at: body.at,
    messages: [...system, ...history, ...asked],
    tools,
    parameters,
    ...(responseFormat && { responseFormat }),
  }
}

function readMessage(message: JsonNode): Message {
  const role = message.get('role')?.string() ?? 'unknown role'
  const parts = [...message.effectiveMembers()].flatMap(({ key, value }) => readMember(key, value))
  return { role, at: message.at, parts }
}

function readMember(key: string, value: JsonNode): readonly ContentPart[] {
  if (key === 'role' || isEmpty(value)) return []
  switch (key) {
    case 'message':
      return [{ ...textPart(value, value), item: value.at }]
    case 'tool_calls':
      return itemsOf(value, readCall)
    case 'tool_results':
      return itemsOf(value, readResult)
    default:
      return [{ ...unknownPart(value), item: value.at }]
  }
}

/** Calls have no ids: they and their results meet by name. */
function readCall(call: JsonNode): ContentPart {
  return callPart(call.get('name'), call.get('name'), call.get('parameters'), call)
}

function readResult(result: JsonNode): ContentPart {
  const outputs = given(result.get('outputs'))
  return resultPart(result.path('call', 'name'), outputs === undefined ? [] : itemsOf(outputs, unknownPart))
}

function resultsOf(results: JsonNode): Message {
  return { role: 'TOOL', at: results.at, parts: itemsOf(results, readResult) }
}
