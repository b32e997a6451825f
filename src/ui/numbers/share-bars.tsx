import { useState } from 'react'
import type { Share } from '../../core/library/numbers.ts'

/** Bars that are shown before somebody asks for more. */
const FEW = 8

/** A distribution: one bar a value, each a link to the list of exactly those. */
export function ShareBars({
  title,
  shares,
  words = (value) => value || '(none)',
  onQuery,
}: {
  readonly title: string
  readonly shares: readonly Share[]
  words?(value: string): string
  onQuery(query: string): void
}) {
  const [all, setAll] = useState(false)
  if (shares.length === 0) return null
  const most = Math.max(...shares.map(({ count }) => count))
  const shown = all ? shares : shares.slice(0, FEW)
  return (
    <section aria-label={title} className="min-w-0 break-inside-avoid">
      <h2 className="pb-1 text-xs font-[550] text-ink-2">{title}</h2>
      <ul>
        {shown.map(({ value, count, query }) => (
          <li key={value}>
            <button
              type="button"
              onClick={() => onQuery(query)}
              title={`List the ${count.toLocaleString('en')} with ${words(value)}`}
              className="grid min-h-6 w-full grid-cols-[minmax(0,1fr)_minmax(0,1fr)_56px] items-center gap-2 rounded px-1 text-left hover:bg-sunk pointer-coarse:min-h-10"
            >
              <span className="truncate text-ink-2">{words(value)}</span>
              <span aria-hidden="true" className="h-2 rounded-xs bg-sunk">
                <span
                  className="block h-2 min-w-px rounded-xs bg-text-bar"
                  style={{ width: `${(count / most) * 100}%` }}
                />
              </span>
              <span className="text-right tabular-nums">{count.toLocaleString('en')}</span>
            </button>
          </li>
        ))}
      </ul>
      {shares.length > FEW && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="min-h-6 px-1 text-sm text-ink-3 underline-offset-2 hover:text-ink hover:underline pointer-coarse:min-h-10"
        >
          {all ? 'fewer' : `${shares.length - FEW} more`}
        </button>
      )}
    </section>
  )
}
