/**
 * What a client sends in a Realtime session: its events as a list, or the body that opens a session.
 * https://platform.openai.com/docs/api-reference/realtime-client-events
 */
import type {
  ContentPart,
  Conversation,
  Message,
  Parameter,
  ToolDefinition,
} from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { readItem, readTool, textMessage, unknownPart } from './openai-items-request.ts'

/** Client events that only say that what came before is complete. */
const SILENT: ReadonlySet<string> = new Set(['input_audio_buffer.commit', 'response.create', 'type'])

class Session {
  readonly #instructions: Message[] = []
  readonly #messages: Message[] = []
  readonly #parameters: Parameter[] = []
  #tools: readonly ToolDefinition[] = []
  /** The audio that is being spoken: pieces that follow each other are one message. */
  #spoken: ContentPart[] | undefined

  takeEvent(event: JsonNode): void {
    const type = event.get('type')?.string() ?? ''
    if (type !== 'input_audio_buffer.append') this.#spoken = undefined
    const session = event.get('session')
    const item = event.get('item')
    if (type === 'input_audio_buffer.append') this.#append(event)
    else if (session?.kind === 'object') this.takeSession(session)
    else if (type === 'conversation.item.create' && item) this.#messages.push(readItem(item))
    else if (event.get('response') !== undefined) {
      this.#parameters.push({ name: type, value: event.locatedRaw() })
    } else if (!SILENT.has(type)) {
      const part: ContentPart = { ...unknownPart(event), item: event.at }
      this.#messages.push({ role: type || 'event', at: event.at, parts: [part] })
    }
  }

  takeSession(session: JsonNode): void {
    for (const { key, value } of session.effectiveMembers()) {
      if (key === 'instructions' && value.string()) this.#instructions.push(textMessage('system', value))
      else if (key === 'tools' && value.kind === 'array') this.#tools = [...value.items()].map(readTool)
      else this.#parameters.push({ name: key, value: value.locatedRaw() })
    }
  }

  takeParameter(name: string, value: JsonNode): void {
    this.#parameters.push({ name, value: value.locatedRaw() })
  }

  #append(event: JsonNode): void {
    const data = event.get('audio')?.locatedString()
    const part: ContentPart = { ...(data ? { kind: 'audio', data } : unknownPart(event)), item: event.at }
    if (this.#spoken === undefined) {
      this.#spoken = [part]
      this.#messages.push({ role: 'user', at: event.at, parts: this.#spoken })
    } else this.#spoken.push(part)
  }

  conversation(body: JsonNode): Conversation {
    const messages = [...this.#instructions, ...this.#messages]
    return { at: body.at, messages, tools: this.#tools, parameters: this.#parameters }
  }
}

export function readRealtimeRequest(body: JsonNode): Conversation {
  const session = new Session()
  if (body.kind === 'array') for (const event of body.items()) session.takeEvent(event)
  else if (/^\w+\.\w+/.test(body.get('type')?.string() ?? '')) session.takeEvent(body)
  else {
    const inner = body.get('session')
    if (inner?.kind === 'object') {
      for (const { key, value } of body.effectiveMembers()) {
        if (key !== 'session') session.takeParameter(key, value)
      }
    }
    session.takeSession(inner?.kind === 'object' ? inner : body)
  }
  return session.conversation(body)
}
