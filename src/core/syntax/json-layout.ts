import type { JsonHabits } from './json-habits.ts'
import { JsonDocument, type JsonNode, type JsonValue } from './json-node.ts'
import { encodeJsonString } from './json-string.ts'

/** How a piece of JSON is laid out, observed in the file. */
export interface JsonLayout {
  /** What one level is indented by; undefined where everything stands on one line. */
  readonly indent: string | undefined
  readonly eol: '\n' | '\r\n' | '\r'
  /** Between the items of a list that stand on one line. */
  readonly itemGap: ',' | ', '
  /** Inside the brackets of a list or object that stands on one line. */
  readonly pad: string
  /** Between a key and its value. */
  readonly colon: string
}

/** White space at the beginning of the line that holds `offset`. */
export function linePrefix(text: string, offset: number): string {
  let start = offset
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? ''
}

export function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r')
}

/** No container in the whole file shows a layout: Python's `json.dumps` without an indent. */
const PLAIN: JsonLayout = { indent: undefined, eol: '\n', itemGap: ', ', pad: '', colon: ': ' }

/**
 * The layout of a container. What it is too empty to show is taken from the containers around it, the nearest
 * first.
 */
export function layoutOf(container: JsonNode): JsonLayout {
  const { document, start, end, id } = container
  let found: JsonLayout = PLAIN
  let node = document.root
  while (node !== undefined && node.id !== id) {
    found = { ...found, ...observe(node) }
    let inner: JsonNode | undefined
    for (const child of node.children()) {
      if (child.start > start) break
      if (child.start <= start && end <= child.end) inner = child
    }
    node = inner
  }
  return { ...found, ...observe(container) }
}

/** What a container shows by itself; nothing when it is empty. */
function observe(container: JsonNode): Partial<JsonLayout> {
  const { text } = container.document
  const [first, second] = firstTwo(container)
  if (first === undefined) return {}
  const lead = text.slice(container.start + 1, first.start)
  const gap = second && text.slice(first.end, second.start)
  const colon = first.colon
  const isApart = gap !== undefined && !hasLineBreak(gap) ? gap !== ',' : colon && colon !== ':'
  return {
    indent: hasLineBreak(lead) ? indentStep(text, container.start, first.start) : undefined,
    ...(hasLineBreak(lead) && { eol: lead.includes('\r\n') ? '\r\n' : lead.includes('\r') ? '\r' : '\n' }),
    ...(!hasLineBreak(lead) && { pad: lead }),
    ...(isApart !== undefined && { itemGap: isApart ? ', ' : ',' }),
    ...(colon !== undefined && { colon }),
  }
}

interface Shown {
  readonly start: number
  readonly end: number
  readonly colon?: string
}

function firstTwo(container: JsonNode): readonly Shown[] {
  const { text } = container.document
  const shown: Shown[] = []
  if (container.kind === 'object') {
    for (const { keyStart, value } of container.members()) {
      const colon = /"([ \t]*:[ \t]*)$/.exec(text.slice(keyStart, value.start))?.[1]
      shown.push({ start: keyStart, end: value.end, ...(colon !== undefined && { colon }) })
      if (shown.length === 2) break
    }
  } else if (container.kind === 'array') {
    for (const { start, end } of container.items()) {
      shown.push({ start, end })
      if (shown.length === 2) break
    }
  }
  return shown
}

/** What stands in front of the first element beyond what stands in front of its container's line. */
function indentStep(text: string, containerStart: number, first: number): string {
  const outer = linePrefix(text, containerStart)
  const inner = linePrefix(text, first)
  return inner.startsWith(outer) ? inner.slice(outer.length) : ''
}

/**
 * A value as JSON text with its strings written in a document's habits, on one line. `laidOut` gives it the
 * document's layout.
 */
export function writeJson(value: JsonValue, habits: JsonHabits): string {
  if (typeof value === 'string') return `"${encodeJsonString(value, habits)}"`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => writeJson(item, habits)).join(',')}]`
  const members = Object.entries(value).map(
    ([key, member]: [string, JsonValue]) => `"${encodeJsonString(key, habits)}":${writeJson(member, habits)}`,
  )
  return `{${members.join(',')}}`
}

/**
 * A JSON text in another layout, every token as it is. `prefix` is the white space in front of the line that
 * it begins on.
 */
export function laidOut(json: string, layout: JsonLayout, prefix: string): string {
  const { root } = JsonDocument.of(json)
  return root === undefined ? json : printNode(root, layout, prefix)
}

function printNode(node: JsonNode, layout: JsonLayout, prefix: string): string {
  if (node.kind !== 'object' && node.kind !== 'array') return node.raw
  const isObject = node.kind === 'object'
  const inner = layout.indent === undefined ? prefix : prefix + layout.indent
  const elements = isObject
    ? [...node.members()].map(
        ({ keyStart, value }) => keyOf(node, keyStart) + layout.colon + printNode(value, layout, inner),
      )
    : [...node.items()].map((item) => printNode(item, layout, inner))
  const [open, close] = isObject ? ['{', '}'] : ['[', ']']
  if (elements.length === 0) return open + close
  if (layout.indent === undefined) {
    return open + layout.pad + elements.join(layout.itemGap) + layout.pad + close
  }
  const line = layout.eol + inner
  return open + line + elements.join(`,${line}`) + layout.eol + prefix + close
}

/** A key as it is spelt, quotes included. */
function keyOf({ document }: JsonNode, keyStart: number): string {
  const { text } = document
  let end = keyStart + 1
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  return text.slice(keyStart, end + 1)
}
