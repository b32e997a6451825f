/**
 * What the HTTP recorders have in common: a request and a response, each with headers and a body, under names that the
 * format gives. A format names the nodes; this makes an interaction of them.
 */
import type { Extra, Header, RecordedRequest } from '../cassette/cassette.ts'
import type { Diagnostic } from '../cassette/diagnostic.ts'
import { type Framed, frameWhole } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Located } from '../text/address.ts'
import type { StoredBodies, StoredBody, StoredInteraction } from './container.ts'

/** The parts of one call, as nodes; what a format does not have is left out. */
export interface Exchange {
  readonly at: JsonNode
  readonly method?: JsonNode | undefined
  readonly url?: JsonNode | undefined
  readonly requestHeaders?: JsonNode | undefined
  readonly requestBody?: JsonNode | undefined
  readonly requestExtras?: readonly Extra[]
  readonly status?: JsonNode | undefined
  readonly responseHeaders?: JsonNode | undefined
  readonly responseBody?: JsonNode | undefined
  /** Instead of the one body: what came in pieces. */
  readonly chunks?: Framed | undefined
  /** Bytes of the response's body as it is sent, where the format keeps it as JSON. */
  readonly length?: number | undefined
  /** Whether the answer was a stream, where the format says so. */
  readonly streaming?: boolean | undefined
  readonly extras?: readonly Extra[]
}

export function interactionOf(exchange: Exchange, bodies: StoredBodies): StoredInteraction {
  const body = bodies.json(exchange.requestBody)
  const request = readRequest(exchange, body)
  const headers = readHeaders(exchange.responseHeaders)
  const found = exchange.chunks ?? bodies.frame(exchange.responseBody)
  const framed = exchange.length === undefined ? found : { ...found, length: exchange.length }
  const streaming = exchange.streaming ?? isStream(framed, request, body, headers)
  const status = statusOf(exchange.status)
  return {
    at: exchange.at.at,
    request,
    requestBody: body,
    response: {
      streaming,
      ...(status && { status }),
      ...(headers.length > 0 && { headers }),
    },
    chunks: streaming ? framed : wholeBody(framed, exchange),
    extras: [
      ...extrasOf(exchange.status, ['code', 'status_code'], 'response.status.'),
      ...(exchange.extras ?? []),
    ],
  }
}

function readRequest(exchange: Exchange, body: JsonNode | undefined): RecordedRequest {
  const method = exchange.method?.locatedString()
  const url = exchange.url?.locatedString()
  const model = (body?.get('model') ?? body?.get('modelId'))?.locatedString()
  const stored = exchange.requestBody
  return {
    ...(method && { method }),
    ...(url && { url }),
    headers: readHeaders(exchange.requestHeaders),
    ...(model && { model }),
    ...(stored && !isNothing(stored) && { body: stored.locatedRaw() }),
    extras: exchange.requestExtras ?? [],
  }
}

function isNothing(body: JsonNode): boolean {
  return body.isNull || body.raw === '""'
}

/** A list in a body is a stream only where one was asked for: many APIs answer with lists. */
function isStream(
  { framing }: Framed,
  request: RecordedRequest,
  body: JsonNode | undefined,
  headers: readonly Header[],
): boolean {
  if (framing === 'sse' || framing === 'ndjson' || framing === 'aws-event-stream') return true
  const isTyped = /event-stream|eventstream|ndjson/.test(headerOf(headers, 'content-type') ?? '')
  if (framing === 'none') return isTyped
  if (framing !== 'object-list') return false
  return isTyped || body?.get('stream')?.boolean() === true || /stream/i.test(request.url?.value ?? '')
}

/** Without a stream a list is one answer, however it was written. */
function wholeBody(framed: Framed, { responseBody }: Exchange): Framed {
  if (framed.framing !== 'object-list' || responseBody === undefined) return framed
  const { encodings, length } = framed
  return {
    ...frameWhole(responseBody),
    ...(encodings && { encodings }),
    ...(length !== undefined && { length }),
  }
}

