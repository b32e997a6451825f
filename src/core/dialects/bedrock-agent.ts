/**
 * Agents and knowledge bases of AWS Bedrock: InvokeAgent, RetrieveAndGenerate, Retrieve.
 *
 * Spec: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html.
 * Supported: text (where the container has decoded `chunk.bytes`; else the bytes are shown as the text file they
 * are), citations, traces, calls handed back to the client (`returnControl`), files, exceptions.
 * Lost: nothing; what is not read here is said as `unknown`.
 */
import {
  addressOf,
  awsExceptionIn,
  given,
  isBlank,
  type Say,
  sayError,
  sayRest,
  worded,
} from '../cassette/payload.ts'
import { readMembers, textMessage } from '../cassette/request-parts.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Dialect } from './dialect.ts'

const EVENTS: ReadonlySet<string> = new Set(['chunk', 'trace', 'returnControl', 'files'])
const PATH =
  /\/agents\/[^/]+\/agentAliases\/[^/]+\/sessions\/[^/]+\/text$|\/(retrieveAndGenerate(Stream)?|knowledgebases\/[^/]+\/retrieve)$/
const CHUNK = new Set(['bytes', 'attribution', 'p'])
const WHOLE = new Set([
  'output',
  'citations',
  'citation',
  'retrievalResults',
  'sessionId',
  'guardrailAction',
  'p',
])

function readEvent(name: string, event: JsonNode, say: Say): void {
  if (name === 'chunk') readText(event, say)
  else if (name === 'returnControl') readReturnControl(event, say)
  else if (name === 'files') readFiles(event, say)
  else {
    const [kind] = [...(event.get('trace')?.members() ?? [])]
    const label = kind === undefined ? 'trace' : `trace: ${kind.key}`
    say({ kind: 'note', choice: 0, label, json: event })
  }
}

function readText(event: JsonNode, say: Say): void {
  const bytes = event.get('bytes')
  if (bytes?.kind === 'string') {
    // base64 of a text; its pieces are files of their own, as base64 cannot be joined
    say({ kind: 'media', choice: 0, part: bytes.id, media: 'file', data: bytes, type: 'text/plain' })
  }
  for (const json of event.path('attribution', 'citations')?.items() ?? []) {
    say({ kind: 'note', choice: 0, label: 'citation', json })
  }
  sayRest(event, CHUNK, say)
}

/** What the client shall call: a function, or a path of an API. */
function readReturnControl(event: JsonNode, say: Say): void {
  let index = 0
  for (const input of event.get('invocationInputs')?.items() ?? []) {
    const called = input.get('functionInvocationInput') ?? input.get('apiInvocationInput') ?? input
    say({
      kind: 'tool-call',
      choice: 0,
      index: index++,
      id: worded(event.get('invocationId')),
      name: worded(called.get('function') ?? called.get('apiPath')),
      arguments: given(called.get('parameters') ?? called.get('requestBody')),
    })
  }
  if (index === 0) say({ kind: 'unknown', why: 'returnControl', json: event })
}

function readFiles(event: JsonNode, say: Say): void {
  for (const file of event.get('files')?.items() ?? []) {
    const data = worded(file.get('bytes'))
    const type = file.get('type')?.string()
    if (data === undefined) say({ kind: 'unknown', why: 'file', json: file })
    else {
      const media = type?.startsWith('image/') ? 'image' : 'file'
      say({ kind: 'media', choice: 0, part: data.id, media, data, type })
    }
  }
}

/** The answer of a knowledge base: whole, or a piece of it. */
function readKnowledge(chunk: JsonNode, say: Say): void {
  const text = chunk.path('output', 'text') ?? (chunk.memberCount <= 2 ? chunk.get('text') : undefined)
  if (text?.kind === 'string') say({ kind: 'text', choice: 0, part: 0, text })
  for (const json of chunk.get('citations')?.items() ?? []) {
    say({ kind: 'note', choice: 0, label: 'citation', json })
  }
  const citation = given(chunk.get('citation'))
  if (citation !== undefined) say({ kind: 'note', choice: 0, label: 'citation', json: citation })
  for (const json of chunk.get('retrievalResults')?.items() ?? []) {
    say({ kind: 'note', choice: 0, label: 'retrieval result', json })
  }
  const action = given(chunk.get('guardrailAction'))
  if (action !== undefined && action.string() !== 'NONE') {
    say({ kind: 'note', choice: 0, label: 'guardrail', json: action })
  }
  sayRest(chunk, text && chunk.get('text') ? new Set([...WHOLE, 'text']) : WHOLE, say)
}

export const bedrockAgent: Dialect = {
  id: 'bedrock-agent',
  label: 'Bedrock agents',
  spec: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html',

  sniff(request, body, first, event) {
    const { host, path } = addressOf(request)
    if (PATH.test(path)) return { confidence: 1, because: 'the URL is one of the agent runtime' }
    if (host.startsWith('bedrock-agent-runtime')) {
      return { confidence: 0.95, because: `the host is ${host}` }
    }
    const trace = event === 'trace' ? first : first?.get('trace')
    if (trace?.get('agentId') !== undefined) {
      return { confidence: 0.9, because: "the stream has an agent's trace" }
    }
    if (event === 'returnControl' || first?.path('returnControl', 'invocationInputs') !== undefined) {
      return { confidence: 0.9, because: 'the stream returns control' }
    }
    if (first?.path('chunk', 'bytes')?.kind === 'string') {
      return { confidence: 0.8, because: 'the chunks have chunk.bytes' }
    }
    if (body?.get('inputText') !== undefined && body.get('enableTrace') !== undefined) {
      return { confidence: 0.7, because: 'the body has inputText and enableTrace' }
    }
    return { confidence: 0, because: '' }
  },

  readRequest: (body) =>
    readMembers(body, (key, value) => {
      if (key === 'inputText' && value.kind === 'string') return { messages: [textMessage('user', value)] }
      const text = key === 'input' || key === 'retrievalQuery' ? value.get('text') : undefined
      return text?.kind === 'string' && value.memberCount === 1
        ? { messages: [textMessage('user', text)] }
        : undefined
    }),

  readChunk(chunk, say, event) {
    const name = event !== undefined && EVENTS.has(event) ? event : undefined
    // decoded to plain text, which can look like JSON
    if (chunk.kind !== 'object') {
      say({ kind: 'text', choice: 0, part: 0, text: chunk })
      return
    }
    const wrapped = [...chunk.effectiveMembers()].filter(
      ({ key, value }) => EVENTS.has(key) && !isBlank(value),
    )
    const failed = awsExceptionIn(chunk, event)
    if (failed !== undefined) sayError(failed, say)
    // a trace's payload has a `trace` of its own
    else if (name !== undefined) readEvent(name, chunk, say)
    else if (chunk.get('bytes') !== undefined) readText(chunk, say)
    else if (chunk.get('agentId') !== undefined) readEvent('trace', chunk, say)
    else if (wrapped.length > 0) for (const { key, value } of wrapped) readEvent(key, value, say)
    else readKnowledge(chunk, say)
  },
}
