import { JsonDocument, type JsonNode } from '../syntax/json-node.ts'
import { readCurl } from './curl.ts'
import { type CutValue, readCut } from './cut-value.ts'
import type { PastedRequest } from './paste.ts'
import { readArguments, readLiteral } from './python-literal.ts'

/** A request and where it stands in the text. */
export interface FoundRequest {
  readonly request: PastedRequest
  readonly start: number
  readonly end: number
}

/** More are not looked at. */
const MOST_REQUESTS = 4
/** Places at which a value could begin. */
const MOST_TRIES = 400
/** Deeper values are no requests. */
const MOST_LEVELS = 512
/** Characters that are read in search of the ends of values, in all. */
const MOST_READ = 40_000_000

/** The requests in a cleaned text, in order. */
export function requestsIn(text: string): readonly FoundRequest[] {
  const curl = readCurl(text)
  if (curl !== undefined) {
    const { method, url, data, start, end } = curl
    const body = data === undefined ? undefined : readValue(data, 0)
    const part = data === undefined || body !== undefined ? undefined : readCut(data, data.search(/\S/))
    const json = body?.json ?? part?.json
    if (data !== undefined && json !== undefined) {
      const request = { form: 'curl', kind: 'sdk', body: json, method, url, wire: true } as const
      return [{ request: part ? withCut(request, part, data) : request, start, end }]
    }
  }
  const found: FoundRequest[] = []
  let at = 0
  let read = 0
  for (let tries = 0; tries < MOST_TRIES && read < MOST_READ && found.length < MOST_REQUESTS; tries++) {
    const start = nextStart(text, at)
    if (start === -1) break
    const value = text[start] === '(' ? readCall(text, start) : readValue(text, start)
    const request = value && requestOf(value.json, text, start, value.python)
    if (value !== undefined && request !== undefined) found.push({ request, start, end: value.end })
    // before what is inside of it: a tool's schema may look like a request
    const part = value === undefined ? cutRequest(text, start) : undefined
    if (part !== undefined) found.push(part)
    at = value?.end ?? part?.end ?? start + 1
    // an open value is looked for to the end of the text
    read += (value?.end ?? text.length) - start
  }
  return found
}

/** A request that breaks off. */
function cutRequest(text: string, start: number): FoundRequest | undefined {
  const part = readCut(text, start)
  const request = part && requestOf(part.json, text, start, part.python)
  return part && request && { request: withCut(request, part, text), start, end: part.end }
}

/** Characters in front of a break that show where it is. */
const SHOWN_BEFORE = 40

function withCut(
  request: PastedRequest,
  { json, levels, inText, end }: CutValue,
  text: string,
): PastedRequest {
  // the body may lie in what breaks off, and end before that
  const depth = [0, 1, 2].find((closers) => json.endsWith(request.body + '}'.repeat(closers)))
  const before = text.slice(Math.max(0, end - 400), end).replace(/(?:\.{3}|…)[^\n]*$/, '')
  const shown = inText ? before : before.replace(/[\s,]+$/, '')
  const after = shown.slice(-SHOWN_BEFORE).replace(/^[\udc00-\udfff]/, '')
  return { ...request, cut: { after, levels: Math.max(0, levels - (depth ?? levels)), inText } }
}

/** A brace, or the bracket of a call with keyword arguments. */
function nextStart(text: string, from: number): number {
  const pattern = /\{|\((?=\s*(?:\*\*\{|[A-Za-z_]\w*\s*=[^=]))/g
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? -1
}

interface Value {
  readonly json: string
  readonly end: number
  /** It is no JSON as it stands. */
  readonly python: boolean
}

function readCall(text: string, at: number): Value | undefined {
  const found = readArguments(text, at)
  return found && { ...found, python: true }
}

/** JSON where it is that, else a literal of Python. */
function readValue(text: string, at: number): Value | undefined {
  const end = closingBrace(text, at)
  if (end !== undefined) {
    const json = text.slice(at, end)
    if (isJson(json)) return { json, end, python: false }
  }
  const literal = readLiteral(text, at)
  return literal && { ...literal, python: true }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Behind the brace that closes the one at (or behind blanks at) `from`, strings as JSON has them. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 0
  const pattern = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]]/g
  pattern.lastIndex = from
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    if ((found[0] === '{' || found[0] === '[') && ++depth > MOST_LEVELS) return undefined
    if (found[0] === '}' || found[0] === ']') {
      depth--
      if (depth === 0) return pattern.lastIndex
      if (depth < 0) return undefined
    }
  }
  return undefined
}

