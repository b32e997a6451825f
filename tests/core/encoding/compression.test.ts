import { spawnSync } from 'node:child_process'
import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Inflated, inflatedRegion } from '../../../src/core/encoding/compression.ts'
import { MAX_INFLATED } from '../../../src/core/encoding/limits.ts'
import { unpackText } from '../../../src/core/framing/body.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'
import { wholeRegion } from '../../../src/core/text/region.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')

function inflated(packed: Uint8Array): Inflated {
  const found = inflatedRegion(wholeRegion(latin1(packed)), undefined)
  if (found === undefined || 'problem' in found) throw new Error(`not inflated: ${found?.problem}`)
  return found
}

function problemOf(packed: Uint8Array, said?: string): string | undefined {
  const found = inflatedRegion(wholeRegion(latin1(packed)), said, { brotli: brotliDecompressSync })
  return found && 'problem' in found ? found.problem : undefined
}

const content = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => new Uint8Array(Buffer.from(text))),
)

describe('gzip and zlib', () => {
  for (const [how, pack, unpack] of [
    ['gzip', gzipSync, gunzipSync],
    ['deflate', deflateSync, inflateSync],
  ] as const) {
    it(`${how} is read as node reads it, and what is written node reads`, () => {
      fc.assert(
        fc.property(content, fc.constantFrom(0, 1, 6, 9), content, (bytes, level, more) => {
          const packed = pack(bytes, { level })
          const found = inflated(packed)
          expect(found.how).toBe(how)
          expect(found.region.text).toBe(latin1(bytes))
          expect(found.region.toOuter()).toEqual([])
          const edits = found.region.toOuter({ offset: bytes.length, length: 0, content: latin1(more) })
          const after = applyEdits(latin1(packed), edits)
          expect(latin1(unpack(bytesOf(after)))).toBe(latin1(bytes) + latin1(more))
        }),
      )
    })

    it(`${how} that breaks off or is damaged is told from what is whole`, () => {
      const packed = pack(Buffer.from('{"a": "some text, and some text, and more of it"}'))
      for (let end = 8; end < packed.length; end++)
        expect(problemOf(packed.subarray(0, end)), `cut at ${end}`).toMatch(/\w+ \w+/)
      for (let at = packed.length - (how === 'gzip' ? 8 : 4); at < packed.length; at++) {
        const damaged = Buffer.from(packed)
        damaged.writeUInt8((damaged[at] ?? 0) ^ 1, at)
        expect(problemOf(damaged), `checksum or length, byte ${at}`).toMatch(/\w+ \w+/)
      }
    })
  }

  it('keep the time of a gzip header', () => {
    const packed = gzipSync('one')
    packed.writeUInt32LE(1_700_000_000, 4)
    const edits = inflated(packed).region.toOuter({ offset: 0, length: 1, content: 'O' })
    const after = bytesOf(applyEdits(latin1(packed), edits))
    expect(after.readUInt32LE(4)).toBe(1_700_000_000)
    expect(gunzipSync(after).toString()).toBe('One')
  })

  it('may have several members', () => {
    const packed = Buffer.concat([gzipSync('one'), gzipSync(' two')])
    const found = inflated(packed)
    expect(found.region.text).toBe('one two')
    const after = applyEdits(latin1(packed), found.region.toOuter({ offset: 3, length: 0, content: '!' }))
    expect(gunzipSync(bytesOf(after)).toString()).toBe('one! two')
  })

  it('that are bombs are left as they are', () => {
    const bomb = gzipSync(Buffer.alloc(MAX_INFLATED + 1))
    expect(problemOf(bomb)).toContain('64 MB')
    expect(problemOf(deflateSync(Buffer.alloc(MAX_INFLATED + 1)))).toContain('64 MB')
    const { info, view } = unpackText(latin1(bomb), { encoding: 'bytes' })
    expect(info.diagnostics.map(({ code }) => code)).toEqual(['not-inflated'])
    expect(view.put([])).toEqual([])
  })

  it('twice is undone twice, and no more', () => {
    const text = '{"a":1}'
    const twice = gzipSync(gzipSync(text))
    expect(unpackText(latin1(twice), { encoding: 'bytes' }).view.json).toBe(text)
    const { info } = unpackText(latin1(gzipSync(twice)), { encoding: 'bytes' })
    expect(info.encodings).toEqual(['gzip', 'gzip'])
    expect(info.framing).toBe('text')
  })
})

const hasZstd = spawnSync('zstd', ['--version']).status === 0
function zstd(bytes: Uint8Array, ...options: readonly string[]): Buffer {
  return spawnSync('zstd', ['-q', '-c', ...options], { input: bytes, maxBuffer: 1 << 28 }).stdout
}

describe('what is only read', () => {
  it.skipIf(!hasZstd)('zstd is read and not written', () => {
    for (const text of ['', 'x', '{"a":"é"}', 'long '.repeat(100_000)]) {
      for (const options of [['-1'], ['-19'], ['--no-check'], ['--ultra', '-22']]) {
        const packed = zstd(Buffer.from(text), ...options)
        const { region, how } = inflated(packed)
        expect(how).toBe('zstd')
        expect(region.text === latin1(Buffer.from(text))).toBe(true)
        expect(region.toOuter()).toEqual([])
        expect(() => region.toOuter({ offset: 0, length: 0, content: 'y' })).toThrow(EditError)
      }
    }
  })

  it.skipIf(!hasZstd)('zstd that breaks off or is a bomb is told', () => {
    const packed = zstd(Buffer.from('{"a": "some text, and some text, and more of it"}'))
    for (let end = 5; end < packed.length - 4; end++)
      expect(problemOf(packed.subarray(0, end)), `cut at ${end}`).toMatch(/\w+ \w+/)
    // 512 MB in 50 KB: it must be given up on the way
    const head = zstd(Buffer.alloc(1 << 20))
    const many = Buffer.concat(Array.from({ length: 512 }, () => head))
    expect(problemOf(many)).toContain('64 MB')
  })

  it('zstd is not believed when it asks for all memory', () => {
    const magic = [0x28, 0xb5, 0x2f, 0xfd]
    expect(problemOf(new Uint8Array([...magic, 0x00, 0xa8, 1, 0, 0, 0, 0, 0, 0, 0]))).toContain('64 MB')
    expect(problemOf(new Uint8Array([...magic, 0xa0, 0xff, 0xff, 0xff, 0x70, 1, 0, 0, 0, 0]))).toContain(
      '64 MB',
    )
    expect(
      problemOf(new Uint8Array([...magic, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0])),
    ).toMatch(/\w+ \w+/)
  })

  it('brotli is believed where it is said', () => {
    const packed = brotliCompressSync('{"a":1}')
    const hint = { encoding: 'bytes', contentEncoding: 'br' } as const
    const { view, info } = unpackText(latin1(packed), hint, { brotli: brotliDecompressSync })
    expect(info.diagnostics).toEqual([])
    expect(info.encodings).toEqual(['br'])
    expect(view.json).toBe('{"a":1}')
    expect(() => view.put([{ offset: 5, length: 1, content: '2' }])).toThrow(EditError)
    // unpacked by the recorder, which left the header
    const plain = unpackText('{"answer":1}', hint, { brotli: brotliDecompressSync })
    expect(plain.view.json).toBe('{"answer":1}')
    expect(plain.info.diagnostics).toEqual([])
    expect(problemOf(new Uint8Array([0xff, 0xfe, 0x80]), 'br')).toMatch(/\w/)
  })
})
