import type { TextEdit } from '../text/edit.ts'
import { isBlank, isBreak } from './yaml-chars.ts'
import type { ScalarNode } from './yaml-node.ts'
import type { PieceMap, Place } from './yaml-pieces.ts'
import { doubleQuoted, foldedLines, isPrintable, type Spelling, singleQuoted } from './yaml-spelling.ts'

/** A text between the quotes or in the lines of a style; undefined where the style cannot say it. */
export const WRITERS: Record<ScalarNode['style'], (value: string, spelling: Spelling) => string | undefined> =
  {
    plain: (value, spelling) =>
      isPrintable(value) && !value.includes('\t') ? foldedLines(value, spelling) : undefined,
    single: (value, spelling) => (isPrintable(value) ? singleQuoted(value, spelling) : undefined),
    double: doubleQuoted,
    literal: () => undefined,
    folded: (value, spelling) => (isPrintable(value) ? foldedLines(value, spelling) : undefined),
  }

export interface InPlace {
  readonly edits: readonly TextEdit[]
  /** Whether they read as wanted beyond doubt: no fold is near. */
  readonly isSure: boolean
}

/** Edits of the decoded text, each written at its own place. */
export function editsInPlace(
  text: string,
  node: ScalarNode,
  pieces: PieceMap,
  spelling: Spelling,
  edits: readonly TextEdit[],
): InPlace | undefined {
  const made: TextEdit[] = []
  let last: Place | undefined
  let isSure = node.style === 'single' || node.style === 'double'
  for (const edit of edits) {
    const end = edit.offset + edit.length
    const place = pieces.place(edit.offset, end, node.start + 1)
    // two that meet in one fold are one
    if (last && last.end > place.start) return undefined
    last = place
    const head = node.value.slice(place.from, edit.offset)
    const content = WRITERS[node.style](head + edit.content + node.value.slice(end, place.to), spelling)
    if (content === undefined) return undefined
    made.push({ offset: place.start, length: place.end - place.start, content })
    isSure &&= isFarFromFolds(text, place, content)
  }
  return { edits: made, isSure }
}

/** In quotes, between two characters that are no blanks, what is written on one line reads as it says. */
function isFarFromFolds(text: string, place: Place, content: string): boolean {
  const around = [text.charCodeAt(place.start - 1), text.charCodeAt(place.end)]
  if (around.some((unit) => isBlank(unit) || isBreak(unit) || isSurrogate(unit))) return false
  return (
    content === '' ||
    /^[^\s\ud800-\udfff](?:[^\r\n\x85\u2028\u2029\ud800-\udfff]*[^\s\ud800-\udfff])?$/.test(content)
  )
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

/** Widens an edit over the blanks and line breaks around it. */
export function beyondFolds(value: string, edit: TextEdit): TextEdit {
  let from = edit.offset
  let to = edit.offset + edit.length
  while (from > 0 && isFoldable(value.charCodeAt(from - 1))) from--
  while (to < value.length && isFoldable(value.charCodeAt(to))) to++
  const content = value.slice(from, edit.offset) + edit.content + value.slice(edit.offset + edit.length, to)
  return { offset: from, length: to - from, content }
}

function isFoldable(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10
}
