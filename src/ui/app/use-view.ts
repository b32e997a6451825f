import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { readingQuery } from '../../queries/reading.ts'
import type { Draft } from '../../workspace/draft.ts'
import type { CassetteView } from '../../workspace/view.ts'

/** What is known about the draft's text right now. */
export interface DraftViews {
  /** The newest reading; undefined while the very first one is under way. */
  readonly latest: CassetteView | undefined
  /** What the panels show: the newest reading that parsed, or the newest when none ever did. */
  readonly shown: CassetteView | undefined
  /** A defect of this program, not of the file. */
  readonly failure: Error | null
}

/** Reads the draft's text; a text that does not parse leaves the last good reading on screen. */
export function useView(draft: Draft): DraftViews {
  const query = useQuery({ ...readingQuery(draft), placeholderData: keepPreviousData })
  const lastGood = useRef<CassetteView>(undefined)
  const latest = query.data?.draftId === draft.id ? query.data : undefined
  const good = latest?.sound && latest.cassette !== undefined ? latest : undefined
  useEffect(() => {
    if (good !== undefined) lastGood.current = good
  }, [good])
  const remembered = lastGood.current?.draftId === draft.id ? lastGood.current : undefined
  return { latest, shown: good ?? remembered ?? latest, failure: query.error }
}
