/**
 * What Llama Stack / OGX records beside calls of models: tools that it ran itself and files that it took apart.
 *
 * Spec: https://github.com/ogx-ai/ogx `src/ogx/testing/api_recorder.py` (tool_name, kwargs; api "file_processors"),
 * `ToolInvocationResult` and `ProcessFileResponse` of its API.
 * Supported: what a tool said (text, images), how it failed, the chunks of a file.
 * Lost: nothing.
 */
import type { ContentPart, Conversation } from '../cassette/conversation.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'
import { unknownPart } from './openai-items-request.ts'
import { filled, given, type Say, sayUnread } from './saying.ts'

const RESULT: ReadonlySet<string> = new Set(['content', 'error_message', 'error_code', 'metadata'])
const FILE: ReadonlySet<string> = new Set(['chunks', 'metadata'])

/** InterleavedContent: a text, an item, or a list of items. `first` is the number of its first text. */
function sayContent(content: JsonNode, first: number, say: Say): number {
  if (content.kind === 'array') {
    let part = first
    for (const item of content.items()) part = sayContent(item, part, say)
    return part
  }
  const text = content.kind === 'string' ? content : content.get('text')
  if (text?.kind === 'string') {
    say({ kind: 'text', choice: 0, part: first, text })
    return first + 1
  }
  const image = content.get('image')
  const data = given(image?.get('data')) ?? image?.path('url', 'uri') ?? image?.get('url')
  if (data?.kind === 'string') say({ kind: 'media', choice: 0, part: first, media: 'image', data })
  else if (!content.isNull) say({ kind: 'unknown', why: 'content', json: content })
  return first + 1
}

function sayNote(label: string, json: JsonNode | undefined, say: Say): void {
  const said = filled(json)
  if (said !== undefined) say({ kind: 'note', choice: 0, label, json: said })
}

function readFile(chunk: JsonNode, say: Say): void {
  let part = 0
  let position = 0
  for (const piece of chunk.get('chunks')?.items() ?? []) {
    position++
    const content = piece.get('content')
    if (content !== undefined) part = sayContent(content, part, say)
    for (const { key, value } of piece.effectiveMembers()) {
      if (key === 'content' || key === 'chunk_id') continue
      sayNote(`chunk ${position} · ${key.replaceAll('_', ' ')}`, value, say)
    }
  }
  sayNote('file', chunk.get('metadata'), say)
  sayUnread(chunk, FILE, '', say)
}

function readResult(chunk: JsonNode, say: Say): void {
  const content = chunk.get('content')
  if (content !== undefined) sayContent(content, 0, say)
  const message = given(chunk.get('error_message'))
  const code = given(chunk.get('error_code'))
  const error = message ?? code
  if (error !== undefined) say({ kind: 'error', error, message: message?.string() ?? `error ${error.raw}` })
  sayNote('metadata', chunk.get('metadata'), say)
  sayUnread(chunk, RESULT, '', say)
}

/** The members beside the arguments in the recorder's request name the tool. */
function requestOf(kwargs: JsonNode): JsonNode | undefined {
  const { pointer } = kwargs
  return pointer === '' ? undefined : kwargs.document.find(pointer.slice(0, pointer.lastIndexOf('/')))
}

function readRequest(body: JsonNode): Conversation {
  const request = requestOf(body)
  const name = (request?.get('tool_name') ?? request?.get('provider'))?.locatedString()
  const part: ContentPart = name
    ? { kind: 'tool-call', call: { name, arguments: body.locatedRaw() } }
    : unknownPart(body)
  return { messages: [{ role: 'assistant', at: body.at, parts: [part] }], tools: [], parameters: [] }
}

function isFile(chunk: JsonNode | undefined): boolean {
  const piece = chunk?.get('chunks')?.item(0)
  return (
    piece?.get('content') !== undefined &&
    (piece.get('chunk_id') ?? piece.get('chunk_metadata')) !== undefined
  )
}

export const llamaStackTool: Dialect = {
  id: 'llama-stack-tool',
  label: 'Llama Stack tool',
  spec: 'https://github.com/ogx-ai/ogx/blob/main/src/ogx/testing/api_recorder.py',

  sniff(request, _body, first) {
    const names = request.extras.map(({ name }) => name)
    const isTool = names.includes('tool_name') && names.includes('provider')
    if (first?.get('content') !== undefined && first.get('error_code') !== undefined) {
      return { confidence: isTool ? 1 : 0.9, because: 'the response is the result of a tool' }
    }
    if (isFile(first)) return { confidence: 0.95, because: 'the response is a file in chunks' }
    if (isTool) return { confidence: 0.9, because: 'the request names a tool' }
    if (names.includes('api') && names.includes('file_id')) {
      return { confidence: 0.9, because: 'the request names a file processor' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest,

  readChunk(chunk, say) {
    if (chunk.get('chunks')?.kind === 'array') readFile(chunk, say)
    else if (chunk.kind === 'object' && (chunk.get('content') ?? chunk.get('error_message')) !== undefined) {
      readResult(chunk, say)
    } else say({ kind: 'unknown', why: '', json: chunk })
  },
}
