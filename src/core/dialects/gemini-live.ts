/**
 * Gemini Live: messages of a WebSocket (BidiGenerateContent).
 *
 * Spec: https://ai.google.dev/api/live. Spoken by AI Studio and Vertex AI.
 * Supported: the server's messages as chunks (model turns, transcriptions, tool calls, ends of turns, usage), the
 * client's messages (setup, clientContent, realtimeInput, toolResponse) as the request: one of them or a list.
 * Lost: nothing; the turns of one session are one answer, as the server does not number them. Transcribed speech of
 * the model is a text of its own; of the user, notes.
 */
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { readLiveRequest } from './gemini-live-request.ts'
import { readGeminiPart, sayGeminiCall, sayGeminiUsage } from './gemini-parts.ts'
import { either, sayNote, sayRest } from './members.ts'
import { filled, isEmpty, type Say, sayError } from './saying.ts'

const TOP = new Set([
  'setupComplete',
  'serverContent',
  'toolCall',
  'toolCallCancellation',
  'goAway',
  'sessionResumptionUpdate',
  'usageMetadata',
  'error',
])

const CONTENT = new Set([
  'modelTurn',
  'outputTranscription',
  'inputTranscription',
  'interimInputTranscription',
  'groundingMetadata',
  'urlContextMetadata',
  'interrupted',
  'turnComplete',
  'turnCompleteReason',
  // says that what is still to come was made before
  'generationComplete',
])

/** What only this API's server says. */
const TELLING = [
  'setupComplete',
  'serverContent',
  'toolCallCancellation',
  'goAway',
  'sessionResumptionUpdate',
]

/** Transcribed speech is a text beside the one of the model's turn. */
const TRANSCRIPT = 1

function readContent(content: JsonNode, say: Say): void {
  const turn = either(content, 'modelTurn')
  const role = turn?.get('role')
  if (role?.string()) say({ kind: 'message-start', choice: 0, role })
  for (const part of turn?.get('parts')?.items() ?? []) readGeminiPart(part, 0, say)
  const spoken = either(content, 'outputTranscription')?.get('text')
  if (spoken?.kind === 'string') say({ kind: 'text', choice: 0, part: TRANSCRIPT, text: spoken })
  sayNote('what was heard', either(content, 'inputTranscription'), say)
  sayNote('what was heard so far', either(content, 'interimInputTranscription'), say)
  sayNote('grounding', either(content, 'groundingMetadata'), say)
  sayNote('URL context', either(content, 'urlContextMetadata'), say)
  const interrupted = either(content, 'interrupted')
  if (interrupted?.boolean() === true) sayNote('interrupted', interrupted, say)
  const complete = either(content, 'turnComplete')
  const reason = either(content, 'turnCompleteReason') ?? complete
  if (complete?.boolean() === true && reason !== undefined) say({ kind: 'stop', choice: 0, reason })
  sayRest(content, CONTENT, say)
}

function isClientMessage(message: JsonNode | undefined): boolean {
  return either(message, 'setup') !== undefined || either(message, 'clientContent') !== undefined
}

export const geminiLive: Dialect = {
  id: 'gemini-live',
  label: 'Gemini Live',
  spec: 'https://ai.google.dev/api/live',

  sniff(request, body, first) {
    const told = TELLING.find((key) => either(first, key) !== undefined)
    if (told !== undefined) return { confidence: 1, because: `the server says ${told}` }
    if (either(either(first, 'toolCall'), 'functionCalls') !== undefined) {
      return { confidence: 1, because: 'the server says toolCall.functionCalls' }
    }
    if (isClientMessage(body) || isClientMessage(body?.item(0))) {
      return { confidence: 0.95, because: 'the client says setup or clientContent' }
    }
    if (request.url?.value.includes('BidiGenerateContent')) {
      return { confidence: 0.95, because: 'the URL asks for BidiGenerateContent' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: readLiveRequest,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const content = either(chunk, 'serverContent')
    if (content !== undefined) readContent(content, say)
    for (const call of either(either(chunk, 'toolCall'), 'functionCalls')?.items() ?? []) {
      sayGeminiCall(call, 0, say)
    }
    sayNote('cancelled tool calls', either(chunk, 'toolCallCancellation'), say)
    sayNote('going away', either(chunk, 'goAway'), say)
    const resumption = either(chunk, 'sessionResumptionUpdate')
    if (resumption !== undefined && !isEmpty(resumption)) sayNote('session resumption', resumption, say)
    const usage = either(chunk, 'usageMetadata')
    if (usage !== undefined) sayGeminiUsage(usage, say)
    const error = filled(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    sayRest(chunk, TOP, say)
  },
}
