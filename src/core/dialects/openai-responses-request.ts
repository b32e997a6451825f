/** The body of a Responses request: https://platform.openai.com/docs/api-reference/responses/create */
import type {
  Conversation,
  Message,
  Parameter,
  ResponseFormat,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { readItem, readTool, textMessage } from './openai-items-request.ts'
import { given } from './saying.ts'

export function readResponsesRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  const instructions: Message[] = []
  const input: Message[] = []
  let tools: readonly ToolDefinition[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'instructions' && value.kind === 'string') instructions.push(textMessage('system', value))
    // what a response says it was instructed with can be a list of items
    else if (key === 'instructions' && value.kind === 'array')
      instructions.push(...[...value.items()].map(readItem))
    else if (key === 'input' && value.kind === 'string') input.push(textMessage('user', value))
    else if (key === 'input' && value.kind === 'array') input.push(...[...value.items()].map(readItem))
    else if (key === 'tools' && value.kind === 'array') tools = [...value.items()].map(readTool)
    else if (key === 'text' && value.kind === 'object') {
      const format = given(value.get('format'))
      if (format?.kind === 'object') responseFormat = readFormat(format)
      // what else stands there is a setting of the text
      if (format?.kind !== 'object' || value.memberCount > 1) {
        parameters.push({ name: key, value: value.locatedRaw() })
      }
    } else parameters.push({ name: key, value: value.locatedRaw() })
  }
  const messages = [...instructions, ...input]
  return { at: body.at, messages, tools, parameters, ...(responseFormat && { responseFormat }) }
}

function readFormat(format: JsonNode): ResponseFormat {
  const holder = format.get('json_schema') ?? format
  const name = holder.get('name')?.locatedString()
  const schema = given(holder.get('schema'))
  return {
    type: format.get('type')?.string() ?? 'unknown',
    ...(name && { name }),
    ...(schema && { schema: schema.locatedRaw() }),
    json: format.locatedRaw(),
  }
}