const BODY_KEYS = ['messages', 'contents', 'input', 'prompt', 'query', 'documents', 'texts', 'inputs']

/** An object as a request, by what it holds; `start`: where it stands, for what is said in front of it. */
function requestOf(json: string, text: string, start: number, python: boolean): PastedRequest | undefined {
  const { root } = JsonDocument.of(json)
  if (root?.kind !== 'object') return undefined
  const inner = root.get('request')
  if (inner?.kind === 'object') {
    const stored = storedRequest(inner, root.get('test_id'))
    if (stored !== undefined) return { ...stored, form: root.get('response') ? 'recording' : 'request' }
  }
  const stored = storedRequest(root, undefined)
  if (stored !== undefined) return stored
  if (!BODY_KEYS.some((key) => root.get(key) !== undefined)) return undefined
  const before = text.slice(Math.max(0, start - 4000), start)
  // older recorders print what was asked behind the URL
  const call = /Request: (GET|POST|PUT|PATCH|DELETE) (\S+) $/.exec(before)
  if (call !== null) {
    const [, method = '', url = ''] = call
    return { form: 'error', kind: 'sdk', body: json, method, url, wire: false }
  }
  return (
    httpRequest(json, before) ?? { form: python ? 'python' : 'body', kind: 'sdk', body: json, wire: false }
  )
}

/** A request as some recorder stores or prints it. */
function storedRequest(node: JsonNode, testId: JsonNode | undefined): PastedRequest | undefined {
  const kwargs = node.get('kwargs')
  const provider = node.get('provider')?.raw
  const toolName = node.get('tool_name')?.raw
  if (kwargs !== undefined && provider !== undefined && toolName !== undefined) {
    return { form: 'request', kind: 'tool', body: kwargs.raw, provider, toolName, wire: false }
  }
  const method = node.get('method')?.string()
  const payload = node.get('payload')
  // what is hashed has the path only
  const url = node.get('url')?.string() ?? node.get('uri')?.string() ?? node.get('endpoint')?.string()
  const id = (node.get('test_id') ?? testId)?.raw
  const said = { ...(method && { method }), ...(url && { url }), ...(id && { testId: id }) }
  if (payload !== undefined) return { form: 'request', kind: 'http', body: payload.raw, wire: false, ...said }
  const body = node.get('body')
  if (body === undefined || (method === undefined && url === undefined && id === undefined)) return undefined
  const text = body.string()
  // nock, Polly.js and others print the body as text
  const unpacked = text === undefined ? undefined : readValue(text, 0)?.json
  if (text !== undefined && unpacked === undefined) return undefined
  const wire =
    unpacked !== undefined ||
    (node.get('endpoint') === undefined && id === undefined && testId === undefined && hasHeaders(node))
  return { form: 'request', kind: 'sdk', body: unpacked ?? body.raw, wire, ...said }
}

/** The recorder of Llama Stack keeps none. */
function hasHeaders(node: JsonNode): boolean {
  return (node.get('headers')?.memberCount ?? 0) > 0
}

/** A request as it goes over the wire: a start line and headers in front of the body. */
function httpRequest(json: string, before: string): PastedRequest | undefined {
  const head =
    /(?:^|\n)[ \t]*(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/\d(?:\.\d)?\n((?:[ \t]*[\w-]+:[^\n]*\n)*)[ \t]*\n?(?:[\da-f]+\n)?[ \t]*$/i.exec(
      before,
    )
  if (head === null) return undefined
  const [, method = '', target = '', headers = ''] = head
  const host = /^\s*host:\s*(\S+)/im.exec(headers)?.[1]
  const url = target.startsWith('/') && host !== undefined ? `https://${host}${target}` : target
  return { form: 'http', kind: 'sdk', body: json, method: method.toUpperCase(), url, wire: true }
}
