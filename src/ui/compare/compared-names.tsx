import type { CompareSource } from './compare-source.ts'
import { middleCut, pathParts } from './path-parts.ts'

/** Characters that fit beside each other on a phone. */
const MOST_SHARED = 24
const MOST_OWN = 28

/** Which two are compared: what their paths share is quiet, and long parts are cut in their middle. */
export function ComparedNames({
  before,
  after,
}: {
  readonly before: CompareSource
  readonly after: CompareSource
}) {
  const parts = pathParts(before.name, after.name)
  return (
    <p data-testid="compared-names" className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <Name source={before} own={parts.before} start={parts.start} end={parts.end} />
      <span role="img" aria-label="compared with" className="text-ink-3">
        →
      </span>
      <Name source={after} own={parts.after} start={parts.start} end={parts.end} />
    </p>
  )
}

function Name({
  source: { name, label },
  own,
  start,
  end,
}: {
  readonly source: CompareSource
  readonly own: string
  readonly start: string
  readonly end: string
}) {
  const said = label !== undefined && label !== name
  return (
    <span title={name} className="inline-flex min-w-0 max-w-full items-baseline gap-x-1.5">
      {said && <span className="shrink-0 text-ink-2">{label}</span>}
      <span className="recorded min-w-0 truncate">
        <span className="text-ink-3">{middleCut(start, MOST_SHARED)}</span>
        <span>{middleCut(own, MOST_OWN)}</span>
        <span className="text-ink-3">{end}</span>
      </span>
    </span>
  )
}
