/**
 * Llama Stack / OGX recordings: one JSON object a file, one request and its whole response.
 *
 * Spec: https://github.com/ogx-ai/ogx `src/ogx/testing/api_recorder.py` (read at d1b663294, 2026-05-07).
 * Written by: that recorder, `json.dump(obj, f, indent=2, default=str)` and a newline.
 * Supported: `{test_id?, request, response, id_normalization_mapping?}` of every era since 2025-07-29;
 * request kinds SDK call (`body`), raw HTTP (`payload`), tool call (`kwargs`), file processor; response
 * bodies typed (`__type__`/`__data__`), lists of them, plain objects, lists of plain objects or of SSE lines,
 * null with an exception.
 * Lost: nothing; what is not understood is listed in `extras` or shown as raw JSON chunks.
 */
import type { Extra, Header, RecordedException, RecordedRequest } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { type Framed, frameObjectList, frameWhole, NO_CHUNKS } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Located } from '../text/address.ts'
import type { Container, StoredBodies } from './container.ts'
import { failMidStream, failWith } from './llama-stack-json-faults.ts'

const REQUEST_BODY_KEYS = ['body', 'payload', 'kwargs'] as const

/** pydantic objects are stored as `{"__type__": class path, "__data__": fields}`. */
function unwrapTyped(node: JsonNode): JsonNode {
  return node.get('__type__') === undefined ? node : (node.get('__data__') ?? node)
}

function requestBody(request: JsonNode): JsonNode | undefined {
  for (const key of REQUEST_BODY_KEYS) {
    const body = request.get(key)
    if (body !== undefined) return body
  }
  return undefined
}

function readHeaders(headers: JsonNode | undefined): readonly Header[] {
  return [...(headers?.effectiveMembers() ?? [])].map(({ key, value }) => ({
    name: key,
    value: value.locatedString() ?? value.locatedRaw(),
  }))
}

function readRequest(request: JsonNode): RecordedRequest {
  const method = request.get('method')?.locatedString()
  const url = request.get('url')?.locatedString()
  const body = requestBody(request)
  const model = (body?.get('model') ?? request.get('model'))?.locatedString()
  // only the one body that is read stands elsewhere
  const bodyKey = REQUEST_BODY_KEYS.find((key) => request.get(key) !== undefined)
  const known = new Set<string>(['method', 'url', 'headers', ...(bodyKey ? [bodyKey] : [])])
  const extras = readExtras(request, '', known)
  return {
    ...(method && { method }),
    ...(url && { url }),
    headers: readHeaders(request.get('headers')),
    ...(model && { model }),
    ...(body && { body: body.locatedRaw() }),
    extras,
  }
}

/** See exception_utils.py: `exception_data {category, ...}`; before 2026-01 only `exception_message`. */
function readException(response: JsonNode): RecordedException | undefined {
  if (response.get('is_exception')?.boolean() !== true) return undefined
  const data = response.get('exception_data')
  const details = data?.kind === 'object' ? data : undefined
  const message = (details?.get('message') ?? response.get('exception_message'))?.locatedString()
  const status = details?.get('status_code')
  return {
    type: details?.get('type')?.string() ?? details?.get('category')?.string() ?? 'exception',
    ...(message && { message }),
    ...(status && !status.isNull && { status: status.locatedRaw() }),
    ...(details && { json: details.locatedRaw() }),
  }
}

/**
 * "is_streaming" stands behind the body, so a file that breaks off does not have it: then a list is a stream when
 * the request asked for one or the items say that they are chunks.
 */
function isStreaming(request: JsonNode, response: JsonNode | undefined): boolean {
  const said = response?.get('is_streaming')?.boolean()
  if (said !== undefined) return said
  const body = response?.get('body')
  if (body?.kind !== 'array') return false
  const type = body.item(0)?.get('__type__')?.string() ?? ''
  return requestBody(request)?.get('stream')?.boolean() === true || type.endsWith('Chunk')
}

/** Raw HTTP streams (Messages, Interactions) are recorded as the list of the stream's lines. */
function isLines(body: JsonNode | undefined): body is JsonNode {
  return body?.kind === 'array' && body.item(0)?.kind === 'string' && body.item(1)?.kind === 'string'
}

