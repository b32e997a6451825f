/** Requests and responses as vcr.py writes them: what its serializers, and those of others, have in common. */
import type { Extra } from '../cassette/cassette.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, type Exchange, extrasOf, headerBodies } from './http-message.ts'

/** The members that a body can be; `parsed_body` stands beside what it was made from, and is what is replayed. */
export function bodyOf(message: JsonNode | undefined): JsonNode | undefined {
  const parsed = message?.get('parsed_body') ?? message?.path('body', 'parsed_body')
  if (parsed !== undefined) return parsed
  const body = message?.get('body') ?? message?.get('content')
  if (body?.kind !== 'object') return body
  return body.get('string') ?? body.get('base64_string') ?? body
}

function bodyKeys(message: JsonNode | undefined): readonly string[] {
  return message?.get('parsed_body') === undefined ? ['body', 'content'] : ['parsed_body']
}

function storedBodyOf(message: JsonNode | undefined): readonly StoredBody[] {
  const at = bodyOf(message)
  if (at === undefined || (at.kind === 'array' && at.item(0)?.kind !== 'string')) return []
  const isBase64 = message?.path('body', 'string') === undefined && message?.path('body', 'base64_string')
  const contentEncoding = contentEncodingOf(message?.get('headers'))
  return bodyIn(at, {
    ...(isBase64 && { encoding: 'base64' }),
    ...(contentEncoding !== undefined && { contentEncoding }),
  })
}

/** All that vcr.py may have written in other ways than as the text that it is. */
export function storedBodiesOf(
  request: JsonNode | undefined,
  response: JsonNode | undefined,
): readonly StoredBody[] {
  return [...storedBodyOf(request), ...headerBodies(request?.get('headers')), ...storedBodyOf(response)]
}

export function exchangeOf(
  at: JsonNode,
  request: JsonNode | undefined,
  response: JsonNode | undefined,
): Exchange & { readonly extras: readonly Extra[] } {
  const requestBody = bodyOf(request)
  const responseBody = bodyOf(response)
  return {
    at,
    method: request?.get('method'),
    url: request?.get('uri') ?? request?.get('path'),
    requestHeaders: request?.get('headers'),
    requestBody,
    requestExtras: extrasOf(request, [
      'method',
      'uri',
      'headers',
      ...bodyKeys(request),
      ...(request?.get('uri') ? [] : ['path']),
    ]),
    status: response?.get('status') ?? response?.get('status_code'),
    responseHeaders: response?.get('headers'),
    responseBody,
    extras: [...extrasOf(response, ['status', 'status_code', 'headers', ...bodyKeys(response)], 'response.')],
  }
}
