import { zipSync } from 'fflate'
import { packTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { walkEntry } from '../../../src/platform/tree/entry-walk.ts'
import { TREE_LIMITS } from '../../../src/platform/tree/limits.ts'
import { DistinctPaths } from '../../../src/platform/tree/member-path.ts'
import { treeOf } from '../../../src/platform/tree/open-tree.ts'
import { type FakeFolder, fakeFolder } from './fake-folder.ts'
import { archive, listed, textIn } from './tree-support.ts'

const deaf = { files: () => {}, note: () => {} }

/** A file as the browser shows it after it was written to. */
function changedFile(bytes: Uint8Array | string, name: string): File {
  const file = new File([bytes as BlobPart], name)
  const refuse = () => Promise.reject(new DOMException('could not be read', 'NotReadableError'))
  const refusing = (blob: Blob): Blob => {
    blob.arrayBuffer = refuse
    blob.slice = () => refusing(new Blob())
    return blob
  }
  refusing(file)
  return file
}

describe('a tree that is listed again', () => {
  it('of an archive, stopped in the middle, can still give what it told', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1500 }, (_, at) => [`${at}.json`, new TextEncoder().encode(`{"no": ${at}}`)]),
    )
    const tree = treeOf(archive(zipSync(files)))
    const control = new AbortController()
    const told: string[] = []
    const hear = {
      ...deaf,
      files(batch: readonly { readonly path: string }[]) {
        told.push(...batch.map(({ path }) => path))
        control.abort()
      },
    }
    await expect(tree.list(hear, control.signal)).rejects.toThrow()
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(1500)
    expect(await textIn(tree, told[0] ?? '')).toBe(`{"no": ${Number.parseInt(told[0] ?? '', 10)}}`)
    const again: string[] = []
    await tree.list({ ...deaf, files: (batch) => again.push(...batch.map(({ path }) => path)) })
    expect(again).toHaveLength(1500)
  })

  it('of a folder gives its files meanwhile, and when that is stopped', async () => {
    const inside: FakeFolder = { sub: { 'a.json': { text: 'a' } }, 'top.json': { text: 'top' } }
    const { tree } = await listed({ kind: 'folder', name: 'top', handle: fakeFolder('top', inside) })
    const control = new AbortController()
    control.abort()
    await expect(tree.list(deaf, control.signal)).rejects.toThrow()
    expect(await textIn(tree, 'sub/a.json')).toBe('a')
  })

  it('reads a file anew that was looked at before it was written to', async () => {
    const handle = fakeFolder('top', { 'a.json': { text: 'new' } })
    const real = handle.getFileHandle.bind(handle)
    let asked = 0
    const stale = {
      kind: 'file',
      name: 'a.json',
      getFile: async () => (asked++ === 0 ? changedFile('old', 'a.json') : (await real('a.json')).getFile()),
    }
    handle.getFileHandle = async () => stale as unknown as FileSystemFileHandle
    const tree = treeOf({ kind: 'folder', name: 'top', handle })
    expect(await tree.look('a.json')).toMatchObject({ size: 3 })
    expect(await textIn(tree, 'a.json')).toBe('new')
  })
})

describe('what was chosen and then changed', () => {
  it('says what helps: to open it again, not to look again', async () => {
    const tree = treeOf({
      kind: 'files',
      name: 'x',
      files: [{ path: 'a.json', file: changedFile('{}', 'a.json') }],
    })
    await tree.list(deaf)
    for (const found of [await tree.look('a.json'), await tree.read('a.json')]) {
      expect(found).toMatchObject({ code: 'vanished', problem: expect.stringContaining('Open it again') })
    }
  })

  it('is not called damaged where it is an archive', async () => {
    const tar = await packTar([{ header: { name: 'a.json', size: 1 }, body: '1' }])
    const { notes } = await listed({ kind: 'archive', name: 'a.tar', file: changedFile(tar, 'a.tar') })
    expect(notes).toMatchObject([
      { code: 'broken-archive', message: expect.stringContaining('was changed or taken away after') },
    ])
  })
})

describe('a tree that means harm', () => {
  it('of a hundred thousand members of one name gives each its own at once', () => {
    const distinct = new DistinctPaths()
    expect(distinct.give('a (2).json')).toBe('a (2).json')
    const given = new Set(Array.from({ length: 200_000 }, () => distinct.give('a.json')))
    expect(given.size).toBe(200_000)
    expect(given.has('a (2).json')).toBe(false)
  })

  it('lets others in while its directory is read', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [`${at}.json`, new Uint8Array(0)]),
    )
    const control = new AbortController()
    const tree = treeOf(archive(zipSync(files, { level: 0 })))
    let told = 0
    const hear = {
      ...deaf,
      files(batch: readonly unknown[]) {
        // as a message that comes in while it is listed
        if (told === 0) setTimeout(() => control.abort(), 0)
        told += batch.length
      },
    }
    await expect(tree.list(hear, control.signal)).rejects.toThrow()
    expect(told).toBeLessThan(20_000)
  })

  it('dropped with links in circles comes to an end where the browser gives no handles', async () => {
    // each folder has two links to itself: no file is ever found
    const folder = (): FileSystemEntry => {
      const inside = [0, 1].map(() => undefined)
      const entry = {
        isFile: false,
        isDirectory: true,
        name: 'again',
        createReader() {
          let read = false
          return {
            readEntries(found: (entries: readonly FileSystemEntry[]) => void) {
              found(read ? [] : inside.map(folder))
              read = true
            },
          }
        },
      }
      return entry as unknown as FileSystemEntry
    }
    expect(await walkEntry(folder(), { ...TREE_LIMITS, files: 1000 })).toEqual([])
  })
})
