import { describe, expect, it } from 'vitest'
import { isArchive } from '../../../src/platform/tree/archive-kind.ts'
import { archive, listed, packedBy, pythonZip, textIn } from './tree-support.ts'

const PYTHON_MISSING = 'skipped where there is no python3'
const python = pythonZip(['pass']) !== undefined
const ONE = { 'a.json': '{"a":1}', 'deep/er/b é 名.json': '"ü"'.repeat(4000) }

/** Changes one byte of a copy. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}

function placeOf(bytes: Uint8Array, text: string): number {
  return Buffer.from(bytes).indexOf(text)
}

describe('a zip', () => {
  const fromZip = packedBy(ONE, 'zip', (out) => ['-q', '-r', out, '.'])

  it.skipIf(fromZip === undefined)(
    'of Info-ZIP is listed and read, skipped where there is no zip',
    async () => {
      const { tree, paths, files, codes } = await listed(archive(fromZip ?? new Uint8Array()))
      expect([...paths].sort()).toEqual(['a.json', 'deep/er/b é 名.json'])
      expect(codes).toEqual([])
      for (const [path, text] of Object.entries(ONE)) {
        expect(await textIn(tree, path)).toBe(text)
        expect(files.find((file) => file.path === path)?.size).toBe(Buffer.byteLength(text))
      }
    },
  )

  it.skipIf(!python)(`written as a stream, with data descriptors, is read (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip([
      'class NoSeek(io.RawIOBase):',
      '    def writable(self): return True',
      '    def seekable(self): return False',
      '    def write(self, d): return b.write(d)',
      'z = zipfile.ZipFile(NoSeek(), "w", zipfile.ZIP_DEFLATED)',
      'z.writestr("s.json", "x" * 5000)',
    ])
    const { tree } = await listed(archive(bytes ?? new Uint8Array()))
    expect(await textIn(tree, 's.json')).toBe('x'.repeat(5000))
  })

  it.skipIf(!python)(`with zip64 fields is read (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip(['f = z.open("big.json", "w", force_zip64=True); f.write(b"[1]"); f.close()'])
    const { tree, paths } = await listed(archive(bytes ?? new Uint8Array()))
    expect(paths).toEqual(['big.json'])
    expect(await textIn(tree, 'big.json')).toBe('[1]')
  })

  it.skipIf(!python)(`never leads out of itself, and gives each path once (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip([
      'for n in ["../../etc/passwd.json", "/abs.json", "C:\\\\win\\\\x.json", "a/./b/../c.json", "a.json", "a.json",',
      '          "__MACOSX/._a.json", "x/.DS_Store", "node_modules/p/a.json", "folder/"]: z.writestr(n, n)',
    ])
    const { tree, paths } = await listed(archive(bytes ?? new Uint8Array()))
    expect(paths).toEqual(['etc/passwd.json', 'abs.json', 'win/x.json', 'a/b/c.json', 'a.json', 'a (2).json'])
    expect(await textIn(tree, 'etc/passwd.json')).toBe('../../etc/passwd.json')
  })

  it.skipIf(!python)(`says what is encrypted and shows the others (${PYTHON_MISSING})`, async () => {
    const bytes =
      pythonZip(['z.writestr("open.json", "1")', 'z.writestr("shut.json", "2")']) ?? new Uint8Array()
    const copy = bytes.slice()
    // the flag "encrypted" of the second member, in its header and in the directory
    const names = [placeOf(copy, 'shut.json'), Buffer.from(copy).lastIndexOf('shut.json')]
    copy[(names[0] ?? 0) - 30 + 6] = 1
    copy[(names[1] ?? 0) - 46 + 8] = 1
    const { paths, notes } = await listed(archive(copy))
    expect(paths).toEqual(['open.json'])
    expect(notes).toMatchObject([{ code: 'encrypted', message: expect.stringContaining('1 file in') }])
  })

  it.skipIf(!python)(`leaves a bomb out and keeps the rest (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip(['z.writestr("bomb.json", b"0" * (60 << 20))', 'z.writestr("good.json", "1")'])
    const { paths, notes } = await listed(archive(bytes ?? new Uint8Array()))
    expect(paths).toEqual(['good.json'])
    expect(notes).toMatchObject([{ code: 'bomb', path: 'bomb.json' }])
  })

  it.skipIf(!python)(`stops where all together are a bomb (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip(['for i in range(40): z.writestr(f"{i}.json", b"0" * 100000)'])
    const { paths, codes } = await listed(archive(bytes ?? new Uint8Array()), { total: 1_000_000, ratio: 10 })
    expect(paths).toHaveLength(10)
    expect(codes).toEqual(['bomb'])
  })

  it.skipIf(!python)(
    `gives not one byte more than a member is said to have (${PYTHON_MISSING})`,
    async () => {
      const bytes = (pythonZip(['z.writestr("lie.json", b"0" * 5000000)']) ?? new Uint8Array()).slice()
      const view = new DataView(bytes.buffer, bytes.byteOffset)
      const central = Buffer.from(bytes).lastIndexOf('lie.json') - 46
      view.setUint32(central + 24, 100, true)
      const { tree, paths } = await listed(archive(bytes))
      expect(paths).toEqual(['lie.json'])
      expect(await textIn(tree, 'lie.json')).toContain('it inflates to more than the archive says')
    },
  )

  it.skipIf(!python)(`says of a damaged member that it is (${PYTHON_MISSING})`, async () => {
    const stored =
      pythonZip(['z.writestr("s.json", "hello world")'], 'zipfile.ZIP_STORED') ?? new Uint8Array()
    const one = await listed(archive(flipped(stored, placeOf(stored, 'hello'))))
    expect(await textIn(one.tree, 's.json')).toBe(
      '(broken-archive) This file is damaged in its archive: its checksum is wrong.',
    )
    const lzma = pythonZip(['z.writestr("s.json", "hello world")'], 'zipfile.ZIP_BZIP2') ?? new Uint8Array()
    const other = await listed(archive(lzma))
    expect(await textIn(other.tree, 's.json')).toContain('compressed by method 12')
  })

  it.skipIf(!python)(`that is cut off is a note, not an error (${PYTHON_MISSING})`, async () => {
    const bytes = pythonZip(['z.writestr("s.json", "hello world")']) ?? new Uint8Array()
    for (const length of [4, 40, bytes.length - 10]) {
      const { paths, codes } = await listed(archive(bytes.slice(0, length)))
      expect(paths).toEqual([])
      expect(codes).toEqual(['broken-archive'])
    }
  })

  it('is told by its content; what is none is none', async () => {
    const kind = (text: string | Uint8Array) => isArchive(new Blob([text as BlobPart]))
    expect(await kind('PK\x05\x06'.padEnd(22, '\0'))).toBe('zip')
    expect(await kind('{"PK": 1}')).toBe(undefined)
    expect(await kind('')).toBe(undefined)
    expect(await kind(new Uint8Array(2048))).toBe(undefined)
    expect((await listed(archive(new TextEncoder().encode('{}')))).codes).toEqual(['broken-archive'])
  })
})
