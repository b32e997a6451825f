import { ExternalLink, X } from 'lucide-react'
import type { ItemKind } from '../../core/review/order.ts'
import { IconButton } from '../widgets/button.tsx'
import { KindFilters } from './kind-filters.tsx'
import { countsOf, type ReviewState } from './review-state.ts'

/** What is reviewed, how far it is judged, and what came of it. */
export function ReviewHead({
  state,
  viewed,
  shown,
  onShown,
  onClose,
}: {
  readonly state: ReviewState
  readonly viewed: number
  readonly shown: ReadonlySet<ItemKind>
  onShown(shown: ReadonlySet<ItemKind>): void
  onClose(): void
}) {
  const { title, link, items, notes, status, done, all } = state
  const isBusy = status === 'finding' || status === 'judging'
  return (
    <header className="grid shrink-0 gap-1 border-b px-4 py-1.5">
      <div className="flex min-w-0 items-center gap-2">
        <h2 className="min-w-0 truncate font-semibold" title={title}>
          {link === undefined ? (
            (title ?? 'Looking for what changed')
          ) : (
            <a href={link} target="_blank" rel="noreferrer" className="hover:underline">
              {title} <ExternalLink aria-label="(on GitHub)" size={12} className="inline" />
            </a>
          )}
        </h2>
        <span
          data-testid="review-progress"
          role="status"
          className="ml-auto shrink-0 text-ink-3 tabular-nums"
        >
          {progressWords(state, viewed)}
        </span>
        <IconButton label="Review another change" onClick={onClose}>
          <X aria-hidden="true" size={15} />
        </IconButton>
      </div>
      {isBusy && (
        <progress
          aria-label="Judging the change"
          value={status === 'judging' && all > 0 ? done / all : undefined}
          max={1}
          className="library-progress h-1 w-full"
        />
      )}
      <div className="flex items-center gap-4">
        <KindFilters counts={countsOf(items)} shown={shown} onShown={onShown} />
        {items.length > 0 && (
          <p className="ml-auto shrink-0 text-sm text-ink-3 max-md:hidden">
            <kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>Enter</kbd> compare · <kbd>v</kbd> viewed and on
          </p>
        )}
      </div>
      {notes.length > 0 && <Notes notes={notes.map(({ message }) => message)} />}
    </header>
  )
}

function progressWords({ status, done, all, items }: ReviewState, viewed: number): string {
  const count = (value: number): string => value.toLocaleString('en')
  if (status === 'finding') return 'Looking…'
  if (status === 'judging') return `${count(done)} of ${count(all)} judged`
  if (status === 'failed') return 'Stopped'
  return `${count(viewed)} of ${count(items.length)} viewed`
}

/** Notes that are shown at once. */
const MOST = 100

function Notes({ notes }: { readonly notes: readonly string[] }) {
  const [first, ...more] = notes
  if (more.length === 0) return <p className="text-sm text-ink-3">{first}</p>
  return (
    <details className="text-sm text-ink-3">
      <summary>{notes.length.toLocaleString('en')} notes</summary>
      <ul className="hairline-scroll max-h-32 overflow-y-auto">
        {notes.slice(0, MOST).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  )
}
