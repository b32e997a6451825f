/** Where a call stands in a document of no known format: found by the names that recorders have for its parts. */
import type { JsonNode } from '../syntax/json-node.ts'

/** A call as it was found; the nodes are those of the document that was searched. */
export interface FoundCall {
  readonly at: JsonNode
  readonly method: JsonNode | undefined
  readonly url: JsonNode | undefined
  readonly requestHeaders: JsonNode | undefined
  readonly requestBody: FoundBody | undefined
  readonly status: JsonNode | undefined
  readonly responseHeaders: JsonNode | undefined
  readonly responseBody: FoundBody
}

interface FoundBody {
  readonly at: JsonNode
  readonly isBase64: boolean
}

const METHOD = /^(?:http|request)?(?:method|verb)$/
const URL_NAME = /^(?:request|full)?(?:url|uri|endpoint|href)$/
const HEADERS = /^(?:http)?headers$/
const STATUS = /^(?:http|response)?(?:status(?:code)?|code)$/
const REQUEST = /^(?:recorded|http|llm|api)?(?:request|req)(?:data)?$/
const RESPONSE = /^(?:recorded|http|llm|api)?(?:response|resp|res|reply)(?:data)?$/
const REQUEST_BODY = /^req(?:uest)?(?:body|json|payload|text|content|params)$/
const RESPONSE_BODY = /^resp(?:onse)?(?:body|json|payload|text|content|stream|chunks|events)$/
const CHUNKS = /^(?:stream|sse|raw)?(?:chunks|events|lines|frames|stream|deltas|sse)$/
const BODY =
  /^(?:raw|parsed)?(?:body|json|payload|content|data|text|string|kwargs)(?:json|text|string|b64|base64)?$/
const WRAPPED = /^(?:string|text|content|data|json|raw|value|base64string|base64|b64)$/
/** What may stand beside a wrapped body. */
const BESIDE = /^(?:encoding|type|kind|format|mimetype|contenttype|size|length|charset|decoded)$/
const ASKING = ['messages', 'contents', 'input', 'prompt', 'inputs', 'texts', 'model']

/** Whether a node is a body that was unpacked: what is in it is no part of the format. */
type IsStored = (node: JsonNode) => boolean

/** How deep and how long is searched. */
const MAX_DEPTH = 6
const MAX_NODES = 20_000

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function pick(
  owner: JsonNode | undefined,
  name: RegExp,
  fits: (node: JsonNode) => boolean = (node) => !node.isNull,
): JsonNode | undefined {
  for (const { key, value } of owner?.effectiveMembers() ?? []) {
    if (name.test(plain(key)) && fits(value)) return value
  }
  return undefined
}

function isText(node: JsonNode): boolean {
  return node.kind === 'string'
}

function isStatus(node: JsonNode): boolean {
  const code = node.kind === 'object' ? (node.get('code') ?? node.get('status_code')) : node
  return /^"?[1-5]\d\d\b/.test(code?.raw ?? '')
}

/** A body may lie in an object that says how it is written. */
function unwrapped(body: JsonNode | undefined, isStored: IsStored): FoundBody | undefined {
  if (body === undefined) return undefined
  const members = body.kind === 'object' && !isStored(body) ? [...body.effectiveMembers()] : []
  const inner = members.find(({ key, value }) => WRAPPED.test(plain(key)) && !value.isNull)
  const isWrapped = members.every((each) => each === inner || BESIDE.test(plain(each.key)))
  if (inner === undefined || !isWrapped) return { at: body, isBase64: false }
  const isBase64 = /base64|b64/.test(plain(inner.key)) || /base64/i.test(body.get('encoding')?.string() ?? '')
  return { at: inner.value, isBase64 }
}

function requestBodyOf(
  node: JsonNode,
  request: JsonNode | undefined,
  isStored: IsStored,
): JsonNode | undefined {
  const own = pick(node, REQUEST_BODY)
  if (own !== undefined || request === undefined) return own
  if (isStored(request)) return request
  if (request.kind !== 'object') return isText(request) ? request : undefined
  if (ASKING.slice(0, 4).some((key) => request.get(key) !== undefined)) return request
  return pick(request, BODY) ?? (ASKING.some((key) => request.get(key) !== undefined) ? request : undefined)
}

/** Without a response of its own a call has its answer beside its URL. */
function responseBodyOf(
  node: JsonNode,
  response: JsonNode | undefined,
  isFlat: boolean,
  isStored: IsStored,
): JsonNode | undefined {
  if (response && isStored(response)) return response
  if (response !== undefined && response.kind !== 'object') return response
  const chunks = pick(response, CHUNKS, ({ kind, raw }) => kind === 'array' && raw.length > 2)
  if (chunks !== undefined) return chunks
  const body = pick(response, BODY)
  if (body !== undefined) return body
  const own = pick(node, RESPONSE_BODY) ?? pick(node, CHUNKS, ({ kind }) => kind === 'array')
  if (own !== undefined) return own
  const isEnvelope = pick(response, STATUS, isStatus) !== undefined || pick(response, HEADERS) !== undefined
  if (response !== undefined) return isEnvelope || response.memberCount === 0 ? undefined : response
  return isFlat ? pick(node, BODY) : undefined
}

function callAt(node: JsonNode, isStored: IsStored): FoundCall | undefined {
  if (node.kind !== 'object') return undefined
  const request = pick(node, REQUEST)
  const response = pick(node, RESPONSE)
  const inner = request?.kind === 'object' ? request : undefined
  const answer = response?.kind === 'object' ? response : undefined
  const url = pick(inner, URL_NAME, isText) ?? pick(node, URL_NAME, isText)
  const status = pick(answer, STATUS, isStatus) ?? pick(node, STATUS, isStatus)
  const isFlat = url !== undefined && status !== undefined
  const requestBody = unwrapped(requestBodyOf(node, request, isStored), isStored)
  const responseBody = unwrapped(responseBodyOf(node, response, isFlat, isStored), isStored)
  if (responseBody === undefined || (url === undefined && requestBody === undefined)) return undefined
  return {
    at: node,
    method: pick(inner, METHOD, isText) ?? pick(node, METHOD, isText),
    url,
    requestHeaders: pick(inner, HEADERS),
    requestBody: requestBody?.at.id === responseBody.at.id ? undefined : requestBody,
    status,
    responseHeaders: pick(answer, HEADERS) ?? (response === undefined ? pick(node, HEADERS) : undefined),
    responseBody,
  }
}

/** The calls in a document, outermost first; what lies inside of a call is none. */
export function findCalls(root: JsonNode, isStored: IsStored = () => false): readonly FoundCall[] {
  const found: FoundCall[] = []
  let level: readonly JsonNode[] = [root]
  let seen = 0
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && seen < MAX_NODES; depth++) {
    const next: JsonNode[] = []
    for (const node of level) {
      if (seen++ > MAX_NODES) break
      const call = callAt(node, isStored)
      if (call) found.push(call)
      else
        for (const child of node.children())
          if (child.kind === 'object' || child.kind === 'array') next.push(child)
    }
    level = next
  }
  return found.toSorted((a, b) => a.at.start - b.at.start)
}
