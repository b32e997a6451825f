import { lazy, Suspense, useState } from 'react'
import { useSelect, useStores } from './deck.ts'

const DiffView = lazy(async () => ({ default: (await import('../compare/diff-view.tsx')).DiffView }))

const AS_OPENED = 'as opened'

/** The cassette on screen against another open one, or against itself as it was opened. */
export function ComparePanel({ otherId }: { readonly otherId: string | undefined }) {
  const { session } = useStores()
  const drafts = useSelect(session.state, (value) => value.drafts)
  const current = useSelect(session.state, (value) => value.drafts.find(({ id }) => id === value.current))
  const others = drafts.filter(({ id }) => id !== current?.id)
  const [chosen, setChosen] = useState(otherId ?? others[0]?.id ?? AS_OPENED)
  if (current === undefined) return null
  const other = others.find(({ id }) => id === chosen)
  return (
    <div className="grid gap-3">
      <label className="flex min-w-0 items-center gap-2 text-ink-2">
        <span className="recorded truncate">{current.name}</span> with
        <select
          value={other?.id ?? AS_OPENED}
          onChange={(event) => setChosen(event.currentTarget.value)}
          className="recorded h-7 max-w-[50%] rounded-md border border-line-2 bg-pane px-2"
        >
          <option value={AS_OPENED}>itself as it was opened</option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <div className="h-[54vh] overflow-hidden rounded-md border">
        <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>
          <DiffView
            original={other?.text ?? current.base.text}
            modified={current.text}
            originalLabel={other?.name ?? AS_OPENED}
            modifiedLabel={current.name}
          />
        </Suspense>
      </div>
      {others.length === 0 && (
        <p className="text-sm text-ink-3">
          Drop a second recording and choose "Compare" to see two side by side.
        </p>
      )}
    </div>
  )
}
