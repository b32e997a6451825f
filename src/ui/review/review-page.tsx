import { useMemo } from 'react'
import type { ReviewPort, ReviewSource } from '../../workspace/review-port.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { closeReview, rememberToken, reviewOf } from './open-reviews.ts'
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
  readonly source: ReviewSource | undefined
  readonly port: ReviewPort
  readonly browser: FileSources
  /** The folder that is open, which a diff may be about. */
  readonly base?: readonly TreeSource[] | undefined
  onSource(source: ReviewSource | undefined): void
  /** One version of a file goes on the desk. */
  onOpen(name: string, bytes: Uint8Array): void
}) {
  // one that runs for this source already is taken up again
  const review = useMemo(() => source && reviewOf(source, port), [source, port])
  if (review === undefined) return <ReviewStart browser={browser} base={base} onSource={onSource} />
  return (
    <RunningReviewPane
      key={review.id}
      review={review}
      onOpen={onOpen}
      onClose={() => {
        closeReview()
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
