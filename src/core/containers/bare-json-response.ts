/**
 * A provider's answer and nothing else, as JSON: fixtures of SDKs, WireMock's `__files`.
 *
 * Spec: the APIs' own. Written by: people and scripts (prism, vercel/ai, WireMock).
 * Supported: the answers of the APIs that are known here, told by their members; a list of a stream's payloads.
 * Lost: nothing; method, URL and status were never recorded. Every JSON document could be an answer, so only what has
 * the members of one is taken for it.
 */
import { type Framed, frameObjectList, frameWhole } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container } from './container.ts'

type Kind = 'object' | 'array' | 'string' | 'number' | 'boolean'

/** Members that an answer has, all of them; a name and what it must be. */
type Shape = Readonly<Record<string, Kind>>

const SHAPES: readonly Shape[] = [
  // OpenAI and all who copy it: chat, completions, lists of anything, embeddings, responses, assistants
  { choices: 'array', model: 'string' },
  { choices: 'array', id: 'string' },
  { choices: 'array', object: 'string' },
  { object: 'string', data: 'array' },
  { object: 'string', output: 'array' },
  { object: 'string', created_at: 'number', id: 'string' },
  { object: 'string', created: 'number', id: 'string' },
  // Anthropic
  { type: 'string', role: 'string', content: 'array' },
  { completion: 'string', stop_reason: 'string' },
  // Gemini: answers, prompts that were refused, embeddings, caches, interactions
  { candidates: 'array' },
  { promptFeedback: 'object' },
  { usageMetadata: 'object', name: 'string' },
  { predictions: 'array' },
  { steps: 'array', object: 'string' },
  { totalTokens: 'number' },
  // Bedrock: Converse, Nova, Titan, Llama, Cohere, Mistral, AI21
  { output: 'object', stopReason: 'string' },
  { output: 'object', usage: 'object' },
  { results: 'array', inputTextTokenCount: 'number' },
  { generation: 'string', stop_reason: 'string' },
  { inputTextTokenCount: 'number', embedding: 'array' },
  { outputs: 'array', model: 'string' },
  // Cohere
  { message: 'object', finish_reason: 'string' },
  { generations: 'array' },
  { generation_id: 'string', text: 'string' },
  { results: 'array', meta: 'object' },
  // embeddings of Ollama, Cohere, Voyage
  { embeddings: 'array' },
  { embeddings: 'object', id: 'string' },
  { embedding: 'object' },
  { embedding: 'array' },
  // Ollama
  { model: 'string', done: 'boolean' },
  { models: 'array' },
  // watsonx
  { results: 'array', model_id: 'string' },
  // errors
  { error: 'object' },
  { type: 'string', error: 'object' },
]

/** What only other files have: a document with one of these is no answer. */
const FOREIGN = [
  'messages',
  'request',
  'response',
  'interactions',
  'dependencies',
  'devDependencies',
  'lockfileVersion',
  '$schema',
  'openapi',
  'swagger',
  'scripts',
]

function shapeOf(root: JsonNode): Shape | undefined {
  if (root.kind !== 'object' || FOREIGN.some((key) => root.get(key) !== undefined)) return undefined
  return SHAPES.find((shape) => Object.entries(shape).every(([key, kind]) => root.get(key)?.kind === kind))
}

/** An error alone must say more than that it is one. */
function isAnswer(root: JsonNode): Shape | undefined {
  const shape = shapeOf(root)
  if (shape === undefined || Object.keys(shape).join() !== 'error') return shape
  const error = root.get('error')
  const isTold = ['message', 'type', 'code', 'status'].some((key) => error?.get(key) !== undefined)
  return isTold ? shape : undefined
}

/** A stream, saved as the list of its payloads. */
function isPayloads(root: JsonNode): boolean {
  const items = [...root.items()].slice(0, 3)
  if (root.kind !== 'array' || items.length === 0) return false
  return items.every(isPayload)
}

const STREAM_TYPES =
  /^(?:(?:text|reasoning|tool-input|tool-output|tool-call|message|content|data)-|(?:start|finish)(?:-step)?$|message_|content_block_|response\.|stream-start$)/

function isPayload(item: JsonNode): boolean {
  return item.get('candidates')?.kind === 'array' || item.get('choices')?.kind === 'array'
    ? true
    : STREAM_TYPES.test(item.get('type')?.string() ?? '')
}

/** Hugging Face answers with a list. */
function isGenerated(root: JsonNode): boolean {
  return root.item(0)?.get('generated_text')?.kind === 'string'
}

export const bareJson: Container = {
  id: 'bare-json-response',
  label: 'Response body',
  spec: 'https://platform.openai.com/docs/api-reference',

  sniff(root, { syntax }) {
    if (syntax !== 'json') return { confidence: 0, because: '' }
    const shape = isAnswer(root)
    if (shape !== undefined) {
      const names = Object.keys(shape).map((key) => `"${key}"`)
      return { confidence: 0.3, because: `an answer by itself, with ${names.join(' and ')}` }
    }
    if (isPayloads(root)) return { confidence: 0.3, because: 'a list of the payloads of a stream' }
    if (isGenerated(root)) return { confidence: 0.3, because: 'a list with a "generated_text"' }
    return { confidence: 0, because: '' }
  },

  read(root) {
    const isStream = isPayloads(root)
    const chunks: Framed = isStream ? frameObjectList(root, (item) => item) : frameWhole(root)
    return {
      interactions: [
        {
          at: root.at,
          request: { headers: [], extras: [] },
          requestBody: undefined,
          response: { streaming: isStream },
          chunks,
          extras: [],
        },
      ],
      diagnostics: [],
    }
  },
}
