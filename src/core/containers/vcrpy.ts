/**
 * vcr.py cassettes, YAML or JSON, as pytest-recording and the `parsed_body` serializers of pydantic-ai and NeMo
 * Guardrails write them too.
 *
 * Spec: https://vcrpy.readthedocs.io/, `vcr/serialize.py`, `vcr/request.py`, `vcr/serializers/compat.py`.
 * Supported: `interactions[]` with bodies as text, `{string}`, `{base64_string}`, `!!binary` (gzip, event streams,
 * images), `parsed_body` on both sides and in the response's body (a list of the payloads of a stream), the `content`
 * and `status_code` of old httpx stubs; `version` anywhere or nowhere; the list of before version 1.
 * Lost: nothing; what is not read is listed in `extras`. A very old request has no URL of its own: its path is shown,
 * its host and port are among the extras.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { bodyOf, exchangeOf, storedBodiesOf } from './body-string-message.ts'
import type { Container, Sniff } from './container.ts'
import { extrasOf, interactionOf, missingParts } from './http-message.ts'

function entriesOf(root: JsonNode): readonly JsonNode[] {
  const list = root.kind === 'array' ? root : root.get('interactions')
  return [...(list?.items() ?? [])]
}

function isEntry(entry: JsonNode, isOld: boolean): boolean {
  const request = entry.get('request')
  if (request?.kind !== 'object' || entry.get('response')?.kind !== 'object') return false
  return isOld
    ? request.get('path') !== undefined && request.get('host') !== undefined
    : request.get('uri') !== undefined
}

function sniff(root: JsonNode): Sniff {
  const isOld = root.kind === 'array'
  const entries = entriesOf(root)
  const entry = entries.find((each) => isEntry(each, isOld))
  if (entry === undefined) {
    const isEmpty = entries.length === 0 && root.get('interactions')?.kind === 'array'
    const isBegun = entries.some((each) => each.path('request', 'uri') !== undefined)
    if (isBegun) return { confidence: 0.6, because: '"interactions" with a request that has a "uri"' }
    return isEmpty && root.get('version') !== undefined
      ? { confidence: 0.2, because: '"interactions" and "version", but no interaction' }
      : { confidence: 0, because: '' }
  }
  if (isOld)
    return { confidence: 0.9, because: 'a list of requests with "host" and "path" and their responses' }
  const how = bodyOf(entry.get('response'))?.pointer.split('/').at(-1)
  const body = how === undefined ? '' : `, the response's body in "${how}"`
  return { confidence: 0.9, because: `"interactions" of requests with a "uri" and their responses${body}` }
}

/** Serializers that keep parsed bodies make other files of the same calls. */
function variantOf(entries: readonly JsonNode[]): { readonly variant?: string } {
  const isParsedStream = entries.some(
    (entry) => entry.path('response', 'body', 'parsed_body')?.kind === 'array',
  )
  if (isParsedStream) return { variant: '+parsed_body(SSE list)' }
  const isParsed = entries.some(
    (entry) => (entry.path('request', 'parsed_body') ?? entry.path('response', 'parsed_body')) !== undefined,
  )
  return isParsed ? { variant: '+parsed_body' } : {}
}

function vcrpy(id: string, label: string, syntax: 'yaml' | 'json'): Container {
  return {
    id,
    label,
    spec: 'https://vcrpy.readthedocs.io/',

    sniff: (root, shape) => (shape.syntax === syntax ? sniff(root) : { confidence: 0, because: '' }),

    bodies: (root) =>
      entriesOf(root).flatMap((entry) => storedBodiesOf(entry.get('request'), entry.get('response'))),

    read(root, bodies) {
      const entries = entriesOf(root)
      return {
        interactions: entries
          .filter((entry) => entry.kind === 'object')
          .map((entry) => {
            const exchange = exchangeOf(entry, entry.get('request'), entry.get('response'))
            const extras = [...extrasOf(entry, ['request', 'response']), ...exchange.extras]
            return interactionOf({ ...exchange, extras }, bodies)
          }),
        diagnostics: entries.flatMap(missingParts),
        ...variantOf(entries),
      }
    },
  }
}

export const vcrpyYaml = vcrpy('vcrpy-yaml', 'vcr.py cassette', 'yaml')
export const vcrpyJson = vcrpy('vcrpy-json', 'vcr.py cassette in JSON', 'json')
