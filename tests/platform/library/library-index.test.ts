import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseQuery } from '../../../src/core/library/query.ts'
import { answer } from '../../../src/platform/library/library-answers.ts'
import { type FakeFolder, fakeFolder } from '../tree/fake-folder.ts'
import { filesSource, openPage, readHere, recording } from './library-support.ts'

const many = (count: number, text = '{"no": 1}') =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.json`, text]))

describe('a library', () => {
  it('has a row for each file that could be a recording, whatever it is', async () => {
    const page = openPage([
      filesSource({
        'a.json': recording('First'),
        'deep/b.json.gz': '',
        'deep/broken.json': '{"request": ',
        'other.json': '{"name": "package"}',
        'empty.json': '',
        'notes.txt': 'hello',
        'README.md': '# no',
        '.hidden.json': '{}',
      }),
    ])
    await page.library.read()
    expect(page.entries.map(({ path }) => path).sort()).toEqual([
      'a.json',
      'deep/b.json.gz',
      'deep/broken.json',
      'empty.json',
      'notes.txt',
      'other.json',
    ])
    expect(page.row('a.json')).toMatchObject({
      facts: { container: 'llama-stack-json', outcome: 'text', asks: expect.stringContaining('First: what') },
    })
    expect(page.row('a.json')?.problem).toBe(undefined)
    expect(page.row('empty.json')?.problem?.code).toBe('empty')
    expect(page.row('other.json')?.problem?.code).toBe('unsupported')
    expect(page.progress).toMatchObject({ files: 6, done: 6, cached: 0, listed: true, skipped: 2 })
    expect(page.others).toEqual(['README.md', '.hidden.json'])
    expect(page.events.at(-1)).toBe('done')
    // what is searched stays away from the page
    expect(page.entries.every((entry) => !('asked' in entry) && !('askedDigest' in entry))).toBe(true)
    const { places } = page.library.index.search(parseQuery('first'))
    expect([...places].map((at) => page.entries[at]?.path)).toEqual(['a.json'])
  })

  it('reads compressed recordings, and loads a decoder when one is needed', async () => {
    let loaded = 0
    const body = brotliCompressSync(recording('x')).toString('base64')
    const har = {
      log: {
        version: '1.2',
        creator: { name: 'test', version: '1' },
        entries: [
          {
            request: { method: 'POST', url: 'https://api.openai.com/v1/chat/completions', headers: [] },
            response: {
              status: 200,
              headers: [{ name: 'content-encoding', value: 'br' }],
              content: { mimeType: 'application/json', encoding: 'base64', text: body },
            },
          },
        ],
      },
    }
    const files = [
      { path: 'a.json.gz', file: new File([gzipSync(recording('Packed'))], 'a.json.gz') },
      { path: 'b.har', file: new File([JSON.stringify(har)], 'b.har') },
    ]
    const page = openPage([{ kind: 'files', name: 'two', files }], {
      readers: readHere({
        loaded: () => ({}),
        load: async () => {
          loaded++
          return {}
        },
      }),
    })
    await page.library.read()
    expect(page.row('a.json.gz')?.facts?.asks).toContain('Packed')
    expect(page.row('b.har')?.facts?.container).toBe('har-1.2')
    expect(loaded).toBe(1)
  })

  it('sends a screenful first and never too much at once', async () => {
    const page = openPage([filesSource(many(1900))])
    await page.library.read()
    expect(page.entries).toHaveLength(1900)
    expect(page.batches[0]).toBeLessThanOrEqual(20)
    expect(Math.max(...page.batches)).toBeLessThanOrEqual(500)
    expect(new Set(page.entries.map(({ path }) => path)).size).toBe(1900)
  })

  it('answers while it is read, and stops when it is told to', async () => {
    let cancelled = false
    const page = openPage([filesSource(many(500))], {
      wrap: (tree) => ({
        ...tree,
        async read(path) {
          if (page.reads.length === 100) {
            page.library.cancel()
            cancelled = true
          }
          expect(page.library.index.search(parseQuery('')).total).toBeLessThan(200)
          return tree.read(path)
        },
      }),
    })
    await page.library.read()
    expect(cancelled).toBe(true)
    expect(page.reads.length).toBeLessThan(120)
    expect(page.events.at(-1)).toBe('done')
    expect(page.entries.length).toBeLessThan(120)
    // again: the rest is read, the rows that are there stay where they are
    const before = page.entries.map(({ path }) => path)
    await page.library.read()
    expect(page.entries).toHaveLength(500)
    expect(page.entries.slice(0, before.length).map(({ path }) => path)).toEqual(before)
  })

  it('counts all other files and keeps the paths of ten thousand', async () => {
    const files = Object.fromEntries(Array.from({ length: 10_007 }, (_, at) => [`${at}.png`, '']))
    const page = openPage([filesSource({ ...files, 'a.json': recording('A') }), filesSource({ 'b.md': '' })])
    await page.library.read()
    expect(page.progress?.skipped).toBe(10_008)
    expect(page.others).toHaveLength(10_000)
    expect(page.others[0]).toBe('chosen/0.png')
    await page.library.read()
    expect(page.others).toHaveLength(10_000)
  })

  it('keeps several sources apart', async () => {
    const one = { 'a.json': recording('Left') }
    const page = openPage([filesSource(one, 'x'), filesSource({ 'a.json': recording('Right') }, 'x')])
    await page.library.read()
    expect(page.entries.map(({ path }) => path)).toEqual(['x/a.json', 'x (2)/a.json'])
    const right = await page.library.fileOf('x (2)/a.json')
    expect('problem' in right ? right : new TextDecoder().decode(right)).toContain('Right')
    expect(await page.library.fileOf('a.json')).toMatchObject({ code: 'vanished' })
  })

  it('notices what is changed, new, gone, and back again', async () => {
    const top: FakeFolder = {
      'a.json': { text: recording('Old') },
      'b.json': { text: recording('Same') },
      'c.json': { text: recording('Gone') },
    }
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }])
    await page.library.read()
    expect(page.reads).toHaveLength(3)
    page.reads.length = 0
    top['a.json'] = { text: recording('Newer'), modified: 2000 }
    top['d.json'] = { text: recording('Fresh') }
    const gone = top['c.json']
    delete top['c.json']
    await page.library.read()
    expect(page.reads.toSorted()).toEqual(['a.json', 'd.json'])
    expect(page.entries.map(({ path }) => path)).toEqual(['a.json', 'b.json', 'c.json', 'd.json'])
    expect(page.row('a.json')?.facts?.asks).toContain('Newer')
    expect(page.row('c.json')).toMatchObject({ problem: { code: 'vanished' } })
    expect(page.library.index.search(parseQuery('newer')).total).toBe(1)
    expect(page.library.index.search(parseQuery('old')).total).toBe(0)
    // what is gone is found by nothing, and counted nowhere
    expect(page.library.index.search(parseQuery('')).total).toBe(3)
    expect(page.library.index.search(parseQuery('path:c.json')).total).toBe(0)
    const signal = new AbortController().signal
    const asker = { signal, progress: () => {} }
    expect(await answer(page.library, { kind: 'numbers', query: '' }, asker)).toMatchObject({
      totals: { files: 3, problems: 0 },
    })
    expect(await answer(page.library, { kind: 'health' }, asker)).toMatchObject({ problems: [] })
    page.events.length = 0
    await page.library.read()
    expect(page.events).not.toContain('changed')
    top['c.json'] = gone ?? { text: '' }
    await page.library.read()
    expect(page.row('c.json')?.facts?.asks).toContain('Gone')
    expect(page.library.index.search(parseQuery('')).total).toBe(4)
  })

  it('takes no file for gone where the permission is', async () => {
    const top: FakeFolder = {
      'a.json': { text: recording('A') },
      sub: { 'b.json': { text: recording('B') } },
    }
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }])
    await page.library.read()
    top.sub = new DOMException('no', 'NotAllowedError')
    await page.library.read()
    expect(page.notes).toMatchObject([{ code: 'permission', path: 'sub' }])
    expect(page.row('sub/b.json')?.problem).toBe(undefined)
    expect(page.entries).toHaveLength(2)
  })

  it('says of a file that vanishes while it is read that it did, and reads it when it is back', async () => {
    let broken = true
    const top: FakeFolder = { 'a.json': { text: recording('A') }, 'b.json': { text: recording('B') } }
    const page = openPage([{ kind: 'folder', name: 'top', handle: fakeFolder('top', top) }], {
      wrap: (tree) => ({
        ...tree,
        read: async (path) =>
          broken && path === 'a.json' ? { code: 'vanished', problem: 'It is gone.' } : tree.read(path),
      }),
    })
    await page.library.read()
    expect(page.row('a.json')?.problem).toEqual({ code: 'vanished', message: 'It is gone.' })
    expect(page.row('b.json')?.facts).toBeDefined()
    broken = false
    await page.library.read()
    expect(page.row('a.json')?.facts).toBeDefined()
  })

  it('past what fits in memory keeps facts without texts, then stops, and says both', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`${at}.json`, recording(`Word${at}`)]),
    )
    const page = openPage([filesSource(files)], { memory: { texts: 60_000, all: 200_000 } })
    await page.library.read()
    expect(page.notes.map(({ code }) => code)).toEqual(['memory', 'memory'])
    expect(page.notes[1]?.message).toContain('Reading stopped after')
    expect(page.entries.length).toBeGreaterThan(20)
    expect(page.entries.length).toBeLessThan(60)
    expect(page.entries.at(-1)?.facts?.asks).toContain('Word')
    const found = (word: string) => page.library.index.search(parseQuery(word)).total
    expect(found('word0')).toBe(1)
    expect(page.library.index.entries.at(-1)?.asked).toBe('')
    expect(page.events.at(-1)).toBe('done')
  })
})
