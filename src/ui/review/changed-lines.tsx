import { useMemo, useState } from 'react'
import { type LineRow, lineRows } from '../../core/review/line-rows.ts'
import type { ChangedLines } from '../../workspace/review-port.ts'
import { Button } from '../widgets/button.tsx'
import { FoldedLine } from './folded-line.tsx'

/** Lines drawn at once, and more each time they are asked for. */
const LINES = 400

/** The lines of a diff as they are written, with their numbers before and after. */
export function ChangedLinesView({ steps }: { readonly steps: ChangedLines }) {
  return (
    <section aria-label="Changed lines" className="grid min-w-0 gap-3">
      {steps.map((hunks, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: commits of one diff have no other name here
        <div key={at} className="grid min-w-0 gap-1">
          {steps.length > 1 && (
            <h3 className="text-sm text-ink-3">
              Commit {at + 1} of {steps.length} that touch this file, the oldest first
            </h3>
          )}
          <Lines rows={lineRows(hunks)} />
        </div>
      ))}
    </section>
  )
}

function Lines({ rows }: { readonly rows: readonly LineRow[] }) {
  const [shown, setShown] = useState(LINES)
  const digits = useMemo(() => widest(rows), [rows])
  const more = Math.min(LINES * 5, rows.length - shown)
  return (
    <>
      <div className="recorded min-w-0 border-y text-xs leading-[18px]" data-testid="changed-lines">
        {rows.slice(0, shown).map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their places
          <Line key={at} row={row} digits={digits} />
        ))}
      </div>
      {more > 0 && (
        <div>
          <Button tone="outline" onClick={() => setShown(shown + more)}>
            Show {more.toLocaleString('en')} more of {rows.length.toLocaleString('en')} lines
          </Button>
        </div>
      )}
    </>
  )
}

const TONES = {
  same: 'text-ink-2',
  removed: 'bg-error-wash text-error',
  added: 'bg-[color-mix(in_srgb,var(--stop)_12%,transparent)] text-stop',
} as const
const SIGNS = { same: ' ', removed: '−', added: '+' } as const
const SPOKEN = { same: '', removed: 'removed: ', added: 'added: ' } as const

function Line({ row, digits }: { readonly row: LineRow; readonly digits: number }) {
  if (row.kind === 'gap') {
    return (
      <p className="border-y border-line/70 bg-sunk px-2 font-sans text-ink-3 first:border-t-0">
        {row.lines.toLocaleString('en')} {row.lines === 1 ? 'line' : 'lines'} not in the diff
      </p>
    )
  }
  const { kind, text, old, now, span, isUnbroken } = row
  return (
    <div data-line={kind} className={`flex min-w-0 ${TONES[kind]}`}>
      <span
        className="flex shrink-0 gap-1.5 border-r border-line/70 px-1.5 text-ink-3 tabular-nums select-none max-sm:hidden"
        aria-hidden="true"
      >
        <LineNumber of={old} digits={digits} />
        <LineNumber of={now} digits={digits} />
      </span>
      <span aria-hidden="true" className="w-5 shrink-0 text-center select-none">
        {SIGNS[kind]}
      </span>
      <span className="min-w-0 flex-1 pr-2 [overflow-wrap:anywhere] whitespace-pre-wrap">
        <span className="sr-only">
          {old !== undefined && now === undefined && `line ${old} before, `}
          {now !== undefined && old === undefined && `line ${now} after, `}
          {SPOKEN[kind]}
        </span>
        <FoldedLine text={text} span={span} />
        {isUnbroken && <span className="font-sans text-ink-3"> (no line break at the end)</span>}
      </span>
    </div>
  )
}

function LineNumber({ of, digits }: { readonly of: number | undefined; readonly digits: number }) {
  return (
    <span className="text-right" style={{ width: `${digits}ch` }}>
      {of}
    </span>
  )
}

/** Digits of the largest line number, and a little more. */
function widest(rows: readonly LineRow[]): number {
  const last = rows.at(-1)
  const largest = last === undefined || last.kind === 'gap' ? 1 : Math.max(last.old ?? 1, last.now ?? 1)
  return String(largest).length + 1
}
