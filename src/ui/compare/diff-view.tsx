import { useMemo, useState } from 'react'
import { useMonaco } from '../source/use-monaco.ts'
import { Button } from '../widgets/button.tsx'
import { comparable, type Sides } from './comparable.ts'
import { type DiffCount, inWords } from './diff-count.ts'
import { DiffEditor } from './diff-editor.tsx'

interface DiffProps {
  readonly original: string
  readonly modified: string
  readonly originalLabel: string
  readonly modifiedLabel: string
}

/** Two texts side by side; below 900 px one under the other. */
export function DiffView(props: DiffProps) {
  const { original, modified } = props
  const sides = useMemo(() => comparable(original, modified), [original, modified])
  const { state, retry } = useMonaco(!sides.equal)
  const [count, setCount] = useState<{ readonly of: Sides; readonly count: DiffCount }>()
  const summary = sides.equal ?? (count?.of === sides ? inWords(count.count) : 'Comparing…')
  return (
    <section aria-label="Comparison" className="flex h-full min-h-0 min-w-0 flex-col bg-pane">
      <p role="status" className="shrink-0 border-b px-4 py-1.5 text-sm text-ink-2">
        <span className="recorded mr-3 text-ink-3">
          {props.originalLabel} → {props.modifiedLabel}
        </span>
        {state.kind === 'loading' && !sides.equal ? 'Loading the comparison…' : summary}
        {sides.note && <span className="text-ink-3"> {sides.note}</span>}
      </p>
      {state.kind === 'failed' && (
        <div role="alert" className="grid justify-items-start gap-3 p-4">
          <p>The comparison could not be loaded.</p>
          <p className="recorded break-all text-ink-3">{state.reason}</p>
          <Button tone="outline" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
      {state.kind === 'ready' && !sides.equal && (
        <DiffEditor
          monaco={state.monaco}
          sides={sides}
          originalLabel={props.originalLabel}
          modifiedLabel={props.modifiedLabel}
          onCount={(next) => setCount({ of: sides, count: next })}
        />
      )}
    </section>
  )
}
