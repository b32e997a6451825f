import { useState } from 'react'
import type { Facet } from '../../core/library/facets.ts'
import { filterState, withFilter } from '../../core/library/query.ts'
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
    ({ field, values }) => values.length > 1 || values.some(({ value }) => filterState(query, field, value)),
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
  facet: { field, values, more },
  query,
  onQuery,
}: {
  readonly facet: Facet
  readonly query: string
  onQuery(query: string): void
}) {
  const [all, setAll] = useState(false)
  // what is filtered by is on screen wherever it stands: else it could not be taken away here
  const shown = values.flatMap(({ value, count }, at) => {
    const state = filterState(query, field, value)
    return all || at < FEW || state !== undefined ? [{ value, count, state }] : []
  })
  return (
    <fieldset className="mb-3 min-w-0">
      <legend className="px-4 pb-0.5 text-xs font-[550] text-ink-2">{TITLES[field]}</legend>
      {shown.map(({ value, count, state }) => (
        <FacetValueRow
          key={value}
          name={field === 'test' ? testWords(value) : value || '(none)'}
          value={value}
          count={count}
          state={state}
          onMode={(mode) => onQuery(withFilter(query, field, value, mode))}
        />
      ))}
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

/**
 * A value, its count, and at its end the button that leaves it out: which Alt and Shift do, too. Of what is left out
 * words say it as well: "mixed" alone is not heard as "not".
 */
function FacetValueRow({
  name,
  value,
  count,
  state,
  onMode,
}: {
  readonly name: string
  readonly value: string
  readonly count: number
  readonly state: ReturnType<typeof filterState>
  onMode(mode: 'add' | 'remove' | 'exclude'): void
}) {
  const isExcluded = state === 'excluded'
  return (
    <div className="group relative">
      <button
        type="button"
        aria-pressed={isExcluded ? 'mixed' : state === 'wanted'}
        data-excluded={isExcluded || undefined}
        title={`${value} (with Alt or Shift: all but these)`}
        onClick={({ altKey, shiftKey }) => {
          if ((altKey || shiftKey) && !isExcluded) onMode('exclude')
          else onMode(state === undefined ? 'add' : 'remove')
        }}
        className="flex min-h-6 w-full items-baseline gap-2 px-4 text-left text-ink-2 hover:bg-sunk hover:text-ink focus-visible:-outline-offset-2 data-excluded:text-ink-3 aria-pressed:font-[550] aria-pressed:text-ink pointer-coarse:min-h-10 pointer-coarse:items-center"
      >
        <span className="min-w-0 flex-1 truncate">
          {state === 'wanted' && <span aria-hidden="true">✓ </span>}
          {isExcluded && <span aria-hidden="true">− </span>}
          {isExcluded ? <s>{name}</s> : name}
          {isExcluded && <span className="sr-only"> is left out</span>}
        </span>
        <span className="shrink-0 text-sm text-ink-3 tabular-nums pointer-coarse:pr-8">
          {count.toLocaleString('en')}
        </span>
      </button>
      {!isExcluded && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Leave out ${name}`}
          title={`Leave out ${name}`}
          onClick={() => onMode('exclude')}
          className="absolute inset-y-0 right-0 hidden w-4 place-items-center text-ink-3 group-hover:grid hover:bg-sunk hover:text-ink pointer-coarse:grid pointer-coarse:w-10"
        >
          <span aria-hidden="true">−</span>
        </button>
      )}
    </div>
  )
}
