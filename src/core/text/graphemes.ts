import type { TextEdit } from './edit.ts'

/** Characters as people see them (UAX #29 extended grapheme clusters): never cut in two. */
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Longer clusters are no writing; a hostile text is not read to its end for one. */
const REACH = 256

/** A segmenter takes quadratic time (V8: 48,000 characters 1 s, 105,000 28 s), so it is given one window at a time. */
const WINDOW = 1024
/** So near to its end a window may show a segment that goes on, or one that what follows would change. */
const MARGIN = 64

/** The segments of a text, each beginning where the one before it ends. */
export function* segmentsOf(
  segmenter: Intl.Segmenter,
  text: string,
): Generator<{ readonly segment: string; readonly isWordLike?: boolean | undefined }> {
  let size = WINDOW
  for (let from = 0; from < text.length; ) {
    const isLast = from + size >= text.length
    let done = 0
    for (const found of segmenter.segment(text.slice(from, from + size))) {
      const end = found.index + found.segment.length
      if (!isLast && end > size - MARGIN) break
      yield found
      done = end
    }
    from += done
    size = done === 0 ? size * 2 : WINDOW
  }
}

/** No character of these goes together with another. */
const PLAIN = /^[\n\t\x20-\x7e]*$/

/** The offsets at which a text may be cut, 0 and its length included. Ascending. */
export function graphemeEnds(text: string): readonly number[] {
  // most answers: every character is one, but a line end of two
  if (PLAIN.test(text)) return Array.from({ length: text.length + 1 }, (_, at) => at)
  const ends = [0]
  let end = 0
  for (const { segment } of segmentsOf(segmenter, text)) {
    end += segment.length
    ends.push(end)
  }
  return ends
}

/** Whether a cut at `offset` leaves every grapheme whole. */
export function isGraphemeBoundary(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return true
  const { window, from } = windowAt(text, offset)
  const found = segmenter.segment(window).containing(offset - from)
  return found === undefined || found.index === offset - from
}

/** The nearest boundary at or before `offset` (with -1), or at or behind it (with 1). */
export function graphemeBoundary(text: string, offset: number, direction: -1 | 1): number {
  if (isGraphemeBoundary(text, offset)) return Math.max(0, Math.min(text.length, offset))
  const { window, from } = windowAt(text, offset)
  const found = segmenter.segment(window).containing(offset - from)
  if (found === undefined) return offset
  return from + found.index + (direction === 1 ? found.segment.length : 0)
}

/**
 * A splice that turns `before` into `after`, widened so that it cuts no grapheme of either: a mark that is put
 * behind a letter takes the letter along, wherever the seam between two pieces may be.
 */
export function wholeGraphemes(before: string, after: string, splice: TextEdit): TextEdit {
  let start = splice.offset
  while (!isGraphemeBoundary(before, start) || !isGraphemeBoundary(after, start)) {
    start = Math.min(graphemeBoundary(before, start, -1), graphemeBoundary(after, start, -1))
  }
  let end = splice.offset + splice.length
  const shift = after.length - before.length
  while (!isGraphemeBoundary(before, end) || !isGraphemeBoundary(after, end + shift)) {
    end = Math.max(graphemeBoundary(before, end, 1), graphemeBoundary(after, end + shift, 1) - shift)
  }
  return { offset: start, length: end - start, content: after.slice(start, end + shift) }
}

/**
 * Segmenting starts anew a little before: what stands further off does not change where a cluster ends, but for
 * flags, which pair up from the first of their row on.
 */
function windowAt(text: string, offset: number): { readonly window: string; readonly from: number } {
  let from = Math.max(0, offset - REACH)
  const first = text.charCodeAt(from)
  if (from > 0 && first >= 0xdc00 && first <= 0xdfff) from++
  let halves = 0
  while (isHalfFlag(text, from - 2 * (halves + 1))) halves++
  if (halves % 2 === 1) from -= 2
  return { window: text.slice(from, offset + REACH), from }
}

/** A regional indicator: two of them are a flag. */
function isHalfFlag(text: string, at: number): boolean {
  const code = at < 0 ? 0 : (text.codePointAt(at) ?? 0)
  return code >= 0x1f1e6 && code <= 0x1f1ff
}
