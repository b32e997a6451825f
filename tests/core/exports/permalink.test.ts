import { randomBytes } from 'node:crypto'
import { deflateRawSync, deflateSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  MAX_INFLATED_BYTES,
  MAX_LINK_CHARACTERS,
  packFile,
  unpackFile,
} from '../../../src/core/exports/permalink.ts'
import { bytesOf, containerFixtures, SEED } from '../../support/corpus.ts'
import { seededRandom } from '../support/random.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function packed(bytes: Uint8Array): string {
  const result = packFile(bytes)
  if (!result.ok) throw new Error(`too long: ${result.characters}`)
  return result.data
}

/** RFC 1950 section 8.2, byte by byte. */
function adlerByHand(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  for (const byte of bytes) {
    a = (a + byte) % 65521
    b = (b + a) % 65521
  }
  return b * 65536 + a
}

/** The format as the head of the file describes it, by node alone. */
function oracleUnpack(data: string): { version: number; sum: number; bytes: Uint8Array } {
  const raw = Buffer.from(data, 'base64url')
  return {
    version: raw.readUInt8(0),
    sum: raw.readUInt32BE(1),
    bytes: new Uint8Array(inflateRawSync(raw.subarray(5))),
  }
}

function oraclePack(deflated: Uint8Array, sum: number, version = 1): string {
  const head = Buffer.alloc(5)
  head.writeUInt8(version, 0)
  head.writeUInt32BE(sum, 1)
  return Buffer.concat([head, deflated]).toString('base64url')
}

