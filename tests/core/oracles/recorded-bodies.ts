/**
 * The bodies of the answers in recordings of every format, taken out without a line of the program: `JSON.parse`, the
 * `yaml` package, `Buffer`, `node:zlib`. One reader a format, each as short as the format allows; which format a file
 * has says the corpus's own index, not the program.
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { parseDocument } from 'yaml'

export interface RecordedBody {
  /** Position among the file's calls. */
  readonly interaction: number
  readonly url: string
  /** As it was sent, uncompressed; undefined where the recorder kept the parsed JSON. */
  readonly bytes?: Buffer
  readonly json?: unknown
  /** False: a list in it is one answer (models, for example). */
  readonly streamed: boolean
}

type Reader = (file: Buffer) => readonly (RecordedBody | undefined)[]

type Json = Readonly<Record<string, unknown>>

export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null ? (inside as Json)[String(key)] : undefined,
    value,
  )
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = member(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** Headers as a dictionary (of texts or lists), or as a list of names and values. */
function header(headers: unknown, wanted: string): string {
  const pairs = Array.isArray(headers)
    ? headers.map((each: unknown): [unknown, unknown] => [member(each, 'name'), member(each, 'value')])
    : Object.entries((headers ?? {}) as Json)
  const found = pairs.find(([name]) => String(name).toLowerCase() === wanted)?.[1]
  return String(found ?? '').toLowerCase()
}

function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function inflated(bytes: Buffer, encoding: string): Buffer {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return inflated(gunzipSync(bytes), encoding)
  if (isText(bytes)) return bytes
  if (encoding.includes('br')) return brotliDecompressSync(bytes)
  if (encoding.includes('deflate')) return inflateSync(bytes)
  return bytes
}

/** A text is its UTF-8, bytes are inflated, anything else is JSON that the recorder has parsed. */
function bodyOf(
  interaction: number,
  url: string,
  stored: unknown,
  headers?: unknown,
): RecordedBody | undefined {
  if (stored === undefined || stored === null || stored === '') return undefined
  const streamed = headers === undefined || /stream/i.test(url + header(headers, 'content-type'))
  if (typeof stored === 'string' || stored instanceof Uint8Array) {
    const bytes = inflated(Buffer.from(stored), header(headers, 'content-encoding'))
    return bytes.length > 0 ? { interaction, url, bytes, streamed } : undefined
  }
  return { interaction, url, json: stored, streamed }
}

function jsonOf(file: Buffer): unknown {
  return JSON.parse(file.toString('utf8').replace(/^\ufeff/, '')) as unknown
}

/** Tags of Python and Ruby are passed over, but for those that say that a text is base64. */
function yamlOf(file: Buffer): unknown {
  const binary = (tag: string) => ({ tag, resolve: (text: string) => Buffer.from(text, 'base64') })
  const document = parseDocument(file.toString('utf8'), {
    uniqueKeys: false,
    logLevel: 'silent',
    customTags: [binary('!binary'), binary('tag:yaml.org,2002:binary')],
  })
  if (document.errors[0]) throw document.errors[0]
  return document.toJS({ maxAliasCount: -1 }) as unknown
}

/** vcr.py in its versions, with and without `parsed_body`; ddapm-test-agent keeps one call. */
function vcrResponse(response: unknown): unknown {
  const body = member(response, 'body')
  const parsed = member(response, 'parsed_body') ?? member(body, 'parsed_body')
  if (parsed !== undefined) return parsed
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return member(body, 'string') ?? member(body, 'base64_string') ?? member(response, 'content')
}

function vcr(root: unknown): readonly (RecordedBody | undefined)[] {
  const calls = Array.isArray(root)
    ? root
    : (member(root, 'interactions') ?? member(root, 'http_interactions') ?? [root])
  return listOf(calls).map((call, at) => {
    const response = member(call, 'response')
    const url = textAt(call, 'request', 'uri') || textAt(call, 'request', 'url')
    return bodyOf(at, url, vcrResponse(response), member(response, 'headers'))
  })
}

function har(root: unknown): readonly (RecordedBody | undefined)[] {
  return listOf(member(root, 'log', 'entries')).map((entry, at) => {
    const content = member(entry, 'response', 'content')
    const text = textAt(content, 'text')
    const encoding =
      textAt(content, 'encoding') === 'base64'
        ? 'base64'
        : member(content, '_isBinary') === true
          ? 'hex'
          : undefined
    // Polly.js writes the pieces as they came from the network, each encoded for itself
    const pieces = encoding && text.startsWith('["') ? (JSON.parse(text) as string[]) : [text]
    const stored = encoding ? Buffer.concat(pieces.map((piece) => Buffer.from(piece, encoding))) : text
    return bodyOf(at, textAt(entry, 'request', 'url'), stored, member(entry, 'response', 'headers'))
  })
}

function nock(root: unknown): readonly (RecordedBody | undefined)[] {
  return listOf(root).map((call, at) => {
    const response = member(call, 'response')
    const url = textAt(call, 'scope') + textAt(call, 'path')
    const isHex =
      member(call, 'responseIsBinary') === true || listOf(response).some((item) => typeof item === 'string')
    if (!isHex) return bodyOf(at, url, response)
    const pieces = typeof response === 'string' ? [response] : (listOf(response) as readonly string[])
    return bodyOf(at, url, Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'hex'))))
  })
}

