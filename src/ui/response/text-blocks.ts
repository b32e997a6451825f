/**
 * Layout of one long paragraph is what makes playback slow (16 ms a frame are passed at about 20,000 tokens in
 * one text node), so a text is shown as blocks of which only the last one changes. Blocks are cut behind line
 * breaks, where a block boundary looks just like the line break itself.
 */
const COMFORTABLE = 2000
/** A longer stretch without any line break is cut all the same. */
const LONGEST = 20_000

/** Ascending end offsets of the blocks; the last one is the text's length. */
export function blockEnds(text: string): readonly number[] {
  const ends: number[] = []
  let start = 0
  while (start < text.length) {
    const end = blockEnd(text, start)
    ends.push(end)
    start = end
  }
  return ends
}

function blockEnd(text: string, start: number): number {
  if (text.length - start <= COMFORTABLE) return text.length
  // in a slice: searching the text itself would walk back to its very beginning
  const before = text.slice(start, start + COMFORTABLE).lastIndexOf('\n')
  if (before !== -1) return start + before + 1
  const behind = text.slice(start, start + LONGEST).indexOf('\n', COMFORTABLE)
  if (behind !== -1) return start + behind + 1
  if (text.length - start <= LONGEST) return text.length
  const cut = start + LONGEST
  const splitsPair =
    (text.charCodeAt(cut - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(cut) & 0xfc00) === 0xdc00
  return splitsPair ? cut - 1 : cut
}

/** The block that holds the character at `offset`; the last one for an offset behind the end. */
export function blockAt(ends: readonly number[], offset: number): number {
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}
