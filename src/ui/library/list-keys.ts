/** Rows that a page key moves. */
const PAGE = 12

/** How many rows a key moves in a list; undefined for other keys. While one types only what a field has no use for. */
export function moveIn(
  { key, ctrlKey, metaKey }: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  isTyping: boolean,
  count: number,
): number | undefined {
  if (ctrlKey || metaKey) return undefined
  switch (key) {
    case 'ArrowDown':
      return 1
    case 'ArrowUp':
      return -1
    case 'PageDown':
      return PAGE
    case 'PageUp':
      return -PAGE
    case 'j':
      return isTyping ? undefined : 1
    case 'k':
      return isTyping ? undefined : -1
    case 'Home':
      return isTyping ? undefined : -count
    case 'End':
      return isTyping ? undefined : count
    default:
      return undefined
  }
}
