import { useState } from 'react'
import type { Facet } from '../../core/library/facets.ts'
import { hasFilter, withFilter } from '../../core/library/query.ts'
import { testWords } from './entry-words.ts'

const TITLES: Readonly<Record<Facet['field'], string>> = {
  outcome: 'Outcome',
  provider: 'Provider',
  model: 'Model',
  tool: 'Tool called',
  finish: 'Finish reason',
  has: 'Has',
  endpoint: 'Endpoint',
  status: 'Status',
  error: 'Error',
  test: 'Test',
  folder: 'Folder',
  container: 'Format',
  dialect: 'Dialect',
}

const ORDER = Object.keys(TITLES) as readonly Facet['field'][]

/** Values that are shown before somebody asks for more. */
const FEW = 6

/** What there is to filter by, with how many there would be. A click adds the filter to the query, or takes it away. */
export function FacetsPane({
  facets,
  query,
  onQuery,
}: {
  readonly facets: readonly Facet[]
  readonly query: string
  onQuery(query: string): void
}) {
  const shown = ORDER.flatMap((field) => facets.filter((facet) => facet.field === field)).filter(
    ({ field, values }) => values.length > 1 || values.some(({ value }) => hasFilter(query, field, value)),
  )
  return (
    <section aria-label="Filters" className="hairline-scroll min-h-0 overflow-y-auto py-3">
      {shown.map((facet) => (
        <FacetGroup key={facet.field} facet={facet} query={query} onQuery={onQuery} />
      ))}
      {shown.length === 0 && <p className="px-4 text-ink-3">Nothing to filter by.</p>}
    </section>
  )
}

function FacetGroup({
  facet,
  query,
  onQuery,
}: {
  readonly facet: Facet
  readonly query: string
  onQuery(query: string): void
}) {
  const [all, setAll] = useState(false)
  const { field, values, more } = facet
  const shown = all ? values : values.slice(0, FEW)
  return (
    <fieldset className="mb-3 min-w-0">
      <legend className="px-4 pb-0.5 text-xs font-[550] text-ink-2">{TITLES[field]}</legend>
      {shown.map(({ value, count }) => {
        const on = hasFilter(query, field, value)
        return (
          <button
            key={value}
            type="button"
            aria-pressed={on}
            title={`${value} (with Alt: all but these)`}
            onClick={(event) =>
              onQuery(withFilter(query, field, value, on ? 'remove' : event.altKey ? 'exclude' : 'add'))
            }
            className="flex min-h-6 w-full items-baseline gap-2 px-4 text-left text-ink-2 hover:bg-sunk hover:text-ink focus-visible:-outline-offset-2 aria-pressed:font-[550] aria-pressed:text-ink pointer-coarse:min-h-10 pointer-coarse:items-center"
          >
            <span className="min-w-0 flex-1 truncate">
              {on && <span aria-hidden="true">✓ </span>}
              {field === 'test' ? testWords(value) : value || '(none)'}
            </span>
            <span className="shrink-0 text-sm text-ink-3 tabular-nums">{count.toLocaleString('en')}</span>
          </button>
        )
      })}
      {values.length > FEW && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="min-h-6 px-4 text-sm text-ink-3 underline-offset-2 hover:text-ink hover:underline pointer-coarse:min-h-10"
        >
          {all ? 'fewer' : `${(values.length - FEW + more).toLocaleString('en')} more`}
        </button>
      )}
      {all && more > 0 && (
        <p className="px-4 text-sm text-ink-3">
          and {more.toLocaleString('en')} more: type {field === 'folder' ? 'in' : field}: to find them
        </p>
      )}
    </fieldset>
  )
}
