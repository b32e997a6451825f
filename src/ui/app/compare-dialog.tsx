import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { CompareSource } from '../compare/compare-view.tsx'
import { useSelect, useStores } from './deck.ts'

const CompareView = lazy(async () => ({
  default: (await import('../compare/compare-view.tsx')).CompareView,
}))

const AS_OPENED = 'as opened'

/** The cassette on screen against another open one, or against itself as it was opened; or two that are not open. */
export function ComparePanel({ otherId }: { readonly otherId: string | undefined }) {
  const { overlay } = useStores()
  const sources = useSelect(overlay, (value) => (value?.kind === 'compare' ? value.sources : undefined))
  return sources ? <Shown before={sources[0]} after={sources[1]} /> : <OpenOnes otherId={otherId} />
}

function OpenOnes({ otherId }: { readonly otherId: string | undefined }) {
  const { session } = useStores()
  const drafts = useSelect(session.state, (value) => value.drafts)
  const current = useSelect(session.state, (value) => value.current)
  const others = drafts.filter(({ id }) => id !== current)
  const [chosen, setChosen] = useState(otherId ?? others[0]?.id ?? AS_OPENED)
  const [shownId, setShownId] = useState(current)
  const shown = drafts.find(({ id }) => id === shownId)
  if (shown === undefined) return null
  const other = drafts.find(({ id }) => id === chosen && id !== shown.id)
  const before: CompareSource = other
    ? { name: other.name, text: other.text }
    : { name: shown.baseName, label: AS_OPENED, text: shown.base.text }
  const after: CompareSource = other
    ? { name: shown.name, text: shown.text }
    : { name: shown.name, label: 'now', text: shown.text }
  return (
    <div className="grid min-w-0 gap-3 [--compare-height:calc(100dvh-180px)]">
      <div className="flex min-w-0 flex-wrap items-center gap-2 text-ink-2">
        <Choice label="Before" value={other?.id ?? AS_OPENED} onChange={setChosen}>
          <option value={AS_OPENED}>itself as it was opened</option>
          {drafts
            .filter(({ id }) => id !== shown.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Choice>
        <span aria-hidden="true">→</span>
        <Choice label="After" value={shown.id} onChange={setShownId}>
          {drafts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      </div>
      <Shown before={before} after={after} named />
      {others.length === 0 && (
        <p className="text-sm text-ink-3">
          Drop a second recording and choose "Compare" to see two side by side.
        </p>
      )}
    </div>
  )
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  readonly label: string
  readonly value: string
  onChange(value: string): void
  readonly children: ReactNode
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      className="recorded h-7 max-w-[44%] min-w-0 rounded-md border border-line-2 bg-pane px-2 pointer-coarse:h-10"
    >
      {children}
    </select>
  )
}

function Shown({
  before,
  after,
  named = false,
}: {
  readonly before: CompareSource
  readonly after: CompareSource
  readonly named?: boolean
}) {
  return (
    <div className="h-[var(--compare-height,calc(76vh-124px))] min-h-64 min-w-0 overflow-hidden rounded-md border max-md:h-[var(--compare-height,calc(92vh-140px))]">
      <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>
        <CompareView before={before} after={after} named={named} />
      </Suspense>
    </div>
  )
}
