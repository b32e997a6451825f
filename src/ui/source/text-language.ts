import { findJsonError } from '../../core/syntax/json-error.ts'

/** How a text is coloured; only JSON is checked by Monaco itself. */
export type TextLanguage = 'json' | 'yaml' | 'plaintext'

/** A first line that is longer is not read to see whether it is JSON by itself. */
const LONGEST_LINE = 1_000_000

/** By the beginning of the text alone: while somebody types it may be in any state. */
export function textLanguage(text: string): TextLanguage {
  const head = text.slice(0, 2000).trimStart()
  if (/^[[{]/.test(head)) return isJsonLines(text) ? 'plaintext' : 'json'
  // events of a stream look like YAML, and are none
  if (/^(?:(?:data|event|id|retry)?:|httprr )/.test(head)) return 'plaintext'
  return /^(?:---|%YAML|#|- |["'\w][^\n:]*:(?:\s|$))/.test(head) ? 'yaml' : 'plaintext'
}

/** One JSON value a line. */
function isJsonLines(text: string): boolean {
  const start = text.search(/\S/)
  const end = text.indexOf('\n', start)
  if (end === -1 || end - start > LONGEST_LINE || text.slice(end).trim() === '') return false
  return findJsonError(text.slice(start, end)) === undefined
}
