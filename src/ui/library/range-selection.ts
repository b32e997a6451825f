/** From where a range is selected, and what was selected before it was begun. */
export interface Anchor {
  readonly path: string | undefined
  /** Taken when the range begins: the range grows and shrinks on top of it. */
  readonly base?: ReadonlySet<string>
}

/** What is selected once a range reaches from one row to another, in either direction. */
export function withRange(
  base: ReadonlySet<string>,
  from: number,
  to: number,
  pathAt: (at: number) => string | undefined,
): ReadonlySet<string> {
  const next = new Set(base)
  for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
    const path = pathAt(at)
    if (path !== undefined) next.add(path)
  }
  return next
}
