import { applyEdits, spliceBetween, type TextEdit } from './edit.ts'

export type LineEnd = '\n' | '\r\n' | '\r'

/** Every line end as "\n": what a text field makes of a text that is put into it. */
export function toLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** The kind that most lines of a text end with; "\n" when none is ahead of it. */
export function lineEndOf(text: string): LineEnd {
  const counts = { '\n': 0, '\r\n': 0, '\r': 0 }
  if (!text.includes('\r')) return '\n'
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) counts[end as LineEnd]++
  if (counts['\r\n'] > counts['\n']) return counts['\r\n'] >= counts['\r'] ? '\r\n' : '\r'
  return counts['\r'] > counts['\n'] ? '\r' : '\n'
}

/**
 * What a text becomes by typing: `typed` is its form with "\n" only, changed at one place. The same change is
 * made in `original`, its line ends written as `lineEnd`; around it every character stays as it was.
 * The result with "\n" only is `typed` again.
 */
export function applyTyped(original: string, typed: string, lineEnd: LineEnd = lineEndOf(original)): string {
  const splice = spliceBetween(toLineFeeds(original), toLineFeeds(typed))
  if (splice === undefined) return original
  const start = offsetOf(original, splice.offset)
  const end = offsetOf(original, splice.offset + splice.length)
  const content = lineEnd === '\n' ? splice.content : splice.content.replaceAll('\n', lineEnd)
  return join(join(original.slice(0, start), content), original.slice(end))
}

/** The offset in `original` of one in its form with "\n" only; never between "\r" and "\n". */
function offsetOf(original: string, offset: number): number {
  let joined = 0
  let at = original.indexOf('\r\n')
  while (at !== -1 && at - joined < offset) {
    joined++
    at = original.indexOf('\r\n', at + 2)
  }
  return offset + joined
}

/** Where one text ends with a line and the next begins with an empty one, the two ends must not become one. */
function join(before: string, after: string): string {
  return before.endsWith('\r') && after.startsWith('\n') ? `${before}\n${after}` : before + after
}

/**
 * Carries the change from `before` to `after` over to `now`, which another change has made of `before`.
 * Undefined when the two changes meet: nobody can tell then what is wanted.
 */
export function carryOver(before: string, after: string, now: string): string | undefined {
  const mine = spliceBetween(before, after)
  const theirs = spliceBetween(before, now)
  if (mine === undefined) return now
  if (theirs === undefined || after === now) return after
  if (!isBefore(mine, theirs) && !isBefore(theirs, mine)) return undefined
  return applyEdits(before, [mine, theirs])
}

/** With at least one character in between. */
function isBefore(first: TextEdit, second: TextEdit): boolean {
  return first.offset + first.length < second.offset
}
