import { memo, useEffect } from 'react'
import type { Entry } from '../../core/library/entry.ts'
import type { Excerpt } from '../../core/library/search.ts'
import { foldersOfPath, shortName } from '../widgets/path-words.ts'
import { lengthWords, modelWords, outcomeWords, sizeWords, testWords, titleOf } from './entry-words.ts'
import { ExcerptLine } from './excerpt-line.tsx'
import { GridCell, GridRow } from './grid-parts.tsx'

/** Height in pixels of a row without and with a line of where the words stand. */
export const ROW_HEIGHT = 48
export const HIT_HEIGHT = 20

/** One recording of the folder: what was asked of whom, what came of it, and where it lies. */
export const RecordingRow = memo(function RecordingRow({
  id,
  index,
  entry,
  hits,
  active,
  edited,
  selected,
  open,
  onActive,
  onOpen,
  onSelect,
}: {
  readonly id: string
  /** Its number among all rows, from 1. */
  readonly index: number
  readonly entry: Entry
  readonly hits: readonly Excerpt[]
  /** The keyboard stands on it. */
  readonly active: boolean
  readonly selected: boolean
  /** It is open, and holds edits that are not saved. */
  readonly edited: boolean
  /** It is open, perhaps behind. */
  readonly open: boolean
  /** It is drawn as the row that the keyboard stands on. */
  onActive(): void
  onOpen(): void
  onSelect(range: boolean): void
}) {
  useEffect(() => {
    if (active) onActive()
  }, [active, onActive])
  const { facts, path, problem } = entry
  const outcome = facts && outcomeWords(facts)
  return (
    <GridRow
      id={id}
      aria-rowindex={index}
      aria-selected={selected}
      data-testid="recording"
      data-path={path}
      data-active={active || undefined}
      className={`group relative flex items-start border-b border-line/70 ${
        selected ? 'bg-tape-wash/50' : active ? 'bg-sunk' : 'hover:bg-sunk/60'
      }`}
      style={{ minHeight: ROW_HEIGHT }}
    >
      <i
        aria-hidden="true"
        className={`absolute inset-y-0 left-0 w-0.5 ${active ? 'bg-ink' : open ? 'bg-line-2' : ''}`}
      />
      <GridCell className="shrink-0">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${path}`}
          onClick={(event) => {
            event.stopPropagation()
            onSelect(event.shiftKey)
          }}
          readOnly
          className="mt-3.5 ml-4 size-4 shrink-0 accent-ink pointer-coarse:mt-2.5 pointer-coarse:size-6"
        />
      </GridCell>
      <GridCell className="grid min-w-0 flex-1">
        <button
          type="button"
          tabIndex={active ? 0 : -1}
          title={path}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) onSelect(event.shiftKey)
            else onOpen()
          }}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)] py-1.5 pr-4 pl-3 text-left"
        >
          <span className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,150px)_minmax(0,170px)_84px_64px]">
            <span className={`truncate ${facts ? '' : 'text-ink-3'}`}>{titleOf(entry)}</span>
            <span className="truncate text-ink-2 max-lg:hidden">
              {facts?.models.map(modelWords).join(', ')}
            </span>
            <span className={`truncate ${outcome?.tone ?? 'text-error'} max-lg:max-w-40`}>
              {outcome?.words ?? (problem ? 'not read' : '')}
              {outcome && problem && (
                <span className="text-error" title={problem.message}>
                  {' '}
                  · broken
                </span>
              )}
            </span>
            <span className="truncate text-right text-ink-3 tabular-nums max-lg:hidden">
              {facts && lengthWords(facts)}
            </span>
            <span className="text-right whitespace-nowrap text-ink-3 tabular-nums max-lg:hidden">
              {sizeWords(entry.size)}
            </span>
          </span>
          <span className="flex min-w-0 gap-3 overflow-hidden text-sm text-ink-3">
            {edited && <span className="shrink-0 text-tape-ink">edited</span>}
            <span
              className={`recorded shrink-[9] truncate text-xs leading-[18px] ${facts?.test ? 'max-sm:max-w-24 max-sm:shrink-0' : ''}`}
            >
              {/* on a phone its name alone: it tells apart what asks the same for the same test */}
              <span className={facts?.test ? 'max-sm:hidden' : ''}>{foldersOfPath(path)}</span>
              {shortName(path)}
            </span>
            {facts?.test && (
              <span className="min-w-0 shrink truncate" title={facts.test}>
                {testWords(facts.test)}
              </span>
            )}
            <span className="ml-auto shrink-0 max-sm:hidden">{facts?.providers.join(', ')}</span>
          </span>
          {hits.map((excerpt, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: excerpts have no other name and never move
            <ExcerptLine key={at} excerpt={excerpt} />
          ))}
        </button>
      </GridCell>
    </GridRow>
  )
})
