import type { Origin } from '../../workspace/draft.ts'
import { formatLocation, type LinkSource, parseLocation } from '../../workspace/location.ts'

/** The address bar stops naming a cassette that is no longer the one on screen. */
export function clearAddress(): void {
  if (window.location.hash !== '' || window.location.search !== '') {
    history.replaceState(null, '', window.location.pathname)
  }
}

/** Where the address bar names the file, it names the interaction as well; the playhead was that of another one. */
export function sayInteraction(origin: Origin, interaction: number): void {
  const parsed = parseLocation(window.location.search, window.location.hash)
  if (!parsed.ok || parsed.location.source === undefined || !isFrom(origin, parsed.location.source)) return
  const { source } = parsed.location
  const named = { source, ...(interaction > 0 && { interaction }) }
  history.replaceState(null, '', `${window.location.pathname}${formatLocation(named)}`)
}

function isFrom(origin: Origin, source: LinkSource): boolean {
  if (origin.kind === 'url') return source.kind === 'url' && source.url === origin.url
  return origin.kind === (source.kind === 'data' ? 'link' : source.kind)
}
