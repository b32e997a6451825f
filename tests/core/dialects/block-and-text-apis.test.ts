/** What holds for every dialect of Anthropic, Bedrock and the smaller text APIs, whatever it is given. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIALECTS, dialectOf } from '../../../src/core/dialects/index.ts'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'

const OURS = DIALECTS.filter(({ id }) =>
  /^(?:anthropic-|bedrock-|cody-|replicate$|huggingface$|watsonx$|writer$)/.test(id),
)

/** Keys that the dialects read, so that odd values come to stand where something is expected. */
const KEYS = [
  ...['type', 'message', 'content', 'content_block', 'delta', 'index', 'text', 'thinking', 'input', 'usage'],
  ...[
    'error',
    'stop_reason',
    'citations',
    'contentBlockDelta',
    'contentBlockStart',
    'start',
    'toolUse',
    'output',
  ],
  ...[
    'reasoningContent',
    'image',
    'source',
    'messageStop',
    'metadata',
    'generation',
    'results',
    'generations',
  ],
  ...[
    'outputs',
    'completions',
    'embedding',
    'embeddings',
    'bytes',
    'chunk',
    'trace',
    'files',
    'returnControl',
  ],
  ...[
    'deltaText',
    'completion',
    'token',
    'generated_text',
    'details',
    'choices',
    'status',
    'urls',
    'messages',
  ],
  ...[
    'system',
    'tools',
    'toolConfig',
    'outputConfig',
    'output_config',
    'prompt',
    'inputs',
    'parameters',
    'role',
  ],
]
const TYPES = [
  'message_start',
  'content_block_start',
  'content_block_delta',
  'text',
  'tool_use',
  'tool_result',
]

const { node: odd } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 0, -1.5, '', 'x', ...TYPES),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('node'), { maxKeys: 5 }),
  ),
}))

const EVENTS = ['', 'chunk', 'trace', 'output', 'done', 'error', 'contentBlockDelta', 'throttlingException']

function nodeOf(value: unknown): JsonNode {
  const root = JsonDocument.of(JSON.stringify(value)).root
  if (root === undefined) throw new Error('no value')
  return root
}

describe.each(OURS)('$id', (dialect) => {
  it('is found by its id', () => expect(dialectOf(dialect.id)).toBe(dialect))

  it('never throws, and its confidence is one', () => {
    fc.assert(
      fc.property(odd, fc.constantFrom(...EVENTS), (value, event) => {
        const node = nodeOf(value)
        dialect.readChunk(node, () => {}, event)
        dialect.readRequest(node)
        const { confidence } = dialect.sniff({ headers: [], extras: [] }, node, node, event)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves the answers of OpenAI alone', () => {
    const answers = [
      { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'x' } }] },
      { object: 'chat.completion', choices: [{ index: 0, message: { content: 'x' } }] },
      { object: 'text_completion', choices: [{ text: 'x', index: 0 }] },
      { type: 'response.created', response: { object: 'response' } },
      { object: 'list', data: [{ object: 'embedding', embedding: [1] }] },
    ]
    for (const answer of answers) {
      expect(dialect.sniff({ headers: [], extras: [] }, undefined, nodeOf(answer)).confidence).toBe(0)
    }
  })
})
