import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Found, searchQuery } from '../../queries/library.ts'
import type { Library } from '../../workspace/library.ts'
import type { LibraryView } from '../../workspace/library-view.ts'
import { useSelect, useStores } from '../app/deck.ts'

export function useLibrary(): Library | undefined {
  const { shelf } = useStores()
  return useSelect(shelf.library, (value) => value)
}

export function useLibraryView(): LibraryView {
  const { libraryView } = useStores()
  return useSelect(libraryView, (value) => value)
}

/** What the query finds; while it is asked anew, what it found before. */
export function useFound(library: Library, view: LibraryView): Found | undefined {
  return useQuery({ ...searchQuery(library, view), placeholderData: keepPreviousData }).data
}
