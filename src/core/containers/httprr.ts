/**
 * httprr traces: raw HTTP/1.1 messages with their byte counts; the reader of the syntax has taken them apart.
 *
 * Spec: https://pkg.go.dev/golang.org/x/oscar/internal/httprr. Written by Go's x/oscar and langchaingo.
 * Supported: any number of calls, bodies of any kind (chunked transfer coding and gzip unpacked by their bytes).
 * Lost: nothing. The byte counts are written anew when a message's length changes.
 */
import type { Container, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'

export const httprr: Container = {
  id: 'httprr',
  label: 'httprr trace',
  spec: 'https://pkg.go.dev/golang.org/x/oscar/internal/httprr',

  sniff: (root, { syntax }) =>
    syntax === 'http-trace' && root.get('httprr') !== undefined
      ? { confidence: 1, because: 'the first line says "httprr trace"' }
      : { confidence: 0, because: '' },

  bodies: (root) =>
    [...(root.get('interactions')?.items() ?? [])].flatMap((call) =>
      ['request', 'response'].flatMap((side): readonly StoredBody[] => {
        const contentEncoding = contentEncodingOf(call.path(side, 'headers'))
        return bodyIn(call.path(side, 'body'), contentEncoding === undefined ? {} : { contentEncoding })
      }),
    ),

  read(root, bodies) {
    const calls = [...(root.get('interactions')?.items() ?? [])]
    return {
      interactions: calls.map((call) => {
        const request = call.get('request')
        const response = call.get('response')
        return interactionOf(
          {
            at: call,
            method: request?.get('method'),
            url: request?.get('uri'),
            requestHeaders: request?.get('headers'),
            requestBody: request?.get('body'),
            requestExtras: extrasOf(request, ['method', 'uri', 'headers', 'body']),
            status: response?.get('status'),
            responseHeaders: response?.get('headers'),
            responseBody: response?.get('body'),
          },
          bodies,
        )
      }),
      diagnostics: [],
    }
  },
}
