/**
 * Text as it is compared: composed (NFC), in lower case, with one kind of sigma. What a person types and what was
 * recorded meet here, whatever keyboard and file system they came from.
 */
export function foldText(text: string): string {
  // nothing below U+0300 is changed by composing, and `normalize` costs a copy
  if (!NEEDS_MORE.test(text)) return text.toLowerCase()
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ')
}

const NEEDS_MORE = /[\u0300-\uffff]/

/** Where in `text` the character stands that `folded` has at `offset`: folding can make a text longer or shorter. */
export function unfoldedOffset(text: string, folded: string, offset: number): number {
  if (text.length === folded.length) return offset
  // the folded length of a prefix only grows with it
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (foldText(text.slice(0, middle)).length < offset) low = middle + 1
    else high = middle
  }
  return low
}
