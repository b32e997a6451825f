/** `urllib.parse.urlparse` of CPython 3.12, as far as the recorder uses it. `new URL` would normalise. */

/** `urllib.parse.uses_params`: only there does `;` end the path. */
const WITH_PARAMS = new Set([
  '',
  'ftp',
  'hdl',
  'prospero',
  'http',
  'https',
  'shttp',
  'rtsp',
  'rtsps',
  'rtspu',
  'sip',
  'sips',
  'mms',
  'sftp',
  'tel',
])

export function parsePythonUrl(url: string): { readonly host: string; readonly path: string } {
  // control characters before, line ends and tabs anywhere
  let start = 0
  while (url.charCodeAt(start) <= 32) start++
  let rest = url.slice(start).replace(/[\t\r\n]/g, '')
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest)?.[1]
  if (scheme !== undefined) rest = rest.slice(scheme.length + 1)
  let host = ''
  if (rest.startsWith('//')) {
    const end = rest.slice(2).search(/[/?#]/)
    host = end === -1 ? rest.slice(2) : rest.slice(2, end + 2)
    rest = rest.slice(host.length + 2)
  }
  const [beforeFragment = ''] = rest.split('#', 1)
  const [path = ''] = beforeFragment.split('?', 1)
  if (!WITH_PARAMS.has((scheme ?? '').toLowerCase())) return { host, path }
  const params = path.indexOf(';', Math.max(0, path.lastIndexOf('/')))
  return { host, path: params === -1 ? path : path.slice(0, params) }
}
