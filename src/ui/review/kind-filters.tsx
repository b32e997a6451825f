import { ITEM_KINDS, type ItemKind } from '../../core/review/order.ts'
import { KIND_WORDS } from './kind-words.ts'

/** How many there are of each kind; pressed, only those are listed. */
export function KindFilters({
  counts,
  shown,
  onShown,
}: {
  readonly counts: readonly (readonly [ItemKind, number])[]
  /** Empty: all. */
  readonly shown: ReadonlySet<ItemKind>
  onShown(shown: ReadonlySet<ItemKind>): void
}) {
  const toggle = (kind: ItemKind): void => {
    const next = new Set(shown)
    if (!next.delete(kind)) next.add(kind)
    onShown(next.size === ITEM_KINDS.length ? new Set() : next)
  }
  return (
    <fieldset aria-label="Show only" className="flex flex-wrap gap-x-1 gap-y-0.5">
      {counts.map(([kind, count]) => {
        const { counted, one = counted, meaning, icon: Icon, tone } = KIND_WORDS[kind]
        return (
          <button
            key={kind}
            type="button"
            data-testid="review-count"
            data-verdict={kind}
            aria-pressed={shown.has(kind)}
            title={meaning}
            onClick={() => toggle(kind)}
            className="flex h-6 items-center gap-1 rounded-md px-1.5 text-sm text-ink-2 hover:bg-sunk hover:text-ink aria-pressed:bg-sunk aria-pressed:font-[550] aria-pressed:text-ink pointer-coarse:h-10"
          >
            <Icon aria-hidden="true" size={13} className={tone} />
            <span className="tabular-nums">{count.toLocaleString('en')}</span> {count === 1 ? one : counted}
          </button>
        )
      })}
    </fieldset>
  )
}
