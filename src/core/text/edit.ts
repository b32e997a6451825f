/**
 * The only currency of change: replace `length` UTF-16 units at `offset` by `content`.
 * A list of edits is simultaneous: every offset refers to the text before any of them is applied.
 */
export interface TextEdit {
  readonly offset: number
  readonly length: number
  readonly content: string
}

/** Why a list of edits cannot be applied; the text is then left untouched. */
export class EditError extends Error {
  override readonly name = 'EditError'
}

/** Sorts edits by offset and throws `EditError` when one leaves the text or two overlap. */
export function orderEdits(edits: readonly TextEdit[], textLength: number): readonly TextEdit[] {
  const ordered = edits.map((edit, index) => ({ edit, index }))
  ordered.sort((a, b) => a.edit.offset - b.edit.offset || a.index - b.index)
  let end = 0
  for (const { edit } of ordered) {
    // written so that NaN fails as well
    if (!(edit.offset >= 0 && edit.length >= 0 && edit.offset + edit.length <= textLength)) {
      throw new EditError(`edit ${edit.offset}+${edit.length} is outside a text of ${textLength} characters`)
    }
    if (edit.offset < end) throw new EditError(`two edits overlap at ${edit.offset}`)
    end = edit.offset + edit.length
  }
  return ordered.map(({ edit }) => edit)
}

/** Applies simultaneous edits. Throws `EditError` on overlap or out-of-range offsets. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let end = 0
  for (const edit of orderEdits(edits, text.length)) {
    result += text.slice(end, edit.offset) + edit.content
    end = edit.offset + edit.length
  }
  return result + text.slice(end)
}

/** The edits that turn `applyEdits(text, edits)` back into `text`. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0
  return orderEdits(edits, text.length).map((edit) => {
    const inverse = {
      offset: edit.offset + shift,
      length: edit.content.length,
      content: text.slice(edit.offset, edit.offset + edit.length),
    }
    shift += edit.content.length - edit.length
    return inverse
  })
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

const BLOCK = 4096

function isSameBlock(a: string, atA: number, b: string, atB: number): boolean {
  return a.slice(atA, atA + BLOCK) === b.slice(atB, atB + BLOCK)
}

/**
 * The smallest single edit that turns `before` into `after`; undefined when they are equal.
 * Never cuts a surrogate pair in two.
 */
export function spliceBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  // whole blocks are compared at the speed of memory; one keystroke in a megabyte is looked for in between
  let start = 0
  while (start + BLOCK <= shorter && isSameBlock(before, start, after, start)) start += BLOCK
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--
  let tail = 0
  while (
    tail + BLOCK <= shorter - start &&
    isSameBlock(before, before.length - tail - BLOCK, after, after.length - tail - BLOCK)
  ) {
    tail += BLOCK
  }
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++
  }
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail--
  return {
    offset: start,
    length: before.length - tail - start,
    content: after.slice(start, after.length - tail),
  }
}

/** Where an offset of the old text lies in the new one; inside a replaced range it moves to its end. */
export function mapOffset(offset: number, edits: readonly TextEdit[]): number {
  let shift = 0
  for (const edit of edits.toSorted((a, b) => a.offset - b.offset)) {
    if (edit.offset + edit.length <= offset && edit.offset < offset) {
      shift += edit.content.length - edit.length
    } else if (edit.offset < offset) {
      return edit.offset + shift + edit.content.length
    }
  }
  return offset + shift
}
