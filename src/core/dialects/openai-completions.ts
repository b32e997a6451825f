/**
 * OpenAI (legacy) text completions, streamed and whole.
 *
 * Spec: https://platform.openai.com/docs/api-reference/completions. Spoken also by vLLM, Together (whose chunks are
 * of the object "completion.chunk"), Ollama, llama.cpp, Fireworks and watsonx.
 * Supported: text of several choices, an echoed prompt (it is part of the text), finish reasons, usage, errors.
 * Lost: nothing; log probabilities and members of vendors are said as `unknown`.
 */
import type { Conversation, Message, Parameter } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { isHarmless } from './content-filter.ts'
import type { Dialect } from './dialect.ts'
import { textMessage, unknownPart } from './openai-items-request.ts'
import { sayChatUsage } from './openai-usage.ts'
import { given, isEmpty, pathOf, type Say, sayError, sayText, sayUnread } from './saying.ts'

const CHUNK: ReadonlySet<string> = new Set(
  'id object created model choices usage system_fingerprint service_tier error token provider'.split(' '),
)
const CHOICE: ReadonlySet<string> = new Set('index text finish_reason seed stop_reason'.split(' '))

function readChoice(choice: JsonNode, say: Say): void {
  const index = choice.get('index')?.number() ?? 0
  sayText('text', choice.get('text'), { choice: index, part: 0, why: 'text' }, say)
  for (const { key, value } of choice.effectiveMembers()) {
    if (CHOICE.has(key) || isEmpty(value) || (key.startsWith('content_filter') && isHarmless(value))) continue
    say({ kind: 'unknown', why: key.replaceAll('_', ' '), json: value })
  }
  const reason = choice.get('finish_reason')
  if (reason?.string()) say({ kind: 'stop', choice: index, reason })
}

/** A prompt is a text, several, or token ids. */
function readPrompt(prompt: JsonNode): readonly Message[] {
  if (prompt.kind !== 'array') return [textMessage('user', prompt)]
  if (prompt.item(0)?.kind === 'number') {
    return [{ role: 'user', at: prompt.at, parts: [{ ...unknownPart(prompt), item: prompt.at }] }]
  }
  return [...prompt.items()].map((item) => textMessage('user', item))
}

function readRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  let messages: readonly Message[] = []
  for (const { key, value } of body.effectiveMembers()) {
    if (key === 'prompt' && !value.isNull) messages = readPrompt(value)
    else parameters.push({ name: key, value: value.locatedRaw() })
  }
  return { at: body.at, messages, tools: [], parameters }
}

export const openaiCompletions: Dialect = {
  id: 'openai-completions',
  label: 'OpenAI text completions',
  spec: 'https://platform.openai.com/docs/api-reference/completions',

  sniff(request, body, first) {
    const choice = first?.get('choices')?.item(0)
    // Together repeats the text of a chat beside its delta
    const isChat = choice?.get('delta') !== undefined || choice?.get('message') !== undefined
    if (choice?.get('text')?.kind === 'string' && !isChat) {
      return { confidence: 1, because: 'the payload has choices[].text' }
    }
    const object = first?.get('object')?.string()
    if ((object === 'text_completion' || object === 'completion.chunk') && !isChat) {
      return { confidence: 0.95, because: `the payload says object "${object}"` }
    }
    const path = pathOf(request.url?.value)
    const prompt = body?.get('prompt') !== undefined
    if (path.endsWith('/completions') && prompt && body?.get('messages') === undefined) {
      return { confidence: 0.85, because: 'the URL ends in /completions and the body has a prompt' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest,

  readChunk(chunk, say) {
    if (chunk.kind !== 'object') {
      if (chunk.kind !== 'string') say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    for (const choice of chunk.get('choices')?.items() ?? []) readChoice(choice, say)
    const usage = given(chunk.get('usage'))
    if (usage !== undefined) sayChatUsage(usage, say)
    const error = given(chunk.get('error'))
    if (error !== undefined) sayError(error, say)
    if (!chunk.get('choices') && !usage && !error) say({ kind: 'unknown', why: 'no choices', json: chunk })
    else sayUnread(chunk, CHUNK, '', say)
  },
}
