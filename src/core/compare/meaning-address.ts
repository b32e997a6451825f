import type { Renames } from './generated-ids.ts'
import { isNoiseHeader } from './noise-names.ts'

interface Parts {
  readonly host: string
  readonly segments: readonly string[]
  readonly query: ReadonlyMap<string, string>
}

/** Whether two URLs ask something else: not when only ids, keys, or the port of this very machine differ. */
export function addressDiffers(was: string, is: string, renames: Renames): boolean {
  if (was === is) return false
  const [old, now] = [partsOf(was), partsOf(is)]
  if (old.host !== now.host && old.host !== '' && now.host !== '') return true
  if (old.segments.length !== now.segments.length || old.query.size !== now.query.size) return true
  const path = old.segments.some((segment, at) => {
    const other = now.segments[at] ?? ''
    return segment !== other && !renames.agreeIfIds(segment, other)
  })
  return (
    path ||
    [...old.query].some(([name, value]) => {
      const other = now.query.get(name)
      return other === undefined || (other !== value && !renames.agreeIfIds(value, other))
    })
  )
}

/** Names in a query that say who asks. */
const SECRET = /^(?:key|code|sig|se|sp|sv|st|expires|x-amz-.*|awsaccesskeyid)$/i

/** By hand: recorders write addresses that no URL parser takes, and leave the host out. */
function partsOf(url: string): Parts {
  const [, host = '', path = '', query = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? []
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])(?::\d+)?$/.test(host)
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at === -1 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const)
    })
  return {
    host: isLocal ? 'localhost' : host.toLowerCase().replace(/:(?:443|80)$/, ''),
    segments: path.split('/').filter((segment) => segment !== ''),
    query: new Map(pairs.filter(([name]) => !SECRET.test(name) && !isNoiseHeader(name))),
  }
}
