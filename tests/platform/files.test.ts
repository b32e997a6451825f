import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { filesOfDrop, filesOfInput, pickFolder } from '../../src/platform/files.ts'
import { fakeFolder } from './tree/fake-folder.ts'

const file = (name: string, content: BlobPart = '{}', path = ''): File => {
  const made = new File([content], name)
  Object.defineProperty(made, 'webkitRelativePath', { value: path })
  return made
}

const list = (files: readonly File[]): FileList => files as unknown as FileList

/** A DataTransfer whose lists are emptied when the event is over, as a browser does it. */
function dropped(files: readonly File[], items: readonly object[] = []): DataTransfer {
  const transfer = { files: [...files], items: items.map((item) => ({ kind: 'file', ...item })) }
  queueMicrotask(() => {
    transfer.files.length = 0
    transfer.items.length = 0
  })
  return transfer as unknown as DataTransfer
}

const many = (count: number) => Array.from({ length: count }, (_, at) => file(`${at}.json`))

describe('chosen files', () => {
  it('are opened each where they are few, and are one tree where they are many', async () => {
    const few = await filesOfInput(list(many(40)), false)
    expect([few.files.length, few.trees]).toEqual([40, []])
    const lots = await filesOfInput(list(many(41)), false)
    expect(lots.files).toEqual([])
    expect(lots.trees).toMatchObject([{ kind: 'files', name: '41 files' }])
    expect(await filesOfInput(null, false)).toEqual({ files: [], trees: [] })
  })

  it('that are archives are trees, whatever they are called', async () => {
    const tar = gzipSync(await packTar([{ header: { name: 'a.json', size: 1 }, body: '1' }]))
    const { files, trees } = await filesOfInput(
      list([
        file('download', tar as Uint8Array<ArrayBuffer>),
        file('a.json.gz', gzipSync('{"a":1}') as Uint8Array<ArrayBuffer>),
        file('no.zip'),
      ]),
      false,
    )
    expect(trees).toMatchObject([{ kind: 'archive', name: 'download' }])
    expect(files.map(({ name }) => name)).toEqual(['a.json.gz', 'no.zip'])
  })

  it('of a folder are one tree under its name, all of them', async () => {
    const inside = ['rec/a.json', 'rec/sub/b.txt', 'rec/node_modules/c.json', 'rec/e.md']
    const { files, trees } = await filesOfInput(
      list(inside.map((path) => file(path.split('/').at(-1) ?? '', '{}', path))),
      true,
    )
    expect(files).toEqual([])
    expect(trees).toMatchObject([
      { kind: 'files', name: 'rec', files: [{ path: 'a.json' }, { path: 'sub/b.txt' }, { path: 'e.md' }] },
    ])
    expect((await filesOfInput(list([]), true)).trees).toEqual([])
  })
})

describe('a drop', () => {
  it('of plain files works where there is nothing but them', async () => {
    const { files, trees } = await filesOfDrop(dropped(many(2)))
    expect(files.map(({ name }) => name)).toEqual(['0.json', '1.json'])
    expect(trees).toEqual([])
  })

  it('of a folder is a tree by its handle, beside files with theirs', async () => {
    const folder = fakeFolder('rec', {})
    const handle = { kind: 'file', name: 'a.json' }
    const transfer = dropped(
      [file('rec'), file('a.json')],
      [
        {
          getAsFileSystemHandle: async () => folder,
          webkitGetAsEntry: () => ({ isDirectory: true, name: 'rec' }),
        },
        { getAsFileSystemHandle: async () => handle, webkitGetAsEntry: () => ({ isFile: true }) },
      ],
    )
    const { files, trees } = await filesOfDrop(transfer)
    expect(trees).toEqual([{ kind: 'folder', name: 'rec', handle: folder }])
    expect(files).toMatchObject([{ name: 'a.json', handle }])
  })

  it('of a folder is walked where the browser gives no handle', async () => {
    const leaf = (name: string) => ({
      isFile: true,
      isDirectory: false,
      name,
      file: (found: (made: File) => void, failed: () => void) =>
        name === 'gone.json' ? failed() : found(file(name)),
    })
    const folder = (name: string, inside: readonly object[]) => ({
      isFile: false,
      isDirectory: true,
      name,
      createReader: () => {
        let at = 0
        return {
          // two at a time: browsers give a hundred
          readEntries: (found: (some: readonly object[]) => void) => {
            found(inside.slice(at, at + 2))
            at += 2
          },
        }
      },
    })
    const top = folder('rec', [
      leaf('a.json'),
      leaf('gone.json'),
      folder('sub', [leaf('b.json')]),
      folder('.git', [leaf('c.json')]),
    ])
    const { files, trees } = await filesOfDrop(dropped([file('rec')], [{ webkitGetAsEntry: () => top }]))
    expect(files).toEqual([])
    expect(trees).toMatchObject([
      { kind: 'files', name: 'rec', files: [{ path: 'a.json' }, { path: 'sub/b.json' }] },
    ])
  })
})

describe('picking a folder', () => {
  afterEach(() => vi.unstubAllGlobals())
  const withPicker = (showDirectoryPicker?: () => Promise<unknown>) =>
    vi.stubGlobal('window', { ...(showDirectoryPicker && { showDirectoryPicker }) })

  it('gives a tree, that it was cancelled, or that there is no such thing', async () => {
    withPicker()
    expect(await pickFolder()).toBe(undefined)
    const handle = fakeFolder('rec', {})
    withPicker(async () => handle)
    expect(await pickFolder()).toEqual({ kind: 'folder', name: 'rec', handle })
    withPicker(() => Promise.reject(new DOMException('', 'AbortError')))
    expect(await pickFolder()).toBe('cancelled')
    withPicker(() => Promise.reject(new DOMException('', 'SecurityError')))
    expect(await pickFolder()).toBe(undefined)
  })
})
