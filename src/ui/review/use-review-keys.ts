import { useEffect, useEffectEvent } from 'react'
import { moveIn } from '../library/list-keys.ts'

export interface ReviewKeys {
  readonly count: number
  move(by: number): void
  viewed(): void
  open(): void
  /** False where there was nothing to go back from. */
  back(): boolean
}

/** j, k and arrows go through the files, Enter compares, v marks as viewed and goes on, Escape goes back to the list. */
export function useReviewKeys(keys: ReviewKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey) return
    const target = event.target instanceof Element ? event.target : undefined
    if (target?.closest('[role="dialog"], [role="menu"], [role="tablist"], [role="slider"], .monaco-editor'))
      return
    if (target?.closest('input:not([type="checkbox"]), textarea, select')) return
    // inside of a comparison the arrows scroll; letters are this page's everywhere
    const isInside = target?.closest('[data-testid="review-detail"]') != null
    if (isInside && !/^(?:[jkv]|Escape)$/.test(event.key)) return
    const by = moveIn(event, false, keys.count)
    if (by !== undefined) keys.move(by)
    else if (event.ctrlKey || event.metaKey) return
    else if (event.key === 'v') keys.viewed()
    else if (event.key === 'Enter' && target?.closest('button, a, summary') == null) keys.open()
    else if (event.key !== 'Escape' || !keys.back()) return
    event.preventDefault()
  })
  useEffect(() => {
    // before the keys of the library, whose Escape leaves the page
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}
