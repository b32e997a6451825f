/** What a call asked, as text to be searched and as a digest to be compared. */
import type { Interaction } from '../cassette/cassette.ts'
import type { ContentPart } from '../cassette/conversation.ts'
import type { Digest } from './digest.ts'
import { canonicalJson, quiet } from './noise.ts'
import { plainJson, plainValue, withoutData } from './readable.ts'

/** The pieces that somebody may look for, in the order of the request. */
export function askedTexts(interaction: Interaction): readonly string[] {
  const { conversation } = interaction
  const texts: string[] = []
  for (const { name, parts } of conversation.messages) {
    if (name !== undefined) texts.push(name.value)
    for (const part of parts) addPart(part, texts)
  }
  for (const { name, description } of conversation.tools) {
    texts.push(description === undefined ? name : `${name}: ${description.value}`)
  }
  for (const { name, value } of conversation.parameters) texts.push(`${name}: ${plainValue(value.value)}`)
  const format = conversation.responseFormat
  if (format !== undefined) texts.push([format.type, format.name?.value ?? ''].join(' ').trim())
  const unread = unreadBody(interaction)
  if (unread !== undefined) texts.push(plainValue(unread))
  return texts
}

function addPart(part: ContentPart, texts: string[]): void {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      texts.push(withoutData(part.text.value))
      return
    case 'image':
      if (/^https?:/i.test(part.url.value)) texts.push(part.url.value)
      return
    case 'audio':
      return
    case 'file':
      if (part.filename !== undefined) texts.push(part.filename.value)
      if (part.fileId !== undefined) texts.push(part.fileId.value)
      return
    case 'tool-call':
      texts.push(`${part.call.name.value}(${plainJson(part.call.arguments?.value ?? '')})`)
      return
    case 'tool-result':
      for (const inner of part.content) addPart(inner, texts)
      return
    case 'unknown':
      texts.push(plainValue(part.json.value))
  }
}

/** A body of which no dialect knows what it asks. */
function unreadBody({ conversation, request }: Interaction): string | undefined {
  const { messages, tools, parameters, responseFormat } = conversation
  if (messages.length + tools.length + parameters.length > 0 || responseFormat !== undefined) return undefined
  const body = request.body?.value
  return body === undefined || SAYS_NOTHING.has(body) ? undefined : body
}

const SAYS_NOTHING: ReadonlySet<string> = new Set(['', '{}', '[]', 'null', '""'])

/** Model, messages, tools, parameters and response format, without ids and other noise. */
export function digestAsked(interaction: Interaction, model: string, digest: Digest): void {
  const { conversation } = interaction
  digest.add(model)
  for (const { role, parts } of conversation.messages) {
    digest.add(`role ${role}`)
    for (const part of parts) digestPart(part, digest)
  }
  for (const { json } of conversation.tools) {
    digest.add('tool')
    digest.add(canonicalJson(json.value))
  }
  const parameters = conversation.parameters.flatMap(({ name, value }) =>
    value.value === 'null' ? [] : [`${name} ${canonicalJson(value.value)}`],
  )
  for (const parameter of parameters.toSorted()) digest.add(parameter)
  if (conversation.responseFormat)
    digest.add(`format ${canonicalJson(conversation.responseFormat.json.value)}`)
  const unread = unreadBody(interaction)
  if (unread !== undefined) digest.add(`body ${canonicalJson(unread)}`)
}

function digestPart(part: ContentPart, digest: Digest): void {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      // an empty text beside a tool call is the same as none
      if (part.text.value === '') return
      digest.add(part.kind)
      digest.add(quiet(part.text.value))
      return
    case 'image':
      digest.add(`image ${part.detail?.value ?? ''}`)
      digest.addData(part.url.value)
      return
    case 'audio':
      digest.add('audio')
      digest.addData(part.data.value)
      return
    case 'file':
      digest.add(`file ${part.filename?.value ?? ''} ${quiet(part.fileId?.value ?? '')}`)
      digest.addData(part.data?.value ?? '')
      return
    case 'tool-call':
      digest.add(`call ${part.call.name.value} ${canonicalJson(part.call.arguments?.value ?? '')}`)
      return
    case 'tool-result':
      digest.add('result')
      for (const inner of part.content) digestPart(inner, digest)
      return
    case 'unknown':
      digest.add(`unknown ${canonicalJson(part.json.value)}`)
  }
}
