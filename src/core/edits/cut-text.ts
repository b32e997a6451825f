import { graphemeEnds, segmentsOf } from '../text/graphemes.ts'

/** How a new text is cut into chunks. */
export type Chunking = 'keep-count' | 'per-word' | 'as-recorded'

const words = new Intl.Segmenter('und', { granularity: 'word' })

/**
 * Cuts a text into the pieces that chunks shall say, never inside a grapheme. `recorded` are the lengths (UTF-16
 * units) of the pieces that the recording has. Joined, the pieces are the text; only 'keep-count' makes empty ones.
 */
export function cutText(text: string, chunking: Chunking, recorded: readonly number[]): readonly string[] {
  switch (chunking) {
    case 'keep-count':
      return keepCount(text, recorded)
    case 'per-word':
      return perWord(text)
    case 'as-recorded':
      return asRecorded(text, recorded)
  }
}

/** As many pieces as before, each with the share of the new text that it had of the old. */
function keepCount(text: string, recorded: readonly number[]): readonly string[] {
  if (recorded.length === 0) return text === '' ? [] : [text]
  const ends = graphemeEnds(text)
  const total = recorded.reduce((sum, length) => sum + length, 0)
  const count = ends.length - 1
  let before = 0
  let seen = 0
  return recorded.map((length, at) => {
    seen += length
    const share = total === 0 ? (at + 1) / recorded.length : seen / total
    const end = at === recorded.length - 1 ? count : Math.max(before, Math.round(share * count))
    const piece = text.slice(ends[before], ends[end])
    before = end
    return piece
  })
}

/**
 * One word a piece, as models say them: the space before a word and the marks behind it go with it. What has no
 * spaces (Chinese, Japanese, Thai) is cut where a dictionary knows words.
 */
function perWord(text: string): readonly string[] {
  const pieces: string[] = []
  let pending = ''
  for (const { segment, isWordLike } of segmentsOf(words, text)) {
    if (isWordLike) {
      pieces.push(pending + segment)
      pending = ''
    } else if (pending === '' && pieces.length > 0 && !/^\s/.test(segment)) {
      pieces[pieces.length - 1] += segment
    } else {
      pending += segment
    }
  }
  if (/\S/.test(pending) || pieces.length === 0) pieces.push(pending)
  else pieces[pieces.length - 1] += pending
  return wholeGraphemes(text, pieces)
}

/** Pieces of the lengths that were recorded, over and over while there is text. */
function asRecorded(text: string, recorded: readonly number[]): readonly string[] {
  const lengths = recorded.filter((length) => length > 0)
  if (lengths.length === 0) return text === '' ? [] : [text]
  const pieces: string[] = []
  let from = 0
  for (let at = 0; from < text.length; at++) {
    const end = from + (lengths[at % lengths.length] ?? 1)
    pieces.push(text.slice(from, end))
    from = end
  }
  return wholeGraphemes(text, pieces)
}

/** Moves the cuts that fall into a grapheme behind it; pieces that nothing is left of go. */
function wholeGraphemes(text: string, pieces: readonly string[]): readonly string[] {
  const ends = graphemeEnds(text)
  const whole: string[] = []
  let at = 0
  let from = 0
  let wanted = 0
  for (const piece of pieces) {
    wanted += piece.length
    while ((ends[at] ?? text.length) < wanted) at++
    const end = ends[at] ?? text.length
    if (end > from) whole.push(text.slice(from, end))
    from = end
  }
  return whole
}