/** Bytes that do and do not compress. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.uint8Array({ minLength: 500, maxLength: 5000 }),
  fc
    .tuple(fc.nat({ max: 255 }), fc.nat({ max: 70_000 }))
    .map(([byte, length]) => new Uint8Array(length).fill(byte)),
  fc.string({ unit: 'binary', maxLength: 400 }).map((text) => new TextEncoder().encode(text.repeat(3))),
)

/** `toEqual` compares typed arrays member by member, which takes seconds for megabytes. */
function same(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

function expectUnpacked(data: string, bytes: Uint8Array): void {
  const result = unpackFile(data)
  expect(result.ok).toBe(true)
  expect(result.ok && same(result.bytes, bytes)).toBe(true)
}

const FILES = [SEED, ...containerFixtures('llama-stack-json')]

function expectRefused(data: string): string {
  const result = unpackFile(data)
  if (result.ok) throw new Error(`${data.slice(0, 80)} was unpacked to ${result.bytes.length} bytes`)
  expect(result.reason).toMatch(/^[A-Z].+\.$/)
  return result.reason
}

describe('a cassette in a link', () => {
  it('comes out byte for byte, whatever the bytes are', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const copy = bytes.slice()
        const data = packed(bytes)
        expect(same(bytes, copy)).toBe(true)
        expectUnpacked(data, bytes)
        expect(data).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(data.length).toBeLessThanOrEqual(MAX_LINK_CHARACTERS)
      }),
      { numRuns: 300 },
    )
  })

  it.each(FILES)('comes out byte for byte: $name', (file) => {
    const bytes = bytesOf(file)
    const data = packed(bytes)
    expectUnpacked(data, bytes)
    const { version, sum, bytes: found } = oracleUnpack(data)
    expect([version, sum, same(found, bytes)]).toEqual([1, adlerByHand(bytes), true])
  })

  it('is written as the format says: node inflates it and agrees on the sum', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { version, sum, bytes: found } = oracleUnpack(packed(bytes))
        expect(version).toBe(1)
        expect(sum).toBe(adlerByHand(bytes))
        // zlib's own format ends in the same sum
        expect(sum).toBe(deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4))
        expect(same(found, bytes)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('is read as the format says: what node deflated at any level comes out', () => {
    fc.assert(
      fc.property(
        anyBytes,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(0, 1, 2, 3, 4),
        (bytes, level, strategy) => {
          const data = oraclePack(deflateRawSync(bytes, { level, strategy }), adlerByHand(bytes))
          if (data.length <= MAX_LINK_CHARACTERS) expectUnpacked(data, bytes)
          else expectRefused(data)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('holds files up to the cap that deflate well, with the sum of long files right', () => {
    const bytes = new Uint8Array(MAX_INFLATED_BYTES).fill(255)
    const data = packed(bytes)
    expect(oracleUnpack(data).sum).toBe(adlerByHand(bytes))
    const back = unpackFile(data)
    expect(back.ok && same(back.bytes, bytes)).toBe(true)
  })

  it('says how many characters it would have when it is too long', () => {
    for (const length of [48_100, 60_000, 300_000]) {
      const bytes = new Uint8Array(randomBytes(length))
      const result = packFile(bytes)
      expect(result.ok).toBe(false)
      if (result.ok) continue
      expect(result.characters).toBeGreaterThan(MAX_LINK_CHARACTERS)
      // random bytes do not deflate: 4 characters for 3 bytes, and a little for the blocks
      expect(result.characters).toBeGreaterThanOrEqual(Math.ceil(((length + 5) * 4) / 3))
      expect(result.characters).toBeLessThan(((length + 5) * 4) / 3 + 200)
    }
  })

  it('may be exactly as long as the cap, and what is packed can always be unpacked', () => {
    // stored blocks: one byte more is one byte more in the link
    const source = new Uint8Array(randomBytes(48_100))
    let longest = 0
    let refused: number | undefined
    for (let length = 47_900; length < 48_100 && refused === undefined; length++) {
      const bytes = source.subarray(0, length)
      const result = packFile(bytes)
      if (result.ok) {
        longest = result.data.length
        expect(unpackFile(result.data).ok).toBe(true)
      } else refused = result.characters ?? 0
    }
    expect(longest).toBeGreaterThan(MAX_LINK_CHARACTERS - 8)
    expect(longest).toBeLessThanOrEqual(MAX_LINK_CHARACTERS)
    expect(refused).toBeGreaterThan(MAX_LINK_CHARACTERS)
  })

  it('is refused, not made, when nobody could unpack it', () => {
    expect(packFile(new Uint8Array(MAX_INFLATED_BYTES + 1)).ok).toBe(false)
  })

  it('that is refused for its size makes no claim about the length of a link', () => {
    // a file that deflates well would otherwise "make a link of 11,000 characters; browsers keep up to 64,000"
    expect(packFile(new Uint8Array(MAX_INFLATED_BYTES + 1))).toEqual({ ok: false })
  })
})

describe('a damaged link', () => {
  it('is refused or gives the identical bytes, for every change of one character', () => {
    const bytes = new TextEncoder().encode(
      '{"request":{"method":"POST"},"response":{"body":"hello hello hello"}}',
    )
    const data = packed(bytes)
    let refused = 0
    let tried = 0
    for (let at = 0; at < data.length; at++) {
      for (const char of `${ALPHABET}+/=. é\u0000`) {
        if (char === data[at]) continue
        tried++
        const result = unpackFile(data.slice(0, at) + char + data.slice(at + 1))
        if (result.ok) expect(same(result.bytes, bytes)).toBe(true)
        else refused++
      }
    }
    // only bits that mean nothing (padding) may go unnoticed
    expect(refused / tried).toBeGreaterThan(0.99)
  })

  it('is refused or gives the identical bytes, for every bit of a recording turned over', () => {
    const bytes = bytesOf(SEED).subarray(0, 800)
    const raw = Buffer.from(packed(bytes), 'base64url')
    for (let bit = 0; bit < raw.length * 8; bit++) {
      const turned = Buffer.from(raw)
      turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      const result = unpackFile(turned.toString('base64url'))
      if (result.ok && !same(result.bytes, bytes)) {
        expect.fail(`bit ${bit} gives ${result.bytes.length} other bytes`)
      }
    }
  })

  it('is refused when it was cut anywhere, or gives the identical bytes', () => {
    for (const bytes of [bytesOf(SEED), new Uint8Array(0), new Uint8Array([0]), new Uint8Array(100_000)]) {
      const data = packed(bytes)
      for (let length = 0; length < data.length; length++) {
        const result = unpackFile(data.slice(0, length))
        // up to 4 characters hold nothing but the bits behind the end
        if (result.ok) expect([length > data.length - 4, same(result.bytes, bytes)]).toEqual([true, true])
      }
      for (const cut of [1, 5, data.length >> 1]) expectRefused(data.slice(cut))
    }
  })

  it('is refused with letters that are not base64url, white space and padding included', () => {
    const data = packed(bytesOf(SEED))
    for (const junk of [' ', '\n', '=', '+', '/', '%41', '<script>', '\u0000', '😀', '\ud83d']) {
      expectRefused(data + junk)
      expectRefused(junk + data)
      expectRefused(data.slice(0, 100) + junk + data.slice(100))
    }
    expectRefused('')
  })

  it('of another version is told apart from a broken one', () => {
    const bytes = bytesOf(SEED)
    const deflated = deflateRawSync(bytes)
    for (const version of [0, 2, 3, 127, 255]) {
      expect(expectRefused(oraclePack(deflated, adlerByHand(bytes), version))).toContain('version')
    }
    expect(expectRefused(oraclePack(deflated, adlerByHand(bytes) ^ 1))).toContain('damaged')
  })

  it('never throws, for 10,000 random fragments', () => {
    const random = seededRandom('links')
    const good = packed(bytesOf(SEED))
    let opened = 0
    for (let run = 0; run < 10_000; run++) {
      let data: string
      if (run % 3 === 0) {
        // right version, then noise
        data = `AQ${Array.from({ length: random.below(200) }, () => ALPHABET[random.below(64)]).join('')}`
      } else if (run % 3 === 1) {
        data = Array.from({ length: random.below(300) }, () => String.fromCharCode(random.below(128))).join(
          '',
        )
      } else {
        data = good
        for (let left = 1 + random.below(5); left > 0; left--) {
          const at = random.below(data.length)
          const part = Array.from({ length: random.below(4) }, () => ALPHABET[random.below(64)]).join('')
          data = data.slice(0, at) + part + data.slice(at + random.below(6))
        }
      }
      const result = unpackFile(data)
      if (!result.ok) expect(result.reason.length).toBeGreaterThan(20)
      else {
        opened++
        // nothing comes out that its own sum does not vouch for
        expect(adlerByHand(result.bytes)).toBe(Buffer.from(data, 'base64url').readUInt32BE(1))
      }
    }
    expect(opened).toBeLessThan(200)
  })
})

describe('a bomb in a link', () => {
  const MIB = 1024 * 1024

  it('of 9 MiB of zeros is refused, with a sum that fits', () => {
    const zeros = new Uint8Array(9 * MIB)
    const data = oraclePack(deflateRawSync(zeros, { level: 9 }), adlerByHand(zeros))
    expect(data.length).toBeLessThan(MAX_LINK_CHARACTERS)
    expect(expectRefused(data)).toContain('8 MB')
  })

  it('as large as fits into a link is refused', () => {
    const zeros = new Uint8Array(46 * MIB)
    const data = oraclePack(deflateRawSync(zeros, { level: 9 }), 0)
    expect(data.length).toBeLessThan(MAX_LINK_CHARACTERS)
    expect(data.length).toBeGreaterThan(MAX_LINK_CHARACTERS * 0.95)
    expect(expectRefused(data)).toContain('8 MB')
  })

  it('of 256 MiB of zeros is refused without holding it, whole, cut to the cap and cut anywhere', () => {
    // the same 16 MiB again and again: deflate of 256 MiB at once takes a second
    const part = deflateRawSync(new Uint8Array(16 * MIB), { level: 9, finishFlush: 2 })
    const deflated = Buffer.concat([
      ...Array.from({ length: 16 }, () => part),
      deflateRawSync(new Uint8Array(0)),
    ])
    const data = oraclePack(deflated, 0)
    expect(data.length).toBeGreaterThan(300_000)
    for (const bomb of [data, data.slice(0, MAX_LINK_CHARACTERS), data.slice(0, MAX_LINK_CHARACTERS - 3)]) {
      const before = process.memoryUsage().rss
      expectRefused(bomb)
      // held, it would be 256 MiB; what the rest of the process does meanwhile stays far below
      expect(process.memoryUsage().rss - before).toBeLessThan(192 * MIB)
    }
  })

  it('that is one byte over the cap is refused, and at the cap opened', () => {
    for (const [length, opens] of [
      [MAX_INFLATED_BYTES, true],
      [MAX_INFLATED_BYTES + 1, false],
    ] as const) {
      const zeros = new Uint8Array(length)
      const data = oraclePack(deflateRawSync(zeros, { level: 9 }), adlerByHand(zeros))
      expect(unpackFile(data).ok).toBe(opens)
    }
  })

  it('of thousands of empty blocks is answered', () => {
    // stored blocks of no length: five bytes each, 00 00 00 FF FF
    const blocks = new Uint8Array(47_000)
    for (let at = 0; at + 5 <= blocks.length; at += 5) blocks.set([0, 0, 0, 255, 255], at)
    expectRefused(oraclePack(blocks, 1))
  })

  it('that was truncated is refused as damaged', () => {
    const zeros = new Uint8Array(7 * MIB)
    const data = oraclePack(deflateRawSync(zeros, { level: 9 }), adlerByHand(zeros))
    expect(unpackFile(data).ok).toBe(true)
    for (const length of [8, 100, 1000, data.length - 10]) {
      expect(expectRefused(data.slice(0, length))).toContain('damaged')
    }
  })
})
