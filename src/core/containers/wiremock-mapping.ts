/**
 * WireMock stub mappings: what a request must look like, and the response that is then given.
 *
 * Spec: https://wiremock.org/docs/stubbing/, https://wiremock.org/docs/record-playback/.
 * Supported: one mapping, or `{mappings: [...]}`; `equalToJson` (text or JSON), `equalTo` and `binaryEqualTo` of the
 * body as the request; the response's `body`, `jsonBody`, `base64Body`.
 * Lost: a body in another file (`bodyFileName`) is not in this one: a note names it, and the file opens by itself.
 * Matchers are no values: what a header must be equal to is shown as its value, other matchers as they stand.
 */
import type { Header } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody, StoredInteraction } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf, missingParts } from './http-message.ts'

const URL_KEYS = ['url', 'urlPath', 'urlPattern', 'urlPathPattern', 'urlPathTemplate']

function mappingsOf(root: JsonNode): readonly JsonNode[] {
  const list = root.get('mappings')
  return list?.kind === 'array' ? [...list.items()] : [root]
}

function isMapping(mapping: JsonNode): boolean {
  const request = mapping.get('request')
  const response = mapping.get('response')
  if (request?.kind !== 'object' || response?.kind !== 'object') return false
  const isMatched =
    URL_KEYS.some((key) => request.get(key) !== undefined) || mapping.get('uuid') !== undefined
  const isOwn =
    ['bodyFileName', 'jsonBody', 'base64Body', 'fixedDelayMilliseconds'].some(
      (key) => response.get(key) !== undefined,
    ) ||
    ['uuid', 'scenarioName', 'persistent', 'insertionIndex', 'priority'].some(
      (key) => mapping.get(key) !== undefined,
    ) ||
    request.get('bodyPatterns') !== undefined ||
    URL_KEYS.slice(1).some((key) => request.get(key) !== undefined)
  return isMatched && isOwn
}

interface PatternBody {
  readonly at: JsonNode
  readonly encoding?: 'base64'
}

/** The request's body, where a pattern asks for a whole one. */
function patternBody(request: JsonNode | undefined): PatternBody | undefined {
  for (const pattern of request?.get('bodyPatterns')?.items() ?? []) {
    const whole = pattern.get('equalToJson') ?? pattern.get('equalTo')
    if (whole !== undefined) return { at: whole }
    const binary = pattern.get('binaryEqualTo')
    if (binary !== undefined) return { at: binary, encoding: 'base64' }
  }
  return undefined
}

const RESPONSE_BODIES = ['jsonBody', 'body', 'base64Body'] as const

function responseBody(response: JsonNode | undefined): JsonNode | undefined {
  for (const key of RESPONSE_BODIES) {
    const body = response?.get(key)
    if (body !== undefined) return body
  }
  return undefined
}

function storedBodies(mapping: JsonNode): readonly StoredBody[] {
  const request = patternBody(mapping.get('request'))
  const response = mapping.get('response')
  const contentEncoding = contentEncodingOf(response?.get('headers'))
  const more = contentEncoding === undefined ? {} : { contentEncoding }
  const isJson = response?.get('jsonBody') !== undefined
  const text = response?.get('body')
  const { encoding } = request ?? {}
  return [
    ...(request?.at.kind === 'string' ? bodyIn(request.at, encoding ? { encoding } : {}) : []),
    ...(isJson
      ? []
      : text
        ? bodyIn(text, more)
        : bodyIn(response?.get('base64Body'), { encoding: 'base64', ...more })),
  ]
}

/** Headers of a request are matchers: `{"Content-Type": {"equalTo": "application/json"}}`. */
function matchedHeaders(headers: JsonNode | undefined): readonly Header[] {
  return [...(headers?.effectiveMembers() ?? [])].map(({ key, value }) => {
    const text = value.get('equalTo')?.locatedString() ?? value.locatedString()
    return { name: key, value: text ?? value.locatedRaw() }
  })
}

function readMapping(mapping: JsonNode, bodies: StoredBodies): StoredInteraction {
  const request = mapping.get('request')
  const response = mapping.get('response')
  const urlKey = URL_KEYS.find((key) => request?.get(key) !== undefined) ?? 'url'
  const stored = interactionOf(
    {
      at: mapping,
      method: request?.get('method'),
      url: request?.get(urlKey),
      requestBody: patternBody(request)?.at,
      requestExtras: extrasOf(request, ['method', urlKey, 'headers']),
      status: response?.get('status'),
      responseHeaders: response?.get('headers'),
      responseBody: responseBody(response),
      extras: [
        ...extrasOf(mapping, ['request', 'response']),
        ...extrasOf(response, ['status', 'headers', ...RESPONSE_BODIES], 'response.'),
      ],
    },
    bodies,
  )
  return { ...stored, request: { ...stored.request, headers: matchedHeaders(request?.get('headers')) } }
}

function problemsOf(mapping: JsonNode): readonly Diagnostic[] {
  const file = mapping.path('response', 'bodyFileName')
  const name = file?.string()
  if (file === undefined || name === undefined) return []
  return [
    {
      severity: 'info',
      code: 'body-elsewhere',
      message: `The body of this response is in another file: "__files/${name}".`,
      advice: 'Open that file as well: it is read by itself.',
      span: { start: file.start, end: file.end },
    },
  ]
}

export const wiremockMapping: Container = {
  id: 'wiremock-mapping',
  label: 'WireMock mapping',
  spec: 'https://wiremock.org/docs/stubbing/',

  sniff(root, { syntax }) {
    if (syntax !== 'json' || root.kind !== 'object') return { confidence: 0, because: '' }
    const mapping = mappingsOf(root).find(isMapping)
    if (mapping === undefined) return { confidence: 0, because: '' }
    const own = ['bodyFileName', 'jsonBody', 'base64Body', 'body'].find(
      (key) => mapping.path('response', key) !== undefined,
    )
    return {
      confidence: 0.96,
      because: `a "request" that is matched and a "response"${own ? ` with a "${own}"` : ''}`,
    }
  },

  bodies: (root) => mappingsOf(root).flatMap(storedBodies),

  read(root, bodies) {
    const mappings = mappingsOf(root).filter(({ kind }) => kind === 'object')
    return {
      interactions: mappings.map((mapping) => readMapping(mapping, bodies)),
      diagnostics: mappings.flatMap((each) => [...missingParts(each), ...problemsOf(each)]),
    }
  },
}
