/** May a URL that a link named be fetched? Decided here, asked by the UI, done by the platform. */
export type RemoteVerdict =
  | { readonly kind: 'allowed'; readonly url: string }
  /** The person must be asked first, with the host's name. */
  | { readonly kind: 'ask'; readonly url: string; readonly host: string }
  | { readonly kind: 'refused'; readonly reason: string }

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/

/** Addresses of the person's own machine. Hosts come without a trailing dot. */
function isLoopback(host: string): boolean {
  if (IPV4.test(host)) return host.startsWith('127.')
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]'
}

/** Addresses of private networks (RFC 1918, 6598, 3927, 2544, 4193, 4291) and names that never are public. */
function isPrivate(host: string): boolean {
  if (host.startsWith('[')) return isPrivateIpv6(host.slice(1, -1))
  if (IPV4.test(host)) {
    const [a = 0, b = 0] = host.split('.').map(Number)
    return (
      a === 0 ||
      a === 10 ||
      (a === 100 && b >= 64 && b < 128) ||
      (a === 169 && b === 254) ||
      (a === 172 && b >= 16 && b < 32) ||
      (a === 192 && b === 168) ||
      (a === 198 && (b === 18 || b === 19)) ||
      a >= 224
    )
  }
  return !host.includes('.') || /\.(?:local|internal|lan|home|corp|intranet|home\.arpa)$/.test(host)
}

function isPrivateIpv6(address: string): boolean {
  // unspecified, loopback and IPv4-mapped; unique local; link- and site-local; multicast
  if (/^(?:::|f[cd]|fe[89abcdef]|ff)/.test(address)) return true
  // NAT64 and 6to4 forms hide an IPv4 address
  return address.startsWith('64:ff9b:') || address.startsWith('2002:')
}

/** A fully qualified name may end in a dot and is the same host. */
function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, '')
}

/**
 * `page` is the URL of this page. Only https leaves the machine; loopback is reachable only from a page that
 * itself runs on loopback, private networks never, credentials in the URL never.
 */
export function judgeRemote(wanted: string, page: string): RemoteVerdict {
  const here = new URL(page)
  let url: URL
  try {
    url = new URL(wanted, here)
  } catch {
    return { kind: 'refused', reason: `"${wanted}" is not a URL.` }
  }
  if (url.username !== '' || url.password !== '') {
    return { kind: 'refused', reason: 'The URL holds a user name or password; such links are not opened.' }
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { kind: 'refused', reason: `Only https: addresses are opened, this one is ${url.protocol}` }
  }
  if (url.origin === here.origin) return { kind: 'allowed', url: url.href }
  const host = hostOf(url)
  if (isLoopback(host)) {
    if (!isLoopback(hostOf(here))) {
      return {
        kind: 'refused',
        reason: `${url.host} is your own machine; a page on the web may not read from it.`,
      }
    }
    return { kind: 'ask', url: url.href, host: url.host }
  }
  if (url.protocol !== 'https:') {
    return { kind: 'refused', reason: `Only https: addresses are opened, this one is ${url.protocol}` }
  }
  if (isPrivate(host)) {
    return {
      kind: 'refused',
      reason: `${url.host} is an address in a private network; links may not reach there.`,
    }
  }
  return { kind: 'ask', url: url.href, host: url.host }
}