/** A status as a number, as text ("200 OK"), or as an object with its code. */
export function statusOf(status: JsonNode | undefined): Located<string> | undefined {
  const code = status?.kind === 'object' ? (status.get('code') ?? status.get('status_code')) : status
  if (code === undefined || code.isNull) return undefined
  return code.locatedString() ?? code.locatedRaw()
}

/**
 * Headers in all the ways that recorders write them: an object of texts or of lists of texts, a list of
 * `{name, value}`, a flat list of names and values, a list of lines.
 */
export function readHeaders(headers: JsonNode | undefined): readonly Header[] {
  if (headers?.kind === 'object') {
    return [...headers.effectiveMembers()].flatMap(({ key, value }) => valuesOf(key, value))
  }
  if (headers?.kind !== 'array') return []
  const items = [...headers.items()]
  if (items.every((item) => item.kind === 'string')) return fromTexts(items)
  return items.flatMap((item) => {
    const isPair = item.kind === 'array'
    const name = (isPair ? item.item(0) : item.get('name'))?.string()
    const value = isPair ? item.item(1) : item.get('value')
    return name === undefined || value === undefined ? [] : valuesOf(name, value)
  })
}

function valuesOf(name: string, value: JsonNode): readonly Header[] {
  if (value.kind === 'array') return [...value.items()].flatMap((item) => valuesOf(name, item))
  return [{ name, value: value.locatedString() ?? value.locatedRaw() }]
}

/** Lines "name: value", or names and values in turn. */
function fromTexts(items: readonly JsonNode[]): readonly Header[] {
  const texts = items.map((item) => item.string() ?? '')
  if (texts.every((text) => /^[\w-]+:/.test(text))) {
    return items.flatMap((item) => valuesOf(item.string()?.split(':')[0] ?? '', item))
  }
  return items.flatMap((item, at) => {
    const value = items[at + 1]
    return at % 2 === 0 && value ? valuesOf(item.string() ?? '', value) : []
  })
}

export function headerOf(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value.value
}

/** The content-encoding that a response claims. */
export function contentEncodingOf(headers: JsonNode | undefined): string | undefined {
  return headerOf(readHeaders(headers), 'content-encoding')
}

/**
 * Header values that may be byte strings (`!!binary`, as botocore writes them): the reader knows which are, and shows
 * these as text.
 */
export function headerBodies(headers: JsonNode | undefined): readonly StoredBody[] {
  if (headers?.kind !== 'object') return []
  return [...headers.effectiveMembers()]
    .flatMap(({ value }) => (value.kind === 'array' ? [...value.items()] : [value]))
    .filter((value) => /^"[A-Za-z0-9+/]+={0,2}"$/.test(value.raw))
    .map((at) => ({ at }))
}

/** A string (or a list of strings) as a body, unless there is nothing in it. */
export function bodyIn(at: JsonNode | undefined, more: Omit<StoredBody, 'at'> = {}): readonly StoredBody[] {
  if (at === undefined || isNothing(at)) return []
  return at.kind === 'string' || at.kind === 'array' ? [{ at, ...more }] : []
}

/** The members of an object that are not read otherwise, raw. */
export function extrasOf(
  owner: JsonNode | undefined,
  known: readonly string[],
  prefix = '',
): readonly Extra[] {
  return [...(owner?.effectiveMembers() ?? [])]
    .filter(({ key }) => !known.includes(key))
    .map(({ key, value }) => ({ name: prefix + key, value: value.locatedRaw() }))
}

/** What is said of a call without a request or a response: the rest of it is shown. */
export function missingParts(call: JsonNode): readonly Diagnostic[] {
  return ['request', 'response']
    .filter((key) => call.get(key)?.kind !== 'object')
    .map((key) => ({
      severity: 'warning',
      code: `no-${key}`,
      message: `An interaction of this recording has no ${key}.`,
      span: { start: call.start, end: call.end },
    }))
}
