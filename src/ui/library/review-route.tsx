import { openRead } from '../../queries/opening.ts'
import { useSelect, useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { ReviewPage } from '../review/review-page.tsx'
import { useLibrary } from './use-library.ts'

/** The review of a change, with the way from it to the deck. */
export function ReviewRoute({ opener }: { readonly opener: Opener }) {
  const { browser, reviewPort, reviewSource } = useStores()
  const source = useSelect(reviewSource, (value) => value)
  const library = useLibrary()
  const open = async (name: string, bytes: Uint8Array): Promise<void> => {
    const { drafts, rejected } = await openRead(name, bytes, undefined)
    if (drafts.length > 0) opener.add(drafts)
    else notify(`${name}: ${rejected[0]?.problem.message ?? 'it could not be read.'}`, 'error')
  }
  return (
    <ReviewPage
      source={source}
      port={reviewPort}
      browser={browser}
      base={library?.sources}
      onSource={(next) => reviewSource.set(next)}
      onOpen={(name, bytes) => void open(name, bytes)}
    />
  )
}
