import { useCallback, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { type ItemKind, kindOf } from '../../core/review/order.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import { useSelect } from '../app/deck.ts'
import { GitHubToken } from './github-token.tsx'
import type { RunningReview } from './open-reviews.ts'
import { ReviewDetail } from './review-detail.tsx'
import { ReviewHead } from './review-head.tsx'
import { ReviewRow, ROW_HEIGHT } from './review-row.tsx'
import { isViewed, neighbour, nextUnviewed } from './review-state.ts'
import { useReviewKeys } from './use-review-keys.ts'
import { useRowFocus } from './use-row-focus.ts'

/** The files of a change, worst first, beside what became of the one that is looked at. */
export function RunningReviewPane({
  review,
  onAgain,
  onClose,
  onOpen,
}: {
  readonly review: RunningReview
  /** From the start, with the token that was given. */
  onAgain(token: string): void
  onClose(): void
  onOpen(name: string, bytes: Uint8Array): void
}) {
  const state = useSelect(review.state, (value) => value)
  const viewed = useSelect(review.viewed, (value) => value)
  const chosen = useSelect(review.chosen, (value) => value)
  const [isOpen, setOpen] = useState(chosen !== undefined)
  const [shown, setShown] = useState<ReadonlySet<ItemKind>>(new Set())
  const list = useRef<VListHandle>(null)
  const items = useMemo(
    () => (shown.size === 0 ? state.items : state.items.filter((item) => shown.has(kindOf(item)))),
    [state.items, shown],
  )
  const item = state.items.find(({ path }) => path === chosen)
  const mark = useCallback(
    (one: ReviewItem): void => review.mark(one, !isViewed(one, review.viewed.get())),
    [review],
  )
  const choose = useCallback(
    (path: string): void => {
      review.chosen.set(path)
      setOpen(true)
    },
    [review],
  )
  const keepFocus = useRowFocus(chosen)
  const goTo = (path: string | undefined): void => {
    if (path === undefined || path === chosen) return
    keepFocus()
    review.chosen.set(path)
    list.current?.scrollToIndex(
      items.findIndex((one) => one.path === path),
      { align: 'nearest' },
    )
  }
  const close = (): void => {
    keepFocus(true)
    setOpen(false)
  }
  useReviewKeys({
    count: items.length,
    move: (by) => goTo(neighbour(items, chosen, by)),
    viewed: () => {
      if (item === undefined) return
      mark(item)
      const now = review.viewed.get()
      if (isViewed(item, now)) goTo(nextUnviewed(items, item.path, now))
    },
    open: () => setOpen(chosen !== undefined),
    back: () => {
      if (isOpen) close()
      return isOpen
    },
  })
  const detail = isOpen && item !== undefined
  const active = items.findIndex(({ path }) => path === chosen)
  const seen = state.items.filter((one) => isViewed(one, viewed)).length
  return (
    <section aria-label="Review" className="flex min-h-0 min-w-0 flex-col bg-pane">
      <ReviewHead state={state} viewed={seen} shown={shown} onShown={setShown} onClose={onClose} />
      {state.status === 'failed' && (
        <div role="alert" className="grid gap-2 border-b bg-error-wash px-4 py-2">
          <p>
            {state.problem} {state.advice}
          </p>
          {review.source.kind === 'github' && <GitHubToken onToken={onAgain} />}
        </div>
      )}
      <div className="flex min-h-0 min-w-0 flex-1">
        <div
          className={`flex min-h-0 min-w-0 flex-col ${detail ? 'w-[380px] shrink-0 border-r max-md:hidden' : 'flex-1'}`}
        >
          {items.length === 0 ? (
            <p className="p-4 text-ink-3">{emptyWords(state.status, state.items.length)}</p>
          ) : (
            <VList
              ref={list}
              data={items}
              itemSize={ROW_HEIGHT}
              keepMounted={active === -1 ? [] : [active]}
              tabIndex={-1}
              className="hairline-scroll"
            >
              {(one) => (
                <ReviewRow
                  key={one.path}
                  item={one}
                  active={one.path === chosen}
                  viewed={isViewed(one, viewed)}
                  onChoose={choose}
                  onViewed={mark}
                />
              )}
            </VList>
          )}
        </div>
        {detail && <ReviewDetail review={review} item={item} onBack={close} onOpen={onOpen} />}
      </div>
    </section>
  )
}

function emptyWords(status: string, all: number): string {
  if (all > 0) return 'None of the files is of this kind.'
  if (status === 'done') return 'No recording has changed.'
  return status === 'failed' ? '' : 'The first files appear as soon as they are found.'
}
