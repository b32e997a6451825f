import type { Facts, IndexedEntry } from '../library/entry.ts'
import { hashInName, isHash } from './candidate.ts'
import type { Paste } from './paste.ts'

/** An entry that may be the one, by its place in the list. */
export interface Ranked {
  readonly at: number
  /** 0 to 1. */
  readonly score: number
  /** Why, each a few words. */
  readonly because: readonly string[]
  readonly sameTest: boolean
  /** It may be the one by this alone, however much of the request differs. */
  readonly isLike: boolean
}

/** Words of the paste that are looked for; more tell nothing new. */
const MOST_PROBES = 12
/** Fewer say nothing of what was meant. */
const FEWEST_PROBES = 4
/** A recording with more of the words may be the one; with more than the second figure it has as good as all. */
const LIKE = 0.5
const SAME_WORDS = 0.9
/** What a test of the same file counts. */
const FILE_ONLY = 0.1

/**
 * The recordings that look most like what was pasted, by what is known of them without reading them: names, tests,
 * models, URLs, words. The best first; those with nothing in common are left out.
 */
export function rankCandidates(
  paste: Paste,
  entries: readonly IndexedEntry[],
  limit: number,
): readonly Ranked[] {
  const likeness = wordLikeness(paste, entries)
  // words alone are no request: they have to be all there
  const enough = paste.problem === undefined ? LIKE : SAME_WORDS
  const tests = paste.tests.map(partsOfTest)
  // an empty one is the end of every other
  const paths = [...paste.calls, ...callsOf(paste)]
    .map(({ url }) => pathOf(url))
    .filter((path) => path.length > 1)
  const ranked: Ranked[] = []
  entries.forEach((entry, at) => {
    const { facts } = entry
    if (facts === undefined) return
    const because: string[] = []
    let score = 0
    let isLike = false
    const add = (points: number, why: string): void => {
      score += points
      because.push(why)
    }
    const hash = hashInName(entry.path)
    if (hash !== undefined && paste.hashes.some((wanted) => isHash(wanted, hash)))
      add(1, 'its name is the hash')
    if (paste.cassettes.some((cassette) => isSamePath(cassette, entry.path))) add(0.8, NAMED_CASSETTE)
    const test = testLikeness(tests, facts)
    if (test !== undefined) add(...test)
    // a name, a cassette or a test tells which one is meant; a test's file only roughly
    if (score > FILE_ONLY) isLike = true
    if (paste.models.some((model) => facts.models.includes(model))) add(0.12, 'same model')
    if (
      facts.endpoints.some((endpoint) =>
        paths.some((path) => path.endsWith(endpoint) || endpoint.endsWith(path)),
      )
    )
      add(0.05, 'same URL')
    const like = likeness?.shares[at] ?? 0
    if (like > 0.15) add(0.5 * like, like > SAME_WORDS ? 'same words' : 'similar words')
    // one word or two are in any request
    if (like > enough && (likeness?.probes ?? 0) >= FEWEST_PROBES) isLike = true
    if (score === 0) return
    ranked.push({ at, score: Math.min(1, score), because, sameTest: test?.[1] === SAME_TEST, isLike })
  })
  return ranked.toSorted((a, b) => b.score - a.score || a.at - b.at).slice(0, limit)
}

/** Why a recording of another recorder comes first. */
export const NAMED_CASSETTE = 'the cassette of the error'
const SAME_TEST = 'same test'

interface TestParts {
  readonly id: string
  readonly file: string
  /** With its class. */
  readonly name: string
}

function partsOfTest(id: string): TestParts {
  const bracket = id.indexOf('[')
  const bare = bracket === -1 ? id : id.slice(0, bracket)
  const colons = bare.indexOf('::')
  return {
    id,
    file: colons === -1 ? '' : bare.slice(0, colons),
    name: colons === -1 ? bare : bare.slice(colons + 2),
  }
}

function testLikeness(
  tests: readonly TestParts[],
  { test }: Facts,
): readonly [points: number, why: string] | undefined {
  if (test === undefined || tests.length === 0) return undefined
  const recorded = partsOfTest(test)
  // a headline names the function only
  if (tests.some(({ id, file }) => id === test || (file === '' && test.endsWith(`::${id}`))))
    return [0.5, SAME_TEST]
  const sameName = ({ name }: TestParts): boolean =>
    name === recorded.name || recorded.name.endsWith(`::${name}`)
  const isSameFile = ({ file }: TestParts): boolean => file !== '' && isSamePath(file, recorded.file)
  if (tests.some((one) => sameName(one) && (one.file === '' || isSameFile(one)))) {
    return [0.4, 'same test with other parameters']
  }
  if (tests.some(sameName)) return [0.3, 'a test of the same name']
  return tests.some(isSameFile) ? [FILE_ONLY, 'a test of the same file'] : undefined
}

/** One may begin further up. */
function isSamePath(one: string, other: string): boolean {
  const [a, b] = [one.replaceAll('\\', '/'), other.replaceAll('\\', '/')]
  return a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`)
}

function callsOf({ requests }: Paste): readonly { readonly url: string }[] {
  return requests.flatMap(({ url }) => (url === undefined ? [] : [{ url }]))
}

function pathOf(url: string): string {
  return (/^[a-z][a-z0-9+.-]*:\/\/[^/]*([^?#]*)/i.exec(url)?.[1] ?? url).replace(/(\/v\d+)\1(?=\/)/g, '$1')
}

interface Likeness {
  /** By the entry's place, 0 to 1. */
  readonly shares: Float64Array
  /** How many words were looked for. */
  readonly probes: number
}

/** How much of the pasted words each entry was asked, rare words counting more; undefined where there are none. */
function wordLikeness(paste: Paste, entries: readonly IndexedEntry[]): Likeness | undefined {
  const probes = probesOf(paste.words)
  if (probes.length === 0) return undefined
  const found = new Uint32Array(entries.length)
  const counts = new Float64Array(probes.length)
  entries.forEach(({ asked }, at) => {
    probes.forEach((word, probe) => {
      if (!asked.includes(word)) return
      found[at] = (found[at] ?? 0) | (1 << probe)
      counts[probe] = (counts[probe] ?? 0) + 1
    })
  })
  const weights = counts.map((count) => Math.log(1 + entries.length / Math.max(1, count)))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = Float64Array.from(found, (bits) => {
    let sum = 0
    for (let probe = 0; probe < probes.length; probe++) if (bits & (1 << probe)) sum += weights[probe] ?? 0
    return sum / all
  })
  return { shares, probes: probes.length }
}

/** Words from everywhere in the text, the longer ones. */
function probesOf(text: string): readonly string[] {
  const words = [...new Set(text.match(/[\p{L}\p{N}_-]{3,40}/gu) ?? [])]
  const parts = Math.min(4, Math.ceil(words.length / 12))
  const size = Math.ceil(words.length / Math.max(1, parts))
  return Array.from({ length: parts }, (_, part) => words.slice(part * size, (part + 1) * size))
    .flatMap((some) => some.toSorted((a, b) => b.length - a.length).slice(0, Math.floor(MOST_PROBES / parts)))
    .slice(0, MOST_PROBES)
}
