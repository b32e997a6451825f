import { describe, expect, it } from 'vitest'
import { type FakeFolder, fakeFolder } from './fake-folder.ts'
import { listed, textIn } from './tree-support.ts'

const open = (inside: FakeFolder, limits = {}) =>
  listed({ kind: 'folder', name: 'top', handle: fakeFolder('top', inside) }, limits)

describe('a folder', () => {
  it('is listed from its top down, with any names, and read', async () => {
    const { tree, paths, codes } = await open({
      z: { 'deep.json': { text: 'd' } },
      'a.json': { text: 'a' },
      'é/ü': { text: 'no folder' },
      '名 😀': { 'ⓧ\u202e.json': { text: 'u' } },
      node_modules: { 'no.json': { text: '' } },
      '.git': { 'no.json': { text: '' } },
    })
    expect(paths).toEqual(['a.json', 'é/ü', 'z/deep.json', '名 😀/ⓧ\u202e.json'])
    expect(codes).toEqual([])
    expect(await textIn(tree, 'z/deep.json')).toBe('d')
    expect(await textIn(tree, '名 😀/ⓧ\u202e.json')).toBe('u')
    expect(await tree.look('a.json')).toEqual({ size: 1, modified: 1000 })
    expect((await tree.handle?.('z/deep.json'))?.name).toBe('deep.json')
    expect(await tree.handle?.('nowhere/x')).toBe(undefined)
  })

  it('tells its first files before it knows the last', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${at}.json`, { text: '' }]))
    const { batches, files } = await open(many)
    expect(batches[0]).toHaveLength(200)
    expect(files).toHaveLength(1000)
    expect(new Set(files.map(({ path }) => path)).size).toBe(1000)
  })

  it('that a link leads back to is listed once', async () => {
    const top: FakeFolder = { 'a.json': { text: 'a' }, sub: { 'b.json': { text: 'b' } } }
    top.link = () => top
    const { paths, notes } = await open(top)
    expect(paths).toEqual(['a.json', 'sub/b.json'])
    expect(notes).toMatchObject([{ code: 'link-loop', path: 'link' }])
  })

  it('with two links to itself and no files comes to an end', async () => {
    const top: FakeFolder = {}
    top.one = () => top
    top.two = () => top
    const { paths, codes } = await open(top)
    expect(paths).toEqual([])
    expect(new Set(codes)).toEqual(new Set(['link-loop']))
    expect(codes.length).toBeLessThan(20)
  })

  it('whose link changes its face each time ends at the deepest level', async () => {
    let level = 0
    const next = (): FakeFolder => ({ [`${level++}.json`]: { text: '' }, down: next })
    const { paths, codes } = await open({ down: next }, { depth: 10 })
    expect(codes).toEqual(['too-deep'])
    expect(paths).toHaveLength(10)
  })

  it('that has the same names below as above, but other files, is no loop', async () => {
    const { paths, codes } = await open({
      'a.json': { text: 'a' },
      sub: { 'a.json': { text: 'another' }, sub: { 'a.json': { text: 'a', modified: 5 }, sub: {} } },
    })
    expect(paths).toEqual(['a.json', 'sub/a.json', 'sub/sub/a.json'])
    expect(codes).toEqual([])
  })

  it('of which a part cannot be read names it and goes on', async () => {
    const { paths, notes } = await open({
      shut: new DOMException('no', 'NotAllowedError'),
      odd: new DOMException('disk error', 'UnknownError'),
      left: new DOMException('no', 'NotFoundError'),
      ok: { 'a.json': { text: '' } },
    })
    expect(paths).toEqual(['ok/a.json'])
    expect(notes).toMatchObject([
      { code: 'permission', path: 'shut' },
      { code: 'unreadable-folder', path: 'odd', message: expect.stringContaining('disk error') },
      { code: 'vanished', path: 'left' },
    ])
    const all = await open({ '!': new DOMException('no', 'NotAllowedError') })
    expect(all.notes).toMatchObject([{ code: 'permission', path: 'top' }])
  })

  it('with too many files stops in a sentence', async () => {
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`${at}.json`, { text: '' }]))
    const { files, codes } = await open({ a: many, b: many }, { files: 1000 })
    expect(files).toHaveLength(1000)
    expect(codes).toEqual(['too-many'])
  })

  it('from which a file vanishes says so', async () => {
    const inside: FakeFolder = { 'a.json': { text: 'a' }, 'b.json': { text: 'b' } }
    const { tree } = await open(inside)
    inside['a.json'] = new DOMException('no', 'NotAllowedError')
    delete inside['b.json']
    expect(await tree.read('a.json')).toMatchObject({ code: 'permission' })
    expect(await tree.read('b.json')).toMatchObject({ code: 'vanished' })
    expect(await tree.look('b.json')).toMatchObject({ code: 'vanished' })
  })
})

describe('chosen files', () => {
  it('keep their paths, each once', async () => {
    const file = (text: string) => new File([text], 'a.json', { lastModified: 7 })
    const { tree, files } = await listed({
      kind: 'files',
      name: '3 files',
      files: [
        { path: 'a.json', file: file('1') },
        { path: 'x/a.json', file: file('22') },
        { path: 'a.json', file: file('333') },
      ],
    })
    expect(files).toEqual([
      { path: 'a.json', size: 1, modified: 7 },
      { path: 'x/a.json', size: 2, modified: 7 },
      { path: 'a (2).json', size: 3, modified: 7 },
    ])
    expect(await textIn(tree, 'a (2).json')).toBe('333')
    expect(await tree.read('b.json')).toMatchObject({ code: 'vanished' })
  })
})
