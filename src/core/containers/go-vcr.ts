/**
 * go-vcr cassettes: YAML, `interactions[]` of Go's `http.Request` and `http.Response` flattened.
 *
 * Spec: https://github.com/dnaeon/go-vcr `pkg/cassette/cassette.go` (format 1: library v1 and v2; format 2: v3 and v4).
 * Supported: both formats; bodies as text or `!!binary`; `form`, `duration`, `id`, the status as text and as number.
 * Lost: nothing; the members of Go's structs that say nothing about the call are among the extras. `duration` is that
 * of the whole call: when a chunk came was never recorded.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf, missingParts } from './http-message.ts'

function entriesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('interactions')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

/** The status as a number stands in `code`; vcr.py has a `uri` where this has a `url`. */
function isEntry(entry: JsonNode): boolean {
  const request = entry.get('request')
  const response = entry.get('response')
  if (request?.get('url') === undefined || request.get('uri') !== undefined) return false
  return (
    response?.get('code') !== undefined ||
    response?.get('duration') !== undefined ||
    response?.get('status')?.kind === 'string' ||
    request.get('form') !== undefined
  )
}

function storedBodyOf(message: JsonNode | undefined): readonly StoredBody[] {
  const contentEncoding = contentEncodingOf(message?.get('headers'))
  return bodyIn(message?.get('body'), contentEncoding === undefined ? {} : { contentEncoding })
}

export const goVcr: Container = {
  id: 'go-vcr-v2-yaml',
  label: 'go-vcr cassette',
  spec: 'https://github.com/dnaeon/go-vcr',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const entries = entriesOf(root)
    const version = root.get('version')?.number()
    if (entries.some(isEntry)) {
      const format = version === undefined ? '' : `version ${version}, `
      return {
        confidence: syntax === 'yaml' ? 0.93 : 0.7,
        because: `${format}"interactions" of requests with a "url" and responses with a "code"`,
      }
    }
    // what has been read of a broken file may be a request only
    if (version === 2 && root.get('interactions')?.kind === 'array') {
      return { confidence: 0.4, because: 'version 2 and "interactions"' }
    }
    return { confidence: 0, because: '' }
  },

  bodies: (root) =>
    entriesOf(root).flatMap((entry) => [
      ...storedBodyOf(entry.get('request')),
      ...storedBodyOf(entry.get('response')),
    ]),

  read(root, bodies) {
    const entries = entriesOf(root)
    return {
      interactions: entries.map((entry) => {
        const request = entry.get('request')
        const response = entry.get('response')
        const code = response?.get('code')
        return interactionOf(
          {
            at: entry,
            method: request?.get('method'),
            url: request?.get('url'),
            requestHeaders: request?.get('headers'),
            requestBody: request?.get('body'),
            requestExtras: extrasOf(request, ['method', 'url', 'headers', 'body']),
            status: code ?? response?.get('status'),
            responseHeaders: response?.get('headers'),
            responseBody: response?.get('body'),
            extras: [
              ...extrasOf(entry, ['request', 'response']),
              ...extrasOf(response, [code ? 'code' : 'status', 'headers', 'body'], 'response.'),
            ],
          },
          bodies,
        )
      }),
      diagnostics: entries.flatMap(missingParts),
    }
  },
}
