/**
 * Transcripts of the Claude Agent SDK (and of Claude Code, whose sessions are the same lines): a message a chunk.
 *
 * Spec: https://docs.claude.com/en/api/agent-sdk/typescript#message-types.
 * Supported: the assistant's messages with Anthropic content blocks (text, thinking, tool calls, server tools), what
 * tools answered and the user said (as notes), the session's beginning, results, usage, errors.
 * Lost: nothing; what is not read here is said as `unknown`. All turns of a session are one answer, in which each
 * message's text is a part of its own. Partial messages (`stream_event`) repeat what then comes whole.
 */
import { type Conversation, EMPTY_CONVERSATION, type Message } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { numberOf, sayNote } from './members.ts'
import { messageOf } from './request-values.ts'
import { filled, given, type Say, sayError } from './saying.ts'

/** The ways to name a session or a message of it: the SDK's and Claude Code's. */
const SESSION = ['session_id', 'sessionId', 'uuid', 'request_id', 'parent_tool_use_id']

const TYPES = ['system', 'assistant', 'user', 'result', 'control_response', 'control_request', 'stream_event']

/** A text's number: from the message's name, so that texts of different messages stay apart. */
function partOf(message: JsonNode, block: number): number {
  const name = message.get('uuid')?.string() ?? message.path('message', 'id')?.string()
  return name === undefined ? message.id + block : numberOf(`${name} ${block}`)
}

function readBlock(block: JsonNode, part: number, say: Say): void {
  const type = block.get('type')?.string()
  const text = block.get('text')
  const thinking = block.get('thinking')
  if (type === 'text' && text?.kind === 'string') {
    say({ kind: 'text', choice: 0, part, text })
    sayNote('citations', block.get('citations'), say)
  } else if (type === 'thinking' && thinking?.kind === 'string') {
    say({ kind: 'reasoning', choice: 0, part, text: thinking })
    sayNote('signature', block.get('signature'), say)
  } else if (type === 'tool_use') {
    const [id, name] = [given(block.get('id')), given(block.get('name'))]
    say({ kind: 'tool-call', choice: 0, id, name, wholeArguments: given(block.get('input')) })
  } else if (type !== undefined) {
    sayNote(type.replaceAll('_', ' '), block, say)
  } else {
    say({ kind: 'unknown', why: 'content block', json: block })
  }
}

function sayUsage(usage: JsonNode | undefined, say: Say): void {
  if (usage === undefined) return
  say({
    kind: 'usage',
    usage,
    counts: {
      inputTokens: usage.get('input_tokens'),
      outputTokens: usage.get('output_tokens'),
      cachedInputTokens: usage.get('cache_read_input_tokens'),
    },
  })
}

function readAssistant(line: JsonNode, say: Say): void {
  const message = line.get('message')
  const role = message?.get('role')
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  const content = message?.get('content')
  if (content?.kind === 'string') say({ kind: 'text', choice: 0, part: partOf(line, 0), text: content })
  let block = 0
  for (const each of content?.items() ?? []) readBlock(each, partOf(line, block++), say)
  sayUsage(filled(message?.get('usage')), say)
  const reason = message?.get('stop_reason')
  if (reason?.string()) say({ kind: 'stop', choice: 0, reason })
  const error = filled(line.get('error'))
  if (error !== undefined) sayError(error, say)
}

/** The result repeats the last text; what it adds is how the session ended, and what it cost. */
function readResult(line: JsonNode, say: Say): void {
  sayUsage(filled(line.get('usage')), say)
  const reason = filled(line.get('stop_reason')) ?? line.get('subtype')
  if (reason?.string()) say({ kind: 'stop', choice: 0, reason })
  if (line.get('is_error')?.boolean() === true) {
    const error = filled(line.get('result')) ?? filled(line.get('errors')) ?? line
    say({ kind: 'error', error, message: error.string() ?? line.get('subtype')?.string() ?? 'error' })
  }
}

/** What the SDK was asked: recorders write a prompt, or the messages that were sent to it. */
function readRequest(body: JsonNode): Conversation {
  const messages: Message[] = []
  const parameters = [...body.effectiveMembers()].flatMap(({ key, value }) => {
    const message = key === 'prompt' ? messageOf('user', value) : undefined
    if (message === undefined) return [{ name: key, value: value.locatedRaw() }]
    messages.push(message)
    return []
  })
  return body.kind === 'object' ? { at: body.at, messages, tools: [], parameters } : EMPTY_CONVERSATION
}

export const claudeAgentSdk: Dialect = {
  id: 'claude-agent-sdk',
  label: 'Claude Agent SDK transcript',
  spec: 'https://docs.claude.com/en/api/agent-sdk/typescript',

  sniff(_request, _body, first) {
    const type = first?.get('type')?.string() ?? ''
    const named = SESSION.find((key) => first?.get(key) !== undefined)
    const isControl = type.startsWith('control_') && first?.get('response') !== undefined
    if (TYPES.includes(type) && (named !== undefined || isControl)) {
      return { confidence: 0.98, because: `the lines say type "${type}" with ${named ?? 'a response'}` }
    }
    return { confidence: 0, because: '' }
  },

  readRequest,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    const type = chunk.get('type')?.string()
    switch (type) {
      case 'assistant':
        readAssistant(chunk, say)
        return
      case 'result':
        readResult(chunk, say)
        return
      case 'user':
        sayNote('user', chunk.path('message', 'content') ?? chunk, say)
        return
      case 'system':
        sayNote(`system ${chunk.get('subtype')?.string() ?? ''}`.trim(), chunk, say)
        return
      case 'control_response':
      case 'control_request':
        sayNote(type.replace('_', ' '), chunk, say)
        return
      default:
        say({ kind: 'unknown', why: type ?? 'no type', json: chunk })
    }
  },
}
