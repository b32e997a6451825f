import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Interaction } from '../../core/cassette/cassette.ts'
import { useDeck, useStores } from '../app/deck.ts'
import { choose } from './choose.ts'
import { summariseInteraction } from './interaction-summary.ts'

/** Frames in which a row that is scrolled to should have been drawn. */
const PATIENCE = 20

/** The interactions of the file on screen, in file order. */
export function InteractionsPane() {
  const { draft, view, position } = useDeck()
  const stores = useStores()
  const interactions = view.cassette?.interactions ?? []
  const count = interactions.length
  const list = useRef<VListHandle>(null)
  const frame = useRef<HTMLDivElement>(null)
  const kept = useMemo(() => [position], [position])
  /** A key has asked for the row on screen to have the focus; far away it is drawn some frames later. */
  const wantsFocus = useRef(false)
  useEffect(() => {
    list.current?.scrollToIndex(position, { align: 'nearest' })
    let frames = wantsFocus.current ? PATIENCE : 0
    wantsFocus.current = false
    let request = 0
    const focus = (): void => {
      const row = frame.current?.querySelector<HTMLElement>(`[data-interaction="${position}"]`) ?? null
      row?.focus()
      // one that is drawn and not placed yet is hidden, and takes none
      if (document.activeElement !== row && --frames > 0) request = requestAnimationFrame(focus)
    }
    if (frames > 0) request = requestAnimationFrame(focus)
    return () => cancelAnimationFrame(request)
  }, [position])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const wanted = steppedTo(event.key, position, count)
    if (wanted === undefined) return
    event.preventDefault()
    wantsFocus.current = wanted !== position
    choose(stores, draft.id, wanted)
  }
  return (
    <section aria-label="Interactions" className="flex flex-col max-md:max-h-56 max-md:border-b">
      <header className="flex shrink-0 justify-between px-4 pt-3 pb-2">
        <h2 className="text-xs font-[550] text-ink-2">Interactions</h2>
        <span className="text-ink-3 tabular-nums">{count.toLocaleString('en')}</span>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble up from the rows' buttons */}
      <div ref={frame} className="min-h-0 flex-1 max-md:h-44 max-md:flex-none" onKeyDown={onKeyDown}>
        <VList
          key={draft.id}
          ref={list}
          data={interactions as Interaction[]}
          itemSize={52}
          keepMounted={kept}
          className="hairline-scroll"
          tabIndex={-1}
        >
          {(interaction, at) => (
            <Row
              key={at}
              interaction={interaction}
              number={at}
              active={at === position}
              onShow={() => choose(stores, draft.id, at)}
            />
          )}
        </VList>
      </div>
    </section>
  )
}

function steppedTo(key: string, position: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, position + 1)
    case 'ArrowUp':
      return Math.max(0, position - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

const TONES = { plain: 'text-ink', tool: 'text-tool', error: 'text-error' } as const

interface RowProps {
  readonly interaction: Interaction
  readonly number: number
  readonly active: boolean
  onShow(): void
}

/** What was called and what came of it, on two lines. */
const Row = memo(
  function Row({ interaction, number, active, onShow }: RowProps) {
    const { method, host, path, model, outcome, chunks, status, failed } = useMemo(
      () => summariseInteraction(interaction),
      [interaction],
    )
    const facts = [model, chunks].filter(Boolean)
    return (
      <button
        type="button"
        data-testid="interaction"
        data-interaction={number}
        aria-current={active ? 'true' : undefined}
        tabIndex={active ? 0 : -1}
        onClick={onShow}
        title={interaction.request.url?.value}
        className={`grid h-[52px] w-full grid-cols-[22px_minmax(0,1fr)] border-l-2 py-1.5 pr-4 pl-2.5 text-left focus-visible:-outline-offset-2 ${
          active ? 'border-ink bg-sunk' : 'border-transparent hover:bg-sunk/60'
        }`}
      >
        <span className="recorded text-ink-3">{number + 1}</span>
        <span className="grid min-w-0">
          <span className={`truncate ${TONES[outcome.tone]} ${active ? 'font-[550]' : ''}`}>
            {outcome.words}
          </span>
          <span className="flex gap-2 overflow-hidden text-sm whitespace-nowrap text-ink-3">
            <span className="min-w-0 truncate">
              {method} {host && <span className="sr-only">{host}</span>} {path}
            </span>
            {facts.map((fact) => (
              <span key={fact} className={fact === model ? 'min-w-0 truncate' : 'shrink-0'}>
                {fact}
              </span>
            ))}
            {status && <span className={`ml-auto shrink-0 ${failed ? 'text-error' : ''}`}>{status}</span>}
          </span>
        </span>
      </button>
    )
  },
  (before, after) =>
    before.interaction === after.interaction &&
    before.number === after.number &&
    before.active === after.active,
)
