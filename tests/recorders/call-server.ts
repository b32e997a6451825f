/** The API that is recorded: on this machine, gone after the recording. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, RECORDED, sentBody } from './calls.ts'

export interface ServerOptions {
  /** Bodies that are no streams are sent with their length. */
  readonly withLengths?: boolean
}

/** Runs `record` while the calls are answered at a port of 127.0.0.1. */
export async function withCallServer<T>(
  calls: readonly Call[],
  record: (port: number) => Promise<T>,
  { withLengths = true }: ServerOptions = {},
): Promise<T> {
  const server = createServer((request, response) => {
    const call = calls.find(({ path }) => path === request.url)
    request.resume().on('end', () => {
      if (call === undefined) {
        response.writeHead(404).end()
        return
      }
      const body = sentBody(call, RECORDED)
      const headers = { 'Content-Type': call.type, ...(call.isGzip && { 'Content-Encoding': 'gzip' }) }
      if (withLengths && call.type === 'application/json') {
        response.writeHead(200, { ...headers, 'Content-Length': body.length }).end(body)
        return
      }
      // in pieces, and the length is not known before
      response.writeHead(200, headers)
      const half = body.length >> 1
      response.write(body.subarray(0, half), () => response.end(body.subarray(half)))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    return await record((server.address() as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
}
