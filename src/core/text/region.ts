import { applyEdits, spliceBetween, type TextEdit } from './edit.ts'

/**
 * A short-lived decoded view of some text that can hand an edit of itself to the text that holds it.
 * A region is built against one revision of the file and must not outlive it.
 */
export interface Region {
  /** The decoded text. */
  readonly text: string
  /** Translates simultaneous edits of `text` into edits of the outermost text. Throws `EditError` when it cannot. */
  toOuter(...edits: readonly TextEdit[]): readonly TextEdit[]
}

/** An encoding: how a text is written inside another. */
export interface Layer {
  readonly text: string
  /** Translates an edit of the decoded text into one edit of the encoded text. */
  toInner(edit: TextEdit): TextEdit
}

/** The region of a whole text: edits pass unchanged. */
export function wholeRegion(text: string): Region {
  return { text, toOuter: (...edits) => edits }
}

/** Views `outer` through an encoding that `layer` describes (its offsets are those of `outer.text`). */
export function lift(outer: Region, layer: Layer): Region {
  return {
    text: layer.text,
    toOuter: (...edits) => outer.toOuter(...edits.map((edit) => layer.toInner(edit))),
  }
}

/** Views a part of `outer` as it is written. */
export function part(outer: Region, start: number, end: number): Region {
  return lift(outer, {
    text: outer.text.slice(start, end),
    toInner: (edit) => ({ ...edit, offset: edit.offset + start }),
  })
}

/**
 * Views `outer` through an encoding that has no places in it (base64, gzip, a checksum): any edit writes the whole
 * anew, and what comes out the same is not touched. `encode` throws `EditError` when the encoding is only read.
 */
export function opaque(outer: Region, text: string, encode: (text: string) => string): Region {
  return {
    text,
    toOuter: (...edits) => {
      const splice = spliceBetween(outer.text, encode(applyEdits(text, edits)))
      return splice === undefined ? [] : outer.toOuter(splice)
    },
  }
}

/**
 * Where a part of a region stands in the outermost text: where its removal would take place, to the first and the last
 * character.
 */
export function outerSpan(
  region: Region,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const edits = region.toOuter({ offset: start, length: end - start, content: '' })
  if (edits.length === 0) return undefined
  return {
    start: Math.min(...edits.map(({ offset }) => offset)),
    end: Math.max(...edits.map(({ offset, length }) => offset + length)),
  }
}

/**
 * Reads many regions as one text. An edit is sent only to the pieces it touches; inserted text goes to the
 * piece where the edit starts (at a seam: the piece that ends there, so typing at the end of a word continues
 * it; before the first character: the first piece that has any).
 */
export function concat(pieces: readonly Region[]): Region {
  const ends: number[] = []
  let length = 0
  for (const piece of pieces) {
    length += piece.text.length
    ends.push(length)
  }
  return {
    text: pieces.map((piece) => piece.text).join(''),
    toOuter: (...edits) => edits.flatMap((edit) => spread(pieces, ends, edit)),
  }
}

function spread(pieces: readonly Region[], ends: readonly number[], edit: TextEdit): readonly TextEdit[] {
  const to = edit.offset + edit.length
  const home = homePiece(pieces, ends, edit)
  return pieces.flatMap((piece, index) => {
    const end = ends[index] ?? 0
    const start = end - piece.text.length
    const from = Math.max(edit.offset, start)
    const length = Math.min(to, end) - from
    const content = index === home ? edit.content : ''
    if (length <= 0 && content === '') return []
    return piece.toOuter({ offset: Math.min(from, end) - start, length: Math.max(0, length), content })
  })
}

/** A replacement goes where the replaced text begins; an insertion to the piece that ends at the caret. */
function homePiece(pieces: readonly Region[], ends: readonly number[], edit: TextEdit): number {
  const replaces = edit.length > 0
  const at = ends.findIndex((end, index) => {
    const start = end - (pieces[index]?.text.length ?? 0)
    if (start === end) return false
    return replaces ? edit.offset < end : edit.offset <= end
  })
  return at === -1 ? pieces.length - 1 : at
}
