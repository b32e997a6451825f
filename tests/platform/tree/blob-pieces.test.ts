import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlobPieces } from '../../../src/platform/tree/blob-pieces.ts'
import { crc32 } from '../../../src/platform/tree/crc32.ts'
import { DistinctPaths, memberPath } from '../../../src/platform/tree/member-path.ts'

const MB = 1024 * 1024

describe('a blob in pieces', () => {
  const all = Uint8Array.from({ length: 3 * MB + 77 }, (_, at) => (at * 31) ^ (at >> 9))
  const pieces = new BlobPieces(new Blob([all]))
  const near = fc
    .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -40, max: 40 }))
    .map(([piece, by]) => Math.max(0, piece * MB + by))

  it('gives the same bytes as the blob', async () => {
    await fc.assert(
      fc.asyncProperty(near, fc.oneof(fc.nat(100), near), async (at, length) => {
        const bytes = await pieces.bytes(at, length)
        expect(Buffer.compare(bytes, all.subarray(at, at + length))).toBe(0)
      }),
    )
  })
})

describe('paths of members', () => {
  it('stay below the archive, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', ' ', 'é')), (parts) => {
        const path = memberPath(parts.join(''))
        if (path === undefined) return
        expect(path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')).toBe(true)
        expect(path).not.toMatch(/[\\\0]/)
      }),
    )
  })

  it('are each given once', () => {
    const distinct = new DistinctPaths()
    const given = ['a.json', 'a.json', 'a (2).json', 'a.json', 'x/.env', 'x/.env', 'no', 'no'].map((path) =>
      distinct.give(path),
    )
    expect(given).toEqual([
      'a.json',
      'a (2).json',
      'a (2) (2).json',
      'a (3).json',
      'x/.env',
      'x/.env (2)',
      'no',
      'no (2)',
    ])
  })
})

it('the checksum is that of zip', () => {
  // the check value of the algorithm's catalogue
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})
