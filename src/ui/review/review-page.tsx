import { useMemo } from 'react'
import type { LinkedChange, ReviewPort, ReviewSource } from '../../workspace/review-port.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { closeReview, linkedReviewOf, rememberToken, reviewOf } from './open-reviews.ts'
import { ReviewStart } from './review-start.tsx'
import { RunningReviewPane } from './running-review.tsx'
import type { FileSources } from './tree-field.tsx'

/** A change of many recordings, from the question where it comes from to the last file. */
export function ReviewPage({
  source,
  port,
  browser,
  base,
  onSource,
  onOpen,
}: {
  readonly source: ReviewSource | LinkedChange | undefined
  readonly port: ReviewPort
  readonly browser: FileSources
  /** The folder that is open, which a diff may be about. */
  readonly base?: readonly TreeSource[] | undefined
  onSource(source: ReviewSource | undefined): void
  /** One version of a file goes on the desk. */
  onOpen(name: string, bytes: Uint8Array): void
}) {
  // one that runs for this source already is taken up again; what a link names waits for a yes, once in a tab
  const review = useMemo(() => {
    if (source?.kind !== 'link') return source && reviewOf(source, port)
    return port.memory.isAgreed(source.url) ? linkedReviewOf(source.url, port) : undefined
  }, [source, port])
  if (review === undefined) {
    return (
      <ReviewStart
        browser={browser}
        base={base}
        linked={source?.kind === 'link' ? source.url : undefined}
        lost={source === undefined ? port.memory.lost() : undefined}
        onSource={onSource}
      />
    )
  }
  return (
    <RunningReviewPane
      key={review.id}
      review={review}
      onOpen={onOpen}
      onClose={() => {
        closeReview()
        port.memory.keepLost(undefined)
        onSource(undefined)
      }}
      onAgain={(token) => {
        if (token !== '') rememberToken(token)
        const { source: tried } = review
        // a token that came with the source was the wrong one
        onSource(tried.kind === 'github' ? { kind: 'github', url: tried.url } : { ...tried })
      }}
    />
  )
}
