import { Suspense, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import type { TextEdit } from '../../core/text/edit.ts'
import { editsOfFile } from '../../queries/core-door.ts'
import type { Draft } from '../../workspace/draft.ts'
import {
  createPlayback,
  pause,
  play,
  resize,
  seek,
  setFactor,
  setRate,
  setSchedule,
} from '../../workspace/playback.ts'
import { scheduleOf } from '../../workspace/schedule.ts'
import { shownIn } from '../../workspace/view.ts'
import { chooseNeighbour, useChosen } from '../interactions/choose.ts'
import { InteractionsPane } from '../interactions/interactions-pane.tsx'
import { LibraryPane } from '../library/library-pane.tsx'
import { showNeighbour } from '../library/show-neighbour.ts'
import { useSearchHits } from '../library/use-search-hits.ts'
import { Transport } from '../playback/transport.tsx'
import { RequestPane } from '../request/request-pane.tsx'
import { ResponsePane } from '../response/response-pane.tsx'
import { SoughtProvider } from '../widgets/sought.ts'
import { type Deck, DeckProvider, useSelect, useSettings, useStores } from './deck.ts'
import { DeckHeader } from './deck-header.tsx'
import { DialogLayer } from './dialog-layer.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import type { FileDialogs } from './file-inputs.tsx'
import { Problems, RejectedFiles } from './problems.tsx'
import { askToSave } from './saving.ts'
import { useShortcuts } from './shortcuts.ts'
import { SourceRegion } from './source-region.tsx'
import type { Opener } from './use-opener.ts'
import { type DraftViews, useView } from './use-view.ts'
import { WorkNotices } from './work-notices.tsx'

/** One cassette on the desk, with the library beside it when several are open. */
export function DeckScreen({
  draft,
  opener,
  dialogs,
}: {
  readonly draft: Draft
  readonly opener: Opener
  readonly dialogs: () => FileDialogs | null
}) {
  const stores = useStores()
  const { session } = stores
  const { sourceOpen } = useSettings()
  const views = useView(draft)
  const deck = useDeckValue(draft, views, useChosen(draft.id))
  const isOnShelf = useSelect(stores.shelf.library, (value) => value !== undefined)
  const hasLibrary = useSelect(session.state, ({ drafts }) => drafts.length > 1) || isOnShelf
  const interactions = deck?.view.cassette?.interactions.length ?? 0
  const several = hasLibrary || interactions > 1
  useFollowPlayed(draft.id, deck)
  const placed = useSelect(
    stores.playback,
    (value) => value.draftId === draft.id && value.interaction === deck?.position,
  )
  const markers = deck?.interaction.stream.markers
  // plain text is what one jumps over to get to these
  const markerChunks = useCallback(
    () => markers?.filter(({ kind }) => kind !== 'text').map(({ chunk }) => chunk) ?? [],
    [markers],
  )
  const actions = useMemo(
    () => ({
      showCassette: (direction: 1 | -1) => void showNeighbour(stores, opener, direction),
      showInteraction: (direction: 1 | -1) => chooseNeighbour(stores, draft.id, interactions, direction),
      open: () => dialogs()?.pickFiles(),
      save: () => {
        // what is being typed in place is committed by leaving it; if that is refused the editor stays open
        const field = document.activeElement
        if (field instanceof HTMLTextAreaElement && !field.closest('.monaco-editor')) field.blur()
        requestAnimationFrame(() => {
          if (document.querySelector('main textarea[aria-invalid="true"]')) return
          const { drafts, current } = stores.session.state.get()
          const shown = drafts.find(({ id }) => id === current)
          if (shown !== undefined) askToSave(stores, shown)
        })
      },
    }),
    [dialogs, stores, opener, draft.id, interactions],
  )
  const sought = useSearchHits(stores, draft.id)
  useShortcuts(stores, markerChunks, actions)
  return (
    <div
      className={`grid h-full max-md:block max-md:h-auto max-md:min-h-full max-md:pb-28 ${
        several ? 'md:grid-cols-[248px_minmax(0,1fr)]' : 'md:grid-cols-[minmax(0,1fr)]'
      } grid-rows-[48px_auto_minmax(0,1fr)_auto]`}
    >
      <DeckProvider value={deck}>
        <DeckHeader draft={draft} opener={opener} dialogs={dialogs} />
        <div className="col-span-full">
          <RejectedFiles />
          <WorkNotices draftId={draft.id} />
          <Problems
            diagnostics={views.latest?.diagnostics ?? []}
            stale={views.latest !== undefined && views.latest !== views.shown}
          />
        </div>
        {several && (
          <div className="flex min-h-0 flex-col md:border-r [&>section]:min-h-0 md:[&>section]:flex-1 [&>section+section]:border-t">
            {hasLibrary && <LibraryPane opener={opener} />}
            {interactions > 1 && <InteractionsPane />}
          </div>
        )}
        <main
          className={`grid min-h-0 min-w-0 max-md:block ${sourceOpen ? 'grid-rows-[minmax(0,1.1fr)_minmax(0,1fr)]' : 'grid-rows-[minmax(0,1fr)]'}`}
        >
          <SoughtProvider value={sought}>
            <Panels deck={placed ? deck : undefined} failure={views.failure} />
          </SoughtProvider>
          {sourceOpen && (
            <ErrorBoundary name="Source">
              <Suspense fallback={<Waiting word="Loading the editor…" />}>
                <SourceRegion draft={draft} deck={deck} views={views} />
              </Suspense>
            </ErrorBoundary>
          )}
        </main>
        {deck && placed ? <Transport /> : <div className="col-span-full" />}
        <DialogLayer opener={opener} />
      </DeckProvider>
    </div>
  )
}

function Panels({ deck, failure }: { readonly deck: Deck | undefined; readonly failure: Error | null }) {
  if (deck === undefined) {
    return (
      <Waiting
        word={failure ? `This file could not be read: ${failure.message}` : 'Reading the recording…'}
      />
    )
  }
  // another cassette, and another interaction, begins at its top, with everything folded as it was
  const shown = `${deck.draft.id} ${deck.position}`
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1.02fr)_minmax(0,1.5fr)] max-md:block">
      <ErrorBoundary name="Request" key={`request ${shown}`}>
        <RequestDeck deck={deck} />
      </ErrorBoundary>
      <ErrorBoundary name="Response" key={`response ${shown}`}>
        <div className="min-h-0 min-w-0 border-l max-md:border-t max-md:border-l-0 [&>section]:h-full">
          <ResponsePane />
        </div>
      </ErrorBoundary>
    </div>
  )
}

