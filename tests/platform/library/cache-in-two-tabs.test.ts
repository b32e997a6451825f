import { beforeEach, describe, expect, it } from 'vitest'
import { StoredCache } from '../../../src/platform/library/library-cache.ts'
import { type LibraryDatabase, openLibraryDatabase } from '../../../src/platform/library/library-database.ts'
import { sourceCaches } from '../../../src/platform/library/source-cache.ts'
import { fakeFolder } from '../tree/fake-folder.ts'
import { filesSource, openPage, type Page, readHere, recording } from './library-support.ts'

let database = ''
let count = 0
beforeEach(() => {
  database = `tabs-${++count}`
})
const open = () => openLibraryDatabase(database)

async function visit(files: Readonly<Record<string, string>>, build: string): Promise<Page> {
  const page = openPage([filesSource(files)], { cacheOf: sourceCaches(build, open) })
  await page.library.read()
  return page
}

const SMALL = Object.fromEntries(Array.from({ length: 210 }, (_, at) => [`${at}.json`, `{"no": ${at}}`]))

/** Reads all and ends before it has finished, as when its tab is closed. */
async function leftInTheMiddle(opened: LibraryDatabase, build: string): Promise<void> {
  const cache = new StoredCache(opened, 'files:chosen', {
    stamp: `1 ${build}`,
    failed: (reason) => {
      throw reason
    },
  })
  for (const [path, text] of Object.entries(SMALL)) {
    const file = { path, size: text.length, modified: 1000 }
    if ((await cache.find(file)) !== undefined) continue
    const bytes = new TextEncoder().encode(text)
    cache.keep(file, await readHere()().read({ path, modified: 1000, bytes }))
  }
  while ((await opened.count('blocks')) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('what is kept of a folder', () => {
  it('by a tab that was closed in the middle is known, and of another build worth nothing', async () => {
    const opened = await open()
    await leftInTheMiddle(opened, '1')
    // otherwise it would never make room for others
    expect(await opened.getAllKeys('libraries')).toEqual(['files:chosen'])
    opened.close()
    const page = await visit(SMALL, '2')
    expect(page.reads).toHaveLength(210)
    expect((await visit(SMALL, '2')).reads).toEqual([])
  })

  it('by two tabs of different builds at once is not taken for one another', async () => {
    const opened = await open()
    const stamp = '1 1'
    const older = new StoredCache(opened, 'files:chosen', { stamp, failed: () => {} })
    const files = Object.entries(SMALL).map(([path, { length }]) => ({ path, size: length, modified: 1000 }))
    await older.find({ path: '0.json', size: 0, modified: 0 })
    await visit({ 'other.json': '{}' }, '2')
    const empty = { answered: 'stale', askedDigest: '', answeredDigest: '' }
    for (const file of files) older.keep(file, { ...file, ...empty, asked: 'stale' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    opened.close()
    const page = await visit(SMALL, '2')
    expect(page.reads).toHaveLength(210)
    expect(page.library.index.entries.some(({ asked }) => asked === 'stale')).toBe(false)
  })

  it('is left out where the storage never answers', async () => {
    const page = openPage([filesSource({ 'a.json': recording('A') })], {
      cacheOf: sourceCaches('1', () => new Promise(() => {}), 10),
    })
    await page.library.read()
    expect(page.entries).toHaveLength(1)
    expect(page.notes).toMatchObject([
      { code: 'not-kept', message: expect.stringContaining('does not answer') },
    ])
  })

  it('stays where the permission was withdrawn in the middle', async () => {
    const opened = await open()
    const files = Object.fromEntries(
      Array.from({ length: 5 }, (_, at) => [`${at}.json`, { text: `{"no":${at}}` }]),
    )
    const source = { kind: 'folder', name: 'top', handle: fakeFolder('top', files) } as const
    const caches = async () => new StoredCache(opened, 'folder:1', { stamp: '1', failed: () => {} })
    const first = openPage([source], { cacheOf: caches })
    await first.library.read()
    expect(first.reads).toHaveLength(5)
    const second = openPage([source], {
      cacheOf: caches,
      wrap: (tree) => ({
        ...tree,
        look: async (path) =>
          path > '1' ? { code: 'permission', problem: 'The browser may not.' } : tree.look(path),
      }),
    })
    await second.library.read()
    const third = openPage([source], { cacheOf: caches })
    await third.library.read()
    expect(third.reads).toEqual([])
    opened.close()
  })
})
