import type { Entry } from '../../core/library/entry.ts'
import { openRead } from '../../queries/opening.ts'
import { holdsWork } from '../../workspace/draft.ts'
import type { Library } from '../../workspace/library.ts'
import type { Stores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import type { Opener } from '../app/use-opener.ts'
import { nameOfPath } from '../widgets/path-words.ts'

/** The draft that a file of the library is open as, if it is. */
export function draftOf(stores: Stores, path: string): string | undefined {
  for (const [id, place] of stores.places.get()) if (place === path) return id
  return undefined
}

/** Only the latest wish counts: a key that is held down asks for many files one after the other. */
let wished = 0

/**
 * Puts a recording of the library on the desk. What was opened from there before and holds no work makes place: one
 * goes through thousands without thousands of them staying open. `keep` leaves them.
 */
export async function openEntry(stores: Stores, opener: Opener, path: string, keep = false): Promise<void> {
  const library = stores.shelf.library.get()
  if (library === undefined) return
  const known = draftOf(stores, path)
  if (known !== undefined) {
    stores.session.show(known)
    stores.screen.set('deck')
    return
  }
  const mine = ++wished
  const [bytes, handle] = await Promise.all([library.asks.read(path), library.asks.handle(path)])
  if (mine !== wished && !keep) return
  if ('problem' in bytes) {
    notify(`${path} was not opened: ${bytes.problem}`, 'error')
    return
  }
  const { drafts, rejected } = await openRead(nameOfPath(path), bytes, handle)
  if (mine !== wished && !keep) return
  stores.session.reject(rejected)
  if (drafts.length === 0) {
    notify(`${path}: ${rejected[0]?.problem.message ?? 'it could not be read.'}`, 'error')
    return
  }
  const [id] = opener.add(drafts)
  if (id === undefined) return
  const before = stores.places.get()
  stores.places.set(new Map(before).set(id, path))
  if (keep) stores.kept.add(id)
  else for (const old of before.keys()) closeIdle(stores, old)
}

/** Opens several, beside what is open. */
export async function openEntries(stores: Stores, opener: Opener, paths: readonly string[]): Promise<void> {
  for (const path of paths) await openEntry(stores, opener, path, true)
}

function closeIdle({ session, typing, kept }: Stores, id: string): void {
  if (kept.has(id)) return
  const draft = session.state.get().drafts.find((one) => one.id === id)
  if (draft !== undefined && !holdsWork(draft) && !typing.get().has(id)) session.close(id)
}

/**
 * The recording before or after the one on screen, in the order in which the library shows them; undefined when what
 * is on screen is not of it. Files that are no recordings are passed over.
 */
export function neighbourOf(
  stores: Stores,
  library: Library,
  places: readonly number[] | Int32Array,
  direction: 1 | -1,
): Entry | undefined {
  const path = stores.places.get().get(stores.session.state.get().current ?? '')
  if (path === undefined) return undefined
  let at = places.findIndex((place) => library.entries[place]?.path === path)
  // not among what is found: there is no before and after
  if (at === -1) return undefined
  do at += direction
  while (places[at] !== undefined && library.entries[places[at] ?? -1]?.facts === undefined)
  return library.entries[places[at] ?? -1]
}
