/** What an event carries, whatever carries the event: JSON as it is, anything else as a text. */
import { textView, type View, verbatim } from '../projection/view.ts'
import { scanJson } from '../syntax/json-index.ts'
import { JsonDocument } from '../syntax/json-node.ts'
import { applyEdits, EditError, spliceBetween } from '../text/edit.ts'
import { part, type Region } from '../text/region.ts'

export function isJson(text: string): boolean {
  return scanJson(text).valid
}

/** How JSON stands in an event: a text as it is, unless it would be read as something else then. */
export function dataOf(json: string): string {
  const { root, index } = JsonDocument.of(json)
  if (!index.valid) throw new EditError('this would be no JSON any more')
  const text = root?.string()
  return text === undefined || isJson(text) ? json : text
}

/** JSON with white space around it as JSON, anything else as a text. */
export function dataView(region: Region): View {
  const { text } = region
  const start = text.length - text.trimStart().length
  const end = text.trimEnd().length
  if (start < end && isJson(text)) return verbatim(part(region, start, end))
  const view = textView(region)
  return {
    ...view,
    // "[DONE]" may give its place to an error, and a text that would be read as JSON is written in quotes
    put(edits) {
      const splice = spliceBetween(text, dataOf(applyEdits(view.json, edits)))
      return splice === undefined ? [] : region.toOuter(splice)
    },
  }
}
