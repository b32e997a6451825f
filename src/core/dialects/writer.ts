/**
 * Writer's chat (Palmyra): OpenAI's chat completions, with members of its own, told by the host.
 *
 * Spec: https://dev.writer.com/api-reference/completion-api/chat-completion.
 * Supported: all that OpenAI's chat says. A streamed chunk says its piece twice, in `delta` and in `message`: the
 * text counts once and both are edited. `graph_data` and the like say nothing while nothing stands in them.
 * Lost: nothing.
 *
 * Dialects do not know each other: `index.ts` hands in the chat.
 */
import { addressOf, isHollow } from '../cassette/payload.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

/** The same text in the choice's `message`. */
function twinOf(chunk: JsonNode, index: number, text: JsonNode): JsonNode | undefined {
  for (const choice of chunk.get('choices')?.items() ?? []) {
    if ((choice.get('index')?.number() ?? 0) !== index) continue
    const written = choice.path('message', 'content')
    const isOther = written?.kind === 'string' && written.id !== text.id
    if (isOther && written.raw === text.raw) return written
  }
  return undefined
}

export function writerChat(chat: Dialect): Dialect {
  return {
    id: 'writer',
    label: 'Writer chat',
    spec: 'https://dev.writer.com/api-reference/completion-api/chat-completion',

    sniff(request, body) {
      const { host, path } = addressOf(request)
      if (/(?:^|\.)writer\.com$/.test(host) && path.endsWith('/chat') && body?.get('messages')) {
        return { confidence: 1, because: `the URL is the chat of ${host}` }
      }
      return { confidence: 0, because: '' }
    },

    readRequest: chat.readRequest,
    ...(chat.requestEdits && { requestEdits: chat.requestEdits }),
    // no edits of chunks: the chat's would leave the text in `message` as it was

    readChunk(chunk, say, event) {
      chat.readChunk(
        chunk,
        (delta) => {
          if (delta.kind === 'unknown' && delta.json.id !== chunk.id && isHollow(delta.json)) return
          const twin = delta.kind === 'text' ? twinOf(chunk, delta.choice, delta.text) : undefined
          say(delta.kind === 'text' && twin ? { ...delta, twin } : delta)
        },
        event,
      )
    },
  }
}
