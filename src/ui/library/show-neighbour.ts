import type { Stores } from '../app/deck.ts'
import type { Opener } from '../app/use-opener.ts'
import { neighbourOf, openEntry } from './open-entry.ts'
import { placesInOrder } from './rows.ts'

/** Shows the next or previous recording: of what the library found where the one on screen is from there. */
export async function showNeighbour(stores: Stores, opener: Opener, direction: 1 | -1): Promise<void> {
  const { shelf, session, libraryView, places } = stores
  const library = shelf.library.get()
  const { current } = session.state.get()
  if (library === undefined || current === undefined || !places.get().has(current)) {
    session.showNeighbour(direction)
    return
  }
  const view = libraryView.get()
  const found = await library.asks.search(view.query, view.sort)
  const entry = neighbourOf(stores, library, placesInOrder(library, found.places, view), direction)
  if (entry === undefined) return
  stores.lastRow.path = entry.path
  await openEntry(stores, opener, entry.path)
}
