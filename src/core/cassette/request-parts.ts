/** The pieces that requests are read into, made of the nodes they stand in. */
import type { JsonNode } from '../syntax/json-node.ts'
import type { ContentPart, Conversation, Message, Parameter } from './conversation.ts'

/** Raw JSON of what a dialect does not read. */
export function unknownPart(node: JsonNode): ContentPart {
  return { kind: 'unknown', json: node.locatedRaw() }
}

/** The text at `text`, or `whole` raw where there is none. */
export function textPart(
  whole: JsonNode,
  text: JsonNode | undefined,
  kind: 'text' | 'reasoning' | 'refusal' = 'text',
): ContentPart {
  const located = text?.locatedString()
  return located ? { kind, text: located } : unknownPart(whole)
}

/** A call whose arguments are the JSON value itself. */
export function callPart(
  whole: JsonNode,
  id: JsonNode | undefined,
  name: JsonNode | undefined,
  input: JsonNode | undefined,
): ContentPart {
  const called = name?.locatedString()
  if (called === undefined) return unknownPart(whole)
  const callId = id?.locatedString()
  const args = input && !input.isNull ? input.locatedRaw() : undefined
  return {
    kind: 'tool-call',
    call: { ...(callId && { id: callId }), name: called, ...(args && { arguments: args }) },
  }
}

/** `content` as APIs with block lists write it: a string, or a list of blocks. */
export function contentParts(
  content: JsonNode | undefined,
  readBlock: (block: JsonNode) => readonly ContentPart[],
): readonly ContentPart[] {
  if (content === undefined || content.isNull) return []
  if (content.kind !== 'array') return [{ ...textPart(content, content), item: content.at }]
  return [...content.items()].flatMap((item) => readBlock(item).map((part) => ({ ...part, item: item.at })))
}

/** A message that is one text: a prompt, an instruction. */
export function textMessage(role: string, text: JsonNode): Message {
  return { role, at: text.at, parts: [{ ...textPart(text, text), item: text.at }] }
}

/** What a member of a body adds to the conversation; `opening` is said before all messages, wherever it stands. */
export interface Found extends Partial<Omit<Conversation, 'at'>> {
  readonly opening?: readonly Message[]
}

/** A body of which some members are read: `read` has undefined for a parameter like any other. */
export function readMembers(
  body: JsonNode,
  read: (key: string, value: JsonNode) => Found | undefined,
): Conversation {
  const found = [...body.effectiveMembers()].map(({ key, value }): Found => {
    const parameter: Parameter = { name: key, value: value.locatedRaw() }
    return (value.isNull ? undefined : read(key, value)) ?? { parameters: [parameter] }
  })
  const responseFormat = found.findLast((one) => one.responseFormat)?.responseFormat
  return {
    at: body.at,
    messages: [
      ...found.flatMap(({ opening = [] }) => opening),
      ...found.flatMap(({ messages = [] }) => messages),
    ],
    tools: found.flatMap(({ tools = [] }) => tools),
    parameters: found.flatMap(({ parameters = [] }) => parameters),
    ...(responseFormat && { responseFormat }),
  }
}
