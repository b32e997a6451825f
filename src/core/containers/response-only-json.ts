/**
 * A response by itself: `{status, headers, body}`, as openinference's tests keep them.
 *
 * Spec: none; https://github.com/Arize-ai/openinference `js/packages/*` `/test/cassettes`.
 * Supported: the body as text of any kind or as JSON. Lost: nothing; the request was never recorded.
 */
import type { Container } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'

export const responseOnly: Container = {
  id: 'response-only-json',
  label: 'Response without its request',
  spec: 'https://github.com/Arize-ai/openinference',

  sniff(root, { syntax }) {
    const status = root.get('status')
    const isStatus = status?.kind === 'number' || status?.get('code')?.kind === 'number'
    const isResponse =
      isStatus &&
      ['object', 'array'].includes(root.get('headers')?.kind ?? '') &&
      root.get('body') !== undefined &&
      root.get('request') === undefined &&
      root.get('url') === undefined
    if (!isResponse || (syntax !== 'json' && syntax !== 'yaml')) return { confidence: 0, because: '' }
    return { confidence: 0.85, because: 'one "status", "headers" and "body", and no request' }
  },

  bodies(root) {
    const body = root.get('body')
    const contentEncoding = contentEncodingOf(root.get('headers'))
    return body?.kind === 'string'
      ? bodyIn(body, contentEncoding === undefined ? {} : { contentEncoding })
      : []
  },

  read: (root, bodies) => ({
    interactions: [
      interactionOf(
        {
          at: root,
          status: root.get('status'),
          responseHeaders: root.get('headers'),
          responseBody: root.get('body'),
          extras: extrasOf(root, ['status', 'headers', 'body']),
        },
        bodies,
      ),
    ],
    diagnostics: [],
  }),
}
