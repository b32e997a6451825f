/** What is wrong with a folder as a whole: names that no longer fit, and files that say the same. */
import type { KeyReport } from '../naming.ts'
import { byKey } from './by-key.ts'
import type { IndexedEntry } from './entry.ts'

export type NameVerdict = KeyReport['verdict']

export interface Health {
  readonly stale: readonly StaleName[]
  /** The same but for noise, biggest first. */
  readonly duplicates: readonly DuplicateGroup[]
  /** One question of one test with several answers, biggest first. */
  readonly mergeable: readonly DuplicateGroup[]
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[]
  /** How many recordings were looked at. */
  readonly checked: number
}

/** A file whose name is not (any more) what the recorder would look for. */
export interface StaleName {
  readonly path: string
  readonly verdict: NameVerdict
  /** A sentence. */
  readonly because: string
  /** The path under which the recorder would find it; absent where that cannot be known. */
  readonly to?: string
  /** Who stands in the way of that. */
  readonly clash?: Clash
}

/** Another file that has the name already, or that would get the same one. */
export interface Clash {
  readonly path: string
  readonly kind: 'taken' | 'same-name'
}

export interface DuplicateGroup {
  /** At least two, sorted. */
  readonly paths: readonly string[]
  /** Where all are of the same one. */
  readonly test?: string
  /** A sentence. */
  readonly why: string
}

/** `stale` has been found by whoever can read the files. */
export function healthOf(entries: readonly IndexedEntry[], stale: readonly StaleName[]): Health {
  const recordings = entries.filter(({ facts, askedDigest }) => facts !== undefined && askedDigest !== '')
  return {
    stale: withClashes(stale, entries),
    duplicates: duplicatesIn(recordings),
    mergeable: mergeableIn(recordings),
    problems: entries.flatMap(({ path, problem }) => (problem ? [{ path, ...problem }] : [])),
    checked: entries.filter(({ facts }) => facts !== undefined).length,
  }
}

/** A recording must not be written over another one: who would be is told before. */
function withClashes(stale: readonly StaleName[], entries: readonly IndexedEntry[]): readonly StaleName[] {
  const taken = new Set(entries.map(({ path }) => path))
  const claimed = new Map<string, string>()
  return stale.map((name) => {
    const { to, path } = name
    if (to === undefined) return name
    if (taken.has(to)) return { ...name, clash: { path: to, kind: 'taken' } }
    const first = claimed.get(to)
    if (first !== undefined) return { ...name, clash: { path: first, kind: 'same-name' } }
    claimed.set(to, path)
    return name
  })
}

function duplicatesIn(recordings: readonly IndexedEntry[]): readonly DuplicateGroup[] {
  const groups = byKey(recordings, ({ askedDigest, answeredDigest, facts }) =>
    [askedDigest, answeredDigest, ...(facts?.models ?? [])].join('\n'),
  )
  return biggestFirst(
    [...groups.values()].map((group) => {
      const test = onlyTest(group)
      const tests = new Set(group.map(({ facts }) => facts?.test)).size
      const whose = test === undefined && tests > 1 ? `, from ${tests} tests` : ''
      return groupOf(group, `${group.length} recordings${whose}.`)
    }),
  )
}

function mergeableIn(recordings: readonly IndexedEntry[]): readonly DuplicateGroup[] {
  // lists of models are kept side by side on purpose: the recorder unites them
  const tested = recordings.filter(({ facts }) => facts?.test !== undefined && facts.outcome !== 'listing')
  const groups = byKey(tested, ({ askedDigest, facts }) => `${facts?.test}\n${askedDigest}`)
  return biggestFirst(
    [...groups.values()].map((group) => {
      const answers = new Set(group.map(({ answeredDigest }) => answeredDigest)).size
      if (answers < 2) return undefined
      return groupOf(group, `${group.length} recordings with ${answers} different answers.`)
    }),
  )
}

function groupOf(group: readonly IndexedEntry[], why: string): DuplicateGroup | undefined {
  if (group.length < 2) return undefined
  const test = onlyTest(group)
  return { paths: group.map(({ path }) => path).toSorted(), ...(test !== undefined && { test }), why }
}

function onlyTest(group: readonly IndexedEntry[]): string | undefined {
  const test = group[0]?.facts?.test
  return group.every(({ facts }) => facts?.test === test) ? test : undefined
}

function biggestFirst(groups: readonly (DuplicateGroup | undefined)[]): readonly DuplicateGroup[] {
  return groups
    .filter((group) => group !== undefined)
    .toSorted((a, b) => b.paths.length - a.paths.length || ((a.paths[0] ?? '') < (b.paths[0] ?? '') ? -1 : 1))
}