/** RFC 9112 section 7.1: sizes in hexadecimal, each with its bytes. */
function unchunked(bytes: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (!(size > 0)) break
    pieces.push(bytes.subarray(end + 1, end + 1 + size))
    at = bytes.indexOf('\n', end + 1 + size) + 1
  }
  return Buffer.concat(pieces)
}

const httprr: Reader = (file) => {
  const bodies: (RecordedBody | undefined)[] = []
  for (let at = file.indexOf('\n') + 1; at > 0 && at < file.length; ) {
    const line = file.indexOf('\n', at)
    const [asked = 0, answered = 0] = file.toString('latin1', at, line).split(' ').map(Number)
    const request = file.toString('latin1', line + 1, line + 1 + asked)
    const response = file.subarray(line + 1 + asked, line + 1 + asked + answered)
    const head = /^.*?\r?\n\r?\n/s.exec(response.toString('latin1'))?.[0] ?? ''
    const body = response.subarray(head.length)
    const isChunked =
      /^transfer-encoding: *chunked/im.test(head) && /^[0-9a-f]+\r?\n/i.test(body.toString('latin1', 0, 16))
    const headers = { 'content-encoding': /^content-encoding: *(\S+)/im.exec(head)?.[1] }
    bodies.push(
      bodyOf(bodies.length, request.split(' ')[1] ?? '', isChunked ? unchunked(body) : body, headers),
    )
    at = line + 1 + asked + answered
  }
  return bodies
}

function llamaStack(root: unknown): readonly (RecordedBody | undefined)[] {
  const body = member(root, 'response', 'body')
  const url = textAt(root, 'request', 'url')
  const lines = listOf(body)
  // a stream that was kept line by line
  if (typeof lines[0] === 'string') return [bodyOf(0, url, lines.join('\n'))]
  const data = (item: unknown): unknown => member(item, '__data__') ?? item
  const streamed = member(root, 'response', 'is_streaming') === true
  const stored = streamed && Array.isArray(body) ? lines.map(data) : data(body)
  const found = bodyOf(0, url, stored)
  return [found && { ...found, streamed }]
}

const json =
  (read: (root: unknown) => readonly (RecordedBody | undefined)[]): Reader =>
  (file) =>
    read(jsonOf(file))
const yaml =
  (read: (root: unknown) => readonly (RecordedBody | undefined)[]): Reader =>
  (file) =>
    read(yamlOf(file))
const unzipped =
  (read: Reader): Reader =>
  (file) =>
    read(gunzipSync(file))
const wholeFile: Reader = (file) => [bodyOf(0, '', file)]

