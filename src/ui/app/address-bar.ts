import type { Origin } from '../../workspace/draft.ts'
import type { LibraryView } from '../../workspace/library-view.ts'
import { formatLocation, type LinkSource, type Location, parseLocation } from '../../workspace/location.ts'

/** The address bar stops naming a cassette that is no longer the one on screen; what it says of the library stays. */
export function clearAddress(): void {
  if (window.location.hash === '' && window.location.search === '') return
  const parsed = parseLocation(window.location.search, window.location.hash)
  const library = parsed.ok ? parsed.location.library : undefined
  write(library ? { library } : {})
}

/** The address bar says what of the library is shown, beside the cassette that it may name. */
export function sayLibrary(view: LibraryView | undefined): void {
  const parsed = parseLocation(window.location.search, window.location.hash)
  // a link of a newer version is not ours to change
  if (!parsed.ok) return
  const { library: _, ...rest } = parsed.location
  const wanted = formatLocation(view ? { ...rest, library: view } : rest)
  if (wanted !== formatLocation(parsed.location)) write(view ? { ...rest, library: view } : rest)
}

function write(location: Location): void {
  history.replaceState(history.state, '', `${window.location.pathname}${formatLocation(location)}`)
}

/** Where the address bar names the file, it names the interaction as well; the playhead was that of another one. */
export function sayInteraction(origin: Origin, interaction: number): void {
  const parsed = parseLocation(window.location.search, window.location.hash)
  if (!parsed.ok || parsed.location.source === undefined || !isFrom(origin, parsed.location.source)) return
  const { source, library } = parsed.location
  write({ source, ...(library && { library }), ...(interaction > 0 && { interaction }) })
}

function isFrom(origin: Origin, source: LinkSource): boolean {
  if (origin.kind === 'url') return source.kind === 'url' && source.url === origin.url
  return origin.kind === (source.kind === 'data' ? 'link' : source.kind)
}
