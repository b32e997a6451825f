/**
 * Transcripts of the Claude Agent SDK as tests keep them: what the SDK and its process said to each other.
 *
 * Spec: https://docs.claude.com/en/api/agent-sdk/typescript#message-types. Written by the tests of openinference (YAML,
 * `{messages: [...]}`, only what was received) and of logfire (JSON, `{metadata, messages: [{direction, message}]}`).
 * Supported: both. Lost: of several messages that were sent only the first is the request; the others are among the
 * extras, with their positions.
 */
import { type Framed, frameObjectList } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { extrasOf, interactionOf } from './http-message.ts'
import { directionOf, readTranscript } from './transcript.ts'

const TYPE = /^(?:system|assistant|user|result|control_request|control_response|stream_event)$/

function messagesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('messages')?.items() ?? [])]
}

/** A message of an API has a role, one of the SDK a type. */
function isOwn(message: JsonNode): boolean {
  const said = message.get('message')
  const isDirected = directionOf(message.get('direction')?.string()) !== undefined
  const inner = isDirected && said !== undefined ? said : message
  return inner.get('role') === undefined && TYPE.test(inner.get('type')?.string() ?? '')
}

export const claudeAgentSdkTranscript: Container = {
  id: 'claude-agent-sdk-transcript-yaml',
  label: 'Claude Agent SDK transcript',
  spec: 'https://docs.claude.com/en/api/agent-sdk/typescript',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const messages = messagesOf(root).slice(0, 6)
    if (messages.length === 0 || !messages.every(isOwn)) return { confidence: 0, because: '' }
    const types = new Set(
      messages.map((each) => (each.get('type') ?? each.path('message', 'type'))?.string()),
    )
    return { confidence: 0.9, because: `"messages" of the types ${[...types].join(', ')}` }
  },

  read(root, bodies) {
    const messages = messagesOf(root)
    const list = root.get('messages')
    const isDirected = messages.some((message) => message.get('direction') !== undefined)
    const transcript = isDirected
      ? readTranscript(
          messages.map((message) => ({
            direction: directionOf(message.get('direction')?.string()),
            data: message.get('message') ?? message,
          })),
        )
      : undefined
    const chunks: Framed | undefined = transcript?.chunks ?? (list && frameObjectList(list, (item) => item))
    return {
      interactions: [
        interactionOf(
          {
            at: root,
            requestBody: transcript?.opening,
            chunks,
            streaming: true,
            extras: [...(transcript?.extras ?? []), ...extrasOf(root, ['messages'])],
          },
          bodies,
        ),
      ],
      diagnostics: [],
    }
  },
}
