/**
 * opencode's http-recorder: JSON, `interactions[]` over HTTP or WebSocket.
 *
 * Spec: https://github.com/anomalyco/opencode `packages/http-recorder` (format version 1).
 * Supported: HTTP with bodies as text or base64 (`bodyEncoding`); sockets in both shapes, `{open, client, server}` and
 * `{open, events: [{direction, kind, body}]}`; the first files, which have no `transport`.
 * Lost: in the older shape of sockets nobody recorded what came before what. Nothing else.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody, StoredInteraction } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf, missingParts } from './http-message.ts'
import { directionOf, readTranscript, type TranscriptMessage } from './transcript.ts'

function entriesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('interactions')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

function isSocket(entry: JsonNode): boolean {
  return entry.get('transport')?.string() === 'websocket' || entry.get('open') !== undefined
}

interface Frame {
  readonly direction: TranscriptMessage['direction']
  /** The text of the message, or the whole entry where it has none. */
  readonly data: JsonNode
  readonly isBinary: boolean
}

function framesOf(entry: JsonNode): readonly Frame[] {
  const frame = (item: JsonNode, direction: Frame['direction']): Frame => ({
    direction,
    data: item.get('body') ?? item.get('data') ?? item,
    isBinary: item.get('kind')?.string() === 'binary' || item.get('bodyEncoding')?.string() === 'base64',
  })
  const listed = (key: string): readonly JsonNode[] => [...(entry.get(key)?.items() ?? [])]
  return [
    ...listed('events').map((item) => frame(item, directionOf(item.get('direction')?.string()))),
    ...listed('client').map((item) => frame(item, 'sent')),
    ...listed('server').map((item) => frame(item, 'received')),
  ]
}

function storedBodiesOf(entry: JsonNode): readonly StoredBody[] {
  if (isSocket(entry)) {
    return framesOf(entry).flatMap(({ data, isBinary }) =>
      data.kind === 'string' ? bodyIn(data, isBinary ? { encoding: 'base64' } : {}) : [],
    )
  }
  return ['request', 'response'].flatMap((side): readonly StoredBody[] => {
    const body = entry.path(side, 'body')
    if (body?.kind !== 'string') return []
    const contentEncoding = contentEncodingOf(entry.path(side, 'headers'))
    return bodyIn(body, {
      ...(entry.path(side, 'bodyEncoding')?.string() === 'base64' && { encoding: 'base64' }),
      ...(contentEncoding !== undefined && { contentEncoding }),
    })
  })
}

function readSocket(entry: JsonNode, bodies: StoredBodies): StoredInteraction {
  const open = entry.get('open')
  const { chunks, opening, extras } = readTranscript(framesOf(entry))
  return interactionOf(
    {
      at: entry,
      url: open?.get('url'),
      requestHeaders: open?.get('headers'),
      requestBody: opening,
      requestExtras: extrasOf(open, ['url', 'headers'], 'open.'),
      chunks,
      streaming: true,
      extras: [...extras, ...extrasOf(entry, ['open', 'events', 'client', 'server'])],
    },
    bodies,
  )
}

function readCall(entry: JsonNode, bodies: StoredBodies): StoredInteraction {
  const request = entry.get('request')
  const response = entry.get('response')
  return interactionOf(
    {
      at: entry,
      method: request?.get('method'),
      url: request?.get('url'),
      requestHeaders: request?.get('headers'),
      requestBody: request?.get('body'),
      requestExtras: extrasOf(request, ['method', 'url', 'headers', 'body']),
      status: response?.get('status'),
      responseHeaders: response?.get('headers'),
      responseBody: response?.get('body'),
      extras: [
        ...extrasOf(entry, ['request', 'response']),
        ...extrasOf(response, ['status', 'headers', 'body'], 'response.'),
      ],
    },
    bodies,
  )
}

export const opencodeRecorder: Container = {
  id: 'opencode-http-recorder',
  label: 'opencode recording',
  spec: 'https://github.com/anomalyco/opencode/tree/dev/packages/http-recorder',

  sniff(root, { syntax }) {
    if (syntax !== 'json') return { confidence: 0, because: '' }
    const entries = entriesOf(root)
    const named = entries.find((entry) => entry.get('transport')?.kind === 'string')
    if (named !== undefined) {
      const transport = named.get('transport')?.string()
      return { confidence: 0.95, because: `"interactions" with "transport": "${transport}"` }
    }
    const isPlain = entries.some(
      (entry) =>
        entry.path('request', 'url') !== undefined && entry.path('response', 'status')?.kind === 'number',
    )
    if (isPlain && root.get('version')?.number() === 1) {
      return { confidence: 0.85, because: 'version 1 and "interactions" with a "url" and a "status"' }
    }
    return { confidence: 0, because: '' }
  },

  bodies: (root) => entriesOf(root).flatMap(storedBodiesOf),

  read: (root, bodies) => ({
    interactions: entriesOf(root).map((entry) =>
      isSocket(entry) ? readSocket(entry, bodies) : readCall(entry, bodies),
    ),
    diagnostics: entriesOf(root)
      .filter((entry) => !isSocket(entry))
      .flatMap(missingParts),
  }),
}
