/**
 * Fake responses of the Gemini CLI's integration tests: a line of JSON for each call, with all chunks of its answer.
 *
 * Spec: https://github.com/google-gemini/gemini-cli `packages/core/src/core/fakeContentGenerator.ts`.
 * Supported: every line `{method, response}`; `response` a list of chunks or one answer. Lost: nothing; requests were
 * never recorded. The method is that of the SDK.
 */
import { frameObjectList, frameWhole } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'
import { extrasOf, interactionOf } from './http-message.ts'

const METHODS = /^(?:generateContent|generateContentStream|countTokens|embedContent)$/

function linesOf(root: JsonNode): readonly JsonNode[] {
  return root.kind === 'array' ? [...root.items()] : [root]
}

export const geminiCliResponses: Container = {
  id: 'gemini-cli-responses-ndjson',
  label: 'Gemini CLI fake responses',
  spec: 'https://github.com/google-gemini/gemini-cli/tree/main/integration-tests',

  sniff(root, { syntax, framing }) {
    if (syntax !== 'json' && framing !== 'ndjson') return { confidence: 0, because: '' }
    const first = linesOf(root)[0]
    const method = first?.get('method')?.string() ?? ''
    if (!METHODS.test(method) || first?.get('response') === undefined) return { confidence: 0, because: '' }
    return { confidence: 0.97, because: `lines with "method": "${method}" and a "response"` }
  },

  read: (root, bodies) => ({
    interactions: linesOf(root).map((line) => {
      const response = line.get('response')
      const isStream = response?.kind === 'array'
      return interactionOf(
        {
          at: line,
          method: line.get('method'),
          chunks: response && (isStream ? frameObjectList(response, (item) => item) : frameWhole(response)),
          streaming: isStream,
          extras: extrasOf(line, ['method', 'response']),
        },
        bodies,
      )
    }),
    diagnostics: [],
  }),
}
