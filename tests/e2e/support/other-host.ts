/** A second origin on loopback, for what the app fetches from elsewhere; it writes down who asked for what. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { test as base } from '../../support/deck-test.ts'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

export interface OtherHost {
  /** Host and port. */
  readonly host: string
  /** Without a slash at the end. */
  readonly origin: string
  readonly asked: readonly Asked[]
  answer(path: string, answer: Answer): void
}

const ANY_ORIGIN = { 'access-control-allow-origin': '*' }

export const test = base.extend<{ readonly otherHost: OtherHost }>({
  otherHost: async ({ browserName: _ }, use) => {
    const answers = new Map<string, Answer>()
    const asked: Asked[] = []
    const server = createServer(({ url = '/', headers }, response) => {
      asked.push({ path: url, headers })
      const { status = 200, headers: own = {}, body } = answers.get(url) ?? { status: 404, body: '' }
      response.writeHead(status, { ...ANY_ORIGIN, ...own }).end(body)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The other host has no port.')
    const host = `127.0.0.1:${address.port}`
    await use({
      host,
      origin: `http://${host}`,
      asked,
      answer: (path, answer) => answers.set(path, answer),
    })
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  },
  allowedHosts: async ({ otherHost }, use) => use([otherHost.host]),
})
