import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { packTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { isArchive } from '../../../src/platform/tree/archive-kind.ts'
import { archive, byPython, listed, packedBy, pythonTar, textIn } from './tree-support.ts'

const PYTHON_MISSING = 'skipped where there is no python3'
const python = byPython('pass') !== undefined

const LONG = `${'deep/'.repeat(60)}${'n'.repeat(120)}.json`

describe('a tar', () => {
  it.each(['gnu', 'pax', 'ustar', 'v7'])(
    'of GNU tar in the format %s is listed and read, skipped where there is no tar',
    async (format) => {
      const files = { 'a.json': '{"a":1}', 'b/é名.json': 'x'.repeat(1024), 'b/c.json': '' }
      const bytes = packedBy(files, 'tar', (out) => ['--format', format, '-cf', out, '.'])
      if (bytes === undefined) return
      const source = archive(bytes)
      expect(source.kind === 'archive' && (await isArchive(source.file))).toBe('tar')
      const { tree, paths, codes } = await listed(source)
      expect([...paths].sort()).toEqual(Object.keys(files).sort())
      expect(codes).toEqual([])
      for (const [path, text] of Object.entries(files)) expect(await textIn(tree, path)).toBe(text)
    },
  )

  it.skipIf(!python).each(['PAX', 'GNU'])(
    `has long names in the format %s (${PYTHON_MISSING})`,
    async (format) => {
      const bytes = pythonTar([`add("${LONG}", b"1")`, 'add("after.json", b"2")'], 'w', format)
      const { tree, files } = await listed(archive(bytes ?? new Uint8Array()))
      expect(files.map(({ path }) => path)).toEqual([LONG, 'after.json'])
      expect(files[0]?.modified).toBe(1_700_000_000_000)
      expect(await textIn(tree, 'after.json')).toBe('2')
    },
  )

  it.skipIf(!python)(`leaves out links, folders and what macOS adds (${PYTHON_MISSING})`, async () => {
    const bytes = pythonTar([
      'add("l.json", b"", type=tarfile.SYMTYPE, linkname="/etc/passwd")',
      'add("h.json", b"", type=tarfile.LNKTYPE, linkname="x.json")',
      'add("d", b"", type=tarfile.DIRTYPE)',
      'add("._x.json", b"1")',
      'add("../up.json", b"2")',
      'add("x.json", b"3")',
      'add("x.json", b"4")',
    ])
    const { tree, paths } = await listed(archive(bytes ?? new Uint8Array()))
    expect(paths).toEqual(['up.json', 'x.json', 'x (2).json'])
    expect(await textIn(tree, 'x (2).json')).toBe('4')
  })

  it('with any names and contents comes out as it went in', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-zé名😀]{1,8}(\/[a-z ]{0,3}[a-z]){0,3}$/u), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(names, fc.nat(1600), fc.boolean(), async (paths, size, zipped) => {
        const entries = paths.map((name, at) => ({
          header: { name: `${at}/${name}.json`, size: size + at },
          body: new Uint8Array(size + at).fill(65 + at),
        }))
        const tar = await packTar(entries)
        const { tree, files, codes } = await listed(archive(zipped ? gzipSync(tar) : tar))
        expect(codes).toEqual([])
        expect(files.map((file) => [file.path, file.size])).toEqual(
          entries.map(({ header }) => [header.name, header.size]),
        )
        for (const { header, body } of entries) expect(await tree.read(header.name)).toEqual(body)
      }),
      { numRuns: 60 },
    )
  })

  it('that is cut off gives what stands before, in a sentence', async () => {
    const body = 'x'.repeat(700)
    const tar = await packTar(
      ['a.json', 'b.json'].map((name) => ({ header: { name, size: body.length }, body })),
    )
    const { paths, notes } = await listed(archive(tar.slice(0, 1536 + 600)))
    expect(paths).toEqual(['a.json'])
    expect(notes).toMatchObject([
      { code: 'broken-archive', message: expect.stringContaining('It breaks off inside of "b.json".') },
    ])
    const broken = await listed(archive(gzipSync(tar).slice(0, -30)))
    expect(broken.codes).toEqual(['broken-archive'])
    expect((await listed(archive(gzipSync(tar).slice(0, 60)))).codes).toEqual(['broken-archive'])
  })

  it('that inflates out of all proportion stops early', async () => {
    const entries = Array.from({ length: 30 }, (_, at) => ({
      header: { name: `${at}.json`, size: 100_000 },
      body: new Uint8Array(100_000),
    }))
    const bytes = gzipSync(await packTar(entries))
    const { paths, codes } = await listed(archive(bytes), { total: 1_000_000 })
    expect(codes).toEqual(['bomb'])
    expect(paths.length).toBeGreaterThan(3)
    expect(paths.length).toBeLessThan(10)
    expect((await listed(archive(bytes), { member: 1000 })).codes).toEqual(Array(30).fill('too-large'))
  })

  it('compressed is told from a compressed recording', async () => {
    const tar = await packTar([{ header: { name: 'a.json', size: 1 }, body: '1' }])
    const kind = (bytes: Uint8Array) => isArchive(new Blob([bytes as Uint8Array<ArrayBuffer>]))
    expect(await kind(gzipSync(tar))).toBe('tar.gz')
    expect(await kind(gzipSync('{"a":1}'))).toBe(undefined)
    expect(await kind(gzipSync('x'.repeat(5000)))).toBe(undefined)
    expect(await kind(gzipSync(''))).toBe(undefined)
    expect(await kind(new Uint8Array([0x1f, 0x8b, 8, 1, 2]))).toBe(undefined)
  })

  it('can be stopped', async () => {
    const control = new AbortController()
    control.abort()
    const tar = gzipSync(await packTar([{ header: { name: 'a.json', size: 1 }, body: '1' }]))
    await expect(listed(archive(tar), {}, control.signal)).rejects.toThrow()
  })
})
