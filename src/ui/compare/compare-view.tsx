import { ChevronDown, ChevronUp } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { IconButton } from '../widgets/button.tsx'
import type { CompareSource } from './compare-source.ts'
import { ComparedNames } from './compared-names.tsx'
import { MeaningView } from './meaning-view.tsx'
import { type Comparison, useComparison } from './use-comparison.ts'
import { showDifference, useDifferenceKeys } from './use-difference-keys.ts'
import { VerdictLine } from './verdict-line.tsx'

export type { CompareSource } from './compare-source.ts'

const DiffView = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }))
const PlayBoth = lazy(async () => ({ default: (await import('./play-both.tsx')).PlayBoth }))

const TABS = [
  ['meaning', 'Meaning'],
  ['play', 'Play both'],
  ['text', 'Text'],
] as const

/** Two versions of a recording, by meaning first. Fills what holds it. `named`: by whoever holds it. */
export function CompareView({
  before,
  after,
  named = false,
}: {
  readonly before: CompareSource
  readonly after: CompareSource
  readonly named?: boolean
}) {
  const { data, error } = useComparison(before, after)
  const [chosen, setChosen] = useState<string>()
  const shown = useRef<HTMLDivElement>(null)
  // a text that is no recording has nothing but its letters
  const tab = chosen ?? (data !== undefined && data.meaning === undefined ? 'text' : 'meaning')
  useDifferenceKeys(shown, tab === 'meaning')
  return (
    <div className="@container flex h-full min-h-0 min-w-0 flex-col bg-pane">
      <header className="grid shrink-0 gap-1 px-4 pt-3">
        {!named && <ComparedNames before={before} after={after} />}
        {data && <VerdictLine verdict={data.verdict} />}
        {!data && !error && <p role="status">Reading and comparing both…</p>}
        {error && <p role="alert">The comparison failed: {error.message}</p>}
      </header>
      <Tabs.Root value={tab} onValueChange={setChosen} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center border-b px-4 pt-2">
          <Tabs.List aria-label="How to compare" className="flex gap-4">
            {TABS.map(([value, label]) => (
              <Tabs.Trigger
                key={value}
                value={value}
                className="-mb-px border-b-2 border-transparent pb-1.5 text-ink-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:font-[550] data-[state=active]:text-ink pointer-coarse:py-2.5"
              >
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {tab === 'meaning' && (
            <span className="ml-auto flex">
              <IconButton label="Previous difference (p)" onClick={() => showDifference(shown.current, -1)}>
                <ChevronUp aria-hidden="true" size={14} />
              </IconButton>
              <IconButton label="Next difference (n)" onClick={() => showDifference(shown.current, 1)}>
                <ChevronDown aria-hidden="true" size={14} />
              </IconButton>
            </span>
          )}
        </div>
        <Pane value="meaning">
          <div ref={shown} className="hairline-scroll h-full overflow-y-auto">
            {data && <Meant comparison={data} />}
          </div>
        </Pane>
        <Pane value="play">{data && <PlayBoth comparison={data} before={before} after={after} />}</Pane>
        <Pane value="text">
          <DiffView
            original={before.text}
            modified={after.text}
            originalLabel={titleOf(before)}
            modifiedLabel={titleOf(after)}
          />
        </Pane>
      </Tabs.Root>
    </div>
  )
}

function Pane({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <Tabs.Content value={value} className="min-h-0 min-w-0 flex-1 outline-none data-[state=inactive]:hidden">
      <Suspense fallback={<p className="p-4 text-ink-3">Loading the comparison…</p>}>{children}</Suspense>
    </Tabs.Content>
  )
}

function Meant({ comparison: { meaning, verdict } }: { readonly comparison: Comparison }) {
  if (verdict.kind === 'identical')
    return <p className="p-4 text-ink-2">Both have the same bytes: there is nothing to compare.</p>
  if (meaning === undefined)
    return (
      <p className="p-4 text-ink-2">
        Only recordings can be compared by meaning. "Text" shows where the two differ.
      </p>
    )
  return <MeaningView meaning={meaning} />
}

/** "Before", "a.json", or both where they say more together. */
export function titleOf({ name, label }: CompareSource): string {
  if (label === undefined || label === name) return name
  return `${label}: ${name}`
}
