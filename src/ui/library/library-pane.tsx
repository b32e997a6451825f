import { LayoutList } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Library } from '../../workspace/library.ts'
import { useSelect, useStores } from '../app/deck.ts'
import type { Opener } from '../app/use-opener.ts'
import { DraftRow } from './draft-row.tsx'
import { lengthWords, modelWords, outcomeWords, titleOf } from './entry-words.ts'
import { openEntry } from './open-entry.ts'
import { placesInOrder } from './rows.ts'
import { useFound, useLibrary, useLibraryView } from './use-library.ts'

/** Beside the deck: the open cassettes, and what the library found. Rows are read only when they come into view. */
export function LibraryPane({ opener }: { readonly opener: Opener }) {
  const { session, places, kept } = useStores()
  const library = useLibrary()
  const drafts = useSelect(session.state, (value) => value.drafts)
  const current = useSelect(session.state, (value) => value.current)
  const fromLibrary = useSelect(places, (value) => value)
  // what the library lists need not be listed twice
  const open =
    library === undefined ? drafts : drafts.filter(({ id }) => !fromLibrary.has(id) || kept.has(id))
  return (
    <section aria-label="Library" className="flex min-h-0 flex-col max-md:max-h-48 max-md:border-b">
      <header className="flex h-10 shrink-0 items-center gap-2 px-4">
        <h2 className="text-xs font-[550] text-ink-2">Library</h2>
        {library === undefined ? (
          <span className="ml-auto text-ink-3 tabular-nums">{drafts.length.toLocaleString('en')}</span>
        ) : (
          <ToLibrary name={library.name} />
        )}
      </header>
      {open.length > 0 && (
        <div
          className={
            library === undefined
              ? 'min-h-0 flex-1 max-md:h-36 max-md:flex-none'
              : 'h-[min(30%,var(--open-height))] shrink-0 border-b'
          }
          style={{ '--open-height': `${open.length * DRAFT_HEIGHT}px` } as React.CSSProperties}
        >
          <VList
            data={open as (typeof open)[number][]}
            itemSize={DRAFT_HEIGHT}
            className="hairline-scroll"
            tabIndex={-1}
          >
            {(draft) => (
              <DraftRow
                key={draft.id}
                draft={draft}
                active={draft.id === current}
                onShow={() => session.show(draft.id)}
              />
            )}
          </VList>
        </div>
      )}
      {library && <FoundEntries library={library} shown={fromLibrary.get(current ?? '')} opener={opener} />}
    </section>
  )
}

const DRAFT_HEIGHT = 52

/** Back to the whole page. */
function ToLibrary({ name }: { readonly name: string }) {
  const { screen } = useStores()
  return (
    <button
      type="button"
      onClick={() => screen.set('library')}
      title="To the library (l)"
      className="ml-auto flex min-h-6 min-w-0 items-center gap-1.5 rounded px-1.5 text-ink-2 hover:bg-sunk hover:text-ink pointer-coarse:min-h-10"
    >
      <LayoutList aria-hidden="true" size={13} className="shrink-0" />
      <span className="truncate">{name}</span>
    </button>
  )
}

/** What the query of the library's page finds, narrow. */
function FoundEntries({
  library,
  shown,
  opener,
}: {
  readonly library: Library
  /** Path of what is on the desk. */
  readonly shown: string | undefined
  readonly opener: Opener
}) {
  const stores = useStores()
  const view = useLibraryView()
  const found = useFound(library, view)
  const list = useRef<VListHandle>(null)
  const places = useMemo(
    () => (found ? placesInOrder(library, found.places, view) : []),
    [library, found, view],
  )
  const at = useMemo(
    () => places.findIndex((place) => library.entries[place]?.path === shown),
    [places, library.entries, shown],
  )
  useEffect(() => {
    if (at !== -1) list.current?.scrollToIndex(at, { align: 'nearest' })
  }, [at])
  return (
    <>
      <p className="flex shrink-0 gap-2 px-4 pb-1 text-sm text-ink-3">
        <span className="recorded min-w-0 truncate">{view.query}</span>
        <span className="ml-auto whitespace-nowrap tabular-nums">
          {at === -1 ? '' : `${(at + 1).toLocaleString('en')} of `}
          {places.length.toLocaleString('en')}
        </span>
      </p>
      <div className="min-h-0 flex-1 max-md:h-36 max-md:flex-none">
        <VList ref={list} data={places} itemSize={DRAFT_HEIGHT} className="hairline-scroll" tabIndex={-1}>
          {(place) => {
            const entry = library.entries[place]
            if (entry === undefined) return <div key={place} />
            const { facts, path } = entry
            const outcome = facts && outcomeWords(facts)
            return (
              <button
                key={place}
                type="button"
                aria-current={path === shown ? 'true' : undefined}
                disabled={facts === undefined}
                onClick={() => void openEntry(stores, opener, path)}
                title={path}
                className={`grid h-[52px] w-full border-l-2 py-1.5 pr-4 pl-3.5 text-left focus-visible:-outline-offset-2 ${
                  path === shown ? 'border-ink bg-sunk' : 'border-transparent hover:bg-sunk/60'
                }`}
              >
                <span className={`truncate ${path === shown ? 'font-[550]' : ''}`}>{titleOf(entry)}</span>
                <span className="flex gap-2 overflow-hidden text-sm whitespace-nowrap text-ink-3">
                  <span className="min-w-0 truncate">{facts?.models[0] && modelWords(facts.models[0])}</span>
                  <span className={outcome?.tone ?? 'text-error'}>{outcome?.words ?? 'not read'}</span>
                  <span className="tabular-nums">{facts && lengthWords(facts)}</span>
                </span>
              </button>
            )
          }}
        </VList>
      </div>
    </>
  )
}
