import { lazy, useCallback, useEffect, useRef } from 'react'
import { chunkAt } from '../../core/cassette/chunk-at.ts'
import { spanInFile } from '../../queries/core-door.ts'
import type { Draft } from '../../workspace/draft.ts'
import { chunksArrived } from '../../workspace/playback.ts'
import { type Deck, useStores } from './deck.ts'
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
  useRevealPlayhead(deck)
  const onSelect = useCallback(
    (offset: number) => {
      if (deck) hovered.set(chunkAt(deck.document, deck.interaction.stream.chunkNodes, offset))
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
      reveal.set(spanInFile(shown.view.text, shown.document, shown.document.node(id)))
    })
  }, [playback, reveal])
}
