/**
 * nock recordings (nockBack): a JSON list of definitions, one call each.
 *
 * Spec: https://github.com/nock/nock#recording, `lib/recorder.js`, `lib/back.js`.
 * Supported: bodies of requests and responses as JSON, as text, as hex (`responseIsBinary`, or nothing but hex), as a
 * list of hex texts (gzip or brotli in pieces); `rawHeaders` as a flat list or an object.
 * Lost: nothing. The URL is the definition's `path`; its `scope` (scheme and host) is among the extras.
 */
import type { Diagnostic } from '../cassette/diagnostic.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, headerOf, interactionOf, readHeaders } from './http-message.ts'

const READ = ['method', 'path', 'reqheaders', 'body', 'status', 'rawHeaders', 'headers', 'response']

function isHex(text: string | undefined): boolean {
  return text !== undefined && text.length >= 2 && /^(?:[0-9a-f]{2})+$/.test(text)
}

/** Hex of a body without saying so is written where a content encoding was. */
function storedResponse(call: JsonNode): readonly StoredBody[] {
  const response = call.get('response')
  const headers = call.get('rawHeaders') ?? call.get('headers')
  const contentEncoding = contentEncodingOf(headers)
  const more = contentEncoding === undefined ? {} : { contentEncoding }
  if (response?.kind === 'array') {
    const items = [...response.items()]
    const isPieces = items.length > 0 && items.every((item) => isHex(item.string()))
    return isPieces ? [{ at: response, encoding: 'hex', separator: '', ...more }] : []
  }
  if (response?.kind !== 'string') return []
  const isBinary = call.get('responseIsBinary')?.boolean() === true || contentEncoding !== undefined
  return bodyIn(response, { ...more, ...(isBinary && isHex(response.string()) && { encoding: 'hex' }) })
}

function storedRequest(call: JsonNode): readonly StoredBody[] {
  const body = call.get('body')
  if (body?.kind !== 'string') return []
  const text = body.string() ?? ''
  return bodyIn(body, isHex(text) && text.length >= 32 ? { encoding: 'hex' } : {})
}

/** nock sends what it keeps as JSON in its shortest form. */
function lengthOf(response: JsonNode | undefined, bodies: StoredBodies): number | undefined {
  if (response === undefined || bodies.isStored(response)) return undefined
  if (response.kind !== 'object' && response.kind !== 'array') return undefined
  try {
    return new TextEncoder().encode(JSON.stringify(JSON.parse(response.raw))).length
  } catch {
    return undefined
  }
}

function callsOf(root: JsonNode): readonly JsonNode[] {
  return [...root.items()].filter(({ kind }) => kind === 'object')
}

function problemsOf(call: JsonNode): readonly Diagnostic[] {
  if (call.get('response') !== undefined || call.get('status') !== undefined) return []
  return [
    {
      severity: 'warning',
      code: 'no-response',
      message: 'A call in this recording has no response.',
      span: { start: call.start, end: call.end },
    },
  ]
}

export const nockJson: Container = {
  id: 'nock-json',
  label: 'nock recording',
  spec: 'https://github.com/nock/nock#recording',

  sniff(root, { syntax }) {
    if (syntax !== 'json' || root.kind !== 'array') return { confidence: 0, because: '' }
    const call = callsOf(root).find((each) => each.get('scope') !== undefined)
    if (call?.get('method') === undefined || call.get('path') === undefined) {
      return { confidence: 0, because: '' }
    }
    return { confidence: 0.97, because: 'a list of calls with "scope", "method" and "path"' }
  },

  bodies: (root) => callsOf(root).flatMap((call) => [...storedRequest(call), ...storedResponse(call)]),

  read(root, bodies) {
    const calls = callsOf(root)
    return {
      interactions: calls.map((call) => {
        const responseHeaders = call.get('rawHeaders') ?? call.get('headers')
        const type = headerOf(readHeaders(responseHeaders), 'content-type') ?? ''
        return interactionOf(
          {
            at: call,
            method: call.get('method'),
            url: call.get('path'),
            requestHeaders: call.get('reqheaders'),
            requestBody: call.get('body'),
            status: call.get('status'),
            responseHeaders,
            responseBody: call.get('response'),
            length: lengthOf(call.get('response'), bodies),
            ...(/json/.test(type) && call.get('response')?.kind === 'object' && { streaming: false }),
            extras: extrasOf(call, READ),
          },
          bodies,
        )
      }),
      diagnostics: calls.flatMap(problemsOf),
    }
  },
}
