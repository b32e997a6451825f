import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type ZipFile, zipFiles } from '../../../src/core/exports/zip.ts'
import { bytesOf, containerFixtures } from '../../support/corpus.ts'
import { nastyText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'deck-zip-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hasUnzip = spawnSync('unzip', ['-v']).status === 0
const hasPython = spawnSync('python3', ['--version']).status === 0

function names(files: readonly ZipFile[]): readonly string[] {
  return Object.keys(unzipSync(zipFiles(files)))
}

function named(...given: readonly string[]): readonly ZipFile[] {
  return given.map((name, at) => ({ name, bytes: Uint8Array.of(at) }))
}

const fixtures = (): readonly ZipFile[] =>
  containerFixtures('llama-stack-json').map((file) => ({
    name: file.path.split('/').at(-1) ?? '',
    bytes: bytesOf(file),
  }))

const files: fc.Arbitrary<readonly ZipFile[]> = fc.array(
  fc.record({
    name: fc.oneof(
      nastyText,
      fc.constantFrom(
        'a.json',
        'A.json',
        'a (2).json',
        '../a.json',
        '/etc/passwd',
        'C:\\x',
        '__proto__',
        '1',
        'a',
      ),
      fc
        .array(fc.constantFrom('a', 'b', '..', '.', '', 'a.json', ' ', '...'), { maxLength: 4 })
        .map((all) => all.join('/')),
    ),
    bytes: fc.uint8Array({ maxLength: 40 }),
  }),
  { maxLength: 12 },
)

describe('an archive', () => {
  it('holds every file, byte for byte, under a name of its own', () => {
    fc.assert(
      fc.property(files, (given) => {
        const unpacked = Object.entries(unzipSync(zipFiles(given)))
        const wanted = given.map(({ bytes }) => Buffer.from(bytes).toString('hex')).toSorted()
        expect(unpacked.map(([, bytes]) => Buffer.from(bytes).toString('hex')).toSorted()).toEqual(wanted)
        const lower = unpacked.map(([name]) => name.normalize('NFC').toLowerCase())
        expect(new Set(lower).size).toBe(given.length)
        // no file stands where another needs a folder
        for (const name of lower) expect(lower.some((other) => other.startsWith(`${name}/`))).toBe(false)
      }),
    )
  })

  it('never leaves the folder that it is unpacked in', () => {
    fc.assert(
      fc.property(files, (given) => {
        for (const name of Object.keys(unzipSync(zipFiles(given)))) {
          expect(name).not.toMatch(/^\/|\\|\p{Cc}|^[A-Za-z]:[\\/]/u)
          for (const part of name.split('/')) expect(part).not.toMatch(/^\.*$/)
        }
      }),
    )
  })

  it('keeps names as they are where that is safe, and numbers those that come twice', () => {
    expect(names(named('a.json', 'b/ü.json', 'a.json', 'A.json', 'a (2).json', '.hidden'))).toEqual([
      'a.json',
      'b/ü.json',
      'a (2).json',
      'A (3).json',
      'a (2) (2).json',
      '.hidden',
    ])
    expect(names(named('../../x.json', '/etc/passwd', 'C:\\y\\z.json', '', 'a\u0000b.json'))).toEqual([
      'x.json',
      'etc/passwd',
      'y/z.json',
      'cassette.json',
      'ab.json',
    ])
  })

  it('is the same bytes for the same files, in every time zone and at every hour', () => {
    const before = process.env.TZ
    const made = ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'].map((zone, at) => {
      process.env.TZ = zone
      vi.useFakeTimers({ now: 1e12 * at })
      return Buffer.from(zipFiles(fixtures())).toString('hex')
    })
    vi.useRealTimers()
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
    expect(new Set(made).size).toBe(1)
  })

  it('says no to more than the format holds', () => {
    const bytes = new Uint8Array(0)
    expect(() => zipFiles(Array.from({ length: 65_536 }, (_, at) => ({ name: `${at}`, bytes })))).toThrow(
      RangeError,
    )
  })

  const path = join(folder, 'fixtures.zip')

  it.skipIf(!hasUnzip)('is sound to unzip (skipped where that is missing)', () => {
    writeFileSync(path, zipFiles(fixtures()))
    expect(execFileSync('unzip', ['-t', path], { encoding: 'utf8' })).toContain('No errors detected')
  })

  it.skipIf(!hasPython)('is what Python reads, names and bytes (skipped where Python is missing)', () => {
    const given = [...fixtures(), { name: 'grüße/世界.json', bytes: Uint8Array.of(1, 2, 3) }]
    writeFileSync(path, zipFiles(given))
    const script =
      'import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(json.dumps({i.filename:[z.read(i).hex(),list(i.date_time)] for i in z.infolist()}))'
    const read: unknown = JSON.parse(
      execFileSync('python3', ['-c', script, path], { encoding: 'utf8', maxBuffer: 1 << 28 }),
    )
    expect(read).toEqual(
      Object.fromEntries(
        given.map(({ name, bytes }) => [name, [Buffer.from(bytes).toString('hex'), [1980, 1, 1, 0, 0, 0]]]),
      ),
    )
    expect(readFileSync(path).length).toBeGreaterThan(0)
  })
})
