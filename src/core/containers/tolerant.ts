/**
 * What no other format claims: a request and its answer are looked for anywhere in the document, by the names that
 * people give to a method, a URL, a body, a status.
 *
 * Spec: none. Written by: the long tail of recorders that have a format of their own, home-made ones.
 * Supported: one call or several in lists or lines; bodies as JSON, text, base64, lists of chunks (objects, texts, texts
 * in objects) with `offset_ms` as their times.
 * Lost: all that nobody can guess; the document stands in the source. A note says what was taken for what.
 */
import { type Framed, frameObjectList } from '../framing/framing.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import type { Container, StoredBodies, StoredBody } from './container.ts'
import { bodyIn, contentEncodingOf, extrasOf, interactionOf } from './http-message.ts'
import { joinPieces } from './network-pieces.ts'
import { type FoundCall, findCalls } from './tolerant-parts.ts'

const CHUNK_TEXT = ['data', 'chunk', 'text', 'raw', 'body', 'b64', 'base64', 'payload']
const OFFSETS = ['offset_ms', 'offsetMs', 'elapsed_ms', 'elapsedMs']

/** The texts in a list of chunks: its items, or one member of each. */
function textsOf(list: JsonNode): readonly { readonly at: JsonNode; readonly isBase64: boolean }[] {
  const items = [...list.items()]
  if (items.length === 0) return []
  if (items.every(({ kind }) => kind === 'string')) return items.map((at) => ({ at, isBase64: false }))
  const key = CHUNK_TEXT.find((name) => items.every((item) => item.get(name)?.kind === 'string'))
  if (key === undefined) return []
  return items.flatMap((item) => {
    const at = item.get(key)
    return at ? [{ at, isBase64: key === 'b64' || key === 'base64' }] : []
  })
}

function isLines(list: JsonNode): boolean {
  return (
    [...list.items()].every(({ kind }) => kind === 'string') &&
    /^"\s*(?:data|event|id|:)/.test(list.item(0)?.raw ?? '')
  )
}

function storedAnswer({ responseBody, responseHeaders }: FoundCall): readonly StoredBody[] {
  const { at, isBase64 } = responseBody
  const contentEncoding = contentEncodingOf(responseHeaders)
  if (at.kind === 'string') {
    return bodyIn(at, {
      ...(isBase64 && { encoding: 'base64' }),
      ...(contentEncoding !== undefined && { contentEncoding }),
    })
  }
  if (at.kind !== 'array') return []
  if (isLines(at)) return [{ at, separator: at.item(0)?.string()?.endsWith('\n') ? '' : '\n' }]
  return textsOf(at).flatMap((text) => bodyIn(text.at, text.isBase64 ? { encoding: 'base64' } : {}))
}

function timesOf(list: JsonNode): readonly number[] | undefined {
  const items = [...list.items()]
  const key = OFFSETS.find((name) => items.every((item) => item.get(name)?.kind === 'number'))
  return key === undefined ? undefined : items.map((item) => item.get(key)?.number() ?? 0)
}

/** The list's texts have been unpacked by now: they are found at the same places. */
function chunksOf(body: JsonNode, bodies: StoredBodies): Framed | undefined {
  if (body.kind !== 'array' || bodies.isStored(body)) return undefined
  const items = [...body.items()]
  const key = CHUNK_TEXT.find((name) => items.every((item) => isPiece(item.get(name), bodies)))
  const pieces = key
    ? items.map((item) => item.get(key))
    : items.every((item) => isPiece(item, bodies))
      ? items
      : []
  if (pieces.length > 0)
    return joinPieces(
      pieces.map((piece) => bodies.frame(piece)),
      timesOf(body),
    )
  return items.every(({ kind }) => kind === 'object') ? frameObjectList(body, (item) => item) : undefined
}

function isPiece(node: JsonNode | undefined, bodies: StoredBodies): boolean {
  return node !== undefined && bodies.isStored(node)
}

function becauseOf(call: FoundCall): string {
  const parts: readonly (readonly [string, JsonNode | undefined])[] = [
    ['the method', call.method],
    ['the URL', call.url],
    ['the request', call.requestBody?.at],
    ['the status', call.status],
    ['the answer', call.responseBody.at],
  ]
  const told = parts.flatMap(([what, node]) => (node ? [`${what} at ${node.pointer || 'the top'}`] : []))
  return `no known format; found ${told.join(', ')}`
}

/**
 * Hardly any, but for what others would take for their own and cannot read: lines that are calls and not the chunks of
 * one, and a `request` and a `response` whose bodies are texts (Llama Stack writes JSON).
 */
function confidenceOf(call: FoundCall, root: JsonNode, isLinesOfCalls: boolean): number {
  if (isLinesOfCalls) return call.url !== undefined && call.requestBody !== undefined ? 0.6 : 0
  const isText = call.responseBody.at.kind === 'string' || textsOf(call.responseBody.at).length > 0
  const isHttp = call.url !== undefined && call.status !== undefined
  return call.at.id === root.id && isText && isHttp ? 0.62 : 0.15
}

export const tolerant: Container = {
  id: 'tolerant',
  label: 'Unknown format with a call in it',
  spec: '',

  atMost: 0.62,

  sniff(root, { syntax, framing }) {
    const isLinesOfCalls = syntax === 'body' && framing === 'ndjson'
    if (syntax === 'body' && !isLinesOfCalls) return { confidence: 0, because: '' }
    const [first] = findCalls(root)
    if (first === undefined) return { confidence: 0, because: '' }
    return { confidence: confidenceOf(first, root, isLinesOfCalls), because: becauseOf(first) }
  },

  bodies: (root) =>
    findCalls(root).flatMap((call) => [
      ...(call.requestBody?.at.kind === 'string'
        ? bodyIn(call.requestBody.at, call.requestBody.isBase64 ? { encoding: 'base64' } : {})
        : []),
      ...storedAnswer(call),
    ]),

  read(root, bodies) {
    const calls = findCalls(root, bodies.isStored)
    const [first] = calls
    return {
      interactions: calls.map((call) => {
        const chunks = chunksOf(call.responseBody.at, bodies)
        return interactionOf(
          {
            at: call.at,
            method: call.method,
            url: call.url,
            requestHeaders: call.requestHeaders,
            requestBody: call.requestBody?.at,
            status: call.status,
            responseHeaders: call.responseHeaders,
            responseBody: call.responseBody.at,
            chunks,
            ...(chunks && { streaming: true }),
            extras: extrasOf(call.at, ['request', 'response']),
          },
          bodies,
        )
      }),
      diagnostics: first
        ? [
            {
              severity: 'info',
              code: 'guessed-format',
              message:
                'The format of this file is not known: what is shown was found by the names of its parts.',
              span: { start: first.at.start, end: first.at.end },
            },
          ]
        : [],
    }
  },
}
