import { scanJson } from '../syntax/json-index.ts'
import type { JsonNode } from '../syntax/json-node.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { escapePointerToken } from '../text/address.ts'
import { align } from './align.ts'

/** One place at which two JSON values differ; a side that has nothing there is absent. Raw JSON. */
export interface ValueDifference {
  /** Below the values that were compared. */
  readonly pointer: string
  readonly was?: string
  readonly is?: string
}

/** What is left out of a value, and what its strings are taken for. */
export interface Reading {
  readonly drops?: (key: string) => boolean
  readonly string?: (value: string, key: string) => string
}

/**
 * A JSON value written in one way only: keys in order, white space, escapes and the spelling of numbers gone. Equal
 * exactly where the values are.
 */
export function canonicalOf(node: JsonNode, reading: Reading = {}, key = ''): string {
  switch (node.kind) {
    case 'object': {
      const members = [...node.effectiveMembers()]
        .filter((member) => reading.drops?.(member.key) !== true)
        .map((member) => [member.key, canonicalOf(member.value, reading, member.key)] as const)
        .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`
    }
    case 'array':
      return `[${[...node.items()].map((item) => canonicalOf(item, reading, key)).join(',')}]`
    case 'string': {
      const value = node.string() ?? ''
      return JSON.stringify(reading.string?.(value, key) ?? value)
    }
    case 'number':
      return canonicalNumber(node.raw)
    default:
      return node.raw
  }
}

/** Whole numbers that a double cannot hold stay as they are written. */
function canonicalNumber(raw: string): string {
  const value = Number(raw)
  return !Number.isFinite(value) || (/^-?\d+$/.test(raw) && !Number.isSafeInteger(value))
    ? raw
    : String(value)
}

/** The value of a text that is JSON; undefined for every other text. */
export function jsonOf(text: string): JsonNode | undefined {
  const index = scanJson(text)
  return index.valid ? new JsonDocument(text, index).root : undefined
}

/** Deeper values are compared as a whole: nothing that a person asks or answers is nested so deep. */
const DEEPEST = 256

/** How a difference is told apart from one that means nothing. Keys are those of the innermost member. */
export type IsNoise = (key: string, was: JsonNode | undefined, is: JsonNode | undefined) => boolean

const NEVER: IsNoise = () => false

/** Every place at which two values differ, at most `most` of them. */
export function differencesOf(
  before: JsonNode,
  after: JsonNode,
  isNoise: IsNoise = NEVER,
  most = 200,
): readonly ValueDifference[] {
  const found: ValueDifference[] = []
  const tell = (pointer: string, was: JsonNode | undefined, is: JsonNode | undefined, key: string): void => {
    if (found.length >= most || isNoise(key, was, is)) return
    found.push({ pointer, ...(was && { was: was.raw }), ...(is && { is: is.raw }) })
  }
  const compare = (was: JsonNode, is: JsonNode, pointer: string, key: string, depth: number): void => {
    if (found.length >= most || was.raw === is.raw) return
    if (depth < DEEPEST && was.kind === 'object' && is.kind === 'object') {
      const [old, now] = [membersOf(was), membersOf(is)]
      for (const name of new Set([...old.keys(), ...now.keys()])) {
        const [one, other] = [old.get(name), now.get(name)]
        const inside = `${pointer}/${escapePointerToken(name)}`
        if (one && other) compare(one, other, inside, name, depth + 1)
        else tell(inside, one, other, name)
      }
    } else if (depth < DEEPEST && was.kind === 'array' && is.kind === 'array') {
      lists([...was.items()], [...is.items()], pointer, key, depth)
    } else if (canonicalOf(was) !== canonicalOf(is)) tell(pointer, was, is, key)
  }
  const lists = (
    old: readonly JsonNode[],
    now: readonly JsonNode[],
    pointer: string,
    key: string,
    depth: number,
  ): void => {
    const [oldKeys, newKeys] = [old.map((item) => canonicalOf(item)), now.map((item) => canonicalOf(item))]
    for (const { same, oldStart, oldEnd, newStart, newEnd } of align(
      old.length,
      now.length,
      (at) => oldKeys[at] ?? '',
      (at) => newKeys[at] ?? '',
    )) {
      if (same) continue
      const both = Math.min(oldEnd - oldStart, newEnd - newStart)
      for (let at = 0; at < Math.max(oldEnd - oldStart, newEnd - newStart); at++) {
        const [one, other] = [
          oldStart + at < oldEnd ? old[oldStart + at] : undefined,
          newStart + at < newEnd ? now[newStart + at] : undefined,
        ]
        const place = `${pointer}/${other ? newStart + at : oldStart + at}`
        if (at < both && one && other) compare(one, other, place, key, depth + 1)
        else tell(place, one, other, key)
      }
    }
  }
  compare(before, after, '', '', 0)
  return found
}

function membersOf(node: JsonNode): ReadonlyMap<string, JsonNode> {
  return new Map([...node.effectiveMembers()].map(({ key, value }) => [key, value]))
}
