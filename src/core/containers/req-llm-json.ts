/**
 * Fixtures of ReqLLM (Elixir): one JSON object a file, the pieces of a stream in base64.
 *
 * Spec: https://github.com/agentjido/req_llm `test/support/transcript.ex`.
 * Supported: streams (`chunks[].b64`, or `events[]` of type "data"), answers (`response.body`, JSON or `{b64}`); the
 * request from `canonical_json`.
 * Lost: twins. What is replayed is the base64 of the response and the JSON of the request; the copies beside them
 * (`decoded`, `request.body.b64`) are for readers and stay as they are when the other is edited: a note says so.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { bodyIn, extrasOf, interactionOf } from './http-message.ts'
import { joinPieces } from './network-pieces.ts'

function piecesOf(root: JsonNode): readonly JsonNode[] {
  const list = root.get('chunks') ?? root.get('events')
  return [...(list?.items() ?? [])].flatMap((item) => item.get('b64') ?? [])
}

/** The answer of a call without a stream. */
function bodyOf(root: JsonNode): JsonNode | undefined {
  const body = root.path('response', 'body')
  return body?.get('b64') ?? body
}

function problemsOf(root: JsonNode): readonly Diagnostic[] {
  const twin = [...(root.get('chunks')?.items() ?? [])].find((item) => item.get('decoded') !== undefined)
  if (twin === undefined) return []
  return [
    {
      severity: 'info',
      code: 'twin',
      message:
        'Each piece of this stream is stored twice: an edit changes "b64", which is replayed, and leaves "decoded" as it is.',
      span: { start: twin.start, end: twin.end },
    },
  ]
}

export const reqLlm: Container = {
  id: 'req_llm-json',
  label: 'ReqLLM fixture',
  spec: 'https://github.com/agentjido/req_llm',

  sniff(root, { syntax }) {
    const isOwn =
      syntax === 'json' &&
      root.path('request', 'canonical_json') !== undefined &&
      (root.get('response') !== undefined || root.get('chunks') !== undefined)
    return isOwn
      ? { confidence: 0.97, because: '"request" with "canonical_json", "response" and base64 chunks' }
      : { confidence: 0, because: '' }
  },

  bodies(root) {
    const body = bodyOf(root)
    const canonical = root.path('request', 'canonical_json')
    const isBase64 = root.path('response', 'body', 'b64') !== undefined
    return [
      ...(canonical?.kind === 'string' ? bodyIn(canonical) : []),
      ...piecesOf(root).flatMap((at) => bodyIn(at, { encoding: 'base64' })),
      ...(body?.kind === 'string' ? bodyIn(body, isBase64 ? { encoding: 'base64' } : {}) : []),
    ]
  },

  read(root, bodies) {
    const request = root.get('request')
    const response = root.get('response')
    const pieces = piecesOf(root)
    const chunks = pieces.length > 0 ? joinPieces(pieces.map((piece) => bodies.frame(piece))) : undefined
    return {
      interactions: [
        interactionOf(
          {
            at: root,
            method: request?.get('method'),
            url: request?.get('url'),
            requestHeaders: request?.get('headers'),
            requestBody: request?.get('canonical_json'),
            requestExtras: extrasOf(request, ['method', 'url', 'headers', 'canonical_json']),
            status: response?.get('status'),
            responseHeaders: response?.get('headers'),
            responseBody: bodyOf(root),
            chunks,
            extras: [
              ...extrasOf(root, ['request', 'response', 'chunks', 'events']),
              ...extrasOf(response, ['status', 'headers', 'body'], 'response.'),
            ],
          },
          bodies,
        ),
      ],
      diagnostics: problemsOf(root),
    }
  },
}
