import { createContext, use, useSyncExternalStore } from 'react'
import type { Interaction } from '../../core/cassette/cassette.ts'
import type { JsonDocument } from '../../core/syntax/json-node.ts'
import type { TextEdit } from '../../core/text/edit.ts'
import type { OpenedDraft } from '../../queries/opening.ts'
import type { Browser } from '../../workspace/browser.ts'
import type { DiskFiles } from '../../workspace/disk.ts'
import type { Draft } from '../../workspace/draft.ts'
import type { Keeper } from '../../workspace/keeper.ts'
import type { Shelf } from '../../workspace/library.ts'
import type { LibraryPort } from '../../workspace/library-port.ts'
import type { LibraryView } from '../../workspace/library-view.ts'
import type { Location } from '../../workspace/location.ts'
import type { Peers } from '../../workspace/peers.ts'
import type { Playback } from '../../workspace/playback.ts'
import type { LinkedChange, ReviewPort, ReviewSource } from '../../workspace/review-port.ts'
import type { Session } from '../../workspace/session.ts'
import type { Settings } from '../../workspace/settings.ts'
import type { Store } from '../../workspace/store.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import type { TypedFields } from '../../workspace/typing.ts'
import type { CassetteView } from '../../workspace/view.ts'
import type { CompareSource } from '../compare/compare-source.ts'
import type { StreamTask } from './stream-task.ts'

/** Offsets into the file's text. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** The dialogs; one at a time. */
export type Overlay =
  | { readonly kind: 'ask-open'; readonly drafts: readonly OpenedDraft[] }
  | {
      readonly kind: 'confirm-host'
      readonly url: string
      readonly host: string
      readonly location: Location
    }
  | { readonly kind: 'open-url' }
  | { readonly kind: 'review'; readonly draftId: string; readonly save: boolean }
  | { readonly kind: 'disk-changed' | 'compare-disk'; readonly draftId: string }
  | { readonly kind: 'close-changed'; readonly draftId: string }
  | { readonly kind: 'history'; readonly draftId: string }
  | {
      readonly kind: 'compare'
      readonly otherId?: string
      /** What is compared, where that is not open. */
      readonly sources?: readonly [CompareSource, CompareSource]
    }
  | { readonly kind: 'ask-trees'; readonly sources: readonly TreeSource[] }
  | { readonly kind: 'stream'; readonly task: StreamTask }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'palette' }

/** What lives as long as the page. */
export interface Stores {
  readonly browser: Browser
  readonly session: Session
  readonly settings: Store<Settings>
  readonly playback: Store<Playback>
  /** The chunk that the pointer rests on, in the list, the text or the waveform. */
  readonly hovered: Store<number | undefined>
  /** File handles that drafts can be saved back to, by draft id. */
  readonly handles: Map<string, FileSystemFileHandle>
  /** Where the playheads stood when something else was shown, by draft id and interaction. */
  readonly playheads: Map<string, ReadonlyMap<number, Playback>>
  /** Which interaction of a file is shown, by draft id: its position, from 0. None is the first. */
  readonly chosen: Store<ReadonlyMap<string, number>>
  /** What a link said about a draft that has not been shown yet, by draft id. */
  readonly arrivals: Map<string, Location>
  /** Journals what is not saved. */
  readonly keeper: Keeper
  /** What stands in open fields, by draft id: on screen, not in the draft yet. */
  readonly typing: Store<TypedFields>
  /** Files that are no longer what their drafts are compared with, by draft id. */
  readonly disk: Store<DiskFiles>
  readonly peers: Peers
  /** The folder that is open. */
  readonly shelf: Shelf
  readonly libraryPort: LibraryPort
  readonly libraryView: Store<LibraryView>
  /** Paths of the recordings that are selected in the library. */
  readonly selection: Store<ReadonlySet<string>>
  /** Where the drafts that were opened from the library lie in it, by draft id. */
  readonly places: Store<ReadonlyMap<string, string>>
  /** The row of the library that the keyboard stood on when something else was shown. */
  readonly lastRow: { at: number; path: string | undefined }
  /** Drafts that were opened together from the library: going through it leaves them open. */
  readonly kept: Set<string>
  /** What was pasted to ask why it was not found. */
  readonly pasted: Store<string>
  readonly reviewPort: ReviewPort
  readonly reviewSource: Store<ReviewSource | LinkedChange | undefined>
  /** What fills the window, where there is a choice. */
  readonly screen: Store<'deck' | 'library'>
  /** What lies over the deck. */
  readonly overlay: Store<Overlay | undefined>
  /** A range of the file's text that the source pane should show; a new object each time it is asked for. */
  readonly reveal: Store<TextRange | undefined>
}

const StoresContext = createContext<Stores | undefined>(undefined)
export const StoresProvider = StoresContext.Provider

export function useStores(): Stores {
  const stores = use(StoresContext)
  if (stores === undefined) throw new Error('StoresProvider is missing')
  return stores
}

/** Watches one aspect of a store; renders only when `select`'s answer is another one. */
export function useSelect<T, A>(store: Store<T>, select: (value: T) => A): A {
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}

export function useSettings(): Settings {
  const { settings } = useStores()
  return useSelect(settings, (value) => value)
}

/** The cassette on screen. */
export interface Deck {
  readonly draft: Draft
  /** The latest reading that parsed (or the first one, when none ever did). */
  readonly view: CassetteView
  readonly document: JsonDocument
  readonly interaction: Interaction
  /** Which of the file's interactions it is, from 0. */
  readonly position: number
  /** False while the panels show an older text than the draft's, or a broken one. */
  readonly editable: boolean
  /**
   * Plans edits against the shown text and commits them as one named step. Returns undefined on success,
   * else the reason for the refusal; the draft is then untouched and what was typed must stay on screen.
   */
  edit(
    label: string,
    plan: (document: JsonDocument) => readonly TextEdit[],
    /** What the file is called from then on, when that changes as well. */
    name?: string,
  ): string | undefined
  /** The same, planned against the file's own text: how the file writes something, not what it says. */
  editFile(label: string, plan: (text: string) => readonly TextEdit[]): string | undefined
}

const DeckContext = createContext<Deck | undefined>(undefined)
export const DeckProvider = DeckContext.Provider

export function useDeck(): Deck {
  const deck = use(DeckContext)
  if (deck === undefined) throw new Error('there is no cassette on screen')
  return deck
}

/** The same where there may be nothing to show yet. */
export function useMaybeDeck(): Deck | undefined {
  return use(DeckContext)
}
