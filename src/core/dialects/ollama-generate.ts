/**
 * Ollama's /api/generate, streamed (a line a chunk) and whole.
 *
 * Spec: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-completion. Spoken by Ollama.
 * Supported: text, thinking, a generated image, the context's tokens as a note, counts and
 * durations as usage, the time of each line, log probabilities, errors.
 * Lost: nothing; what is not read here is said as `unknown`.
 */
import type { Conversation, Message, Parameter, ResponseFormat } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { sayNote } from './members.ts'
import { ollamaGenerateEdits } from './ollama-chunk-edits.ts'
import {
  isOllamaChunk,
  ollamaFormat,
  ollamaImage,
  ollamaMembers,
  ollamaTime,
  sayOllamaFrame,
} from './ollama-parts.ts'
import { itemsOf, messageOf, parametersOf } from './request-values.ts'

const LINE = ollamaMembers('thinking', 'response', 'image', 'context')

function readRequest(body: JsonNode): Conversation {
  const parameters: Parameter[] = []
  const messages: Message[] = []
  let responseFormat: ResponseFormat | undefined
  for (const { key, value } of body.effectiveMembers()) {
    const format = key === 'format' ? ollamaFormat(value) : undefined
    const system = key === 'system' ? messageOf('system', value) : undefined
    if (format) responseFormat = format
    else if (system) messages.unshift(system)
    else if (key === 'prompt') messages.push(promptOf(body, value))
    else if (key === 'options') parameters.push(...parametersOf(key, value))
    else if (key !== 'images' || body.get('prompt') === undefined) {
      parameters.push({ name: key, value: value.locatedRaw() })
    }
  }
  return { at: body.at, messages, tools: [], parameters, ...(responseFormat && { responseFormat }) }
}

function promptOf(body: JsonNode, prompt: JsonNode): Message {
  const message = messageOf('user', prompt) ?? { role: 'user', at: prompt.at, parts: [] }
  return { ...message, parts: [...message.parts, ...itemsOf(body.get('images'), ollamaImage)] }
}

export const ollamaGenerate: Dialect = {
  id: 'ollama-generate',
  label: 'Ollama generate',
  spec: 'https://github.com/ollama/ollama/blob/main/docs/api.md',

  sniff(request, body, first) {
    if (isOllamaChunk(first) && first?.get('response')?.kind === 'string') {
      return { confidence: 1, because: 'the answer has created_at and response' }
    }
    const path = request.url?.value.split(/[?#]/)[0] ?? ''
    if (path.endsWith('/api/generate') && body?.get('prompt') !== undefined) {
      return { confidence: 0.9, because: 'the URL ends in /api/generate and the body has a prompt' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest,
  chunkEdits: ollamaGenerateEdits,

  readChunk(chunk, say) {
    if (chunk.kind === 'string') return
    if (chunk.kind !== 'object') {
      say({ kind: 'unknown', why: 'not an object', json: chunk })
      return
    }
    const thinking = chunk.get('thinking')
    if (thinking?.kind === 'string') say({ kind: 'reasoning', choice: 0, part: 0, text: thinking })
    const text = chunk.get('response')
    if (text?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text })
    const image = chunk.get('image')
    if (image?.string()) say({ kind: 'media', choice: 0, part: 0, media: 'image', data: image })
    sayNote('context', chunk.get('context'), say)
    sayOllamaFrame(chunk, LINE, say)
  },

  timeOf: ollamaTime,
}
