/**
 * The part of core that knows every format and every provider: loaded with the first file, not with the page. Once it
 * is here it answers at once, so that a key typed into a text is read and drawn in one frame.
 */

import type { Reading } from '../core/open.ts'
import type { JsonDocument } from '../core/syntax/json-node.ts'
import { EditError, type TextEdit } from '../core/text/edit.ts'
import { loadedDecoders } from '../platform/reader/brotli.ts'
import { readText } from '../platform/reader/reader-client.ts'

export { loadedDecoders }

type Door = typeof import('../core/open.ts') & typeof import('../core/retype.ts')

let door: Door | undefined

/** A reading, with the door open for what will be done with it. */
export async function readWithDoor(text: string, signal?: AbortSignal): Promise<Reading> {
  const [reading, open, retype] = await Promise.all([
    readText(text, signal),
    import('../core/open.ts'),
    import('../core/retype.ts'),
  ])
  door ??= { ...open, ...retype }
  return reading
}

/** What has been loaded already. */
export function loadedDoor(): Door | undefined {
  return door
}

/** The way back from a reading to its file, kept for the text that was asked about last: it is made anew for each. */
let last: { readonly text: string; readonly view: ReturnType<Door['viewOf']> } | undefined

function viewOf(text: string): ReturnType<Door['viewOf']> {
  if (last?.text !== text) last = { text, view: door?.viewOf(text, loadedDecoders()) }
  return last.view
}

/**
 * Edits of the document that a file was read as, as edits of the file's text. Throws `EditError` where the file cannot
 * say that.
 */
export function editsOfFile(
  text: string,
  document: JsonDocument,
  edits: readonly TextEdit[],
): readonly TextEdit[] {
  if (document.text === text) return edits
  const view = viewOf(text)
  if (view === undefined) throw new EditError('this file is still being read')
  return view.put(edits)
}

/** Where a part of the document stands in the file's text; undefined for what stands nowhere in it. */
export function spanInFile(
  text: string,
  document: JsonDocument,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } | undefined {
  return document.text === text ? { start, end } : viewOf(text)?.span(start, end)
}
