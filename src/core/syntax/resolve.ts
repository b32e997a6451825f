import type { Address } from '../text/address.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { lift, part, type Region, wholeRegion } from '../text/region.ts'
import { findJsonError } from './json-error.ts'
import { numberInHabit } from './json-habits.ts'
import { scanJson } from './json-index.ts'
import { JsonDocument, type JsonNode } from './json-node.ts'
import { jsonStringLayer } from './json-string.ts'

interface Target {
  readonly node: JsonNode
  /** The text that the node's document decodes; edits of it go outwards through this. */
  readonly region: Region
}

/** The document of a file's own text, which callers usually have indexed already. */
function rootDocument(source: JsonDocument | string): JsonDocument {
  return typeof source === 'string' ? new JsonDocument(source, scanJson(source)) : source
}

function reach(source: JsonDocument | string, address: Address): Target | undefined {
  let document = rootDocument(source)
  let region = wholeRegion(document.text)
  let node: JsonNode | undefined
  for (const step of address) {
    if (step.in !== 'json') return undefined
    if (node !== undefined) {
      if (node.kind !== 'string') return undefined
      region = stringRegion({ node, region })
      if (findJsonError(region.text) !== undefined) return undefined
      document = new JsonDocument(region.text, scanJson(region.text))
    }
    node = document.find(step.pointer)
    if (node === undefined) return undefined
  }
  return node === undefined ? undefined : { node, region }
}

function stringRegion({ node, region }: Target): Region {
  return lift(region, jsonStringLayer(node.document.text, node.start, node.end, node.document.habits))
}

/** The decoded text that an address names (the content of a string, else the node as it is written). */
export function resolveRegion(source: JsonDocument | string, address: Address): Region | undefined {
  if (address.length === 0) return wholeRegion(rootDocument(source).text)
  const target = reach(source, address)
  if (target === undefined) return undefined
  if (target.node.kind === 'string') return stringRegion(target)
  return part(target.region, target.node.start, target.node.end)
}

/** Where the addressed node stands in the outermost text; undefined when it is inside another layer. */
export function spanOf(
  source: JsonDocument | string,
  address: Address,
): { readonly start: number; readonly end: number } | undefined {
  const document = rootDocument(source)
  const first = address[0]
  if (first === undefined || first.in !== 'json') return undefined
  const node = document.find(first.pointer)
  return node === undefined ? undefined : { start: node.start, end: node.end }
}

function stale(address: Address): EditError {
  const step = address.at(-1)
  return new EditError(
    `there is no ${step?.in === 'json' ? step.pointer || 'document' : 'such place'} in this text any more`,
  )
}

/**
 * Edits that give the addressed string a new content. Only the characters that differ are touched.
 * Throws `EditError` when the address does not lead to a string.
 */
export function setString(
  source: JsonDocument | string,
  address: Address,
  value: string,
): readonly TextEdit[] {
  const target = reach(source, address)
  if (target === undefined) throw stale(address)
  if (target.node.kind !== 'string') throw new EditError(`${target.node.pointer} is not a string`)
  const region = stringRegion(target)
  const splice = spliceBetween(region.text, value)
  return splice === undefined ? [] : region.toOuter(splice)
}

/**
 * Edits that replace the addressed value by JSON as a person typed it; a number keeps the old one's habit.
 * Throws `EditError` when the text is no JSON value or the address leads nowhere.
 */
export function setJson(source: JsonDocument | string, address: Address, typed: string): readonly TextEdit[] {
  const target = reach(source, address)
  if (target === undefined) throw stale(address)
  const { node, region } = target
  const trimmed = typed.trim()
  const content = node.kind === 'number' ? (numberInHabit(trimmed, node.raw) ?? trimmed) : trimmed
  const problem = findJsonError(content)
  if (problem !== undefined) throw new EditError(`this is no JSON value: ${problem.message}`)
  const splice = spliceBetween(node.raw, content)
  return splice === undefined ? [] : region.toOuter({ ...splice, offset: splice.offset + node.start })
}

/**
 * Edits that `plan` makes of the addressed value, a list or an object for example, handed outwards to the text
 * that holds it. Throws `EditError` when the address leads nowhere.
 */
export function editNode(
  source: JsonDocument | string,
  address: Address,
  plan: (node: JsonNode) => readonly TextEdit[],
): readonly TextEdit[] {
  const target = reach(source, address)
  if (target === undefined) throw stale(address)
  return target.region.toOuter(...plan(target.node))
}
