/** What the OpenAI family of dialects says alike, whatever the API calls it. */
import type { Delta, TextKind, UsageNodes } from '../cassette/delta.ts'
import type { JsonNode } from '../syntax/json-node.ts'

export type Say = (delta: Delta) => void

/** A member that is there and not null. */
export function given(node: JsonNode | undefined): JsonNode | undefined {
  return node === undefined || node.isNull ? undefined : node
}

/** Null, "", [] and {}: members that say nothing. */
export function isEmpty(node: JsonNode): boolean {
  if (node.kind === 'object') return node.memberCount === 0
  if (node.kind === 'array') return node.item(0) === undefined
  return node.isNull || (node.kind === 'string' && node.end - node.start === 2)
}

/** A member that is there and says something. */
export function filled(node: JsonNode | undefined): JsonNode | undefined {
  return node === undefined || isEmpty(node) ? undefined : node
}

/** Says a string as a text, an empty one too; anything else that is not null as unknown. */
export function sayText(
  kind: TextKind,
  text: JsonNode | undefined,
  place: { readonly choice: number; readonly part: number; readonly why: string },
  say: Say,
): void {
  if (text === undefined || text.isNull) return
  const { choice, part, why } = place
  if (text.kind === 'string') say({ kind, choice, part, text })
  else say({ kind: 'unknown', why, json: text })
}

/** Says an error as providers write it: a text, or an object with a message. */
export function sayError(error: JsonNode, say: Say): void {
  const message =
    error.string() ??
    error.get('message')?.string() ??
    error.get('detail')?.string() ??
    error.path('error', 'message')?.string() ??
    'error'
  say({ kind: 'error', error, message })
}

export function sayUsage(usage: JsonNode, counts: UsageNodes, say: Say): void {
  say({ kind: 'usage', usage, counts })
}

/** Members that nobody has read and that are not empty, as unknown. */
export function sayUnread(object: JsonNode, known: ReadonlySet<string>, why: string, say: Say): void {
  for (const { key, value } of object.effectiveMembers()) {
    if (!known.has(key) && !isEmpty(value))
      say({ kind: 'unknown', why: why ? `${why} ${key}` : key, json: value })
  }
}

/** The path of a URL without query and fragment. */
export function pathOf(url: string | undefined): string {
  return (url ?? '').split(/[?#]/)[0]?.replace(/\/+$/, '') ?? ''
}
