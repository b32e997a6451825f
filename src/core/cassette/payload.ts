/** What every dialect asks of a payload, whatever its API. */
import type { JsonNode } from '../syntax/json-node.ts'
import type { RecordedRequest } from './cassette.ts'
import type { Delta } from './delta.ts'

export type Say = (delta: Delta) => void

/** The node unless it says null. */
export function given(node: JsonNode | undefined): JsonNode | undefined {
  return node === undefined || node.isNull ? undefined : node
}

/** The node if it is a string with something in it. */
export function worded(node: JsonNode | undefined): JsonNode | undefined {
  return node?.string() ? node : undefined
}

/** Null, or a string, list or object with nothing in it. */
export function isBlank(node: JsonNode): boolean {
  if (node.kind === 'object') return node.memberCount === 0
  if (node.kind === 'array') return node.item(0) === undefined
  return node.isNull || node.string() === ''
}

/** A list or object of which no leaf says anything. */
export function isHollow(node: JsonNode): boolean {
  if (node.kind !== 'object' && node.kind !== 'array') return isBlank(node)
  for (const child of node.children()) if (!isHollow(child)) return false
  return true
}

/** Says what is neither read nor known to be the same in every answer, so that nothing is dropped. */
export function sayRest(object: JsonNode, read: ReadonlySet<string>, say: Say): void {
  for (const { key, value } of object.members()) {
    if (!read.has(key) && !isBlank(value)) say({ kind: 'unknown', why: key, json: value })
  }
}

/** The sentence in an error, whichever of the usual places it stands in. */
export function sayError(error: JsonNode, say: Say): void {
  const message =
    error.string() ??
    error.get('message')?.string() ??
    error.get('Message')?.string() ??
    error.path('error', 'message')?.string() ??
    error.get('error')?.string() ??
    error.get('detail')?.string() ??
    'error'
  say({ kind: 'error', error, message })
}

/** Host and path of the recorded URL, without query; of a bare path only the path. */
export function addressOf({ url }: RecordedRequest): { readonly host: string; readonly path: string } {
  const [, host = '', path = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?([^?#]*)/i.exec(url?.value ?? '') ?? []
  return { host: host.toLowerCase(), path }
}

/**
 * The exception that an AWS service sent instead of an answer: named by its event or by the key it stands under,
 * or nothing but a message.
 */
export function awsExceptionIn(chunk: JsonNode, event: string | undefined): JsonNode | undefined {
  if (event !== undefined && /exception$/i.test(event)) return chunk
  for (const { key, value } of chunk.members()) if (/exception$/i.test(key)) return value
  const message = chunk.get('message') ?? chunk.get('Message')
  return message?.kind === 'string' && chunk.memberCount <= 2 ? chunk : undefined
}
