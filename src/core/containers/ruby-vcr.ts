/**
 * Ruby VCR cassettes, and those of Betamax (Python), which has the same shape in JSON.
 *
 * Spec: https://benoittgt.github.io/vcr/#/cassettes/naming, `lib/vcr/structs.rb`;
 * https://betamax.readthedocs.io/en/latest/cassettes.html.
 * Supported: `http_interactions[]` with bodies `{encoding, string | base64_string}`, plain or `!binary`, YAML or JSON.
 * What `encoding` says is not believed: "ASCII-8BIT" stands over UTF-8 in most files.
 * Lost: nothing; `recorded_at` and `recorded_with` are among the extras.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf, missingParts } from './http-message.ts'

function bodyOf(message: JsonNode | undefined): JsonNode | undefined {
  const body = message?.get('body')
  if (body?.kind !== 'object') return body
  return body.get('base64_string') ?? body.get('string')
}

function storedBodyOf(message: JsonNode | undefined): readonly StoredBody[] {
  const isBase64 = message?.path('body', 'base64_string') !== undefined
  const contentEncoding = contentEncodingOf(message?.get('headers'))
  return bodyIn(bodyOf(message), {
    ...(isBase64 && { encoding: 'base64' }),
    ...(contentEncoding !== undefined && { contentEncoding }),
  })
}

function entriesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('http_interactions')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

function rubyVcr(id: string, label: string, spec: string, isOwn: (recorder: string) => boolean): Container {
  return {
    id,
    label,
    spec,

    sniff(root, { syntax }) {
      if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
      const recorder = root.get('recorded_with')?.string() ?? ''
      if (root.get('http_interactions')?.kind !== 'array' || !isOwn(recorder)) {
        return { confidence: 0, because: '' }
      }
      const because =
        recorder === '' ? '"http_interactions"' : `"http_interactions", recorded with ${recorder}`
      return { confidence: 0.95, because }
    },

    bodies: (root) =>
      entriesOf(root).flatMap((entry) => [
        ...storedBodyOf(entry.get('request')),
        ...storedBodyOf(entry.get('response')),
      ]),

    read(root, bodies) {
      const entries = entriesOf(root)
      const ofFile = extrasOf(root, ['http_interactions'])
      return {
        interactions: entries.map((entry) => {
          const request = entry.get('request')
          const response = entry.get('response')
          return interactionOf(
            {
              at: entry,
              method: request?.get('method'),
              url: request?.get('uri'),
              requestHeaders: request?.get('headers'),
              requestBody: bodyOf(request),
              requestExtras: [
                ...extrasOf(request, ['method', 'uri', 'headers', 'body']),
                ...extrasOf(request?.get('body'), ['string', 'base64_string'], 'body.'),
              ],
              status: response?.get('status'),
              responseHeaders: response?.get('headers'),
              responseBody: bodyOf(response),
              extras: [
                ...extrasOf(entry, ['request', 'response']),
                ...extrasOf(response, ['status', 'headers', 'body'], 'response.'),
                ...extrasOf(response?.get('body'), ['string', 'base64_string'], 'response.body.'),
                ...ofFile,
              ],
            },
            bodies,
          )
        }),
        diagnostics: entries.flatMap(missingParts),
      }
    },
  }
}

export const rubyVcrYaml = rubyVcr(
  'ruby-vcr-yaml',
  'Ruby VCR cassette',
  'https://benoittgt.github.io/vcr/',
  (recorder) => !/betamax/i.test(recorder),
)

export const betamax = rubyVcr(
  'betamax',
  'Betamax cassette',
  'https://betamax.readthedocs.io/en/latest/cassettes.html',
  (recorder) => /betamax/i.test(recorder),
)
