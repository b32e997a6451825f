import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VListHandle } from 'virtua'
import { type GroupBy, groupEntries } from '../../core/library/group.ts'
import type { SortKey } from '../../core/library/search.ts'
import { countOf, type Library } from '../../workspace/library.ts'
import type { LibraryView } from '../../workspace/library-view.ts'
import { useSelect, useStores } from '../app/deck.ts'
import type { Opener } from '../app/use-opener.ts'
import { Button } from '../widgets/button.tsx'
import { Choice } from './choice.tsx'
import { FacetsPane } from './facets-pane.tsx'
import { LeftOut } from './left-out.tsx'
import { moveIn } from './list-keys.ts'
import { openEntry } from './open-entry.ts'
import { type Anchor, withRange } from './range-selection.ts'
import { RecordingsList, rowId } from './recordings-list.tsx'
import { nextRecording, type Row, rowsOf } from './rows.ts'
import { SearchField } from './search-field.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useFound } from './use-library.ts'
import { useListFocus } from './use-list-focus.ts'
import { useListKeys } from './use-list-keys.ts'

const GROUPS: readonly (readonly [GroupBy, string])[] = [
  ['none', 'nothing'],
  ['folder', 'folder'],
  ['test', 'test'],
  ['model', 'model'],
  ['provider', 'provider'],
  ['outcome', 'outcome'],
]

const SORTS: readonly (readonly [SortKey, string])[] = [
  ['path', 'path'],
  ['relevance', 'relevance'],
  ['-size', 'largest'],
  ['size', 'smallest'],
  ['-chunks', 'most chunks'],
  ['-tokens', 'most tokens'],
  ['model', 'model'],
  ['test', 'test'],
  ['outcome', 'outcome'],
  ['-modified', 'newest'],
  ['modified', 'oldest'],
]

const NOTES_ID = 'query-notes'
const NO_PLACES = new Int32Array()

