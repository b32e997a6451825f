import { zipTree } from '../../queries/library-files.ts'
import type { Library } from '../../workspace/library.ts'
import { useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { Button } from '../widgets/button.tsx'
import { compareEntries } from './compare-entries.ts'
import { openEntries } from './open-entry.ts'
import { focusList } from './use-list-focus.ts'

/** More open at once than this is a mistake of the hand. */
const MOST_OPEN = 50

/** What can be done with the recordings that are selected. */
export function SelectionBar({
  library,
  selected,
  hidden,
  opener,
}: {
  readonly library: Library
  readonly selected: ReadonlySet<string>
  /** How many of them the search does not show. */
  readonly hidden: number
  readonly opener: Opener
}) {
  const stores = useStores()
  const { browser, selection } = stores
  const paths = [...selected]
  if (paths.length === 0) return null
  const copyPaths = async (): Promise<void> => {
    if (await browser.copyText(paths.join('\n'))) notify(`Copied ${paths.length} paths.`)
    else notify('The browser did not allow copying.', 'error')
  }
  const download = async (): Promise<void> => {
    const { bytes, missing } = await zipTree(library.asks, paths)
    browser.download('cassettes.zip', bytes)
    if (missing.length > 0)
      notify(`Not in the zip, since they could not be read: ${missing.join(', ')}`, 'error')
  }
  return (
    <section
      aria-label="Selection"
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-t bg-pane px-4 py-1.5"
    >
      <span role="status" className="mr-2 font-[550] tabular-nums">
        {paths.length.toLocaleString('en')} selected
        {hidden > 0 && (
          <span className="font-normal text-ink-3">, {hidden.toLocaleString('en')} not shown</span>
        )}
      </span>
      <Button
        tone="outline"
        disabled={paths.length !== 2}
        title={paths.length === 2 ? undefined : 'Select two recordings to compare them'}
        onClick={() => void compareEntries(stores, library, paths[0] ?? '', paths[1] ?? '')}
      >
        Compare
      </Button>
      <Button
        tone="outline"
        disabled={paths.length > MOST_OPEN}
        title={paths.length > MOST_OPEN ? `At most ${MOST_OPEN} are opened at once` : undefined}
        onClick={() => void openEntries(stores, opener, paths)}
      >
        Open
      </Button>
      <Button tone="outline" onClick={() => void download()}>
        Download as zip
      </Button>
      <Button tone="outline" onClick={() => void copyPaths()}>
        Copy paths
      </Button>
      <Button
        className="ml-auto"
        onClick={() => {
          // the bar goes away with what it clears
          focusList()
          selection.set(new Set())
        }}
      >
        Clear selection
      </Button>
    </section>
  )
}
