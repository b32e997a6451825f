import { align } from './align.ts'
import { idPrefix, withoutId } from './generated-ids.ts'
import { canonicalOf, type Reading } from './json-values.ts'
import { isEcho } from './noise-names.ts'
import { nodeOf, type Side } from './side.ts'

/** A call of one file and the one of the other that asks the same, or stands in its place. */
export interface InteractionPair {
  readonly before?: number
  readonly after?: number
  readonly moved: boolean
}

const ASKED: Reading = { drops: isEcho, string: withoutId }

/** Calls by what they ask; those that ask something else by their endpoint, then by their place. */
export function pairInteractions(
  before: readonly Side[],
  after: readonly Side[],
): readonly InteractionPair[] {
  if (before.length === 1 && after.length === 1) return [{ before: 0, after: 0, moved: false }]
  const [oldKeys, newKeys] = [before.map(askKey), after.map(askKey)]
  const [oldPaths, newPaths] = [before.map(pathOf), after.map(pathOf)]
  const partner = new Map<number, number>()
  const moved = new Set<number>()
  const removed: number[] = []
  const added: number[] = []
  const gap = (o0: number, o1: number, n0: number, n1: number): void => {
    for (const run of align(
      o1 - o0,
      n1 - n0,
      (at) => oldPaths[o0 + at] ?? '',
      (at) => newPaths[n0 + at] ?? '',
    )) {
      const [olds, news] = [run.oldEnd - run.oldStart, run.newEnd - run.newStart]
      const both = run.same || olds === news ? Math.min(olds, news) : 0
      for (let at = 0; at < both; at++) partner.set(n0 + run.newStart + at, o0 + run.oldStart + at)
      for (let at = both; at < olds; at++) removed.push(o0 + run.oldStart + at)
      for (let at = both; at < news; at++) added.push(n0 + run.newStart + at)
    }
  }
  const gaps: (readonly [number, number, number, number])[] = []
  const gone = new Map<string, number[]>()
  const runs = align(
    before.length,
    after.length,
    (at) => oldKeys[at] ?? '',
    (at) => newKeys[at] ?? '',
  )
  for (const { same, oldStart, oldEnd, newStart, newEnd } of runs) {
    if (same) for (let n = newStart; n < newEnd; n++) partner.set(n, oldStart + n - newStart)
    else {
      gaps.push([oldStart, oldEnd, newStart, newEnd])
      for (let o = oldStart; o < oldEnd; o++)
        gone.set(oldKeys[o] ?? '', [...(gone.get(oldKeys[o] ?? '') ?? []), o])
    }
  }
  // calls of a test that runs them at once come in any order
  const taken = new Set<number>()
  for (const [, , newStart, newEnd] of gaps) {
    for (let n = newStart; n < newEnd; n++) {
      const o = gone.get(newKeys[n] ?? '')?.shift()
      if (o === undefined) continue
      partner.set(n, o)
      moved.add(n)
      taken.add(o)
    }
  }
  for (const [o0, o1, n0, n1] of gaps) {
    const isWhole =
      [...partner.keys()].every((n) => n < n0 || n >= n1) && [...taken].every((o) => o < o0 || o >= o1)
    if (isWhole) gap(o0, o1, n0, n1)
    else {
      for (let o = o0; o < o1; o++) if (!taken.has(o)) removed.push(o)
      for (let n = n0; n < n1; n++) if (!partner.has(n)) added.push(n)
    }
  }
  // what is left over asks something else at the same endpoint
  for (const n of added) {
    const at = removed.findIndex((o) => oldPaths[o] === newPaths[n])
    const [o] = at === -1 ? [] : removed.splice(at, 1)
    if (o !== undefined) partner.set(n, o)
  }
  const pairs: InteractionPair[] = after.map((_, n) => {
    const o = partner.get(n)
    return { after: n, ...(o !== undefined && { before: o }), moved: moved.has(n) }
  })
  return [...pairs, ...removed.map((o) => ({ before: o, moved: false }))]
}

function askKey(side: Side): string {
  const { request } = side.interaction
  const id = nodeOf(side.document, request.body)
  const body = id === undefined ? (request.body?.value ?? '') : canonicalOf(side.document.node(id), ASKED)
  return `${request.method?.value.toUpperCase() ?? ''}\u0000${pathOf(side)}\u0000${body}`
}

function pathOf({ interaction: { request } }: Side): string {
  const path =
    (request.url?.value ?? '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/)[0] ?? ''
  return path
    .split('/')
    .map((segment) => (idPrefix(segment) === undefined ? segment : withoutId(segment)))
    .join('/')
}
