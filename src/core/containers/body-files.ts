/**
 * Files that are one response body and nothing else: fixtures of provider bodies, streams saved as they came, streams
 * with their framing taken off. There is no request in them.
 *
 * Specs: server-sent events https://html.spec.whatwg.org/multipage/server-sent-events.html, NDJSON
 * https://github.com/ndjson/ndjson-spec, AWS event streams https://smithy.io/2.0/aws/amazon-eventstream.html.
 * Written by: prism, vercel/ai (`.chunks.txt`: the payload of one event a line), WireMock's `__files`, curl, people.
 * Supported: whatever a body can be. Lost: nothing; method, URL and status were never recorded.
 */
import type { FramingId } from '../cassette/cassette.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, Sniff } from './container.ts'

const NOT_THIS: Sniff = { confidence: 0, because: '' }

function bodyFile(
  id: string,
  label: string,
  spec: string,
  sniff: (root: JsonNode, framing: FramingId | undefined) => Sniff,
): Container {
  return {
    id,
    label,
    spec,
    sniff: (root, { syntax, framing }) => (syntax === 'body' ? sniff(root, framing) : NOT_THIS),
    read(root, bodies) {
      const chunks = bodies.frame(root)
      return {
        interactions: [
          {
            at: root.at,
            request: { headers: [], extras: [] },
            requestBody: undefined,
            response: { streaming: chunks.framing !== 'whole' },
            chunks,
            extras: [],
          },
        ],
        diagnostics: [],
      }
    },
  }
}

export const rawSse = bodyFile(
  'raw-sse',
  'Stream of server-sent events',
  'https://html.spec.whatwg.org/multipage/server-sent-events.html',
  (_root, framing) =>
    framing === 'sse' ? { confidence: 0.9, because: 'the text consists of server-sent events' } : NOT_THIS,
)

export const awsEventStream = bodyFile(
  'aws-event-stream',
  'AWS event stream',
  'https://smithy.io/2.0/aws/amazon-eventstream.html',
  (_root, framing) =>
    framing === 'aws-event-stream'
      ? { confidence: 0.9, because: 'the bytes are frames of an AWS event stream' }
      : NOT_THIS,
)

/** Ollama streams lines of JSON; an API that streams events never does. */
function isLineProtocol(first: JsonNode | undefined): boolean {
  return (
    first?.get('created_at') !== undefined &&
    first.get('model') !== undefined &&
    first.get('type') === undefined
  )
}

export const ndjson = bodyFile(
  'ndjson',
  'Lines of JSON',
  'https://github.com/ndjson/ndjson-spec',
  (root, framing) => {
    if (framing !== 'ndjson') return NOT_THIS
    const isOwn = isLineProtocol(root.item(0))
    return { confidence: isOwn ? 0.9 : 0.4, because: 'every line is a JSON value of its own' }
  },
)

export const vercelChunksTxt = bodyFile(
  'vercel-chunks-txt',
  'Payloads of a stream, one a line',
  'https://github.com/vercel/ai/tree/main/packages/openai/src/__fixtures__',
  (root, framing) => {
    if (framing !== 'ndjson' || isLineProtocol(root.item(0))) return NOT_THIS
    return { confidence: 0.5, because: 'every line is the payload of one event, without its "data:"' }
  },
)
