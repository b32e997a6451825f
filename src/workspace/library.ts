import type { Entry } from '../core/library/entry.ts'
import type { LibraryEvent, LibraryPort, LibraryProgress, OpenLibrary } from './library-port.ts'
import { createStore, type Store } from './store.ts'
import type { TreeNote, TreeSource } from './tree.ts'

/** The folder on the shelf: what was read of it so far. */
export interface Library {
  /** Another one for every folder that is opened. */
  readonly id: number
  readonly name: string
  readonly sources: readonly TreeSource[]
  readonly status: 'reading' | 'ready' | 'cancelled' | 'failed'
  /** Why it failed. */
  readonly problem?: string
  readonly progress: LibraryProgress
  /**
   * Grows while it is read. One list that is added to, since copying 100,000 for every batch would take longer than
   * reading them; `revision` says that it is another one now.
   */
  readonly entries: readonly Entry[]
  readonly revision: number
  readonly notes: readonly TreeNote[]
  /** What it is asked; it answers for what has been read. */
  readonly asks: OpenLibrary
}

/** Holds at most one library. */
export interface Shelf {
  readonly library: Store<Library | undefined>
  /** Puts another folder on the shelf; the one before is closed. */
  open(sources: readonly TreeSource[]): void
  cancel(): void
  /** Looks again at what is on disk. */
  refresh(): void
  close(): void
}

const NOTHING_YET: LibraryProgress = { files: 0, listed: false, done: 0, cached: 0, bytes: 0 }

export function createShelf(port: LibraryPort): Shelf {
  const library = createStore<Library | undefined>(undefined)
  let opened = 0
  const close = (): void => {
    library.get()?.asks.close()
    library.set(undefined)
  }
  const change = (id: number, what: (before: Library) => Library): void =>
    library.update((before) => (before?.id === id ? what(before) : before))

  return {
    library,
    open(sources) {
      close()
      const id = ++opened
      const entries: Entry[] = []
      // what is said before `open` has answered is heard when there is something to change
      let early: LibraryEvent[] | undefined = []
      const hear = (event: LibraryEvent): void => {
        if (early !== undefined) early.push(event)
        else change(id, (before) => afterEvent(before, entries, event))
      }
      const asks = port.open(sources, hear)
      library.set({
        id,
        name: nameOf(sources),
        sources,
        status: 'reading',
        progress: NOTHING_YET,
        entries,
        revision: 0,
        notes: [],
        asks,
      })
      const waiting = early
      early = undefined
      for (const event of waiting) hear(event)
    },
    cancel: () => library.get()?.asks.cancel(),
    refresh() {
      const now = library.get()
      if (now === undefined) return
      change(now.id, (before) => ({ ...before, status: 'reading', notes: [] }))
      now.asks.refresh()
    },
    close,
  }
}

function afterEvent(before: Library, entries: Entry[], event: LibraryEvent): Library {
  switch (event.kind) {
    case 'progress':
      return { ...before, progress: event.progress }
    case 'entries':
      // places are for ever: what comes twice takes its own place
      event.entries.forEach((entry, at) => {
        entries[event.at + at] = entry
      })
      return { ...before, revision: before.revision + 1 }
    case 'changed':
      for (const { at, entry } of event.entries) entries[at] = entry
      return { ...before, revision: before.revision + 1 }
    case 'notes':
      return { ...before, notes: [...before.notes, ...event.notes] }
    case 'done':
      return { ...before, status: event.cancelled ? 'cancelled' : 'ready' }
    case 'failed':
      return { ...before, status: 'failed', problem: event.problem }
    default:
      return event satisfies never
  }
}

function nameOf(sources: readonly TreeSource[]): string {
  const names = sources.map(({ name }) => name)
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
