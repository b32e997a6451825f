/**
 * Spans of text are lit with the CSS Custom Highlight API: no element per chunk, so a million chunks cost what
 * one does. Where a browser lacks it the text is simply not lit; the chunk list still is.
 */
export type HighlightName = 'playhead' | 'hovered' | 'ahead'

/** Lights a range; the returned function puts it out. */
export function lightRange(name: HighlightName, range: Range): () => void {
  if (!('highlights' in CSS)) return () => {}
  const highlight = CSS.highlights.get(name) ?? new Highlight()
  CSS.highlights.set(name, highlight)
  highlight.add(range)
  return () => {
    highlight.delete(range)
  }
}

/** Where a point of the screen lies in the text; undefined when it is over no text. */
export function caretAt(x: number, y: number): { readonly node: Node; readonly offset: number } | undefined {
  if ('caretPositionFromPoint' in document) {
    const position = document.caretPositionFromPoint(x, y)
    return position ? { node: position.offsetNode, offset: position.offset } : undefined
  }
  const range = (
    document as Document & { caretRangeFromPoint?(x: number, y: number): Range | null }
  ).caretRangeFromPoint?.(x, y)
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined
}
