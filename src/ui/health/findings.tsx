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
  kindOf,
  children,
}: {
  readonly title: string
  readonly lead: string
  readonly items: readonly T[]
  keyOf(item: T): string
  /** For counting them by kind in the head. */
  kindOf?(item: T): string
  children(item: T): ReactNode
}) {
  const [shown, setShown] = useState(FEW)
  if (items.length === 0) return null
  const kinds = new Map<string, number>()
  if (kindOf) for (const item of items) kinds.set(kindOf(item), (kinds.get(kindOf(item)) ?? 0) + 1)
  return (
    <section aria-label={title} className="grid min-w-0 gap-2">
      <h2 className="flex items-baseline gap-2 text-lg font-semibold">
        {title}
        <span className="text-base font-normal text-ink-3 tabular-nums">
          {items.length.toLocaleString('en')}
        </span>
      </h2>
      <p className="text-ink-2">{lead}</p>
      {kinds.size > 1 && (
        <p className="text-sm text-ink-3">
          {[...kinds].map(([kind, count]) => `${kind} ${count.toLocaleString('en')}`).join(' · ')}
        </p>
      )}
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

/** Paths that are opened by a click; of two and more the first is compared with any other. */
export function PathList({
  paths,
  onOpen,
  onCompare,
}: {
  readonly paths: readonly string[]
  onOpen(path: string): void
  onCompare?(one: string, other: string): void
}) {
  const [all, setAll] = useState(false)
  const shown = all ? paths : paths.slice(0, 6)
  const [first] = paths
  return (
    <ul className="min-w-0">
      {shown.map((path) => (
        <li key={path} className="flex min-w-0 items-center gap-3">
          <button
            type="button"
            onClick={() => onOpen(path)}
            title={path}
            className="recorded min-h-6 min-w-0 truncate text-left underline-offset-2 hover:underline pointer-coarse:min-h-10"
          >
            {path}
          </button>
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
