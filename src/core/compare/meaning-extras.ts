import type { JsonNode } from '../syntax/json-node.ts'
import { align } from './align.ts'
import type { ChoiceFacts } from './answer-facts.ts'
import { withoutId } from './generated-ids.ts'
import { canonicalOf, differencesOf, type Reading } from './json-values.ts'
import { type Reason, reason } from './meaning-words.ts'
import { noiseGroup } from './noise-names.ts'
import { vectorDistance } from './vectors-differ.ts'
import { counted, fromTo, quote } from './words.ts'

/** Something in an answer that is neither text nor tool call. */
export interface ExtraPair {
  /** "image", "embedding", "citation". */
  readonly name: string
  /** How many there were and are. */
  readonly was: number
  readonly is: number
  readonly same: boolean
  /** For embeddings: of the two that are furthest apart. */
  readonly cosine?: number
  readonly reasons: readonly Reason[]
}

/** Values without what means nothing in them. */
const MEANING: Reading = { drops: (key) => noiseGroup(key) !== undefined, string: withoutId }

export function mediaPairs(was: ChoiceFacts, is: ChoiceFacts, of: string): readonly ExtraPair[] {
  const kinds = new Set([...was.media, ...is.media].map(({ media }) => media))
  return [...kinds].map((name) => {
    const dataOf = ({ media }: ChoiceFacts): readonly string[] =>
      media.filter((one) => one.media === name).map(({ data }) => unsigned(data))
    const [old, now] = [dataOf(was), dataOf(is)]
    const same = old.length === now.length && old.every((data, at) => data === now[at])
    const reasons: Reason[] =
      old.length !== now.length
        ? [reason('behaviour', `${counted(old.length, name)}${of} → ${counted(now.length, name)}`)]
        : same
          ? []
          : [reason('wording', `${name}${of} differs`)]
    return { name, was: old.length, is: now.length, same, reasons }
  })
}

