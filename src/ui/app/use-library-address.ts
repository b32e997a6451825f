import { useEffect } from 'react'
import { sayLibrary } from './address-bar.ts'
import type { Stores } from './deck.ts'

/** Milliseconds: browsers refuse an address that changes with every key. */
const SETTLE = 300

/** Keeps what of the library is shown in the address bar, for as long as there is one or its pages are on screen. */
export function useLibraryAddress({ shelf, libraryView, screen }: Stores): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = (): void => {
      const isThere = shelf.library.get() !== undefined || screen.get() === 'library'
      sayLibrary(isThere ? libraryView.get() : undefined)
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(say, SETTLE)
    }
    const ends = [shelf.library, libraryView, screen].map(({ subscribe }) => subscribe(later))
    return () => {
      clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [shelf, libraryView, screen])
}
