import { type ReactNode, useState } from 'react'
import { Button } from '../widgets/button.tsx'

/** Findings that are shown before somebody asks for more. */
const FEW = 20

/** Findings of one kind, under their number; nothing where there are none. */
export function Findings<T>({
  title,
  lead,
  items,
  keyOf,
  count = items.length,
  children,
}: {
  readonly title: string
  readonly lead: string
  readonly items: readonly T[]
  keyOf(item: T): string
  /** Where an item stands for several. */
  readonly count?: number
  children(item: T): ReactNode
}) {
  const [shown, setShown] = useState(FEW)
  if (items.length === 0) return null
  return (
    <section aria-label={title} className="grid min-w-0 gap-2">
      <h2 className="flex items-baseline gap-2 text-lg font-semibold">
        {title}
        <span className="text-base font-normal text-ink-3 tabular-nums">{count.toLocaleString('en')}</span>
      </h2>
      <p className="text-ink-2">{lead}</p>
      <ul>
        {items.slice(0, shown).map((item) => (
          <li key={keyOf(item)} data-testid="finding" className="grid min-w-0 gap-0.5 border-t py-2">
            {children(item)}
          </li>
        ))}
      </ul>
      {items.length > shown && (
        <Button tone="outline" className="justify-self-start" onClick={() => setShown(shown * 5)}>
          Show more of {items.length.toLocaleString('en')}
        </Button>
      )}
    </section>
  )
}

/** Paths that are opened by a click where there is something to open; of two and more the first is compared with any other. */
export function PathList({
  paths,
  onOpen,
  onCompare,
}: {
  readonly paths: readonly string[]
  onOpen?(path: string): void
  onCompare?(one: string, other: string): void
}) {
  const [all, setAll] = useState(false)
  const shown = all ? paths : paths.slice(0, 6)
  const [first] = paths
  return (
    <ul className="min-w-0">
      {shown.map((path) => (
        <li key={path} className="flex min-w-0 items-center gap-3">
          {onOpen ? (
            <button
              type="button"
              onClick={() => onOpen(path)}
              title={path}
              className="recorded min-h-6 min-w-0 truncate text-left underline-offset-2 hover:underline pointer-coarse:min-h-10"
            >
              {path}
            </button>
          ) : (
            <span className="recorded min-w-0 break-all">{path}</span>
          )}
          {onCompare && first !== undefined && path !== first && (
            <button
              type="button"
              onClick={() => onCompare(first, path)}
              className="min-h-6 shrink-0 text-sm text-ink-3 underline underline-offset-2 hover:text-ink"
            >
              compare with the first
            </button>
          )}
        </li>
      ))}
      {paths.length > shown.length && (
        <li>
          <button
            type="button"
            onClick={() => setAll(true)}
            className="min-h-6 text-sm text-ink-3 underline underline-offset-2 hover:text-ink"
          >
            {(paths.length - shown.length).toLocaleString('en')} more
          </button>
        </li>
      )}
    </ul>
  )
}