/** An address of a picture without the signature that lets it expire. */
function unsigned(data: string): string {
  return /^https?:/i.test(data) ? (data.split(/[?#]/)[0] ?? data) : data
}

/** What stands beside an answer for a machine, or says again what was said. */
const QUIET =
  /signature|redacted|encrypted|log prob|safety|special token|text so far|^context|metadata|session|going away|whole answer|end of argument|container|heard so far|^trace|^system|^user$|probability|resumption/
const ACTS = /^(?:tool call|executable code|cancelled tool calls|interrupted|.* call)\b/

export function notePairs(was: ChoiceFacts, is: ChoiceFacts, of: string): readonly ExtraPair[] {
  const labels = new Set([...was.notes, ...is.notes].map(({ label }) => label))
  return [...labels].map((name) => {
    const keysOf = ({ notes }: ChoiceFacts): readonly string[] =>
      notes
        .filter(({ label }) => label === name)
        .map(({ json, raw }) => (json === undefined ? raw : canonicalOf(json, MEANING)))
    const [old, now] = [keysOf(was), keysOf(is)]
    const same = old.length === now.length && old.every((key, at) => key === now[at])
    const weight = ACTS.test(name) ? 'behaviour' : 'wording'
    const called = quote(name).replaceAll('"', '')
    const done = old.length === 0 ? 'added' : now.length === 0 ? 'removed' : 'differs'
    const reasons = same || QUIET.test(name) ? [] : [reason(weight, `${called}${of} ${done}`)]
    return { name, was: old.length, is: now.length, same, reasons }
  })
}

export function vectorPairs(was: readonly JsonNode[], is: readonly JsonNode[]): readonly ExtraPair[] {
  if (was.length === 0 && is.length === 0) return []
  const base = { name: 'embedding', was: was.length, is: is.length }
  if (was.length !== is.length) {
    const sentence = `${counted(was.length, 'embedding')} → ${counted(is.length, 'embedding')}`
    // that there are none at all is told as an empty answer
    const none = was.length === 0 || is.length === 0
    return [{ ...base, same: false, reasons: none ? [] : [reason('behaviour', sentence)] }]
  }
  const distances = was.map((one, at) => {
    const other = is[at]
    if (other === undefined || one.raw === other.raw) return undefined
    return vectorDistance(one, other) ?? ('unreadable' as const)
  })
  const far = distances.flatMap((distance, at) =>
    distance === undefined || (distance !== 'unreadable' && distance.near) ? [] : [{ distance, at }],
  )
  const known = distances.flatMap((one) => (one === undefined || one === 'unreadable' ? [] : [one]))
  const cosine = known.reduce((least, one) => Math.min(least, one.cosine), 1)
  const [first] = far
  const more = far.length > 1 ? ` (${counted(far.length, 'embedding')} differ)` : ''
  const reasons = first === undefined ? [] : [reason('behaviour', `${vectorWords(first)}${more}`)]
  return [{ ...base, same: far.length === 0, cosine, reasons }]
}

function vectorWords({
  distance,
  at,
}: {
  distance: ReturnType<typeof vectorDistance> | 'unreadable'
  at: number
}): string {
  if (distance === undefined || distance === 'unreadable') return `embedding ${at} differs`
  const [was, is] = distance.sizes
  if (was !== is) return `embedding ${at} has ${was} → ${is} dimensions`
  return `embedding ${at} points elsewhere: cosine ${distance.cosine.toFixed(4)}`
}

/** Answers in a form that no dialect reads: what their JSON says, without ids and times. */
export function unreadReasons(was: readonly JsonNode[], is: readonly JsonNode[]): readonly Reason[] {
  const keysOf = (nodes: readonly JsonNode[]): readonly string[] =>
    nodes.map((node) => canonicalOf(node, MEANING))
  // a chunk that holds nothing but ids, times or usage says nothing, whether it is there or not
  const [saysBefore, saysAfter] = [was.filter(saysSomething), is.filter(saysSomething)]
  const [old, now] = [keysOf(saysBefore), keysOf(saysAfter)]
  const reasons: Reason[] = []
  for (const { same, oldStart, oldEnd, newStart, newEnd } of align(
    old.length,
    now.length,
    (at) => old[at] ?? '',
    (at) => now[at] ?? '',
  )) {
    if (same) continue
    if (oldEnd - oldStart !== newEnd - newStart) {
      reasons.push(
        reason('behaviour', `chunks that are not understood: ${oldEnd - oldStart} → ${newEnd - newStart}`),
      )
      continue
    }
    for (let at = 0; at < oldEnd - oldStart; at++) {
      const [one, other] = [saysBefore[oldStart + at], saysAfter[newStart + at]]
      if (one && other) reasons.push(...valueReasons(one, other))
    }
  }
  return reasons.slice(0, MOST_UNREAD)
}

const HOLLOW: ReadonlySet<string> = new Set(['object', 'type', 'choices'])

function saysSomething(node: JsonNode): boolean {
  if (node.kind !== 'object') return true
  return [...node.effectiveMembers()].some(
    ({ key, value }) =>
      noiseGroup(key) === undefined &&
      !value.isNull &&
      !(HOLLOW.has(key) && (value.kind === 'string' || value.item(0) === undefined)),
  )
}

const MOST_UNREAD = 5

function valueReasons(was: JsonNode, is: JsonNode): readonly Reason[] {
  const places = differencesOf(was, is, (key, one, other) => {
    if (noiseGroup(key) !== undefined) return true
    const [old, now] = [one?.string(), other?.string()]
    return old !== undefined && now !== undefined && withoutId(old) === withoutId(now)
  })
  return places.map(({ pointer, was: old, is: now }) => {
    const prose = [old, now].every((raw) => raw?.startsWith('"') && /\s/.test(raw))
    return reason(
      prose ? 'wording' : 'behaviour',
      `response differs at ${pointer || '/'}${old && now ? fromTo(old, now) : ''}`,
    )
  })
}
