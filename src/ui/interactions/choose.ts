import { sayInteraction } from '../app/address-bar.ts'
import { type Stores, useSelect, useStores } from '../app/deck.ts'

/** Which interaction of a draft is shown: what was chosen, else what the link that brought it says, else the first. */
function chosenOf({ chosen, arrivals }: Pick<Stores, 'chosen' | 'arrivals'>, draftId: string): number {
  return chosen.get().get(draftId) ?? arrivals.get(draftId)?.interaction ?? 0
}

export function useChosen(draftId: string): number {
  const stores = useStores()
  return useSelect(stores.chosen, () => chosenOf(stores, draftId))
}

/** Shows an interaction of a draft; the address bar says so where it names the draft. */
export function choose(stores: Stores, draftId: string, position: number): void {
  stores.chosen.update((all) => new Map(all).set(draftId, position))
  const draft = stores.session.state.get().drafts.find(({ id }) => id === draftId)
  if (draft !== undefined) sayInteraction(draft.origin, position)
}

/** The one before or behind, among `count`. */
export function chooseNeighbour(stores: Stores, draftId: string, count: number, direction: 1 | -1): void {
  const at = Math.min(chosenOf(stores, draftId), count - 1)
  const wanted = at + direction
  if (wanted >= 0 && wanted < count) choose(stores, draftId, wanted)
}
