import { queryOptions } from '@tanstack/react-query'
import { rescanJson } from '../core/syntax/json-rescan.ts'
import { spliceBetween } from '../core/text/edit.ts'
import type { Draft } from '../workspace/draft.ts'
import { type CassetteView, viewOf } from '../workspace/view.ts'
import { loadedDoor, readWithDoor } from './core-door.ts'

/** Characters; the readings of longer texts take too much memory to keep those that nobody shows. */
const KEPT_BELOW = 1_000_000

/** How long a reading that nobody shows is kept: `wanted` milliseconds, if its text is not too long. */
export function keptFor(draft: Draft, wanted: number): number {
  return draft.text.length > KEPT_BELOW ? 0 : wanted
}

/** A number for each text that drafts have been compared with: it is the key of its reading. */
const baseNumbers = new WeakMap<Draft['base'], number>()
let bases = 0

/** Another one whenever a draft is compared with another text. */
export function baseNumber({ base }: Draft): number {
  const known = baseNumbers.get(base) ?? ++bases
  baseNumbers.set(base, known)
  return known
}

/** The reading of what a draft is compared with: its file as it was opened or last saved. It is no revision. */
export function baseReadingQuery(draft: Draft) {
  const before: Draft = { ...draft, text: draft.base.text, name: draft.baseName, revision: -1 }
  return queryOptions({
    queryKey: ['reading', draft.id, 'base', baseNumber(draft)] as const,
    queryFn: async ({ signal }): Promise<CassetteView> =>
      viewOf(before, await readWithDoor(before.text, signal)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: keptFor(before, 2000),
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}

/**
 * The reading of one revision. The revision is in the key, so nothing is ever invalidated by hand; the answer
 * holds typed arrays and must keep its identity. It takes the signal: a reading that typing has left behind
 * before its turn came is never made.
 */
export function readingQuery(draft: Draft) {
  return queryOptions({
    queryKey: ['reading', draft.id, draft.revision] as const,
    queryFn: async ({ signal }): Promise<CassetteView> =>
      remember(viewOf(draft, await readWithDoor(draft.text, signal))),
    // what was typed into a text is there in the same frame, without a worker's round trip and a second drawing
    initialData: () => typedReading(draft),
    staleTime: Number.POSITIVE_INFINITY,
    // a reading of an older revision is not asked for again, except by undo, which reads anew
    gcTime: keptFor(draft, 2000),
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}

/** Characters; of longer texts even what is left to do takes more than a frame. */
const TYPED_BELOW = 4_000_000

/** The newest reading that was made: the next key changes the same text. */
let latest: CassetteView | undefined

function remember(view: CassetteView): CassetteView {
  // a longer one is never typed into so, and would only be kept
  const isKept = view.sound && view.document !== undefined && view.text.length <= TYPED_BELOW
  latest = isKept ? view : undefined
  return view
}

/** The reading of a text that differs from the one before inside of one string; undefined for all others. */
function typedReading(draft: Draft): CassetteView | undefined {
  const before = latest
  const door = loadedDoor()
  if (door === undefined || before?.document === undefined || before.draftId !== draft.id) return undefined
  if (before.document.text !== before.text) return undefined
  if (draft.text.length > TYPED_BELOW) return undefined
  const { index } = before.document
  const edit = spliceBetween(before.text, draft.text)
  const rescanned = edit && rescanJson(index, edit, draft.text)
  if (rescanned === undefined) return undefined
  const reading =
    door.retype({ ...before, index }, draft.text, rescanned) ??
    door.readCassette(draft.text, { index: rescanned.index })
  return remember(viewOf(draft, reading))
}
