/** From a hash to the request that was asked: recordings are read and varied until one hashes to it. */
import type { HashedRequest } from '../containers/llama-stack-json-key-request.ts'
import type { IndexedEntry } from '../library/entry.ts'
import { isPythonDict } from '../syntax/python-json.ts'
import { type Asked, completedBy, wholeTest } from './asked.ts'
import type { Candidate } from './candidate.ts'
import { type Found, functionOf, Guesser, STAGES, type Surroundings } from './guess.ts'
import type { Paste } from './paste.ts'

/** Recordings that are varied everywhere inside, which takes longest; all else is tried on all that were read. */
const MOST_VARIED = 160
/** The first of them are most likely the right ones, where there is more to go by than a hash. */
const MOST_LIKELY = 8

/** A request that was found, and the recording that it was found by. */
export interface FoundBy extends Found {
  readonly path: string
}

/** Tests, models and URLs that may have been in the place of a recording's own. */
export function surroundingsOf(
  paste: Paste,
  entries: readonly IndexedEntry[],
  candidates: readonly Candidate[],
): Surroundings {
  const whole = wholeTest(paste)
  const names = paste.tests.filter((test) => !test.includes('::'))
  const otherTests = new Set<string>()
  const models = new Set<string>()
  for (const { facts } of entries) {
    if (facts?.test !== undefined) otherTests.add(facts.test)
    for (const model of facts?.models ?? []) models.add(model)
  }
  const urls = candidates.flatMap(({ request }) => (request.kind === 'tool' ? [] : [request.url]))
  const named = [...otherTests].filter((test) => names.some((name) => test.endsWith(`::${name}`)))
  return {
    tests: [
      ...new Set([
        ...(whole === undefined ? [] : [whole]),
        ...paste.tests.filter((test) => test.includes('::')),
        ...named,
      ]),
    ].slice(0, 6),
    models: paste.models.slice(0, 3),
    urls: [...new Set(paste.calls.map(({ url }) => url))].slice(0, 2),
    otherTests: byFunction(otherTests),
    otherModels: [...models],
    otherUrls: [...new Set(urls)].slice(0, 64),
  }
}

/** More parameters of one function are not tried. */
const MOST_NAMESAKES = 200

function byFunction(tests: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const test of tests) {
    const name = functionOf(test)
    const namesakes = found.get(name)
    if (namesakes === undefined) found.set(name, [test])
    else if (namesakes.length < MOST_NAMESAKES) namesakes.push(test)
  }
  return found
}

/** Rounds that the search of so many recordings has: each is tried in all ways, the most expensive one apart. */
export function roundsOf(count: number): number {
  const others = Math.max(0, count - MOST_LIKELY)
  return (
    Math.min(count, MOST_LIKELY) * STAGES.length +
    others * (STAGES.length - 1) +
    Math.min(others, MOST_VARIED - MOST_LIKELY)
  )
}

/**
 * The request that hashes to one of the wanted hashes. `pause` is asked after each trial and round: it lets others have
 * their turn, may break it all off by an exception, and says whether there is time left.
 */
export async function searchAsked(
  wanted: readonly string[],
  candidates: readonly Candidate[],
  asked: Asked | undefined,
  around: Surroundings,
  pause: (done: number) => Promise<boolean> | boolean,
): Promise<FoundBy | undefined> {
  const guessers = candidates.map((candidate) => ({
    path: candidate.path,
    guesser: new Guesser(asked ? completedBy(asked, candidate.request) : candidate.request, wanted, around),
  }))
  // the nearest first and in every way, then all of them, one way after the other
  const rounds = [
    ...guessers.slice(0, MOST_LIKELY).flatMap((one) => STAGES.map((stage) => ({ ...one, stage }))),
    ...STAGES.flatMap((stage) =>
      guessers
        .slice(MOST_LIKELY, stage === 'leaves' ? MOST_VARIED : undefined)
        .map((one) => ({ ...one, stage })),
    ),
  ]
  for (const [done, { path, guesser, stage }] of rounds.entries()) {
    const trials = guesser.guess(stage)
    let next = trials.next()
    while (next.done !== true) {
      // awaited only where there is something to wait for: there are millions of trials
      const goOn = pause(done)
      if (!(typeof goOn === 'boolean' ? goOn : await goOn)) return undefined
      next = trials.next()
    }
    if (next.value !== undefined) return { ...next.value, path }
    const goOn = pause(done + 1)
    if (!(typeof goOn === 'boolean' ? goOn : await goOn)) return undefined
  }
  return undefined
}

/** The words of a request, and what else a look at the list can tell, as if it had been pasted whole. */
export function pasteOf(paste: Paste, request: HashedRequest, words: string): Paste {
  const model = isPythonDict(request.body) ? request.body.get('model') : undefined
  return {
    ...paste,
    tests: typeof request.testId === 'string' ? [request.testId] : paste.tests,
    models: typeof model === 'string' ? [model] : paste.models,
    calls: request.kind === 'tool' ? [] : [{ method: request.method, url: request.url }],
    words,
  }
}
