import { useQueries } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type Ref, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Excerpt } from '../../core/library/search.ts'
import { excerptsQuery } from '../../queries/library.ts'
import { isChanged } from '../../workspace/draft.ts'
import type { Library } from '../../workspace/library.ts'
import { useSelect, useStores } from '../app/deck.ts'
import { GridCell, GridRow } from './grid-parts.tsx'
import { HIT_HEIGHT, RecordingRow, ROW_HEIGHT } from './recording-row.tsx'
import type { Row } from './rows.ts'
import { LIST_ID } from './search-field.tsx'

/** Rows whose excerpts are asked for at once. */
const BLOCK = 40

/** The rows on screen, of however many. */
export function RecordingsList({
  library,
  rows,
  query,
  active,
  selected,
  list,
  onOpen,
  onSelect,
  onFold,
  onActive,
}: {
  readonly library: Library
  readonly rows: readonly Row[]
  readonly query: string
  /** Position in `rows` that the keyboard stands on. */
  readonly active: number
  readonly selected: ReadonlySet<string>
  readonly list: Ref<VListHandle>
  onOpen(at: number): void
  onSelect(at: number, range: boolean): void
  onFold(key: string): void
  /** The row that the keyboard stands on is drawn. */
  onActive(): void
}) {
  const { places, session } = useStores()
  const open = useSelect(places, (value) => value)
  const openPaths = useMemo(() => new Set(open.values()), [open])
  const drafts = useSelect(session.state, (value) => value.drafts)
  const editedPaths = useMemo(
    () => new Set(drafts.filter(isChanged).flatMap(({ id }) => open.get(id) ?? [])),
    [drafts, open],
  )
  const own = useRef<VListHandle>(null)
  const [block, setBlock] = useState(0)
  const hits = useHits(library, rows, query, block)
  const watch = (offset: number): void => {
    const first = own.current?.findItemIndex(offset) ?? 0
    setBlock(Math.floor(first / BLOCK))
  }
  return (
    <VList
      ref={(handle) => {
        own.current = handle
        if (typeof list === 'function') list(handle)
        else if (list) list.current = handle
      }}
      data={rows as Row[]}
      itemSize={query === '' ? ROW_HEIGHT : ROW_HEIGHT + HIT_HEIGHT}
      keepMounted={active < rows.length ? [active] : []}
      onScroll={watch}
      tabIndex={-1}
      id={LIST_ID}
      role="grid"
      aria-label="Recordings"
      aria-multiselectable="true"
      aria-rowcount={rows.length}
      className="hairline-scroll"
    >
      {(row, at) =>
        row.kind === 'group' ? (
          <GroupHead key={row.group.key} row={row} index={at + 1} onFold={() => onFold(row.group.key)} />
        ) : (
          <Recording
            key={row.place}
            id={rowId(row.place)}
            index={at + 1}
            library={library}
            place={row.place}
            hits={hits.get(row.place) ?? NO_HITS}
            active={at === active}
            selected={selected.has(library.entries[row.place]?.path ?? '')}
            edited={editedPaths.has(library.entries[row.place]?.path ?? '')}
            open={openPaths.has(library.entries[row.place]?.path ?? '')}
            onActive={onActive}
            onOpen={() => onOpen(at)}
            onSelect={(range) => onSelect(at, range)}
          />
        )
      }
    </VList>
  )
}

/** The element's id of a recording's row. */
export function rowId(place: number): string {
  return `recording-${place}`
}

const NO_HITS: readonly Excerpt[] = []

function Recording({
  library,
  place,
  ...rest
}: { readonly library: Library; readonly place: number } & Omit<
  Parameters<typeof RecordingRow>[0],
  'entry'
>) {
  const entry = library.entries[place]
  return entry === undefined ? null : <RecordingRow entry={entry} {...rest} />
}

function GroupHead({
  row: { group, folded },
  index,
  onFold,
}: {
  readonly row: Extract<Row, { kind: 'group' }>
  readonly index: number
  onFold(): void
}) {
  const Icon = folded ? ChevronRight : ChevronDown
  return (
    <GridRow aria-rowindex={index}>
      <GridCell>
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={!folded}
          onClick={onFold}
          title={group.label}
          className="flex h-9 w-full items-center gap-2 border-b bg-bg px-4 text-left text-ink-2 hover:text-ink pointer-coarse:h-11"
        >
          <Icon aria-hidden="true" size={13} className="shrink-0" />
          <span className="recorded min-w-0 truncate font-[550]">{group.label}</span>
          <span className="ml-auto shrink-0 text-ink-3 tabular-nums">
            {group.places.length.toLocaleString('en')}
          </span>
        </button>
      </GridCell>
    </GridRow>
  )
}

/** Where the words stand in the rows around those on screen: two blocks at a time, so that scrolling finds them there. */
function useHits(
  library: Library,
  rows: readonly Row[],
  query: string,
  block: number,
): ReadonlyMap<number, readonly Excerpt[]> {
  const blocks = useMemo(
    () =>
      [block, block + 1].map((number) =>
        rows
          .slice(number * BLOCK, (number + 1) * BLOCK)
          .flatMap((row) => (row.kind === 'recording' ? [row.place] : [])),
      ),
    [rows, block],
  )
  return useQueries({
    queries: blocks.map((places) => ({
      ...excerptsQuery(library, query, places),
      enabled: query !== '' && places.length > 0,
    })),
    combine: merged,
  })
}

function merged(
  answers: readonly { readonly data?: ReadonlyMap<number, readonly Excerpt[]> | undefined }[],
): ReadonlyMap<number, readonly Excerpt[]> {
  return new Map(answers.flatMap(({ data }) => [...(data ?? [])]))
}
