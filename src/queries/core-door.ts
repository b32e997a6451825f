/**
 * The part of core that knows every format and every provider: loaded with the first file, not with the page. Once it
 * is here it answers at once, so that a key typed into a text is read and drawn in one frame.
 */
import type { JsonDocument } from '../core/syntax/json-node.ts'
import type { TextEdit } from '../core/text/edit.ts'

type Door = typeof import('../core/open.ts')

let door: Door | undefined

/** Loads it; the same module for all. */
export async function openDoor(): Promise<Door> {
  door ??= await import('../core/open.ts')
  return door
}

/** What has been loaded already. */
export function loadedDoor(): Door | undefined {
  return door
}

/** The way back from a reading to its file, kept for the text that was asked about last: it is made anew for each. */
let last: { readonly text: string; readonly view: ReturnType<Door['viewOf']> } | undefined

function viewOf(text: string): ReturnType<Door['viewOf']> {
  if (last?.text !== text) last = { text, view: door?.viewOf(text) }
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
  return document.text === text ? edits : (viewOf(text)?.put(edits) ?? edits)
}

/** Where a part of the document stands in the file's text; undefined for what stands nowhere in it. */
export function spanInFile(
  text: string,
  document: JsonDocument,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } | undefined {
  return document.text === text ? { start, end } : viewOf(text)?.span(start, end)
}
