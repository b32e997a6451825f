import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_FILE_BYTES } from '../../src/core/file-text.ts'
import { fetchFile } from '../../src/platform/fetch-file.ts'
import { remoteFileQuery } from '../../src/queries/remote-file.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const URL_WITH_PORT = 'https://files.example:8443/a/b.json?x=1'
const fakeFetch = vi.fn<typeof fetch>()

beforeEach(() => {
  fakeFetch.mockReset()
  vi.stubGlobal('fetch', fakeFetch)
  vi.stubGlobal('location', { href: 'https://deck.example.org/app/' })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** A body that gives the same megabyte until it is cancelled or `pieces` have been read. */
function body(pieces: number, piece: Uint8Array<ArrayBuffer>) {
  const seen = { given: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (seen.given++ < pieces) controller.enqueue(piece)
        else controller.close()
      },
      cancel() {
        seen.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { seen, stream }
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    return error instanceof Error ? error.message : ''
  }
  throw new Error('nothing was thrown')
}

describe('fetching a file', () => {
  it('sends no cookies and no referrer, follows no redirect and asks once', async () => {
    fakeFetch.mockResolvedValue(new Response('{}'))
    const { signal } = new AbortController()
    await fetchFile(URL_WITH_PORT, signal)
    expect(fakeFetch).toHaveBeenCalledTimes(1)
    const [url, options] = fakeFetch.mock.calls[0] ?? []
    expect(url).toBe(URL_WITH_PORT)
    expect(options).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' })
    expect(options?.signal).toBe(signal)
    expect(options?.method ?? 'GET').toBe('GET')
    expect(options?.headers).toBeUndefined()
    expect(options?.body).toBeUndefined()
  })

  it('gives the bytes as they come, in pieces of any size', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7) & 255)
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (const [from, to] of [
          [0, 1],
          [1, 1],
          [1, 4000],
          [4000, 5000],
        ] as const) {
          controller.enqueue(bytes.slice(from, to))
        }
        controller.close()
      },
    })
    fakeFetch.mockResolvedValue(new Response(stream))
    expect(await fetchFile(URL_WITH_PORT)).toEqual(bytes)
    fakeFetch.mockResolvedValue(new Response(null))
    expect(await fetchFile(URL_WITH_PORT)).toEqual(new Uint8Array(0))
  })

  it('stops reading once there is more than can be opened, and says so with the host', async () => {
    const piece = new Uint8Array(1024 * 1024)
    const { seen, stream } = body(100_000, piece)
    fakeFetch.mockResolvedValue(new Response(stream))
    const before = process.memoryUsage().rss
    const message = await messageOf(fetchFile(URL_WITH_PORT))
    expect(message).toMatch(/^The file on files\.example:8443 is larger than 250 MB.*\.$/)
    expect(seen.cancelled).toBe(true)
    // at most one piece over the cap was taken
    expect(seen.given).toBeLessThanOrEqual(MAX_FILE_BYTES / piece.length + 2)
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024)
  })

  it('believes the bytes, not the header that says how many there are', async () => {
    const { seen, stream } = body(100_000, new Uint8Array(8 * 1024 * 1024))
    fakeFetch.mockResolvedValue(new Response(stream, { headers: { 'content-length': '2' } }))
    expect(await messageOf(fetchFile(URL_WITH_PORT))).toContain('larger than')
    expect(seen.cancelled).toBe(true)
  })

  it('says the host and the status of a refusal', async () => {
    for (const [status, statusText, wanted] of [
      [404, 'Not Found', 'files.example:8443 answered 404 Not Found'],
      [500, '', 'files.example:8443 answered 500'],
      [403, 'Forbidden', 'files.example:8443 answered 403 Forbidden'],
    ] as const) {
      fakeFetch.mockResolvedValue(new Response('secret page', { status, statusText }))
      expect(await messageOf(fetchFile(URL_WITH_PORT))).toBe(wanted)
    }
  })

  it('says the host and what to do when there is no answer, a redirect or no permission', async () => {
    fakeFetch.mockRejectedValue(new TypeError('Failed to fetch'))
    const message = await messageOf(fetchFile(URL_WITH_PORT))
    expect(message).toMatch(/^files\.example:8443 did not answer.*CORS.*Download.*\.$/)
    // a path is fetched from the page's own host
    expect(await messageOf(fetchFile('seed-llama.json'))).toContain('deck.example.org')
  })

  it('says the host when the connection breaks in the middle of the file', async () => {
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.error(new TypeError('network error'))
      },
    })
    fakeFetch.mockResolvedValue(new Response(stream))
    expect(await messageOf(fetchFile(URL_WITH_PORT))).toMatch(/files\.example:8443.*\.$/)
  })

  it('says that the file is too large even when the stream cannot be cancelled', async () => {
    const piece = new Uint8Array(16 * 1024 * 1024)
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(piece),
      cancel: () => Promise.reject(new TypeError('cannot cancel')),
    })
    fakeFetch.mockResolvedValue(new Response(stream))
    expect(await messageOf(fetchFile(URL_WITH_PORT))).toContain('larger than')
  })
})

describe('the query for a remote file', () => {
  it('asks anew each time, once, keeps the very bytes and hands on its signal', async () => {
    const client = new QueryClient()
    let served = 0
    fakeFetch.mockImplementation(() => Promise.resolve(new Response(`answer ${++served}`)))
    for (const wanted of ['answer 1', 'answer 2']) {
      const bytes = await client.fetchQuery(remoteFileQuery(URL_WITH_PORT))
      expect(new TextDecoder().decode(bytes)).toBe(wanted)
    }
    expect(fakeFetch.mock.calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal)
    fakeFetch.mockReset().mockRejectedValue(new TypeError('Failed to fetch'))
    expect(await messageOf(client.fetchQuery(remoteFileQuery(URL_WITH_PORT)))).toContain('did not answer')
    expect(fakeFetch).toHaveBeenCalledTimes(1)
    client.clear()
  })
})
