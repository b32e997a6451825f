/**
 * pydantic-ai's recordings of realtime sessions: YAML, the messages of one WebSocket.
 *
 * Spec: https://github.com/pydantic/pydantic-ai `tests/realtime`.
 * Supported: `interactions[]` of `{kind: message | close, direction: sent | received, data}`. What was received is the
 * chunks, the message that sets the session up the request.
 * Lost: the order between what was sent and what was received, and in the conversation all that was sent after the
 * session was set up: it is among the extras, with its position. The URL was never recorded.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { extrasOf, interactionOf } from './http-message.ts'
import { directionOf, readTranscript } from './transcript.ts'

function messagesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('interactions')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

export const pydanticAiWs: Container = {
  id: 'pydantic-ai-ws-yaml',
  label: 'pydantic-ai realtime recording',
  spec: 'https://github.com/pydantic/pydantic-ai/tree/main/tests/realtime',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const isOwn = messagesOf(root)
      .slice(0, 4)
      .some(
        (message) =>
          message.get('kind')?.kind === 'string' &&
          directionOf(message.get('direction')?.string()) !== undefined,
      )
    return isOwn
      ? { confidence: 0.96, because: '"interactions" with a "kind" and a "direction"' }
      : { confidence: 0, because: '' }
  },

  read(root, bodies) {
    const { chunks, opening, extras } = readTranscript(
      messagesOf(root).map((message) => {
        const isMessage = message.get('kind')?.string() === 'message'
        return {
          direction: isMessage ? directionOf(message.get('direction')?.string()) : undefined,
          data: (isMessage ? message.get('data') : undefined) ?? message,
        }
      }),
    )
    return {
      interactions: [
        interactionOf(
          {
            at: root,
            requestBody: opening,
            chunks,
            streaming: true,
            extras: [...extras, ...extrasOf(root, ['interactions'])],
          },
          bodies,
        ),
      ],
      diagnostics: [],
    }
  },
}
