import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { decodeFile } from '../../core/file-text.ts'
import { ONLY_A_PART } from '../../core/review/apply-diff.ts'
import { BY_LINES_NOTE } from '../../core/review/judge-lines.ts'
import { kindOf } from '../../core/review/order.ts'
import type { ReviewItem } from '../../core/review/review-item.ts'
import type { ChangedLines } from '../../workspace/review-port.ts'
import { Button } from '../widgets/button.tsx'
import { nameOfPath } from '../widgets/path-words.ts'
import { ChangedLinesView } from './changed-lines.tsx'
import { KIND_WORDS } from './kind-words.ts'
import type { RunningReview } from './open-reviews.ts'

const CompareView = lazy(async () => ({
  default: (await import('../compare/compare-view.tsx')).CompareView,
}))

type Content = Awaited<ReturnType<RunningReview['read']>>

/** One file of the change: both versions by meaning, or what can be said of the one that there is. */
export function ReviewDetail({
  review,
  item,
  onBack,
  onOpen,
}: {
  readonly review: RunningReview
  readonly item: ReviewItem
  onBack(): void
  onOpen(name: string, bytes: Uint8Array): void
}) {
  const { path, oldPath, asks, verdict } = item
  const { data } = useQuery({
    queryKey: ['review-sides', review.id, path],
    queryFn: async () => {
      const [before, after, lines] = await Promise.all([
        review.read(path, 'before'),
        review.read(path, 'after'),
        review.lines(path),
      ])
      return { before, after, lines }
    },
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    retry: false,
  })
  const { word, icon: Icon, tone } = KIND_WORDS[kindOf(item)]
  const open = (content: Content, name: string, label: string): ReactNode =>
    content !== undefined &&
    !('problem' in content) && (
      <Button tone="outline" onClick={() => onOpen(nameOfPath(name), content)}>
        {label}
      </Button>
    )
  return (
    <article
      aria-label={path}
      data-testid="review-detail"
      // the focus waits here while another comparison takes the place of the one that had it
      tabIndex={-1}
      className="outline-none flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b px-4 py-1">
        <Button onClick={onBack} className="-ml-2 md:hidden">
          <ArrowLeft aria-hidden="true" size={14} /> All files
        </Button>
        {/* where there is a verdict it is said below */}
        {verdict === undefined && (
          <span className={`flex items-center gap-1 font-[550] ${tone}`}>
            <Icon aria-hidden="true" size={13} /> {word}
          </span>
        )}
        {asks !== undefined && <span className="line-clamp-1 min-w-0 font-[550]">{asks}</span>}
        <span className={`recorded min-w-0 break-all ${asks === undefined ? '' : 'text-xs text-ink-3'}`}>
          {oldPath === undefined ? path : `${oldPath} → ${path}`}
        </span>
        <span className="ml-auto flex gap-1.5">
          {open(data?.before, oldPath ?? path, data?.after === undefined ? 'Open' : 'Open before')}
          {open(data?.after, path, data?.before === undefined ? 'Open' : 'Open after')}
        </span>
      </header>
      {data === undefined ? (
        <p className="p-4 text-ink-3">Reading both versions…</p>
      ) : (
        <Versions item={item} {...data} />
      )}
    </article>
  )
}

function Versions({
  item,
  before,
  after,
  lines,
}: {
  readonly item: ReviewItem
  readonly before: Content
  readonly after: Content
  readonly lines: ChangedLines | undefined
}) {
  const [old, now] = [textOf(before), textOf(after)]
  if (old?.text !== undefined && now?.text !== undefined) {
    return (
      <Suspense fallback={<p className="p-4 text-ink-3">Loading…</p>}>
        <CompareView
          key={item.path}
          before={{ name: item.oldPath ?? item.path, label: 'Before', text: old.text }}
          after={{ name: item.path, label: 'After', text: now.text }}
        />
      </Suspense>
    )
  }
  const { verdict, note } = item
  const { icon: Icon, tone } = KIND_WORDS[kindOf(item)]
  const problems = new Set([note, old?.problem, now?.problem].filter((one) => one !== undefined))
  // it says the same as the note does
  if (note === BY_LINES_NOTE) problems.delete(ONLY_A_PART)
  const hasLines = old?.problem !== undefined || now?.problem !== undefined
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those without a pointer
    <div tabIndex={0} className="hairline-scroll grid min-w-0 content-start gap-2 overflow-y-auto p-4">
      {verdict && (
        <p data-testid="verdict" data-verdict={verdict.kind} className="flex gap-2 font-[550]">
          <Icon aria-hidden="true" size={15} className={`mt-0.5 shrink-0 ${tone}`} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{verdict.sentence}</span>
        </p>
      )}
      {verdict && verdict.reasons.length > 1 && (
        <ul className="list-disc pl-5">
          {verdict.reasons.map((reason) => (
            <li key={reason} className="break-words">
              {reason}
            </li>
          ))}
        </ul>
      )}
      {before === undefined && <p>This file is new: there is nothing to compare it with.</p>}
      {after === undefined && <p>This file was removed: there is nothing to compare it with.</p>}
      {[...problems].map((problem) => (
        <p key={problem} className="break-words text-ink-2">
          {problem}
        </p>
      ))}
      {hasLines && lines?.some((hunks) => hunks.length > 0) && <ChangedLinesView steps={lines} />}
    </div>
  )
}

function textOf(content: Content): { readonly text?: string; readonly problem?: string } | undefined {
  if (content === undefined) return undefined
  if ('problem' in content) return { problem: content.problem }
  const decoded = decodeFile(content)
  return 'problem' in decoded ? { problem: decoded.problem.message } : { text: decoded.text }
}
