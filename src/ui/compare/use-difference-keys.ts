import { type RefObject, useEffect } from 'react'

/** Marks what the keys stop at. */
export const DIFFERENCE = { 'data-difference': '', tabIndex: -1 } as const

/** A part that somebody has folded away is a stop itself: what differs in it is not there. */
const STOPS =
  '[data-difference], [data-testid="compare-section"]:not([data-differences="0"]) button[aria-expanded="false"]'

/** Goes to the next (1) or previous (-1) difference; from the end to the beginning. */
export function showDifference(within: HTMLElement | null, direction: 1 | -1): void {
  const all = [...(within?.querySelectorAll<HTMLElement>(STOPS) ?? [])]
  const here = all.findIndex((one) => one.contains(document.activeElement))
  const at =
    here === -1 ? (direction === 1 ? 0 : all.length - 1) : (here + direction + all.length) % all.length
  const next = all[at]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'center' })
}

/** n and p, as long as nobody types. */
export function useDifferenceKeys(within: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const { target } = event
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]'))
        return
      if (event.key !== 'n' && event.key !== 'p') return
      event.preventDefault()
      showDifference(within.current, event.key === 'n' ? 1 : -1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [within, active])
}
