/** Changes of a JSON text that leave every other character as it is; made for these tests, apart from the program's own. */
import { JsonDocument, type JsonNode } from '../../../../src/core/syntax/json-node.ts'

function nodeAt(text: string, pointer: string): JsonNode {
  const node = JsonDocument.of(text).find(pointer)
  if (node === undefined) throw new Error(`the harness itself is wrong: no ${pointer}`)
  return node
}

function splice(text: string, { start, end }: JsonNode, json: string): string {
  return text.slice(0, start) + json + text.slice(end)
}

export type JsonChange = (text: string) => string

/** The raw JSON at a place. */
export function rawAt(text: string, pointer: string): string {
  return nodeAt(text, pointer).raw
}

/** Writes a value, adding the member where there is none. */
export function put(pointer: string, json: string): JsonChange {
  return (text) => {
    const node = JsonDocument.of(text).find(pointer)
    if (node !== undefined) return splice(text, node, json)
    const cut = pointer.lastIndexOf('/')
    const holder = nodeAt(text, pointer.slice(0, cut))
    const gap = holder.raw === '{}' ? '' : ', '
    return `${text.slice(0, holder.end - 1)}${gap}${JSON.stringify(pointer.slice(cut + 1))}: ${json}${text.slice(holder.end - 1)}`
  }
}

export function drop(pointer: string): JsonChange {
  return (text) => {
    const cut = pointer.lastIndexOf('/')
    const holder = nodeAt(text, pointer.slice(0, cut))
    const gone = pointer.slice(cut + 1)
    if (holder.kind === 'array')
      return items(holder.pointer, (all) => all.filter((_, at) => String(at) !== gone))(text)
    const kept = [...holder.members()].filter(({ key }) => key !== gone)
    return splice(
      text,
      holder,
      `{${kept.map(({ key, value }) => `${JSON.stringify(key)}: ${value.raw}`).join(', ')}}`,
    )
  }
}

/** Rewrites a list by the raw JSON of its items. */
export function items(pointer: string, change: (raws: readonly string[]) => readonly string[]): JsonChange {
  return (text) => {
    const list = nodeAt(text, pointer)
    return splice(text, list, `[${change([...list.items()].map(({ raw }) => raw)).join(', ')}]`)
  }
}

/** Rewrites a string. */
export function words(pointer: string, change: (text: string) => string): JsonChange {
  return (text) => {
    const node = nodeAt(text, pointer)
    const before = node.string()
    if (before === undefined) throw new Error(`the harness itself is wrong: ${pointer} is no string`)
    const after = change(before)
    if (before === after) throw new Error(`the harness itself is wrong: ${pointer} was not changed`)
    return splice(text, node, JSON.stringify(after))
  }
}

/** The same keys the other way round, in an object and all in it. */
export function reversedKeys(pointer: string): JsonChange {
  const reversed = (node: JsonNode): string => {
    if (node.kind === 'array') return `[${[...node.items()].map(reversed).join(', ')}]`
    if (node.kind !== 'object') return node.raw
    const members = [...node.members()].reverse()
    return `{${members.map(({ key, value }) => `${JSON.stringify(key)}: ${reversed(value)}`).join(', ')}}`
  }
  return (text) => splice(text, nodeAt(text, pointer), reversed(nodeAt(text, pointer)))
}

export function all(...changes: readonly JsonChange[]): JsonChange {
  return (text) => changes.reduce((changed, change) => change(changed), text)
}
