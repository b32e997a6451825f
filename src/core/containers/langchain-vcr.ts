/**
 * LangChain's vcr.py cassettes: YAML, mostly gzipped, with all requests in one list and all responses in another.
 *
 * Spec: https://github.com/langchain-ai/langchain `libs/standard-tests/langchain_tests/conftest.py` (`CustomSerializer`).
 * Supported: `{requests: [...], responses: [...]}`, paired by position; bodies as vcr.py writes them, mostly `!!binary`.
 * Lost: nothing; a request without a response (or the other way round) is shown with what there is.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import { exchangeOf, storedBodiesOf } from './body-string-message.ts'
import type { Container } from './container.ts'
import { interactionOf } from './http-message.ts'

interface Pair {
  readonly request: JsonNode | undefined
  readonly response: JsonNode | undefined
}

function pairsOf(root: JsonNode): readonly Pair[] {
  const requests = [...(root.get('requests')?.items() ?? [])]
  const responses = [...(root.get('responses')?.items() ?? [])]
  return Array.from({ length: Math.max(requests.length, responses.length) }, (_, at) => ({
    request: requests[at],
    response: responses[at],
  }))
}

export const langchainVcr: Container = {
  id: 'langchain-vcr-yaml',
  label: 'LangChain vcr.py cassette',
  spec: 'https://github.com/langchain-ai/langchain/blob/master/libs/standard-tests/langchain_tests/conftest.py',

  sniff(root, { syntax }) {
    if (syntax !== 'yaml' && syntax !== 'json') return { confidence: 0, because: '' }
    const isRequest = root.path('requests', 0, 'uri') !== undefined
    const hasResponses = root.get('responses')?.kind === 'array'
    if (!isRequest) return { confidence: 0, because: '' }
    return hasResponses
      ? { confidence: 0.95, because: 'a list of "requests" with a "uri" and a list of "responses"' }
      : { confidence: 0.5, because: 'a list of "requests" with a "uri"' }
  },

  bodies: (root) => pairsOf(root).flatMap(({ request, response }) => storedBodiesOf(request, response)),

  read(root, bodies) {
    const pairs = pairsOf(root)
    const count = { requests: 0, responses: 0 }
    for (const { request, response } of pairs) {
      if (request) count.requests++
      if (response) count.responses++
    }
    return {
      interactions: pairs.map(({ request, response }) =>
        interactionOf(exchangeOf(request ?? response ?? root, request, response), bodies),
      ),
      diagnostics:
        count.requests === count.responses
          ? []
          : [
              {
                severity: 'warning',
                code: 'unpaired',
                message: `This recording has ${count.requests} requests and ${count.responses} responses: which belong together is told by their order alone.`,
                span: { start: root.start, end: root.end },
              },
            ],
    }
  },
}
