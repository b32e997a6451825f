import type { Entry } from '../core/library/entry.ts'
import type { Health } from '../core/library/health.ts'
import type { Numbers } from '../core/library/numbers.ts'
import type { Excerpt, SearchAnswer, SortKey } from '../core/library/search.ts'
import type { LookUp } from '../core/lookup/look-up.ts'
import type { TreeNote, TreeSource, Unreadable } from './tree.ts'

/** Folders full of recordings, read and searched away from the screen. The platform implements it with a worker. */
export interface LibraryPort {
  /** Begins to list and read; what is found comes as events, soon and often. */
  open(sources: readonly TreeSource[], hear: (event: LibraryEvent) => void): OpenLibrary
  /** Folders of earlier visits whose handles were kept, the latest first. */
  remembered(): Promise<readonly RememberedFolder[]>
  /** Opens one of them; asks for permission, so it must be called in a click. */
  reopen(key: string): Promise<TreeSource | Unreadable>
  forget(key: string): Promise<void>
}

export interface RememberedFolder {
  readonly key: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly opened: number
}

export type LibraryEvent =
  | { readonly kind: 'progress'; readonly progress: LibraryProgress }
  /** Entries that are new (`at` is how many there were before). Each has its place in the list for ever. */
  | { readonly kind: 'entries'; readonly at: number; readonly entries: readonly Entry[] }
  /** Entries that were looked at again and are others now, by their place; a file that is gone has the problem "vanished". */
  | {
      readonly kind: 'changed'
      readonly entries: readonly { readonly at: number; readonly entry: Entry }[]
    }
  /** Files that were passed over because of their names: all of the pass, or the first thousands of them. */
  | { readonly kind: 'others'; readonly paths: readonly string[] }
  | { readonly kind: 'notes'; readonly notes: readonly TreeNote[] }
  /** Everything has been read, or as much as was wanted. */
  | { readonly kind: 'done'; readonly cancelled: boolean }
  | { readonly kind: 'failed'; readonly problem: string }

export interface LibraryProgress {
  /** Files found so far; `listed` says that there are no more. */
  readonly files: number
  readonly listed: boolean
  /** Files read or taken from the cache. */
  readonly done: number
  readonly cached: number
  /** Of the files that are done. */
  readonly bytes: number
  /** Files that were passed over because of their names. */
  readonly skipped?: number
}

/** One library in the worker. Asked while it is still read, it answers for what it has. Each call may be aborted. */
export interface OpenLibrary {
  /** Stops reading; what was read stays. */
  cancel(): void
  /** Lists again and reads what is new or changed. */
  refresh(): void
  close(): void
  search(query: string, sort: SortKey, signal?: AbortSignal): Promise<SearchAnswer>
  /** Where a query is found in some entries, for the rows on screen. By place in the list. */
  excerpts(
    query: string,
    places: readonly number[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<number, readonly Excerpt[]>>
  numbers(query: string, signal?: AbortSignal): Promise<Numbers>
  health(progress: (done: number, all: number) => void, signal?: AbortSignal): Promise<Health>
  lookUp(pasted: string, progress: (done: number, all: number) => void, signal?: AbortSignal): Promise<LookUp>
  read(path: string): Promise<Uint8Array | Unreadable>
  /** Of a folder that was opened with a handle. */
  handle(path: string): Promise<FileSystemFileHandle | undefined>
}
