import type { Entry, Facts } from './entry.ts'

/**
 * Strings that stand on their own. Engines cut a part out of a long text by pointing into it: one name of a tool, kept
 * in a list, would keep the whole file in memory (measured: 29 kB an entry instead of 3).
 */

/** The same characters without the text that they were cut from. */
export function detached(text: string): string {
  // cutting needs the sum as one flat text: a new one, of which this is a part then
  return text.length < SHORTEST_SLICE ? text : `${text} `.slice(0, -1)
}

/** Shorter parts are always copied. */
const SHORTEST_SLICE = 13

/** For values that come again and again (tests, models, tools): one string for all of them. */
function shared(text: string): string {
  const known = SHARED.get(text)
  if (known !== undefined) return known
  const own = detached(text)
  if (text.length > LONGEST_SHARED) return own
  if (SHARED.size >= MOST_SHARED) SHARED.clear()
  SHARED.set(own, own)
  return own
}

/**
 * The entry with one string for each name that others have as well: what came from another worker or out of a database
 * has its own of each, and 100,000 entries have twenty.
 */
export function withSharedNames<T extends Entry>(entry: T): T {
  const { facts } = entry
  return facts === undefined ? entry : { ...entry, facts: sharedFacts(facts) }
}

/** Likewise the facts alone. */
export function sharedFacts(facts: Facts): Facts {
  return {
    ...facts,
    container: shared(facts.container),
    ...(facts.variant !== undefined && { variant: shared(facts.variant) }),
    models: facts.models.map(shared),
    providers: facts.providers.map(shared),
    endpoints: facts.endpoints.map(shared),
    dialects: facts.dialects.map(shared),
    finishes: facts.finishes.map(shared),
    statuses: facts.statuses.map(shared),
    errors: facts.errors.map(shared),
    tools: facts.tools.map(shared),
    offered: facts.offered.map(shared),
    ...(facts.test !== undefined && { test: shared(facts.test) }),
  }
}

const SHARED = new Map<string, string>()
const MOST_SHARED = 5000
const LONGEST_SHARED = 500
