/**
 * Gemini: generateContent and streamGenerateContent.
 *
 * Spec: https://ai.google.dev/api/generate-content. Spoken by AI Studio, Vertex AI and gemini-cli (also through Code
 * Assist, which wraps each chunk in `response`); the Python SDK's dumps have the same members in snake_case.
 * Supported: text, thoughts, function calls (whole, and Vertex's streamed arguments), signatures, inline media, files,
 * code execution, server tools, several candidates, finish reasons as names or (enum-encoding=int) numbers, blocked
 * prompts, usage, grounding, citations, safety ratings that say more than "negligible", errors.
 * Lost: nothing; what is not read here is said as `unknown`. Names of the response, its model and its time are shown
 * as the JSON they are.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect, DialectSniff } from './dialect.ts'
import { geminiChunkEdits, unwrapGemini } from './gemini-chunk-edits.ts'
import { readGeminiPart, sayGeminiUsage } from './gemini-parts.ts'
import { readGeminiRequest } from './gemini-request.ts'
import { either, sayNote, sayRest } from './members.ts'
import { filled, isEmpty, type Say, sayError } from './saying.ts'

const TOP = new Set([
  'candidates',
  'usageMetadata',
  'promptFeedback',
  'error',
  'modelVersion',
  'responseId',
  'createTime',
  'sdkHttpResponse',
  // the SDK's copy of the request
  'automaticFunctionCallingHistory',
])

const CANDIDATE = new Set([
  'index',
  'content',
  'finishReason',
  'finishMessage',
  'tokenCount',
  'avgLogprobs',
  'logprobsResult',
  'safetyRatings',
  'citationMetadata',
  'groundingMetadata',
  'urlContextMetadata',
])

/** UNSPECIFIED and NEGLIGIBLE, by name and by number. */
const HARMLESS = ['HARM_PROBABILITY_UNSPECIFIED', 'NEGLIGIBLE', '0', '1']

function saysHarm(rating: JsonNode): boolean {
  const probability = either(rating, 'probability')
  return (
    rating.get('blocked')?.boolean() === true ||
    (probability !== undefined && !HARMLESS.includes(probability.string() ?? probability.raw))
  )
}

function sayRatings(ratings: JsonNode | undefined, choice: number, say: Say): void {
  if (ratings !== undefined && [...ratings.items()].some(saysHarm)) {
    sayNote('safety ratings', ratings, say, choice)
  }
}

/** FINISH_REASON_UNSPECIFIED (0) is what a chunk in the middle has. */
function isReason(reason: JsonNode | undefined): reason is JsonNode {
  if (reason?.kind === 'number') return reason.number() !== 0
  const name = reason?.string()
  return name !== undefined && name !== '' && name !== 'FINISH_REASON_UNSPECIFIED'
}

function readCandidate(candidate: JsonNode, position: number, say: Say): void {
  const choice = candidate.get('index')?.number() ?? position
  const content = either(candidate, 'content')
  const role = either(content, 'role')
  if (role?.string()) say({ kind: 'message-start', choice, role })
  for (const part of either(content, 'parts')?.items() ?? []) readGeminiPart(part, choice, say)
  sayNote('citations', either(candidate, 'citationMetadata'), say, choice)
  sayNote('grounding', either(candidate, 'groundingMetadata'), say, choice)
  sayNote('URL context', either(candidate, 'urlContextMetadata'), say, choice)
  sayRatings(either(candidate, 'safetyRatings'), choice, say)
  sayNote('log probabilities', either(candidate, 'logprobsResult'), say, choice)
  sayNote('average log probability', either(candidate, 'avgLogprobs'), say, choice)
  sayNote('finish message', either(candidate, 'finishMessage'), say, choice)
  const reason = either(candidate, 'finishReason')
  if (isReason(reason)) say({ kind: 'stop', choice, reason })
  sayRest(candidate, CANDIDATE, say)
}

/** A prompt that was refused has no candidates: the reason stands where the answer would. */
function readFeedback(feedback: JsonNode, say: Say): void {
  const reason = either(feedback, 'blockReason')
  if (reason !== undefined) {
    const message = either(feedback, 'blockReasonMessage')?.string()
    const name = reason.string() ?? reason.raw
    say({ kind: 'error', error: feedback, message: message ?? `the prompt was blocked: ${name}` })
    say({ kind: 'stop', choice: 0, reason })
  }
  sayRatings(either(feedback, 'safetyRatings'), 0, say)
}

function sniffChunk(chunk: JsonNode): DialectSniff | undefined {
  const first = unwrapGemini(chunk)
  const candidate = first.get('candidates')?.item(0)
  if (candidate?.get('content')?.kind === 'object' || either(candidate, 'finishReason') !== undefined) {
    return { confidence: 1, because: 'the answer has candidates[].content' }
  }
  if (either(either(first, 'promptFeedback'), 'blockReason') !== undefined) {
    return { confidence: 1, because: 'the answer has promptFeedback.blockReason' }
  }
  const usage = either(first, 'usageMetadata')
  if (either(usage, 'promptTokenCount') !== undefined || either(usage, 'totalTokenCount') !== undefined) {
    return { confidence: 0.9, because: 'the answer has usageMetadata' }
  }
  return undefined
}

function isRequest(body: JsonNode | undefined): boolean {
  const contents = (body?.get('contents') ?? body?.path('request', 'contents'))?.item(0)
  return contents?.get('parts')?.kind === 'array'
}

/** https://cloud.google.com/apis/design/errors */
const STATUS_NAMES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
}

export const gemini: Dialect = {
  id: 'gemini',
  label: 'Gemini generateContent',
  spec: 'https://ai.google.dev/api/generate-content',

  sniff(request, body, first) {
    const told = first && sniffChunk(first)
    if (told !== undefined) return told
    const path = request.url?.value.split(/[?#]/)[0] ?? ''
    const isUrl = /[:/](?:stream)?_?generate_?content(?:_stream)?$/i.test(path)
    if (isUrl && isRequest(body)) {
      return {
        confidence: 0.95,
        because: 'the URL asks for generateContent and the body has contents[].parts',
      }
    }
    if (isUrl) return { confidence: 0.8, because: 'the URL asks for generateContent' }
    if (isRequest(body) && first?.get('totalTokens') === undefined) {
      return { confidence: 0.7, because: 'the body has contents[].parts' }
    }
    return { confidence: 0, because: '' }
  },

  errorAnswer: ({ status, body }) => ({
    error: { code: status, message: body.message ?? '', status: STATUS_NAMES[status] ?? 'UNKNOWN' },
  }),

  readRequest: readGeminiRequest,
  chunkEdits: geminiChunkEdits,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const answer = unwrapGemini(chunk)
    let position = 0
    for (const candidate of answer.get('candidates')?.items() ?? []) readCandidate(candidate, position++, say)
    const feedback = either(answer, 'promptFeedback')
    if (feedback !== undefined && !isEmpty(feedback)) readFeedback(feedback, say)
    const usage = either(answer, 'usageMetadata')
    if (usage !== undefined) sayGeminiUsage(usage, say)
    const error = filled(answer.get('error'))
    if (error !== undefined) sayError(error, say)
    sayRest(answer, TOP, say)
  },
}
