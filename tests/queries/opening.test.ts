import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { packFile } from '../../src/core/exports/permalink.ts'
import { encodeFile } from '../../src/core/file-text.ts'
import { readCassette } from '../../src/core/open.ts'
import {
  type Opened,
  openFiles,
  openLinkData,
  openPasted,
  openUrl,
  sampleUrl,
} from '../../src/queries/opening.ts'
import { readingQuery } from '../../src/queries/reading.ts'
import { commit, createDraft, undo } from '../../src/workspace/draft.ts'
import { bytesOf, containerFixtures, SEED } from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

// the worker only forwards; there is none in node
vi.mock('../../src/platform/reader/reader-client.ts', () => ({
  readText: (text: string) => Promise.resolve(readCassette(text)),
}))

const fakeFetch = vi.fn<typeof fetch>()
beforeEach(() => {
  fakeFetch.mockReset()
  vi.stubGlobal('fetch', fakeFetch)
  vi.stubGlobal('location', { href: 'https://deck.example.org/app/' })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const FILES = [SEED, ...containerFixtures('llama-stack-json')]

function fileOf(name: string, bytes: Uint8Array): File {
  return new File([new Uint8Array(bytes)], name)
}

function bytesOfOnly(opened: Opened): Uint8Array {
  expect(opened.rejected).toEqual([])
  expect(opened.drafts).toHaveLength(1)
  const base = opened.drafts[0]?.base
  if (base === undefined) throw new Error('nothing was opened')
  return encodeFile(base)
}

function expectRefused({ drafts, rejected }: Opened, name: string): string {
  expect(drafts).toEqual([])
  expect(rejected).toMatchObject([{ name, problem: { severity: 'error' } }])
  return rejected[0]?.problem.message ?? ''
}

describe('opening', () => {
  it('takes every fixture byte for byte: as a file, in a link, from a URL', async () => {
    const client = new QueryClient()
    for (const file of FILES) {
      const bytes = bytesOf(file)
      const opened = await openFiles([{ name: 'x.json', file: fileOf('x.json', bytes) }])
      expect(Buffer.compare(bytesOfOnly(opened), bytes), file.name).toBe(0)
      expect(opened.drafts[0]).toMatchObject({ name: 'x.json', origin: { kind: 'file' } })
      const packed = packFile(bytes)
      if (!packed.ok) throw new Error(file.name)
      const linked = await openLinkData(packed.data, 'n.json')
      expect(Buffer.compare(bytesOfOnly(linked), bytes), file.name).toBe(0)
      expect(linked.drafts[0]).toMatchObject({ name: 'n.json', origin: { kind: 'link' } })
      fakeFetch.mockResolvedValueOnce(new Response(new Uint8Array(bytes)))
      const url = 'https://example.com/dir/a%20b.json?raw=1#x'
      const fetched = await openUrl(client, url, { kind: 'url', url })
      expect(Buffer.compare(bytesOfOnly(fetched), bytes), file.name).toBe(0)
      expect(fetched.drafts[0]).toMatchObject({ name: 'a b.json', origin: { kind: 'url', url } })
    }
    client.clear()
  })

  it('takes a pasted recording and says that it was pasted', async () => {
    const text = new TextDecoder().decode(bytesOf(SEED))
    const opened = await openPasted(text)
    expect(opened.drafts).toMatchObject([{ origin: { kind: 'paste' }, base: { text, bom: false } }])
    expect(opened.drafts[0]?.reading.cassette).toBeDefined()
  })

  it('opens the good among the bad, in order, and names each bad one', async () => {
    const good = bytesOf(SEED)
    const handle = { kind: 'file', name: 'c.json' } as FileSystemFileHandle
    const opened = await openFiles([
      { name: 'a.json', file: fileOf('a.json', good) },
      { name: 'b.json', file: fileOf('b.json', new TextEncoder().encode('hello')) },
      { name: 'c.json', file: fileOf('c.json', good), handle },
      { name: 'd.json', file: fileOf('d.json', new Uint8Array(0)) },
      { name: 'e.json', file: fileOf('e.json', Uint8Array.of(0x7b, 0xff, 0x7d)) },
      {
        name: 'f.json',
        file: Object.assign(fileOf('f.json', good), {
          arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
        }),
      },
    ])
    expect(opened.drafts.map(({ name }) => name)).toEqual(['a.json', 'c.json'])
    expect(opened.drafts.map((draft) => draft.handle)).toEqual([undefined, handle])
    expect(opened.rejected.map(({ name }) => name)).toEqual(['b.json', 'd.json', 'e.json', 'f.json'])
    for (const { problem } of opened.rejected) expect(problem.message).toMatch(/^[A-Z].+\.$/s)
  })

  it('says what is wrong with a link, and that is not an exception', async () => {
    for (const data of ['', 'A', 'AQ', 'AQAAAAED', '<script>', '😀', 'x'.repeat(70_000)]) {
      expect(expectRefused(await openLinkData(data, 'l.json'), 'l.json')).toMatch(/^The link .+\.$/)
    }
    const noCassette = packFile(new TextEncoder().encode('[1,2,3]'))
    if (noCassette.ok) expectRefused(await openLinkData(noCassette.data, 'l.json'), 'l.json')
  })

  it('says what became of a fetch that failed, under the name of the file', async () => {
    const client = new QueryClient()
    const url = 'https://example.com/x/%E0%A4%A.json'
    fakeFetch.mockResolvedValueOnce(new Response('', { status: 404 }))
    expect(expectRefused(await openUrl(client, url, { kind: 'url', url }), '%E0%A4%A.json')).toBe(
      'example.com answered 404',
    )
    fakeFetch.mockRejectedValueOnce(new TypeError('x'))
    const bare = 'https://example.com/'
    expect(expectRefused(await openUrl(client, bare, { kind: 'url', url: bare }), 'cassette.json')).toContain(
      'example.com did not answer',
    )
    client.clear()
  })

  it('gives a file from a URL a name without its folder, however the URL writes it', async () => {
    const client = new QueryClient()
    fakeFetch.mockImplementation(() => Promise.resolve(new Response(new Uint8Array(bytesOf(SEED)))))
    for (const path of ['..%2F..%2Fetc%2Fpasswd', 'a%5Cb.json', 'a%00b.json']) {
      const url = `https://example.com/${path}`
      const opened = await openUrl(client, url, { kind: 'url', url })
      const name = opened.drafts[0]?.name ?? ''
      expect(
        ['/', '\\', '\0'].filter((char) => name.includes(char)),
        path,
      ).toEqual([])
    }
    client.clear()
  })

  it('finds the sample beside the page, wherever that is served', () => {
    vi.stubGlobal('document', { baseURI: 'https://host.example/some/path/index.html' })
    expect(sampleUrl()).toBe('https://host.example/some/path/seed-llama.json')
  })
})

describe('the reading of a draft', () => {
  it('is about one revision: undo to the same text is another reading', async () => {
    const client = new QueryClient()
    const text = new TextDecoder().decode(bytesOf(SEED))
    const fresh = createDraft('d1', 'a.json', { kind: 'file' }, { text, bom: false })
    const outcome = commit(
      fresh,
      { label: 'x', edits: [{ offset: 0, length: 0, content: ' ' }], revision: 0 },
      0,
    )
    if (!outcome.ok) throw new Error(outcome.reason)
    const drafts = [fresh, outcome.draft, undo(outcome.draft)]
    expect(new Set(drafts.map((draft) => JSON.stringify(readingQuery(draft).queryKey))).size).toBe(3)
    for (const draft of drafts) {
      const view = await client.fetchQuery(readingQuery(draft))
      expect(view).toMatchObject({ draftId: 'd1', revision: draft.revision, text: draft.text, sound: true })
      // the answer keeps its identity
      expect(await client.fetchQuery(readingQuery(draft))).toBe(view)
    }
    client.clear()
  })

  it('of a broken text is what stands before the break, and says that it is not sound', async () => {
    const client = new QueryClient()
    const text = new TextDecoder().decode(bytesOf(SEED)).slice(0, -20)
    const draft = createDraft('d2', 'a.json', { kind: 'file' }, { text, bom: false })
    const view = await client.fetchQuery(readingQuery(draft))
    expect(view).toMatchObject({ sound: false, text })
    expect(view.diagnostics.length).toBeGreaterThan(0)
    client.clear()
  })
})
