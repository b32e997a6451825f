/**
 * Recordings of the proxy in Datadog's APM test agent: one JSON object a file, one request and its response.
 *
 * Spec: https://github.com/DataDog/dd-apm-test-agent `ddapm_test_agent/vcr_proxy.py`.
 * Supported: `{request: {method, url, headers, body}, response: {status: {code, message}, headers, body}}`, bodies as
 * text; "content-encoding: gzip" is left over from what the proxy unpacked. Lost: nothing.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'

const METHODS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i

function isRequest(request: JsonNode | undefined): boolean {
  return METHODS.test(request?.get('method')?.string() ?? '') && request?.get('url')?.kind === 'string'
}

export const ddapmTestagent: Container = {
  id: 'ddapm-testagent-vcr-json',
  label: 'Datadog test agent recording',
  spec: 'https://github.com/DataDog/dd-apm-test-agent',

  sniff(root, { syntax }) {
    const request = root.get('request')
    const response = root.get('response')
    if (syntax !== 'json' || !isRequest(request)) return { confidence: 0, because: '' }
    // the Llama Stack recorder's own words
    const isOther = ['is_streaming', 'is_exception'].some((key) => response?.get(key) !== undefined)
    if (isOther || response?.path('status', 'code') === undefined) return { confidence: 0, because: '' }
    return {
      confidence: 0.9,
      because: 'one "request" with a "method" and a "url", one "response" with a "status.code"',
    }
  },

  bodies: (root) =>
    ['request', 'response'].flatMap((side) => {
      const contentEncoding = contentEncodingOf(root.path(side, 'headers'))
      return bodyIn(root.path(side, 'body'), contentEncoding === undefined ? {} : { contentEncoding })
    }),

  read(root, bodies) {
    const request = root.get('request')
    const response = root.get('response')
    return {
      interactions: [
        interactionOf(
          {
            at: root,
            method: request?.get('method'),
            url: request?.get('url'),
            requestHeaders: request?.get('headers'),
            requestBody: request?.get('body'),
            requestExtras: extrasOf(request, ['method', 'url', 'headers', 'body']),
            status: response?.get('status'),
            responseHeaders: response?.get('headers'),
            responseBody: response?.get('body'),
            extras: [
              ...extrasOf(root, ['request', 'response']),
              ...extrasOf(response, ['status', 'headers', 'body'], 'response.'),
            ],
          },
          bodies,
        ),
      ],
      diagnostics: [],
    }
  },
}