/** A list body alone does not mean a stream: model lists are lists of typed objects, `is_streaming` false. */
function frameBody(body: JsonNode | undefined, streaming: boolean, bodies: StoredBodies): Framed {
  if (body === undefined || body.isNull) return NO_CHUNKS
  if (bodies.isStored(body)) return bodies.frame(body)
  if (streaming && body.kind === 'array') return frameObjectList(body, unwrapTyped)
  return frameWhole(unwrapTyped(body))
}

const KNOWN_ROOT = new Set(['test_id', 'request', 'response'])
const KNOWN_RESPONSE = new Set([
  'body',
  'status',
  'is_streaming',
  'is_exception',
  'exception_data',
  'exception_message',
])

function readExtras(
  owner: JsonNode | undefined,
  prefix: string,
  known: ReadonlySet<string>,
): readonly Extra[] {
  return [...(owner?.effectiveMembers() ?? [])]
    .filter(({ key }) => !known.has(key))
    .map(({ key, value }) => ({ name: prefix + key, value: value.locatedRaw() }))
}

/** The Python class of the body, or of the first of its items. */
function bodyType(response: JsonNode | undefined): readonly Extra[] {
  const body = response?.get('body')
  const type = (body?.kind === 'array' ? body.item(0) : body)?.get('__type__')
  return type === undefined ? [] : [{ name: '__type__', value: type.locatedRaw() }]
}

function readTestId(root: JsonNode): Located<string> | undefined {
  return (root.get('test_id') ?? root.path('request', 'test_id'))?.locatedString()
}

export const llamaStackJson: Container = {
  id: 'llama-stack-json',
  label: 'Llama Stack / OGX recording',
  spec: 'https://github.com/ogx-ai/ogx/blob/main/src/ogx/testing/api_recorder.py',

  edits: { failWith, failMidStream },

  sniff(root, { syntax }) {
    if (syntax !== 'json') return { confidence: 0, because: '' }
    const request = root.get('request')
    const response = root.get('response')
    if (request?.kind !== 'object' || response?.kind !== 'object') {
      return { confidence: 0, because: 'no "request" and "response" objects at the top level' }
    }
    const body = REQUEST_BODY_KEYS.find((key) => request.get(key) !== undefined)
    if (response.get('is_streaming') !== undefined || response.get('is_exception') !== undefined) {
      return {
        confidence: 1,
        because: `top-level "request" and "response" with "is_streaming"${body ? `, request "${body}"` : ''}`,
      }
    }
    if (body !== undefined && response.get('body') !== undefined) {
      return { confidence: 0.6, because: `top-level "request" with "${body}" and "response" with "body"` }
    }
    return { confidence: 0.1, because: 'top-level "request" and "response", but no body in either' }
  },

  bodies(root) {
    const body = root.path('response', 'body')
    return isLines(body) ? [{ at: body, separator: '\n' }] : []
  },

  read(root, bodies) {
    const diagnostics: Diagnostic[] = []
    const request = root.get('request')
    const response = root.get('response')
    if (request?.kind !== 'object') return { interactions: [], diagnostics }
    const streaming = isStreaming(request, response)
    const chunks = frameBody(response?.get('body'), streaming, bodies)
    const exception = response && readException(response)
    if (response === undefined) {
      diagnostics.push({
        severity: 'warning',
        code: 'no-response',
        message: 'This recording has a request but no response.',
        span: { start: root.start, end: root.end },
      })
    }
    const status = response?.get('status')
    const testId = readTestId(root)
    return {
      interactions: [
        {
          at: root.at,
          request: readRequest(request),
          requestBody: requestBody(request),
          response: {
            streaming,
            ...(status && { status: status.locatedRaw() }),
            ...(exception && { exception }),
          },
          chunks,
          extras: [
            ...readExtras(root, '', KNOWN_ROOT),
            ...readExtras(response, 'response.', KNOWN_RESPONSE),
            ...bodyType(response),
          ],
          ...(testId && { testId }),
        },
      ],
      diagnostics,
      ...(chunks.framing === 'sse' && { variant: '/sse-lines' }),
    }
  },
}