/** The folder as a list: searched, filtered, grouped, opened and selected from. */
export function RecordingsPage({
  library,
  view,
  opener,
  onView,
}: {
  readonly library: Library
  readonly view: LibraryView
  readonly opener: Opener
  onView(change: Partial<LibraryView>): void
}) {
  const stores = useStores()
  const { selection } = stores
  const found = useFound(library, view)
  const [isAhead, setIsAhead] = useState(false)
  // what is on screen answers another question than the one that is asked
  const isBehind =
    isAhead ||
    (found === undefined
      ? library.status !== 'failed'
      : found.query !== view.query || found.sort !== view.sort)
  const selected = useSelect(selection, (value) => value)
  const list = useRef<VListHandle>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [filtersOpen, setFiltersOpen] = useState(false)
  const places = found?.places ?? NO_PLACES
  const rows = useMemo<readonly Row[]>(
    () =>
      view.group === 'none'
        ? Array.from(places, (place): Row => ({ kind: 'recording', place }))
        : rowsOf(groupEntries(library.entries, places, view.group), folded),
    [library.entries, places, view.group, folded],
  )
  const [active, setActive] = useActive(stores.lastRow, library, rows)
  const anchor = useRef<Anchor>({ path: undefined })
  const section = useRef<HTMLElement>(null)
  const focus = useListFocus(section)
  // from the first step with a key until something is typed, the field speaks for the row
  const [isStepping, setIsStepping] = useState(false)
  const start = useRef(active)

  const pathAt = (at: number): string | undefined => {
    const row = rows[at]
    return row?.kind === 'recording' ? library.entries[row.place]?.path : undefined
  }
  const open = (at: number): void => {
    const path = pathAt(at)
    if (path === undefined) return
    setActive(at)
    void openEntry(stores, opener, path)
  }
  const select = (at: number, range: boolean): void => {
    const path = pathAt(at)
    if (range) {
      const { path: from, base = selected } = anchor.current
      anchor.current = { path: from, base: selected.size === 0 ? selected : base }
      selection.set(
        withRange(anchor.current.base ?? selected, placeOf(from, library, rows) ?? active, at, pathAt),
      )
    } else if (path !== undefined) {
      const next = new Set(selected)
      if (!next.delete(path)) next.add(path)
      anchor.current = { path }
      selection.set(next)
    }
    setActive(at)
  }
  const move = (step: number, range: boolean): void => {
    const next = nextRecording(rows, active, step)
    if (range) {
      if (selected.size === 0) anchor.current = { path: pathAt(active) }
      select(next, true)
    } else {
      anchor.current = { path: pathAt(next) }
      setActive(next)
    }
    setIsStepping(true)
    list.current?.scrollToIndex(next, { align: 'nearest' })
  }
  const onKey = (event: KeyboardEvent | globalThis.KeyboardEvent, isTyping: boolean): boolean => {
    const steps = moveIn(event, isTyping, rows.length)
    if (steps !== undefined) move(steps, event.shiftKey)
    else if (event.key === 'Enter') open(active)
    else if (isTyping) return false
    else if (event.key === 'x') select(active, false)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      selection.set(new Set(rows.flatMap((_, at) => pathAt(at) ?? [])))
    } else if (event.key === 'Escape' && selected.size > 0) selection.set(new Set())
    else return false
    return true
  }
  useListKeys(stores, (event) => onKey(event, false))
  useEffect(() => {
    // coming back from a recording, the list stands where it was left
    list.current?.scrollToIndex(start.current, { align: 'center' })
  }, [])

  const fold = useCallback((key: string): void => {
    setFolded((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])

  const total = found?.total ?? 0
  const notes = found?.notes ?? []
  const all = countOf(library)
  const activeRow = rows[active]
  const hidden = useMemo(() => {
    if (selected.size === 0) return 0
    let shown = 0
    for (const place of places) if (selected.has(library.entries[place]?.path ?? '')) shown++
    return selected.size - shown
  }, [selected, places, library.entries])
  return (
    <div className="grid min-h-0 grid-cols-[220px_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] max-md:flex max-md:flex-col">
      <search className="col-span-full flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-pane px-4 py-2">
        <SearchField
          query={view.query}
          onTyping={() => {
            setIsAhead(true)
            setIsStepping(false)
          }}
          onQuery={(query) => {
            setIsAhead(false)
            if (query !== view.query) onView({ query })
          }}
          onKey={(event) => onKey(event, true)}
          activeId={isStepping && activeRow?.kind === 'recording' ? rowId(activeRow.place) : undefined}
          notesId={notes.length > 0 ? NOTES_ID : undefined}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-md:w-full">
          <Button
            className="md:hidden"
            aria-expanded={filtersOpen}
            onClick={() => setFiltersOpen(!filtersOpen)}
          >
            Filters
          </Button>
          <Choice
            label="Group by"
            value={view.group}
            options={GROUPS}
            onChange={(group) => onView({ group })}
          />
          <Choice label="Sort by" value={view.sort} options={SORTS} onChange={(sort) => onView({ sort })} />
          <span
            role="status"
            aria-busy={isBehind}
            className="ml-auto min-w-16 text-right whitespace-nowrap text-ink-3 tabular-nums"
          >
            {total === all
              ? total.toLocaleString('en')
              : `${total.toLocaleString('en')} of ${all.toLocaleString('en')}`}
          </span>
        </div>
        {notes.length > 0 && (
          <p id={NOTES_ID} data-testid="query-notes" className="w-full text-sm text-ink-2">
            {notes.join(' ')}
          </p>
        )}
      </search>
      <div
        className={`flex min-h-0 flex-col bg-bg md:border-r ${filtersOpen ? 'max-md:max-h-[45vh] max-md:border-b' : 'max-md:hidden'}`}
      >
        <FacetsPane facets={found?.facets ?? []} query={view.query} onQuery={(query) => onView({ query })} />
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-pane">
        <section
          ref={section}
          aria-label="Library"
          aria-busy={isBehind}
          data-library-list=""
          tabIndex={-1}
          {...focus.section}
          className="min-h-0 flex-1 focus-visible:-outline-offset-2"
        >
          {rows.length === 0 ? (
            <NothingFound
              library={library}
              query={view.query}
              waiting={found === undefined}
              onView={onView}
            />
          ) : (
            <RecordingsList
              library={library}
              rows={rows}
              query={view.query}
              active={active}
              selected={selected}
              list={list}
              onOpen={open}
              onSelect={select}
              onFold={fold}
              onActive={focus.follow}
            />
          )}
        </section>
        <LeftOut library={library} />
        <SelectionBar library={library} selected={selected} hidden={hidden} opener={opener} />
      </div>
    </div>
  )
}

/**
 * The row that the keyboard stands on. It stays on its recording while rows come and go around it; where that is no
 * longer among them, on what took its place.
 */
function useActive(
  last: { at: number; path: string | undefined },
  library: Library,
  rows: readonly Row[],
): readonly [number, (at: number) => void] {
  const [active, setActive] = useState(() => placeOf(last.path, library, rows) ?? last.at)
  const [seen, setSeen] = useState(rows)
  if (seen !== rows) {
    setSeen(rows)
    setActive(placeOf(last.path, library, rows) ?? (rows[0]?.kind === 'group' ? 1 : 0))
  }
  const set = useCallback(
    (at: number): void => {
      const row = rows[at]
      last.at = at
      last.path = row?.kind === 'recording' ? library.entries[row.place]?.path : undefined
      setActive(at)
    },
    [last, rows, library],
  )
  return [Math.min(active, Math.max(0, rows.length - 1)), set]
}

/** Where a recording stands among the rows, if it does. */
function placeOf(path: string | undefined, library: Library, rows: readonly Row[]): number | undefined {
  if (path === undefined) return undefined
  const at = rows.findIndex((row) => row.kind === 'recording' && library.entries[row.place]?.path === path)
  return at === -1 ? undefined : at
}

function NothingFound({
  library,
  query,
  waiting,
  onView,
}: {
  readonly library: Library
  readonly query: string
  readonly waiting: boolean
  onView(change: Partial<LibraryView>): void
}) {
  const reading = waiting || library.status === 'reading'
  return (
    <div className="grid h-full place-items-center p-8 text-center text-ink-3">
      {query !== '' && !waiting ? (
        <div className="grid justify-items-center gap-3">
          <p>Nothing here has all of that{reading ? ' so far' : ''}.</p>
          <Button
            tone="outline"
            onClick={() => {
              // the button goes away with what it clears
              document.querySelector<HTMLElement>('[data-library-search]')?.focus()
              onView({ query: '' })
            }}
          >
            Clear the search
          </Button>
        </div>
      ) : (
        <p role="status">{reading ? 'Reading…' : nothingIn(library)}</p>
      )}
    </div>
  )
}

/** Why a list is empty that has been read; nothing where a note above says it. */
function nothingIn({ notes, status, progress }: Library): string {
  if (notes.length > 0 || status === 'failed') return ''
  const skipped = progress.skipped ?? 0
  return skipped === 0
    ? 'There is no file in it.'
    : `${skipped.toLocaleString('en')} ${skipped === 1 ? 'file was' : 'files were'} passed over: none is called like a recording (json, yaml, har, txt, httprr, jsonl, sse).`
}
