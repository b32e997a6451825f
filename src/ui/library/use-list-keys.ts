import { useEffect, useEffectEvent } from 'react'
import type { Stores } from '../app/deck.ts'

/** Keys of the list, wherever the focus stands but in fields, menus and dialogs. */
export function useListKeys({ overlay }: Stores, take: (event: globalThis.KeyboardEvent) => boolean): void {
  const onKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || overlay.get() !== undefined || event.altKey) return
    const target = event.target instanceof Element ? event.target : undefined
    if (target?.closest('input:not([type="checkbox"]), textarea, select, [role="menu"], [role="dialog"]'))
      return
    if (event.key === '/') {
      document.querySelector<HTMLInputElement>('[data-library-search]')?.focus()
      event.preventDefault()
      return
    }
    // a button that has the focus is pressed by these, not the row
    if (event.key === 'Enter' && target?.closest('button, a, summary, [role="tab"]')) return
    if (/^Arrow|^Home$|^End$/.test(event.key) && target?.closest('[role="tab"]')) return
    if (take(event)) event.preventDefault()
  })
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
