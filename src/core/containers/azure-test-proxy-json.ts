/**
 * Session records of the Azure SDK test proxy, and of the .NET recorder before it.
 *
 * Spec: https://github.com/Azure/azure-sdk-tools/tree/main/tools/test-proxy, `RecordEntry.cs`.
 * Supported: `{Entries: [...], Variables}`; bodies as JSON, as text, as a list of lines, as base64 (of gzip and event
 * streams). Lost: nothing; `Variables` are among the extras. "Sanitized" stands where something was taken out.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, headerOf, interactionOf, readHeaders } from './http-message.ts'

const READ = [
  'RequestUri',
  'RequestMethod',
  'RequestHeaders',
  'RequestBody',
  'StatusCode',
  'ResponseHeaders',
  'ResponseBody',
]

function entriesOf(root: JsonNode): readonly JsonNode[] {
  return [...(root.get('Entries')?.items() ?? [])].filter(({ kind }) => kind === 'object')
}

/** A list of texts is a text in lines, unless the answer was JSON: then it is such a list. */
function storedBodyOf(entry: JsonNode, side: 'Request' | 'Response'): readonly StoredBody[] {
  const body = entry.get(`${side}Body`)
  const headers = entry.get(`${side}Headers`)
  const contentEncoding = contentEncodingOf(headers)
  const more = contentEncoding === undefined ? {} : { contentEncoding }
  if (body?.kind === 'string') return bodyIn(body, more)
  const items = [...(body?.items() ?? [])]
  const isJson = /json/i.test(headerOf(readHeaders(headers), 'content-type') ?? '')
  if (body === undefined || isJson || items.length === 0) return []
  return items.every(({ kind }) => kind === 'string') ? [{ at: body, separator: '', ...more }] : []
}

export const azureTestProxy: Container = {
  id: 'azure-test-proxy-json',
  label: 'Azure SDK session record',
  spec: 'https://github.com/Azure/azure-sdk-tools/tree/main/tools/test-proxy',

  sniff(root, { syntax }) {
    if (syntax !== 'json') return { confidence: 0, because: '' }
    return entriesOf(root).some((entry) => entry.get('RequestUri') !== undefined)
      ? { confidence: 0.97, because: '"Entries" with a "RequestUri"' }
      : { confidence: 0, because: '' }
  },

  bodies: (root) =>
    entriesOf(root).flatMap((entry) => [
      ...storedBodyOf(entry, 'Request'),
      ...storedBodyOf(entry, 'Response'),
    ]),

  read(root, bodies) {
    const ofFile = extrasOf(root, ['Entries'])
    return {
      interactions: entriesOf(root).map((entry) =>
        interactionOf(
          {
            at: entry,
            method: entry.get('RequestMethod'),
            url: entry.get('RequestUri'),
            requestHeaders: entry.get('RequestHeaders'),
            requestBody: entry.get('RequestBody'),
            status: entry.get('StatusCode'),
            responseHeaders: entry.get('ResponseHeaders'),
            responseBody: entry.get('ResponseBody'),
            extras: [...extrasOf(entry, READ), ...ofFile],
          },
          bodies,
        ),
      ),
      diagnostics: [],
    }
  },
}
