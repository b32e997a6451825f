import type { Session } from './session.ts'
import type { Store } from './store.ts'

/** Something that is kept by draft id. */
export interface ByDraft {
  ids(): Iterable<string>
  forget(ids: readonly string[]): void
}

export function byDraft(map: Map<string, unknown>): ByDraft {
  return { ids: () => map.keys(), forget: (ids) => ids.forEach((id) => void map.delete(id)) }
}

export function byDraftIn<T>(store: Store<ReadonlyMap<string, T>>): ByDraft {
  return {
    ids: () => store.get().keys(),
    forget: (ids) => store.update((all) => new Map([...all].filter(([id]) => !ids.includes(id)))),
  }
}

/** Lets go of what is known of drafts that are closed: a file alone can be 250 MB. Ids are never used again. */
export function forgetClosed({ state }: Session, kept: readonly ByDraft[]): void {
  let seen = state.get().drafts
  state.subscribe(() => {
    const { drafts } = state.get()
    if (drafts === seen) return
    seen = drafts
    const open = new Set(drafts.map(({ id }) => id))
    for (const one of kept) {
      const closed = [...one.ids()].filter((id) => !open.has(id))
      if (closed.length > 0) one.forget(closed)
    }
  })
}
