import { useEffect } from 'react'
import type { Stores } from './deck.ts'

/** What an entry of the browser's history is marked with that was made when a recording was opened from the library. */
const DECK = 'deck-from-library'

/** The browser's Back leads from a recording to the library that it was opened from, and not out of the app. */
export function useWayBack({ screen, shelf }: Stores): void {
  useEffect(() => {
    let before = screen.get()
    const onScreen = (): void => {
      const now = screen.get()
      const opened = before === 'library' && now === 'deck' && shelf.library.get() !== undefined
      before = now
      if (opened && window.history.state !== DECK) window.history.pushState(DECK, '')
    }
    const onBack = (): void => {
      if (window.history.state !== DECK && shelf.library.get() !== undefined) screen.set('library')
    }
    const end = screen.subscribe(onScreen)
    window.addEventListener('popstate', onBack)
    return () => {
      end()
      window.removeEventListener('popstate', onBack)
    }
  }, [screen, shelf])
}
