import { memo } from 'react'
import { kindOf } from '../../core/review/order.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import { foldersOfPath, shortName } from '../widgets/path-words.ts'
import { whatChanged } from './item-words.ts'
import { KIND_WORDS } from './kind-words.ts'

/** Pixels. */
export const ROW_HEIGHT = 64

/** One file of the change: what became of it, which it is, and whether it was looked at. */
export const ReviewRow = memo(function ReviewRow({
  item,
  active,
  viewed,
  onChoose,
  onViewed,
}: {
  readonly item: ReviewItem
  readonly active: boolean
  readonly viewed: boolean
  onChoose(path: string): void
  onViewed(item: ReviewItem): void
}) {
  const { path, oldPath, asks, added, removed } = item
  const kind = kindOf(item)
  const { word, meaning, icon: Icon, tone } = KIND_WORDS[kind]
  return (
    <div
      data-testid="review-item"
      data-verdict={kind}
      data-path={path}
      data-viewed={viewed || undefined}
      className={`relative flex border-b border-line/70 ${active ? 'bg-sunk' : 'hover:bg-sunk/60'}`}
      style={{ height: ROW_HEIGHT }}
    >
      <i aria-hidden="true" className={`absolute inset-y-0 left-0 w-0.5 ${active ? 'bg-ink' : ''}`} />
      <button
        type="button"
        aria-current={active ? 'true' : undefined}
        onClick={() => onChoose(path)}
        title={oldPath === undefined ? path : `${oldPath} → ${path}`}
        className={`grid min-w-0 flex-1 content-center py-1 pr-2 pl-4 text-left text-sm focus-visible:-outline-offset-2 ${viewed ? 'text-ink-3' : ''}`}
      >
        <span className="flex min-w-0 items-center gap-1.5">
          <span
            title={meaning}
            className={`flex shrink-0 items-center gap-1 font-[550] ${viewed ? '' : tone}`}
          >
            <Icon aria-hidden="true" size={13} />
            {word}
          </span>
          {asks === undefined ? (
            <span className="recorded min-w-0 truncate">{shortName(path)}</span>
          ) : (
            <span className="min-w-0 truncate text-base">{asks}</span>
          )}
          <LineCounts added={added} removed={removed} />
        </span>
        <span className="truncate text-ink-2">{whatChanged(item)}</span>
        <span className="truncate text-ink-3">
          {foldersOfPath(path)}
          {asks !== undefined && shortName(path)}
          {oldPath !== undefined && (
            <>
              {' '}
              · was {foldersOfPath(oldPath)}
              {shortName(oldPath)}
            </>
          )}
        </span>
      </button>
      <label className="flex shrink-0 items-center px-3">
        <input
          type="checkbox"
          checked={viewed}
          onChange={() => onViewed(item)}
          aria-label={`Viewed ${path}`}
          title="Viewed (v)"
          className="size-4 accent-ink pointer-coarse:size-6"
        />
      </label>
    </div>
  )
})

function LineCounts({
  added,
  removed,
}: {
  readonly added: number | undefined
  readonly removed: number | undefined
}) {
  if (added === undefined && removed === undefined) return null
  const words = `${added ?? 0} lines added, ${removed ?? 0} removed`
  return (
    <span title={words} className="ml-auto shrink-0 text-ink-3 tabular-nums">
      <span aria-hidden="true">
        +{(added ?? 0).toLocaleString('en')} −{(removed ?? 0).toLocaleString('en')}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  )
}
