import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
}

export interface StaticServer {
  /** Ends with a slash: the address of the app. */
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Serves a folder as a plain static host would, under a path and on a free loopback port. It has no fallback to
 * index.html and knows nothing of the app: what works here works on any host.
 */
export async function serveStatic(folder: string, path = '/some/deck/'): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname.startsWith(path) ? fileAt(folder, pathname.slice(path.length)) : undefined
    if (file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found')
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    if (request.method === 'HEAD') response.end()
    else createReadStream(file).pipe(response)
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The test server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

function fileAt(folder: string, path: string): string | undefined {
  let relative: string
  try {
    relative = normalize(decodeURIComponent(path === '' ? 'index.html' : path))
  } catch {
    return undefined
  }
  if (relative.startsWith('..') || relative.startsWith(sep) || relative.includes('\0')) return undefined
  const file = join(folder, relative)
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined
}