/** Of each format of the corpus's index. */
export const READERS: Readonly<Record<string, Reader>> = {
  'vcrpy-yaml': yaml(vcr),
  'vcrpy-yaml+parsed_body': yaml(vcr),
  'vcrpy-yaml+parsed_body(SSE list)': yaml(vcr),
  'yaml-other': yaml(vcr),
  'vcrpy-json': json(vcr),
  'json-other': json(vcr),
  'ruby-vcr-yaml': yaml(vcr),
  'go-vcr-v2-yaml': yaml(vcr),
  'ddapm-testagent-vcr-json': json(vcr),
  'langchain-vcr-yaml.gz': unzipped(
    yaml((root) => {
      const answers = listOf(member(root, 'responses'))
      return vcr(answers.map((response, at) => ({ request: member(root, 'requests', at), response })))
    }),
  ),
  'cassetter-yaml-v1': yaml((root) =>
    listOf(member(root, 'interactions')).map((call, at) => {
      const { type, content } = (member(call, 'response', 'body') ?? {}) as Json
      const stored = type === 'binary' ? Buffer.from(String(content), 'hex') : content
      return bodyOf(at, textAt(call, 'request', 'uri'), stored)
    }),
  ),
  'har-1.2': json(har),
  'bad-har': json(har),
  'pollyjs-har': json(har),
  'pollyjs-har-yaml': yaml(har),
  'nock-json': json(nock),
  httprr,
  'httprr.gz': unzipped(httprr),
  'opencode-http-recorder': json((root) =>
    listOf(member(root, 'interactions')).map((call, at) => {
      const body = textAt(call, 'response', 'body')
      const isBase64 = member(call, 'response', 'bodyEncoding') === 'base64'
      return bodyOf(at, textAt(call, 'request', 'url'), isBase64 ? Buffer.from(body, 'base64') : body)
    }),
  ),
  'mastra-llm-recorder-json': json((root) =>
    listOf(member(root, 'recordings') ?? root).map((call, at) => {
      const chunks = member(call, 'response', 'chunks')
      const stored = chunks === undefined ? member(call, 'response', 'body') : listOf(chunks).join('')
      return bodyOf(at, textAt(call, 'request', 'url'), stored)
    }),
  ),
  'azure-test-proxy-json': json((root) =>
    listOf(member(root, 'Entries')).map((call, at) => {
      const stored = member(call, 'ResponseBody')
      const lines = listOf(stored)
      const isText = typeof lines[0] === 'string'
      return bodyOf(at, textAt(call, 'RequestUri'), isText ? lines.join('\n') : stored)
    }),
  ),
  'req_llm-json': json((root) => {
    const chunks = listOf(member(root, 'chunks')).map((chunk) => Buffer.from(textAt(chunk, 'b64'), 'base64'))
    return [bodyOf(0, textAt(root, 'request', 'url'), Buffer.concat(chunks))]
  }),
  'gemini-cli-responses-ndjson': (file) =>
    file
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line, at) => bodyOf(at, '', member(JSON.parse(line), 'response'))),
  'response-only-json': json((root) => [bodyOf(0, '', member(root, 'body'))]),
  'llama-stack-json': json(llamaStack),
  'llama-stack-json/sse-lines': json(llamaStack),
  'bare-json-response': wholeFile,
  'raw-sse': wholeFile,
  ndjson: wholeFile,
  'vercel-chunks-txt': wholeFile,
  'wiremock-__files-body': wholeFile,
}

/** Formats that keep no bodies of answers, with the reason. */
export const WITHOUT_BODIES: Readonly<Record<string, string>> = {
  'wiremock-mapping': 'the body is another file, which is read as what it is',
  'claude-agent-sdk-transcript-yaml': 'messages of a process, no HTTP',
  'pydantic-ai-ws-yaml': 'messages of a socket',
  'pydantic-ai-xai-grpc-yaml': 'protobuf beside its own decoding',
}

/** Calls that are no HTTP beside such that are; by the end of their names. */
export const NO_HTTP: readonly string[] = [
  'websocket.har#0',
  'websocket.har#1',
  'websocket.har#2',
  'all-protocols.yaml#3',
  'all-protocols.yaml#4',
]
