import { wholeCharacter } from '../widgets/fold.tsx'
import type { CompareSource } from './compare-source.ts'
import { pathParts } from './path-parts.ts'

/** Letters at the end of a name that are never left out: of a hash and its extension they tell enough. */
const TAIL = 14
/** And at the beginning of a path. */
const HEAD = 6

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
      {/* what is too long loses its middle: the beginnings give way, the ends stay */}
      <span className="recorded flex min-w-0 whitespace-pre">
        <span style={{ minWidth: letters(start, HEAD) }} className="shrink-[20] truncate text-ink-3">
          {start}
        </span>
        <Ends text={own} className="" />
        <Ends text={end} className="shrink-[20] text-ink-3" />
      </span>
    </span>
  )
}

/** A text of which the beginning gives way and the end stays. */
function Ends({ text, className }: { readonly text: string; readonly className: string }) {
  const cut = wholeCharacter(text, Math.max(0, text.length - TAIL))
  return (
    <span style={{ minWidth: letters(text, TAIL + 1) }} className={`flex ${className}`}>
      <span className="min-w-0 truncate">{text.slice(0, cut)}</span>
      <span className="shrink-0">{text.slice(cut)}</span>
    </span>
  )
}

/** The width of so many letters of the one face that has them all alike. */
function letters(text: string, most: number): string {
  return `${Math.min(text.length, most)}ch`
}
