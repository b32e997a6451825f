/**
 * cassetter cassettes, format 1: HTTP, gRPC and WebSocket in one YAML file.
 *
 * Spec: https://github.com/Kludex/cassetter `go/testdata/conformance/format`.
 * Supported: bodies `{type: json | text | binary | none, content}` (binary is hex); frames of sockets with `offset_ms`;
 * gRPC calls by their `json_debug`.
 * Lost: the protobuf of gRPC bodies is shown as the bytes that it is; `json_debug` is a copy for readers: a note says
 * that an edit of it is not replayed.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { frameWhole } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody, StoredInteraction } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'
import { directionOf, readTranscript } from './transcript.ts'

function listOf(root: JsonNode, key: string): readonly JsonNode[] {
  return [...(root.get(key)?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

function isTyped(body: JsonNode | undefined): boolean {
  return /^(?:json|text|binary|none)$/.test(body?.get('type')?.string() ?? '')
}

function storedBodyOf(message: JsonNode | undefined): readonly StoredBody[] {
  const body = message?.get('body')
  const content = body?.get('content')
  if (content?.kind !== 'string' || body?.get('type')?.string() === 'json') return []
  const contentEncoding = contentEncodingOf(message?.get('headers'))
  return bodyIn(content, {
    ...(body?.get('type')?.string() === 'binary' && { encoding: 'hex' }),
    ...(contentEncoding !== undefined && { contentEncoding }),
  })
}

function readCall(call: JsonNode, bodies: StoredBodies, isGrpc: boolean): StoredInteraction {
  const request = call.get('request')
  const response = call.get('response')
  const debug = isGrpc ? call.get('json_debug') : undefined
  const answer = debug?.get('response')
  const url = isGrpc ? 'method' : 'uri'
  const status = isGrpc ? 'status_code' : 'status'
  const headers = isGrpc ? 'metadata' : 'headers'
  return interactionOf(
    {
      at: call,
      method: isGrpc ? undefined : request?.get('method'),
      url: request?.get(url),
      requestHeaders: request?.get(headers),
      requestBody: debug?.get('request') ?? request?.path('body', 'content'),
      requestExtras: extrasOf(request, ['method', url, headers, ...(debug ? [] : ['body'])]),
      status: response?.get(status),
      responseHeaders: response?.get(headers),
      responseBody: answer ?? response?.path('body', 'content'),
      ...(answer && { chunks: frameWhole(answer), streaming: false }),
      extras: [
        ...extrasOf(call, ['request', 'response', ...(debug ? ['json_debug'] : [])]),
        ...extrasOf(response, [status, headers, ...(debug ? [] : ['body'])], 'response.'),
      ],
    },
    bodies,
  )
}

function readSocket(socket: JsonNode, bodies: StoredBodies): StoredInteraction {
  const { chunks, opening, extras } = readTranscript(
    listOf(socket, 'frames').map((frame) => {
      const isMessage = /^(?:text|binary)$/.test(frame.get('frame_type')?.string() ?? 'text')
      return {
        direction: isMessage ? directionOf(frame.get('direction')?.string()) : undefined,
        data: (isMessage ? frame.path('body', 'content') : undefined) ?? frame,
        time: frame.get('offset_ms')?.number(),
      }
    }),
  )
  return interactionOf(
    {
      at: socket,
      url: socket.get('uri'),
      requestHeaders: socket.get('headers'),
      requestBody: opening,
      chunks,
      streaming: true,
      extras: [...extras, ...extrasOf(socket, ['uri', 'headers', 'frames'])],
    },
    bodies,
  )
}

function problemsOf(call: JsonNode): readonly Diagnostic[] {
  const twin = call.get('json_debug')
  if (twin === undefined) return []
  return [
    {
      severity: 'info',
      code: 'twin',
      message: 'This gRPC call is shown by its "json_debug"; what is replayed are the bytes in "body".',
      span: { start: twin.start, end: twin.end },
    },
  ]
}

export const cassetter: Container = {
  id: 'cassetter-yaml-v1',
  label: 'cassetter cassette',
  spec: 'https://github.com/Kludex/cassetter',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const other = ['grpc_interactions', 'ws_interactions'].find((key) => root.get(key)?.kind === 'array')
    if (other !== undefined) return { confidence: 0.97, because: `"${other}" beside "interactions"` }
    const isOwn = listOf(root, 'interactions').some(
      (call) =>
        isTyped(call.path('request', 'body')) ||
        (isTyped(call.path('response', 'body')) && call.path('response', 'status')?.kind === 'number'),
    )
    return isOwn
      ? { confidence: 0.95, because: '"interactions" whose bodies have a "type" and a "content"' }
      : { confidence: 0, because: '' }
  },

  bodies: (root) => [
    ...['interactions', 'grpc_interactions']
      .flatMap((key) => listOf(root, key))
      .flatMap((call) => [...storedBodyOf(call.get('request')), ...storedBodyOf(call.get('response'))]),
    ...listOf(root, 'ws_interactions')
      .flatMap((socket) => listOf(socket, 'frames'))
      .flatMap(storedBodyOf),
  ],

  read(root, bodies) {
    const grpc = listOf(root, 'grpc_interactions')
    return {
      interactions: [
        ...listOf(root, 'interactions').map((call) => readCall(call, bodies, false)),
        ...grpc.map((call) => readCall(call, bodies, true)),
        ...listOf(root, 'ws_interactions').map((socket) => readSocket(socket, bodies)),
      ],
      diagnostics: grpc.flatMap(problemsOf),
    }
  },
}
