/** What of two paths is worth looking at: the part that differs, between what both have. */
export interface PathParts {
  readonly start: string
  readonly before: string
  readonly after: string
  readonly end: string
}

/** Cut where a part of a path ends (`/`, `.`, `-`, `_`), so that no hash is shown in halves; whole where both are equal. */
export function pathParts(before: string, after: string): PathParts {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  if (start === before.length && start === after.length) {
    const name = before.lastIndexOf('/') + 1
    return { start: before.slice(0, name), before: before.slice(name), after: after.slice(name), end: '' }
  }
  while (start > 0 && !isBorder(before[start - 1])) start--
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  while (end > 0 && !isBorder(before.at(-end))) end--
  return {
    start: before.slice(0, start),
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
    end: end === 0 ? '' : before.slice(-end),
  }
}

function isBorder(letter: string | undefined): boolean {
  return letter !== undefined && '/\\.-_ '.includes(letter)
}
