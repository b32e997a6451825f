import { useEffect } from 'react'
import type { Stores } from '../app/deck.ts'
import type { FileDialogs } from '../app/file-inputs.tsx'

/** Keys that hold on every page of the library. */
export function useLibraryKeys(
  { overlay, session, screen }: Stores,
  dialogs: () => FileDialogs | null,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || overlay.get() !== undefined || event.altKey) return
      const target = event.target instanceof Element ? event.target : undefined
      const isTyping = target?.closest('input:not([type="checkbox"]), textarea, select') != null
      const isCommand = event.ctrlKey || event.metaKey
      if (isCommand && event.key.toLowerCase() === 'o' && !event.shiftKey) dialogs()?.pickFiles()
      else if (isCommand && event.key.toLowerCase() === 'k') overlay.set({ kind: 'palette' })
      else if (isCommand || isTyping) return
      else if (event.key === '?') overlay.set({ kind: 'shortcuts' })
      else if (event.key === 'Escape' && session.state.get().drafts.length > 0) screen.set('deck')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [overlay, session, screen, dialogs])
}
