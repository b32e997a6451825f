import type { JsonNode } from '../syntax/json-node.ts'
import { pointerTokens } from '../text/address.ts'
import { align } from './align.ts'
import { canonicalOf, differencesOf, jsonOf, type ValueDifference } from './json-values.ts'
import { type Reason, reason } from './meaning-words.ts'
import { counted, fromTo, isScalar, quote, quoteRaw } from './words.ts'

/** A tool call as a client reads it. */
export interface Called {
  readonly name: string
  readonly id?: string
  /** As recorded; mostly a JSON text. */
  readonly arguments: string
}

/** One argument of a call on both sides. */
export interface ArgumentPair {
  readonly name: string
  /** Raw JSON. */
  readonly was?: string
  readonly is?: string
  readonly same: boolean
  /** Where in a list or an object the two differ; below the argument. */
  readonly inside: readonly ValueDifference[]
}

/** A tool call and what stands for it on the other side. */
export interface CallPair {
  readonly state: 'same' | 'changed' | 'renamed' | 'removed' | 'added'
  readonly choice: number
  readonly was?: Called
  readonly is?: Called
  /** By name; empty where the arguments of a side are no JSON object. */
  readonly arguments: readonly ArgumentPair[]
  /** Arguments that are no JSON any more, or are again. */
  readonly broken?: 'before' | 'after' | 'both'
  /** It came at another place among the calls. */
  readonly moved: boolean
}

interface Keyed {
  readonly call: Called
  readonly value: JsonNode | undefined
  readonly key: string
}

function keyed(call: Called): Keyed {
  const text = call.arguments.trim() === '' ? '{}' : call.arguments
  const value = jsonOf(text)
  const read = value === undefined ? `text ${text}` : canonicalOf(value)
  // a call without arguments: APIs write null, "" and {}
  return { call, value, key: `${call.name}\u0000${read === 'null' ? '{}' : read}` }
}

/** Calls by name and arguments, whatever their ids: first those that stayed, then those of one name in their order. */
export function pairCalls(
  before: readonly Called[],
  after: readonly Called[],
  choice: number,
): readonly CallPair[] {
  const [old, now] = [before.map(keyed), after.map(keyed)]
  const partner = new Map<number, number>()
  const used = new Set<number>()
  const join = (o: number, n: number): void => {
    partner.set(n, o)
    used.add(o)
  }
  for (const { same, oldStart, newStart, newEnd } of align(
    old.length,
    now.length,
    (at) => old[at]?.key ?? '',
    (at) => now[at]?.key ?? '',
  )) {
    for (let n = newStart; same && n < newEnd; n++) join(oldStart + n - newStart, n)
  }
  const moved = new Set<number>()
  const left = (accepts: (o: Keyed, n: Keyed) => boolean, took?: (n: number) => void): void => {
    now.forEach((one, n) => {
      if (partner.has(n)) return
      const o = old.findIndex((other, at) => !used.has(at) && accepts(other, one))
      if (o === -1) return
      join(o, n)
      took?.(n)
    })
  }
  left(
    (o, n) => o.key === n.key,
    (n) => moved.add(n),
  )
  left((o, n) => o.call.name === n.call.name)
  const [olds, news] = [old.length - used.size, now.length - partner.size]
  // the only one left on each side is the same call under another name
  if (olds === 1 && news === 1) left(() => true)
  const pairs = now.map((one, n): CallPair => {
    const o = partner.get(n)
    const was = o === undefined ? undefined : old[o]
    return was === undefined
      ? { state: 'added', choice, is: one.call, arguments: [], moved: false }
      : pairOf(was, one, choice, moved.has(n))
  })
  const gone = old.flatMap(({ call }, o): readonly CallPair[] =>
    used.has(o) ? [] : [{ state: 'removed', choice, was: call, arguments: [], moved: false }],
  )
  return [...pairs, ...gone]
}

function pairOf(was: Keyed, is: Keyed, choice: number, moved: boolean): CallPair {
  const both = { choice, was: was.call, is: is.call, moved }
  const state = was.call.name !== is.call.name ? 'renamed' : was.key === is.key ? 'same' : 'changed'
  const broken =
    was.value === undefined
      ? is.value === undefined
        ? ('both' as const)
        : ('before' as const)
      : is.value === undefined
        ? ('after' as const)
        : undefined
  return { ...both, state, arguments: argumentsOf(was.value, is.value), ...(broken && { broken }) }
}

function argumentsOf(was: JsonNode | undefined, is: JsonNode | undefined): readonly ArgumentPair[] {
  const [old, now] = [membersOf(was), membersOf(is)]
  return [...new Set([...now.keys(), ...old.keys()])].map((name): ArgumentPair => {
    const [one, other] = [old.get(name), now.get(name)]
    const inside = one && other ? differencesOf(one, other) : []
    return {
      name,
      ...(one && { was: one.raw }),
      ...(other && { is: other.raw }),
      same: one !== undefined && other !== undefined && inside.length === 0,
      inside: inside.filter(({ pointer }) => pointer !== ''),
    }
  })
}

function membersOf(value: JsonNode | undefined): ReadonlyMap<string, JsonNode> {
  return new Map([...(value?.effectiveMembers() ?? [])].map((member) => [member.key, member.value]))
}

/** Why the calls of an answer are not the same. */
export function callReasons(pairs: readonly CallPair[], of: string): readonly Reason[] {
  const reasons = pairs.flatMap((pair) => callReason(pair, of))
  const reordered = pairs.some(({ moved }) => moved)
  return reordered ? [...reasons, reason('behaviour', `tool calls come in another order${of}`)] : reasons
}

function callReason(pair: CallPair, of: string): readonly Reason[] {
  const name = quote((pair.was ?? pair.is)?.name || 'without a name')
  switch (pair.state) {
    case 'same':
      return []
    case 'removed':
      return [reason('behaviour', `tool call ${name} removed${of}`)]
    case 'added':
      return [reason('behaviour', `tool call ${name} added${of}`)]
    case 'renamed':
      return [reason('behaviour', `tool call ${name} is now ${quote(pair.is?.name ?? '')}${of}`)]
    case 'changed':
      return [reason('behaviour', `tool call ${name} ${changedArguments(pair)}${of}`)]
  }
}

function changedArguments(pair: CallPair): string {
  if (pair.broken === 'after') return 'has arguments that are no JSON any more'
  if (pair.broken === 'before') return 'has arguments that are JSON now'
  const differing = pair.arguments.filter(({ same }) => !same)
  const [first] = differing
  if (first === undefined) return 'has other arguments'
  const more = differing.length > 1 ? ` and ${counted(differing.length - 1, 'more argument')}` : ''
  return `has other arguments: ${argumentWords(first)}${more}`
}

function argumentWords({ name, was, is, inside }: ArgumentPair): string {
  const called = quote(name)
  if (was === undefined)
    return `${called} added${is !== undefined && isScalar(is) ? `, ${quoteRaw(is)}` : ''}`
  if (is === undefined) return `${called} removed`
  const [place] = inside
  if (place === undefined) return `${called}${fromTo(was, is)}`
  const path = [name, ...(pointerTokens(place.pointer) ?? [])].join('.')
  if (place.was === undefined) return `${quote(path)} added`
  if (place.is === undefined) return `${quote(path)} removed`
  return `${quote(path)}${fromTo(place.was, place.is)}`
}
