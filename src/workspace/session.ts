import type { Diagnostic } from '../core/cassette/diagnostic.ts'
import type { Decoded } from '../core/file-text.ts'
import {
  type Change,
  commit,
  createDraft,
  type Draft,
  jump,
  keepMine,
  loadDisk,
  markSaved,
  type Origin,
  type Outcome,
  redo,
  undo,
} from './draft.ts'
import { createStore, type Store } from './store.ts'

/** A file that could not be opened, and why. */
export interface Rejected {
  readonly name: string
  readonly problem: Diagnostic
}

export interface SessionState {
  readonly drafts: readonly Draft[]
  /** Id of the draft on screen. */
  readonly current: string | undefined
  readonly rejected: readonly Rejected[]
}

export interface NewDraft {
  readonly name: string
  readonly origin: Origin
  readonly base: Decoded
}

/** Everything a person can do with the set of open cassettes. */
export interface Session {
  readonly state: Store<SessionState>
  /** Adds cassettes beside those that are open and shows the first; returns the ids, in order. */
  open(files: readonly NewDraft[]): readonly string[]
  /** Closes all, then opens. Undrafted changes are the caller's to ask about. */
  replaceAll(files: readonly NewDraft[]): readonly string[]
  reject(rejected: readonly Rejected[]): void
  dismissRejected(): void
  close(id: string): void
  show(id: string): void
  /** Shows the next (1) or previous (-1) cassette; stays at the ends. */
  showNeighbour(direction: 1 | -1): void
  commit(id: string, change: Change): Outcome
  undo(id: string): void
  redo(id: string): void
  /** Goes to the state after the first `position` steps of the history. */
  jump(id: string, position: number): void
  saved(id: string, saved: Decoded, name?: string): void
  /** The file on disk has changed: keep the text and compare with that from now on, or load it as a step. */
  diskChanged(id: string, disk: Decoded, choice: 'keep-mine' | 'load'): void
  /** Adds drafts with all their history, as they were kept; shows the first only when nothing else is shown. */
  restore(drafts: readonly KeptDraft[]): readonly string[]
}

/** A draft as it was kept: all but the id, which belongs to one session. */
export type KeptDraft = Omit<Draft, 'id'>

const EMPTY: SessionState = { drafts: [], current: undefined, rejected: [] }

export function createSession(now: () => number = Date.now): Session {
  const state = createStore<SessionState>(EMPTY)
  let made = 0
  const make = ({ name, origin, base }: NewDraft): Draft => createDraft(`draft-${++made}`, name, origin, base)
  const replace = (id: string, change: (draft: Draft) => Draft): void =>
    state.update((session) => ({
      ...session,
      drafts: session.drafts.map((draft) => (draft.id === id ? change(draft) : draft)),
    }))

  const add = (files: readonly NewDraft[], before: readonly Draft[]): readonly string[] => {
    const drafts = files.map(make)
    if (drafts.length === 0) return []
    state.update((session) => ({ ...session, drafts: [...before, ...drafts], current: drafts[0]?.id }))
    return drafts.map(({ id }) => id)
  }

  return {
    state,
    open: (files) => add(files, state.get().drafts),
    replaceAll(files) {
      state.update((session) => ({ ...session, drafts: [], current: undefined }))
      return add(files, [])
    },
    reject: (rejected) => state.update((session) => ({ ...session, rejected })),
    dismissRejected: () => state.update((session) => ({ ...session, rejected: [] })),
    close(id) {
      state.update((session) => {
        const at = session.drafts.findIndex((draft) => draft.id === id)
        const drafts = session.drafts.filter((draft) => draft.id !== id)
        const neighbour = drafts[Math.min(at, drafts.length - 1)]?.id
        return { ...session, drafts, current: session.current === id ? neighbour : session.current }
      })
    },
    show(id) {
      state.update((session) =>
        session.drafts.some((draft) => draft.id === id) ? { ...session, current: id } : session,
      )
    },
    showNeighbour(direction) {
      state.update((session) => {
        const at = session.drafts.findIndex((draft) => draft.id === session.current)
        const neighbour = session.drafts[at + direction]
        return neighbour === undefined ? session : { ...session, current: neighbour.id }
      })
    },
    commit(id, change) {
      const draft = state.get().drafts.find((candidate) => candidate.id === id)
      if (draft === undefined) return { ok: false, reason: 'This cassette is no longer open.' }
      const outcome = commit(draft, change, now())
      if (outcome.ok) replace(id, () => outcome.draft)
      return outcome
    },
    undo: (id) => replace(id, undo),
    redo: (id) => replace(id, redo),
    jump: (id, position) => replace(id, (draft) => jump(draft, position)),
    saved: (id, base, name) => replace(id, (draft) => markSaved(draft, base, name)),
    diskChanged: (id, disk, choice) =>
      replace(id, (draft) => (choice === 'load' ? loadDisk(draft, disk, now()) : keepMine(draft, disk))),
    restore(kept) {
      const drafts = kept.map((draft): Draft => ({ ...draft, id: `draft-${++made}` }))
      state.update((session) => ({
        ...session,
        drafts: [...session.drafts, ...drafts],
        current: session.current ?? drafts[0]?.id,
      }))
      return drafts.map(({ id }) => id)
    },
  }
}
