import { addView, type LibraryView, viewFrom } from './library-view.ts'

/**
 * What the address bar says. Everything lives in the fragment (`#v=1&...`), so any static host serves it and
 * nothing of it reaches a server; `?url=` is read as well, since people write it by hand.
 *
 * Versions: `v` names the meaning of the keys. Each older version has an upgrader to the next one, checked
 * complete when this module loads; old links work for ever. A newer version than ours is said, not guessed. A key that
 * is added and leaves the others their meaning (`i`, `page`, `q`) needs no new version.
 */
export interface Location {
  readonly source?: LinkSource
  /** What of a library is shown; which folder it is only the person can say. */
  readonly library?: LibraryView
  /** Which of the file's interactions, from 0; links count from 1, as the screen does. None is the first. */
  readonly interaction?: number
  /** How many chunks of it have arrived: the playhead. */
  readonly position?: number
  readonly autoplay?: boolean
}

export type LinkSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'data'; readonly data: string; readonly name: string }
  | { readonly kind: 'sample' }

export type ParsedLocation =
  | { readonly ok: true; readonly location: Location }
  | { readonly ok: false; readonly reason: string }

export const LOCATION_VERSION = 1

type Upgrade = (keys: URLSearchParams) => URLSearchParams

/** `UPGRADES[n]` turns the keys of version n into those of version n + 1. */
const UPGRADES: readonly Upgrade[] = [
  // 0: before links had a version (hand-written `#url=` and `?url=`)
  (keys) => keys,
]

if (UPGRADES.length !== LOCATION_VERSION) throw new Error('every link version needs its upgrader')

const MAX_NAME = 255

const INTERACTION = /^[1-9]\d{0,5}$/

export function parseLocation(search: string, hash: string): ParsedLocation {
  let keys = handWritten(hash) ?? new URLSearchParams(hash.replace(/^#/, ''))
  const byHand = handWritten(search)?.get('url') ?? new URLSearchParams(search).get('url')
  if (byHand !== null && !keys.has('url')) keys.set('url', byHand)
  const version = keys.get('v') ?? '0'
  if (!/^\d{1,4}$/.test(version) || Number(version) > LOCATION_VERSION) {
    return {
      ok: false,
      reason:
        'This link was made by a newer version of Cassette Deck. Reload the page to get it, then try again.',
    }
  }
  for (const upgrade of UPGRADES.slice(Number(version))) keys = upgrade(keys)
  const source = sourceOf(keys)
  const library = viewFrom(keys)
  const position = keys.get('t')
  const interaction = keys.get('i')
  return {
    ok: true,
    location: {
      ...(source && { source }),
      ...(library && { library }),
      ...(interaction !== null && INTERACTION.test(interaction) && { interaction: Number(interaction) - 1 }),
      ...(position !== null && /^\d{1,9}$/.test(position) && { position: Number(position) }),
      ...(keys.get('autoplay') === '1' && { autoplay: true }),
    },
  }
}

/** `#url=` or `?url=` and then a URL as it is, with all its own `&` and `+`; our keys may follow at the very end. */
const BY_HAND = /^[#?]url=(https?:\/\/.*?)((?:&(?:i=\d{1,6}|t=\d{1,9}|autoplay=[01]))*)$/

function handWritten(text: string): URLSearchParams | undefined {
  const match = BY_HAND.exec(text)
  if (match === null) return undefined
  const keys = new URLSearchParams(match[2])
  keys.set('url', match[1] ?? '')
  return keys
}

function sourceOf(keys: URLSearchParams): LinkSource | undefined {
  const data = keys.get('data')
  if (data !== null) {
    return { kind: 'data', data, name: nameFrom(keys.get('name')) }
  }
  const url = keys.get('url')
  if (url) return { kind: 'url', url }
  return keys.get('sample') === '1' ? { kind: 'sample' } : undefined
}

function nameFrom(name: string | null): string {
  const cut = (name || 'cassette.json').slice(0, MAX_NAME)
  // not in the middle of a character
  return cut.replace(/[\ud800-\udbff]$/, '')
}

/** The fragment for a location, with its "#"; empty when there is nothing to say. */
export function formatLocation(location: Location): string {
  const keys = new URLSearchParams()
  const { source, library, interaction, position, autoplay } = location
  if (source?.kind === 'url') keys.set('url', source.url)
  if (source?.kind === 'sample') keys.set('sample', '1')
  if (source?.kind === 'data') {
    keys.set('name', source.name)
    keys.set('data', source.data)
  }
  if (library !== undefined) addView(keys, library)
  if (interaction !== undefined) keys.set('i', String(interaction + 1))
  if (position !== undefined) keys.set('t', String(position))
  if (autoplay) keys.set('autoplay', '1')
  return keys.size === 0 ? '' : `#v=${LOCATION_VERSION}&${keys}`
}
