/**
 * Mastra's LLM recorder: JSON, with the pieces of each stream as they came from the network, and when.
 *
 * Spec: https://github.com/mastra-ai/mastra `packages/_llm-recorder/src/llm-recorder.ts`.
 * Supported: the list of recordings and `{meta, recordings}`; bodies as JSON or text; `chunks` with `chunkTimings`
 * (milliseconds since the piece before).
 * Lost: how a stream was cut into pieces is seen only by the times. A body in another file (`binaryArtifact`) is named by
 * a note.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { readSse } from '../framing/sse.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBody } from './container.ts'
import { bodyIn, extrasOf, interactionOf, missingParts } from './http-message.ts'

function recordingsOf(root: JsonNode): readonly JsonNode[] {
  const list = root.kind === 'array' ? root : root.get('recordings')
  return [...(list?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

/** A body with the time of each of its chunks, in milliseconds. */
interface TimedBody extends StoredBody {
  readonly times?: Float64Array
}

function storedBodiesOf(recording: JsonNode): readonly TimedBody[] {
  const response = recording.get('response')
  const body = response?.get('body')
  const request = recording.path('request', 'body')
  return [
    ...(request?.kind === 'string' ? bodyIn(request) : []),
    ...(body?.kind === 'string' ? bodyIn(body) : []),
    ...storedChunks(response),
  ]
}

function storedChunks(response: JsonNode | undefined): readonly TimedBody[] {
  const at = response?.get('chunks')
  const pieces = [...(at?.items() ?? [])]
  if (at === undefined || pieces.length === 0 || pieces.some(({ kind }) => kind !== 'string')) return []
  const times = eventTimes(
    pieces.map((piece) => piece.string() ?? ''),
    timesOf(response),
  )
  return [{ at, separator: '', ...(times && { times }) }]
}

/** An event came when the piece came in which it ends. */
function eventTimes(
  pieces: readonly string[],
  times: readonly number[] | undefined,
): Float64Array | undefined {
  if (times === undefined || times.length !== pieces.length) return undefined
  let length = 0
  const ends = pieces.map((piece) => {
    length += piece.length
    return length
  })
  let at = 0
  return Float64Array.from(readSse(pieces.join('')), ({ data }) => {
    const end = data.at(-1)?.end ?? 0
    while (at < ends.length - 1 && (ends[at] ?? 0) < end) at++
    return times[at] ?? 0
  })
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
        const pieces = response?.get('chunks')
        const chunks = pieces && bodies.frame(pieces)
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
      diagnostics: recordings.flatMap((each) => [...missingParts(each), ...problemsOf(each)]),
    }
  },
}
