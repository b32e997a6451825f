import type { Bar } from '../../core/library/numbers.ts'

/** Counts along an axis: columns, each a link to the list of exactly those. */
export function Histogram({
  title,
  bars,
  note,
  onQuery,
}: {
  readonly title: string
  readonly bars: readonly Bar[]
  readonly note?: string | undefined
  onQuery(query: string): void
}) {
  if (bars.length === 0) return null
  const most = Math.max(...bars.map(({ count }) => count))
  return (
    <section aria-label={title} className="min-w-0">
      <h2 className="pb-1 text-xs font-[550] text-ink-2">{title}</h2>
      <ol className="flex h-28 items-end gap-px border-b">
        {bars.map(({ label, count, query }) => (
          <li key={label} className="flex h-full min-w-0 flex-1 items-end">
            <button
              type="button"
              disabled={count === 0}
              aria-label={`${label}: ${count.toLocaleString('en')}`}
              title={`${label}: ${count.toLocaleString('en')}`}
              onClick={() => onQuery(query)}
              className="group flex h-full w-full items-end hover:bg-sunk"
            >
              <span
                aria-hidden="true"
                className="block min-h-px w-full rounded-t-xs bg-text-bar group-hover:bg-ink-2 group-disabled:bg-line"
                style={{ height: `${(count / most) * 100}%` }}
              />
            </button>
          </li>
        ))}
      </ol>
      <p className="flex justify-between gap-2 pt-0.5 text-xs text-ink-3 tabular-nums">
        <span>{bars[0]?.label}</span>
        {bars.length > 1 && <span>{bars.at(-1)?.label}</span>}
      </p>
      {note && <p className="text-sm text-ink-3">{note}</p>}
    </section>
  )
}
