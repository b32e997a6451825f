import { useCallback, useEffect, useRef } from 'react'

/** The focus goes along with the file that is chosen; answers what is called before another one is, or none is open. */
export function useRowFocus(chosen: string | undefined): (isClosing?: boolean) => void {
  const isWanted = useRef(false)
  // the row may come with any drawing: the list shows itself again when the comparison beside it closes
  useEffect(() => {
    if (!isWanted.current || chosen === undefined) return
    isWanted.current = false
    const row = `[data-testid="review-item"][data-path="${CSS.escape(chosen)}"] button`
    document.querySelector<HTMLElement>(row)?.focus({ preventScroll: true })
  })
  return useCallback((isClosing = false) => {
    const detail = document.activeElement?.closest<HTMLElement>('[data-testid="review-detail"]')
    // what has it in the comparison goes away with the comparison
    if (detail && !isClosing) detail.focus({ preventScroll: true })
    else isWanted.current = true
  }, [])
}