/**
 * The request's pane, drawn anew only when something of the request is another: typing into an answer of a megabyte
 * has one frame for everything. What is edited in it is planned on the newest text all the same.
 */
function RequestDeck({ deck }: { readonly deck: Deck }) {
  const newest = useRef(deck)
  useLayoutEffect(() => {
    newest.current = deck
  }, [deck])
  const { draft, interaction, position, editable } = deck
  const { conversation, request, testId, extras, dialect } = interaction
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that the pane shows, and not the deck itself
  const still = useMemo<Deck>(
    () => ({ ...deck, edit: (...change) => newest.current.edit(...change) }),
    [draft.id, draft.name, draft.base, position, conversation, request, testId, extras, dialect, editable],
  )
  return (
    <DeckProvider value={still}>
      <RequestPane />
    </DeckProvider>
  )
}

function Waiting({ word }: { readonly word: string }) {
  return (
    <p role="status" className="grid place-items-center border-t bg-pane p-8 text-ink-3">
      {word}
    </p>
  )
}

function useDeckValue(draft: Draft, { shown, latest }: DraftViews, chosen: number): Deck | undefined {
  const { session } = useStores()
  return useMemo(() => {
    const content = shownIn(shown, chosen)
    if (shown === undefined || content === undefined) return undefined
    const several = (shown.cassette?.interactions.length ?? 0) > 1
    const editable = shown.revision === draft.revision && shown.sound && shown === latest
    const editFile = (label: string, plan: (text: string) => readonly TextEdit[], name?: string) => {
      if (!editable)
        return 'The source does not parse or has just changed; look at the new text and try again.'
      try {
        const outcome = session.commit(draft.id, {
          label: several ? `${label} · interaction ${content.position + 1}` : label,
          edits: plan(draft.text),
          revision: shown.revision,
          ...(name !== undefined && { name }),
        })
        return outcome.ok ? undefined : outcome.reason
      } catch (error) {
        return error instanceof Error ? `${error.message}.` : 'This cannot be changed.'
      }
    }
    return {
      draft,
      view: shown,
      ...content,
      editable,
      editFile,
      edit: (label, plan, name) =>
        editFile(label, (text) => editsOfFile(text, content.document, plan(content.document)), name),
    }
  }, [draft, shown, latest, session, chosen])
}

/**
 * The playhead belongs to the interaction on screen: it is put away when another one comes and found again later; one
 * that is shown for the first time is complete, or where the link that brought it says. Set while rendering is
 * committed, before anything is painted with another one's playhead.
 */
function useFollowPlayed(draftId: string, deck: Deck | undefined): void {
  const { playback, playheads, arrivals, settings } = useStores()
  const { pacing, skipPauses, factor } = useSettings()
  const times = deck?.interaction.stream.times
  const count = deck?.interaction.stream.chunkNodes.length
  const interaction = deck?.position
  const schedule = useMemo(
    () => (pacing === 'recorded' ? scheduleOf(times, skipPauses) : undefined),
    [times, pacing, skipPauses],
  )
  useLayoutEffect(() => {
    if (count === undefined || interaction === undefined) return
    const now = playback.get()
    if (now.draftId === draftId && now.interaction === interaction) {
      playback.set(resize(now, count))
      return
    }
    playheads.set(now.draftId, new Map(playheads.get(now.draftId)).set(now.interaction, pause(now)))
    const { rate } = settings.get()
    const known = playheads.get(draftId)?.get(interaction)
    if (known !== undefined) {
      playback.set(setRate(resize(known, count), rate))
      return
    }
    const arrival = arrivals.get(draftId)
    const fresh = createPlayback(count, rate, draftId, interaction)
    const isMeant = arrival !== undefined && (arrival.interaction ?? 0) === interaction
    const placed = isMeant && arrival.position !== undefined ? seek(fresh, arrival.position) : fresh
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    playback.set(isMeant && arrival.autoplay && !still ? play(placed) : placed)
  }, [draftId, interaction, count, playback, playheads, arrivals, settings])
  useLayoutEffect(() => {
    playback.update((now) =>
      now.draftId === draftId && now.interaction === interaction
        ? setFactor(setSchedule(now, schedule), factor)
        : now,
    )
  }, [draftId, interaction, playback, schedule, factor])
}
