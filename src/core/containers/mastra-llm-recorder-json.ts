/**
 * Mastra's LLM recorder: JSON, with the pieces of each stream as they came from the network, and when.
 *
 * Spec: https://github.com/mastra-ai/mastra `packages/_llm-recorder/src/llm-recorder.ts`.
 * Supported: the list of recordings and `{meta, recordings}`; bodies as JSON or text; `chunks` with `chunkTimings`
 * (milliseconds since the piece before).
 * Lost: where a piece ends within an event (then the stream is read as a whole, and times are shown only where there
 * is one event a piece). A body in another file (`binaryArtifact`) is named by a note.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { Framed } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody } from './container.ts'
import { bodyIn, extrasOf, interactionOf } from './http-message.ts'
import { joinPieces } from './network-pieces.ts'

function recordingsOf(root: JsonNode): readonly JsonNode[] {
  const list = root.kind === 'array' ? root : root.get('recordings')
  return [...(list?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

const END = /(?:\r\n\r\n|\n\n)$/

/** Whether each piece consists of whole events, and some of several: then each is unpacked by itself. */
function areBatches(pieces: readonly JsonNode[]): boolean {
  const texts = pieces.map((piece) => piece.string() ?? '')
  return (
    texts.every((text) => END.test(text)) &&
    texts.some((text) => /\r?\n\r?\n(?=[^\r\n])/.test(text.trimEnd()))
  )
}

function storedBodiesOf(recording: JsonNode): readonly StoredBody[] {
  const response = recording.get('response')
  const body = response?.get('body')
  const request = recording.path('request', 'body')
  const chunks = response?.get('chunks')
  const pieces = [...(chunks?.items() ?? [])]
  return [
    ...(request?.kind === 'string' ? bodyIn(request) : []),
    ...(body?.kind === 'string' ? bodyIn(body) : []),
    ...(areBatches(pieces)
      ? pieces.flatMap((at) => bodyIn(at))
      : pieces.length > 0 && chunks && pieces.every(({ kind }) => kind === 'string')
        ? [{ at: chunks, separator: '' }]
        : []),
  ]
}

/** Delays as times since the stream began. */
function timesOf(response: JsonNode | undefined): readonly number[] | undefined {
  const delays = [...(response?.get('chunkTimings')?.items() ?? [])].map((delay) => delay.number())
  if (delays.length === 0 || delays.some((delay) => delay === undefined || delay < 0)) return undefined
  let time = 0
  return delays.map((delay) => {
    time += delay ?? 0
    return time
  })
}

function chunksOf(response: JsonNode | undefined, bodies: StoredBodies): Framed | undefined {
  const chunks = response?.get('chunks')
  if (chunks === undefined) return undefined
  const times = timesOf(response)
  if (bodies.isStored(chunks)) {
    const framed = bodies.frame(chunks)
    // "[DONE]" comes in a piece and is no chunk
    const isOneEach = times && (times.length === framed.ids.length || times.length === framed.ids.length + 1)
    return isOneEach ? { ...framed, times: Float64Array.from(times.slice(0, framed.ids.length)) } : framed
  }
  // a piece that only keeps the connection open says nothing
  const pieces = [...chunks.items()].map((piece) =>
    piece.string()?.startsWith(':') ? bodies.frame(undefined) : bodies.frame(piece),
  )
  return joinPieces(pieces, times)
}

function problemsOf(recording: JsonNode): readonly Diagnostic[] {
  const file = recording.path('response', 'binaryArtifact')
  if (file === undefined || file.isNull) return []
  const name = file.string() ?? file.get('path')?.string() ?? file.get('file')?.string() ?? 'another file'
  return [
    {
      severity: 'info',
      code: 'body-elsewhere',
      message: `The body of this response is in another file: "${name}".`,
      span: { start: file.start, end: file.end },
    },
  ]
}

export const mastraRecorder: Container = {
  id: 'mastra-llm-recorder-json',
  label: 'Mastra LLM recording',
  spec: 'https://github.com/mastra-ai/mastra/tree/main/packages/_llm-recorder',

  sniff(root, { syntax }) {
    if (syntax !== 'json') return { confidence: 0, because: '' }
    const own = recordingsOf(root).find(
      (each) => each.get('hash')?.kind === 'string' && each.path('request', 'url') !== undefined,
    )
    if (own === undefined) return { confidence: 0, because: '' }
    const chunks = own.path('response', 'chunks') === undefined ? '' : ', the response in "chunks"'
    return { confidence: 0.95, because: `recordings with a "hash", a "request" and a "response"${chunks}` }
  },

  bodies: (root) => recordingsOf(root).flatMap(storedBodiesOf),

  read(root, bodies) {
    const recordings = recordingsOf(root)
    return {
      interactions: recordings.map((recording) => {
        const request = recording.get('request')
        const response = recording.get('response')
        const chunks = chunksOf(response, bodies)
        return interactionOf(
          {
            at: recording,
            method: request?.get('method'),
            url: request?.get('url'),
            requestHeaders: request?.get('headers'),
            requestBody: request?.get('body'),
            requestExtras: extrasOf(request, ['method', 'url', 'headers', 'body']),
            status: response?.get('status'),
            responseHeaders: response?.get('headers'),
            responseBody: response?.get('body'),
            chunks,
            streaming: response?.get('isStreaming')?.boolean() ?? chunks !== undefined,
            extras: [
              ...extrasOf(recording, ['request', 'response']),
              ...extrasOf(response, ['status', 'headers', 'body', 'chunks', 'chunkTimings'], 'response.'),
              ...extrasOf(root, ['recordings']),
            ],
          },
          bodies,
        )
      }),
      diagnostics: recordings.flatMap(problemsOf),
    }
  },
}
