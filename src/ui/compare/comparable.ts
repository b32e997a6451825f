import { formatProjection } from '../../core/syntax/json-format.ts'
import { FORMAT_LIMIT, longLineOf, soundIndex, tooLongToFormat } from '../source/shown-text.ts'

/** Two texts as they are compared. */
export interface Sides {
  readonly original: string
  readonly modified: string
  /** Why there is nothing to compare, as a sentence. */
  readonly equal?: string
  /** What was done to the texts before. */
  readonly note?: string
}

/** Lays both sides out when one of them is a long line, so that a difference is a line and not the file. */
export function comparable(original: string, modified: string): Sides {
  const sides = { original, modified }
  if (original === modified) return { ...sides, equal: 'Both are equal, character for character.' }
  if (unified(original) === unified(modified))
    return { ...sides, equal: 'They differ only in their line ends.' }
  if (tooLongToFormat(original) || tooLongToFormat(modified)) {
    const limit = FORMAT_LIMIT.toLocaleString('en')
    return { ...sides, note: `Shown as in the files: above ${limit} characters nothing is laid out.` }
  }
  const [one, other] = [soundIndex(original), soundIndex(modified)]
  const isLong =
    one !== undefined &&
    other !== undefined &&
    (longLineOf(original, one) !== undefined || longLineOf(modified, other) !== undefined)
  if (!isLong) return sides
  const formatted = {
    original: formatProjection(original, one).text,
    modified: formatProjection(modified, other).text,
  }
  return formatted.original === formatted.modified
    ? { ...formatted, equal: 'They differ only in white space between their tokens.' }
    : { ...formatted, note: 'Shown formatted: white space between tokens is not compared.' }
}

/** Monaco makes line ends alike, so they are no difference it could show. */
function unified(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}
