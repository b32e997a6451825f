import type { Health } from '../../core/library/health.ts'
import type { Numbers } from '../../core/library/numbers.ts'
import type { Excerpt, SearchAnswer, SortKey } from '../../core/library/search.ts'
import type { LookUp } from '../../core/lookup/look-up.ts'
import type { LibraryEvent } from '../../workspace/library-port.ts'
import type { TreeFile, TreeSource, Unreadable } from '../../workspace/tree.ts'

/** What a library is asked. */
export type Question =
  | { readonly kind: 'search'; readonly query: string; readonly sort: SortKey }
  | { readonly kind: 'excerpts'; readonly query: string; readonly places: readonly number[] }
  | { readonly kind: 'numbers'; readonly query: string }
  | { readonly kind: 'health' }
  | { readonly kind: 'look-up'; readonly pasted: string }
  | { readonly kind: 'read'; readonly path: string }
  | { readonly kind: 'handle'; readonly path: string }

/** And what it answers, by the kind of the question. */
export interface Answers {
  readonly search: SearchAnswer
  readonly excerpts: ReadonlyMap<number, readonly Excerpt[]>
  readonly numbers: Numbers
  readonly health: Health
  readonly 'look-up': LookUp
  readonly read: Uint8Array | Unreadable
  readonly handle: FileSystemFileHandle | undefined
}

export type Answer = Answers[keyof Answers]

/** A source as it is sent: of files only the name, they come in pieces. */
export type SentSource =
  | Exclude<TreeSource, { kind: 'files' }>
  | { readonly kind: 'files'; readonly name: string }

/** A worker holds one library; `open` is the first that it hears. */
export type ToLibrary =
  | { readonly kind: 'open'; readonly sources: readonly SentSource[] }
  /** More files of a source, by its place; none: these were all. */
  | { readonly kind: 'files'; readonly source: number; readonly files: readonly TreeFile[] }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** Nobody waits for the answer any more. */
  | { readonly kind: 'drop'; readonly id: number }

export type FromLibrary =
  | { readonly kind: 'event'; readonly event: LibraryEvent }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string }
  /** How far a long answer has come. */
  | { readonly kind: 'step'; readonly id: number; readonly done: number; readonly all: number }
