import { type Entry, isGone } from '../core/library/entry.ts'
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
  /** Of the entries, paths of files that are not there any more: neither found nor counted. */
  readonly gone: readonly string[]
  /** Paths of files that are called like no recording; `progress.skipped` counts those beyond them, too. */
  readonly others: readonly string[]
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
        gone: [],
        others: [],
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
      return afterEntries(before, event.entries)
    case 'changed':
      for (const { at, entry } of event.entries) entries[at] = entry
      return afterEntries(
        before,
        event.entries.map(({ entry }) => entry),
      )
    case 'others':
      return { ...before, others: event.paths }
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

function afterEntries(before: Library, told: readonly Entry[]): Library {
  return { ...before, revision: before.revision + 1, gone: goneAfter(before.gone, told) }
}

/** Mostly nothing is gone and nothing comes back: then it is the same list. */
function goneAfter(gone: readonly string[], told: readonly Entry[]): readonly string[] {
  if (gone.length === 0 && !told.some(isGone)) return gone
  const all = new Set(gone)
  for (const entry of told) {
    if (isGone(entry)) all.add(entry.path)
    else all.delete(entry.path)
  }
  return [...all].toSorted()
}

/** Files that are there: what a count of all means. */
export function countOf({ entries, gone }: Library): number {
  return entries.length - gone.length
}

function nameOf(sources: readonly TreeSource[]): string {
  const names = sources.map(({ name }) => name)
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
