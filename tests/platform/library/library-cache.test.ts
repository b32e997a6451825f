import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { openLibraryDatabase } from '../../../src/platform/library/library-database.ts'
import {
  forgetFolder,
  rememberedFolders,
  rememberFolder,
  reopenFolder,
} from '../../../src/platform/library/remembered-folders.ts'
import { sourceCaches } from '../../../src/platform/library/source-cache.ts'
import type { TreeSource } from '../../../src/workspace/tree.ts'
import { fakeFolder } from '../tree/fake-folder.ts'
import { filesSource, openPage, type Page, recording } from './library-support.ts'

let database = ''
let count = 0
beforeEach(() => {
  database = `library-${++count}`
})

const open = () => openLibraryDatabase(database)

async function visit(sources: readonly TreeSource[], build = '1'): Promise<Page> {
  const page = openPage(sources, { cacheOf: sourceCaches(build, open) })
  await page.library.read()
  return page
}

const files = (count: number, from = 0): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`${at + from}.json`, recording(`W${at + from}`)]),
  )

async function blocks(): Promise<readonly number[]> {
  const opened = await open()
  const all = await opened.getAll('blocks')
  opened.close()
  return all.map(({ entries }) => entries.length)
}

describe('what an earlier visit has read', () => {
  it('is not read again, and is the same', async () => {
    const first = await visit([filesSource(files(450))])
    expect(first.reads).toHaveLength(450)
    expect(await blocks()).toEqual([200, 200, 50])
    const second = await visit([filesSource(files(450))])
    expect(second.reads).toEqual([])
    expect(second.progress).toMatchObject({ done: 450, cached: 450 })
    const byPath = (page: Page) => page.entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))
    expect(byPath(second)).toEqual(byPath(first))
    const texts = ({ library }: Page) =>
      library.index.entries.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(({ asked }) => asked)
    expect(texts(second)).toEqual(texts(first))
  })

  it('is read again where size or time is another, and thrown away where the file is gone', async () => {
    await visit([filesSource(files(450))])
    const now = files(450)
    now['3.json'] = recording('Longer than it was')
    delete now['440.json']
    const page = await visit([filesSource(now)])
    expect(page.reads).toEqual(['3.json'])
    expect(page.row('3.json')?.facts?.asks).toContain('Longer')
    expect(page.entries).toHaveLength(449)
    const again = await visit([filesSource(now)])
    expect(again.reads).toEqual([])
    expect((await blocks()).reduce((sum, each) => sum + each, 0)).toBe(449)
  })

  it('of another build of the app is worth nothing', async () => {
    await visit([filesSource(files(5))])
    expect((await visit([filesSource(files(5))], '2')).reads).toHaveLength(5)
    expect((await visit([filesSource(files(5))], '2')).reads).toEqual([])
    expect(await blocks()).toEqual([5])
  })

  it('stays where reading was cancelled', async () => {
    const page = openPage([filesSource(files(450))], {
      cacheOf: sourceCaches('1', open),
      wrap: (tree) => ({
        ...tree,
        async read(path) {
          if (page.reads.length === 300) page.library.cancel()
          return tree.read(path)
        },
      }),
    })
    await page.library.read()
    const kept = (await blocks()).reduce((sum, each) => sum + each, 0)
    expect(kept).toBeGreaterThan(250)
    const next = await visit([filesSource(files(450))])
    expect(next.reads).toHaveLength(450 - kept)
    expect((await visit([filesSource(files(450))])).reads).toEqual([])
  })

  it('belongs to its own source', async () => {
    await visit([filesSource(files(3), 'one')])
    const page = await visit([filesSource(files(3), 'two'), filesSource(files(3), 'one')])
    expect(page.reads).toHaveLength(3)
    expect(page.entries.filter(({ path }) => path.startsWith('one/'))).toHaveLength(3)
  })

  it('is not kept where the browser keeps nothing, which is said once', async () => {
    const page = openPage([filesSource(files(3))], {
      cacheOf: sourceCaches('1', () => Promise.reject(new Error('private window'))),
    })
    await page.library.read()
    expect(page.entries).toHaveLength(3)
    expect(page.notes).toMatchObject([
      { code: 'not-kept', message: expect.stringContaining('private window') },
    ])
  })
})

describe('folders', () => {
  // a fake handle is no platform object: what of it can be kept is kept
  const plain = (name: string) => {
    const handle = { kind: 'directory', name, isSameEntry: undefined }
    return handle as unknown as FileSystemDirectoryHandle
  }

  it('are remembered by their handle, and forgotten with all that was read of them', async () => {
    const opened = await openLibraryDatabase()
    const key = await rememberFolder(opened, plain('recordings'))
    await opened.put('blocks', { stamp: '', entries: [] }, [key, 0])
    opened.close()
    expect(await rememberedFolders()).toMatchObject([{ key, name: 'recordings' }])
    expect(await reopenFolder(key)).toMatchObject({ kind: 'folder', name: 'recordings' })
    await forgetFolder(key)
    expect(await rememberedFolders()).toEqual([])
    expect(await reopenFolder(key)).toMatchObject({ code: 'vanished' })
    const again = await openLibraryDatabase()
    expect(await again.count('blocks')).toBe(0)
    again.close()
  })

  it('whose handle cannot be kept are read all the same', async () => {
    const handle = fakeFolder('top', { 'a.json': { text: recording('A') } })
    const page = await visit([{ kind: 'folder', name: 'top', handle }])
    expect(page.entries).toHaveLength(1)
    expect(page.notes.map(({ code }) => code)).toEqual(['not-kept'])
  })
})
