import { type Group, groupEntries } from '../../core/library/group.ts'
import type { Library } from '../../workspace/library.ts'
import type { LibraryView } from '../../workspace/library-view.ts'

/** A line of the list: a recording by its place in the library, or the head of a group. */
export type Row =
  | { readonly kind: 'recording'; readonly place: number }
  | { readonly kind: 'group'; readonly group: Group; readonly folded: boolean }

/** Groups one under the other, each with its head; the recordings of a folded one are left out. */
export function rowsOf(groups: readonly Group[], folded: ReadonlySet<string>): readonly Row[] {
  const rows: Row[] = []
  for (const group of groups) {
    const isFolded = folded.has(group.key)
    rows.push({ kind: 'group', group, folded: isFolded })
    if (!isFolded) for (const place of group.places) rows.push({ kind: 'recording', place })
  }
  return rows
}

/** What was found in the order in which the list shows it, folded groups too. */
export function placesInOrder(
  library: Library,
  places: Int32Array,
  { group }: LibraryView,
): readonly number[] {
  if (group === 'none') return [...places]
  return groupEntries(library.entries, places, group).flatMap((one) => [...one.places])
}

/** The next row that holds a recording, from `at` in a direction; `at` itself where there is none. */
export function nextRecording(rows: readonly Row[], at: number, step: number): number {
  const direction = Math.sign(step)
  let left = Math.abs(step)
  let found = at
  for (let row = at + direction; row >= 0 && row < rows.length && left > 0; row += direction) {
    if (rows[row]?.kind !== 'recording') continue
    found = row
    left--
  }
  return found
}
