/**
 * Embeddings, as all providers send them.
 *
 * Spec: https://platform.openai.com/docs/api-reference/embeddings (also Voyage, Mistral, Perplexity, Jina, vLLM);
 * https://ai.google.dev/api/embeddings (Gemini, Vertex), https://docs.cohere.com/reference/embed (v1, v2, Bedrock),
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html (Titan, Nova),
 * https://github.com/ollama/ollama/blob/main/docs/api.md#generate-embeddings, Llama Stack.
 * Supported: vectors as lists and as base64, several of them, by type, usage, errors.
 * Lost: nothing; texts that a response repeats say nothing new.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { readEmbeddingsRequest } from './embeddings-request.ts'
import { given, isEmpty, pathOf, type Say, sayError, sayUnread, sayUsage } from './saying.ts'

/** What is read below, what only names things, and what repeats the request. */
const READ: ReadonlySet<string> = new Set(
  `object data model usage error embedding embeddings embeddingsByType predictions id texts images inputs meta
  response_type inputTextTokenCount prompt_eval_count usageMetadata usage_metadata metadata created
  sdk_http_response`.split(/\s+/),
)

function isVector(node: JsonNode | undefined): boolean {
  if (node === undefined) return false
  return node.kind === 'array'
    ? node.item(0)?.kind === 'number'
    : node.kind === 'string' && node.raw.length > 2
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return [...(node?.items() ?? [])]
}

/** Finds the vectors of one value, however deep the provider puts them. */
function* vectorsIn(value: JsonNode | undefined): Generator<JsonNode> {
  if (value === undefined) return
  if (isVector(value)) yield value
  else if (value.kind === 'array') for (const item of value.items()) yield* vectorsIn(item)
  else if (value.kind === 'object') {
    const inner = ['embedding', 'values', 'embeddings', 'vector'].flatMap((key) => value.get(key) ?? [])[0]
    // Cohere and Titan file them under the number's type: {"float": [[…]], "int8": [[…]]}
    if (inner !== undefined) yield* vectorsIn(inner)
    else for (const { value: typed } of value.effectiveMembers()) yield* vectorsIn(typed)
  }
}

function vectorsOf(chunk: JsonNode): readonly JsonNode[] {
  if (chunk.kind === 'array') return [...vectorsIn(chunk)]
  const data = itemsOf(chunk.get('data')).flatMap((item) => item.get('embedding') ?? [])
  // several under one type each are the same vectors again, as are Titan's
  const holders = ['embeddings', 'embedding', 'predictions', 'embeddingsByType'].map((key) => chunk.get(key))
  const first = holders.find((holder) => given(holder) !== undefined)
  return [...data.flatMap((vector) => [...vectorsIn(vector)]), ...vectorsIn(first)]
}

function sayCounts(chunk: JsonNode, say: Say): void {
  const usage = given(chunk.get('usage')) ?? given(chunk.get('usageMetadata') ?? chunk.get('usage_metadata'))
  if (usage !== undefined) {
    const inputTokens =
      usage.get('prompt_tokens') ??
      usage.get('promptTokenCount') ??
      usage.get('prompt_token_count') ??
      usage.get('input_tokens')
    sayUsage(
      usage,
      { inputTokens, totalTokens: usage.get('total_tokens') ?? usage.get('totalTokenCount') },
      say,
    )
    return
  }
  const billed = chunk.path('meta', 'billed_units')
  if (billed !== undefined) {
    sayUsage(billed, { inputTokens: billed.get('input_tokens') }, say)
    return
  }
  const inputTokens = chunk.get('inputTextTokenCount') ?? given(chunk.get('prompt_eval_count'))
  if (inputTokens !== undefined) sayUsage(inputTokens, { inputTokens }, say)
}

/** Where the vectors stand; undefined where there are none. */
function shapeOf(chunk: JsonNode | undefined): string | undefined {
  if (chunk === undefined) return undefined
  if (isVector(chunk.path('data', 0, 'embedding'))) return 'data[].embedding'
  const typed = chunk.path('data', 0, 'embedding')
  if (chunk.path('data', 0, 'object')?.string() === 'embedding' && typed !== undefined)
    return 'data[].embedding'
  if (chunk.path('embedding', 'values') !== undefined) return 'embedding.values'
  if (chunk.path('embeddings', 0, 'values') !== undefined) return 'embeddings[].values'
  if (isVector(chunk.path('predictions', 0, 'embeddings', 'values'))) return 'predictions[].embeddings.values'
  const embedding = chunk.get('embedding')
  if (embedding?.kind === 'array' && isVector(embedding)) return 'embedding'
  if (chunk.path('embeddings', 0)?.kind === 'array') return 'embeddings[]'
  if (chunk.path('embeddings', 0, 'embedding') !== undefined) return 'embeddings[].embedding'
  const byType = chunk.get('embeddings')
  if (byType?.kind === 'object' && [...vectorsIn(byType)].length > 0) return 'embeddings by type'
  if (chunk.get('embeddingsByType')?.kind === 'object') return 'embeddings by type'
  return undefined
}

const PATH = /\/(?:embeddings|embed|multimodalembeddings)$|:(?:batchEmbedContents|embedContent)$/

export const embeddings: Dialect = {
  id: 'embeddings',
  label: 'embeddings',
  spec: 'https://platform.openai.com/docs/api-reference/embeddings',

  sniff(request, body, first) {
    const shape = shapeOf(first)
    if (shape !== undefined) return { confidence: 1, because: `the response has ${shape}` }
    if (PATH.test(pathOf(request.url?.value)) && body !== undefined) {
      return { confidence: 0.8, because: 'the URL is one for embeddings' }
    }
    if (first?.kind === 'array' && first.item(0)?.kind === 'array' && isVector(first.item(0))) {
      return { confidence: 0.5, because: 'the response is a list of vectors' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readEmbeddingsRequest,

  readChunk(chunk, say) {
    const vectors = chunk.kind === 'object' || chunk.kind === 'array' ? vectorsOf(chunk) : []
    for (const [index, vector] of vectors.entries()) say({ kind: 'vector', index, vector })
    if (chunk.kind !== 'object') {
      if (vectors.length === 0) say({ kind: 'unknown', why: '', json: chunk })
      return
    }
    sayCounts(chunk, say)
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    else if (vectors.length === 0 && isEmpty(chunk.get('data') ?? chunk) === false) {
      say({ kind: 'unknown', why: 'no vectors', json: chunk })
      return
    }
    sayUnread(chunk, READ, '', say)
  },
}
