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
export function shared(text: string): string {
  const known = SHARED.get(text)
  if (known !== undefined) return known
  const own = detached(text)
  if (text.length > LONGEST_SHARED) return own
  if (SHARED.size >= MOST_SHARED) SHARED.clear()
  SHARED.set(own, own)
  return own
}

const SHARED = new Map<string, string>()
const MOST_SHARED = 5000
const LONGEST_SHARED = 500
