/**
 * Documents put in order of relevance to a query.
 *
 * Spec: https://docs.cohere.com/reference/rerank (v1, v2; also Jina, vLLM, Together, Bedrock, Azure),
 * https://docs.voyageai.com/reference/reranker-api, https://huggingface.co/docs/text-embeddings-inference (a bare
 * list), NVIDIA's rankings, Llama Stack's /rerank.
 * Supported: each result as a note named by document and score, usage, errors.
 * Lost: nothing.
 */
import type { ContentPart, Conversation, Message, Parameter } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { textMessage, unknownPart } from './openai-items-request.ts'
import { given, pathOf, sayError, sayUnread, sayUsage } from './saying.ts'

const READ: ReadonlySet<string> = new Set(
  'id object model results data rankings meta usage error response_type created'.split(' '),
)

function resultsOf(chunk: JsonNode | undefined): JsonNode | undefined {
  if (chunk?.kind === 'array') return chunk
  return chunk?.get('results') ?? chunk?.get('data') ?? chunk?.get('rankings')
}

function scoreOf(result: JsonNode | undefined): JsonNode | undefined {
  return ['relevance_score', 'relevanceScore', 'score', 'logit'].flatMap(
    (key) => given(result?.get(key)) ?? [],
  )[0]
}

function isResult(result: JsonNode | undefined): boolean {
  return result?.get('index')?.kind === 'number' && scoreOf(result) !== undefined
}

/** Three digits are enough to compare; the JSON has the rest. */
function labelOf(result: JsonNode): string {
  const index = result.get('index')?.number()
  const score = scoreOf(result)?.number()
  const rounded = score === undefined ? '' : ` · ${Math.round(score * 1000) / 1000}`
  return `document ${index ?? '?'}${rounded}`
}

const DOCUMENTS: ReadonlySet<string> = new Set(['documents', 'texts', 'items', 'passages', 'sources'])

function documentPart(document: JsonNode): ContentPart {
  const holder =
    document.get('text') ?? document.path('inlineDocumentSource', 'textDocument', 'text') ?? document
  const text = holder.locatedString()
  return { ...(text ? { kind: 'text', text } : unknownPart(document)), item: document.at }
}

function readRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  const messages: Message[] = []
  let documents: readonly ContentPart[] = []
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'query' && !value.isNull) messages.push(textMessage('user', value.get('text') ?? value))
    else if (DOCUMENTS.has(key) && value.kind === 'array') documents = [...value.items()].map(documentPart)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  const [query] = messages
  const asked: Message = {
    role: 'user',
    at: body.at,
    ...query,
    parts: [...(query?.parts ?? []), ...documents],
  }
  return { at: body.at, messages: asked.parts.length > 0 ? [asked] : [], tools: [], parameters }
}

export const rerank: Dialect = {
  id: 'rerank',
  label: 'rerank',
  spec: 'https://docs.cohere.com/reference/rerank',

  sniff(request, body, first) {
    if (isResult(resultsOf(first)?.item(0))) {
      return { confidence: 1, because: 'the results have an index and a relevance score' }
    }
    if (isResult(first)) return { confidence: 0.9, because: 'the payload has an index and a score' }
    if (/\/(?:rerank|ranking)$/.test(pathOf(request.url?.value)) && body?.get('query') !== undefined) {
      return { confidence: 0.85, because: 'the URL ends in /rerank and the body has a query' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest,

  readChunk(chunk, say) {
    // a bare list of results may come one a chunk
    if (isResult(chunk)) {
      say({ kind: 'note', choice: 0, label: labelOf(chunk), json: chunk })
      return
    }
    const results = resultsOf(chunk)
    for (const result of results?.items() ?? []) {
      say({ kind: 'note', choice: 0, label: labelOf(result), json: result })
    }
    if (chunk.kind !== 'object') {
      if (results === undefined) say({ kind: 'unknown', why: '', json: chunk })
      return
    }
    const usage = given(chunk.get('usage')) ?? given(chunk.path('meta', 'billed_units'))
    if (usage !== undefined) {
      const inputTokens = usage.get('prompt_tokens') ?? usage.get('input_tokens')
      sayUsage(usage, { inputTokens, totalTokens: usage.get('total_tokens') }, say)
    }
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    if (results === undefined && usage === undefined && error === undefined) {
      say({ kind: 'unknown', why: 'no results', json: chunk })
    } else sayUnread(chunk, READ, '', say)
  },
}
