import { useEffect } from 'react'
import { sayLibrary } from './address-bar.ts'
import type { Stores } from './deck.ts'

/** Milliseconds: browsers refuse an address that changes with every key. */
const SETTLE = 300

/** Keeps what of the library is shown in the address bar, for as long as there is one or its pages are on screen; of a
 * review the change on GitHub. Folders and diffs have no address. */
export function useLibraryAddress({ shelf, libraryView, screen, reviewSource }: Stores): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const say = (): void => {
      const review = reviewSource.get()
      const isThere = shelf.library.get() !== undefined || screen.get() === 'library' || review !== undefined
      const change = review?.kind === 'github' || review?.kind === 'link' ? review.url : undefined
      sayLibrary(isThere ? { ...libraryView.get(), ...(change !== undefined && { change }) } : undefined)
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(say, SETTLE)
    }
    const ends = [shelf.library, libraryView, screen, reviewSource].map(({ subscribe }) => subscribe(later))
    return () => {
      clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [shelf, libraryView, screen, reviewSource])
}
