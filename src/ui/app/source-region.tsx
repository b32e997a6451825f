import { lazy, useCallback, useEffect, useRef } from 'react'
import { spanOf } from '../../core/syntax/resolve.ts'
import type { Draft } from '../../workspace/draft.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { type Deck, useStores } from './deck.ts'
import { chunkAtSource, placeInSource } from './source-places.ts'
import type { DraftViews } from './use-view.ts'

const SourcePane = lazy(async () => ({ default: (await import('../source/source-pane.tsx')).SourcePane }))

/** The source pane, tied to the playhead: its caret lights a chunk, a step of the playhead shows the chunk. */
export function SourceRegion({
  draft,
  deck,
  views,
}: {
  readonly draft: Draft
  readonly deck: Deck | undefined
  readonly views: DraftViews
}) {
  const { session, settings, reveal, hovered } = useStores()
  useRevealInteraction(deck)
  useRevealPlayhead(deck)
  const onSelect = useCallback(
    (offset: number) => {
      if (deck) hovered.set(chunkAtSource(deck, offset))
    },
    [deck, hovered],
  )
  return (
    <div className="min-h-0 min-w-0 border-t max-md:h-[70vh] [&>section]:h-full">
      <SourcePane
        key={draft.id}
        draft={draft}
        view={views.latest}
        reveal={reveal}
        onSelect={onSelect}
        onCommit={(change) => session.commit(draft.id, change)}
        onUndo={() => session.undo(draft.id)}
        onRedo={() => session.redo(draft.id)}
        onClose={() => settings.update((value) => ({ ...value, sourceOpen: false }))}
      />
    </div>
  )
}

/** Another interaction of the file shows its beginning in the source. */
function useRevealInteraction(deck: Deck | undefined): void {
  const { reveal } = useStores()
  const before = useRef<{ readonly id: string; readonly position: number }>(undefined)
  useEffect(() => {
    if (deck === undefined) return
    const { draft, position, document, interaction } = deck
    const isOther = before.current?.id === draft.id && before.current.position !== position
    before.current = { id: draft.id, position }
    const span = isOther ? spanOf(document, interaction.at) : undefined
    const place = span && placeInSource(deck, span)
    if (place) reveal.set({ start: place.start, end: place.start })
  }, [deck, reveal])
}

/** A paused playhead that moves shows its chunk in the source; while it plays the source stays still. */
function useRevealPlayhead(deck: Deck | undefined): void {
  const { playback, reveal } = useStores()
  const latest = useRef(deck)
  useEffect(() => {
    latest.current = deck
  }, [deck])
  useEffect(() => {
    let before = playback.get()
    return playback.subscribe(() => {
      const now = playback.get()
      const moved = chunksArrived(now) !== chunksArrived(before) && now.count === before.count
      before = now
      const shown = latest.current
      const id = shown?.interaction.stream.chunkNodes[chunksArrived(now) - 1]
      if (!moved || now.playing || shown === undefined || id === undefined || !shown.editable) return
      reveal.set(placeInSource(shown, shown.document.node(id)))
    })
  }, [playback, reveal])
}
