import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Region, fromBase64, hexRegion, piecesRegion } from '../../../src/core/encoding/base64.ts'
import { chunkedRegion } from '../../../src/core/encoding/chunked.ts'
import { utf8Region } from '../../../src/core/encoding/utf8.ts'
import { applyEdits, EditError } from '../../../src/core/text/edit.ts'
import { type Region, wholeRegion } from '../../../src/core/text/region.ts'
import { editFromShares, hasUtf8Form, spliceShares } from '../support/arbitraries.ts'

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytes = fc.uint8Array({ maxLength: 30 })

function edited(
  region: Region,
  text: string,
  edit: { offset: number; length: number; content: string },
): string {
  expect(region.toOuter(), 'no edits').toEqual([])
  return applyEdits(text, region.toOuter(edit))
}

function got(region: Region | undefined): Region {
  if (region === undefined) throw new Error('not read')
  return region
}

describe('base64', () => {
  it('is read and written as Buffer does, in its own alphabet', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.constantFrom('base64', 'base64url'), (before, after, encoding) => {
        const text = Buffer.from(before).toString(encoding)
        const region = got(base64Region(wholeRegion(text)))
        expect(region.text).toBe(latin1(before))
        const edit = { offset: 0, length: before.length, content: latin1(after) }
        const now = edited(region, text, edit)
        expect(latin1(Buffer.from(now, 'base64'))).toBe(latin1(after))
        if (/[-_]/.test(text)) expect(now).not.toMatch(/[+/]/)
        if (text.length % 4 !== 0) expect(now).not.toContain('=')
      }),
    )
  })

  it('may be broken into lines, which are kept while nothing is edited', () => {
    const text = 'SGVs\nbG8g\r\n d29y\nbGQ='
    const region = got(base64Region(wholeRegion(text)))
    expect(region.text).toBe('Hello world')
    expect(
      Buffer.from(edited(region, text, { offset: 0, length: 1, content: 'J' }), 'base64').toString(),
    ).toBe('Jello world')
    for (const wrong of ['a', 'ab=c', 'abc!', 'ab===', '====', 'é'])
      expect(fromBase64(wrong), wrong).toBeUndefined()
  })
})

describe('hex', () => {
  it('is read and written as Buffer does, and kept while nothing is edited', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.boolean(), (before, after, upper) => {
        const lower = Buffer.from(before).toString('hex')
        const text = upper ? lower.toUpperCase() : lower
        const region = got(hexRegion(wholeRegion(text)))
        expect(region.text).toBe(latin1(before))
        const now = edited(region, text, { offset: 0, length: before.length, content: latin1(after) })
        expect(latin1(Buffer.from(now, 'hex'))).toBe(latin1(after))
      }),
    )
    expect(got(hexRegion(wholeRegion('aAbBFf'))).toOuter()).toEqual([])
    for (const wrong of ['a', 'zz', 'é0', '0x00'])
      expect(hexRegion(wholeRegion(wrong)), wrong).toBeUndefined()
  })
})

describe('pieces', () => {
  it('are read and written as one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 9, maxLength: 20 }), { minLength: 1, maxLength: 4 }),
        bytes,
        fc.constantFrom('hex', 'base64'),
        (pieces, after, encoding) => {
          const list = pieces.map((piece) => Buffer.from(piece).toString(encoding))
          fc.pre(encoding === 'hex' || !list.every((piece) => /^([0-9a-f]{2})+$/.test(piece)))
          const text = JSON.stringify(list, null, 1)
          const region = got(piecesRegion(wholeRegion(text)))
          const whole = Buffer.concat(pieces)
          expect(region.text).toBe(latin1(whole))
          const now = edited(region, text, { offset: 0, length: whole.length, content: latin1(after) })
          const read = (JSON.parse(now) as string[]).map((piece) => Buffer.from(piece, encoding))
          expect(latin1(Buffer.concat(read))).toBe(latin1(after))
        },
      ),
    )
  })

  it('may be 100,000', () => {
    const list = Array.from({ length: 100_000 }, (_, at) => Buffer.from(`${at}, piece `).toString('base64'))
    const region = got(piecesRegion(wholeRegion(JSON.stringify(list))))
    expect(region.text.endsWith('99999, piece ')).toBe(true)
    expect(region.toOuter()).toEqual([])
  })

  it('are nothing else', () => {
    for (const text of ['[]', '[1]', '["!"]', '["ab", null]', '{}', '["ab"', '"ab"'])
      expect(piecesRegion(wholeRegion(text)), text).toBeUndefined()
  })
})

describe('UTF-8', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '世', '😀', '\ufeff', '\0'), maxLength: 12 })
  it('is read and written as Buffer does', () => {
    fc.assert(
      fc.property(text, text, spliceShares, (before, content, { from, to }) => {
        const units = [...before]
        const [a, b] = [
          Math.round(Math.min(from, to) * units.length),
          Math.round(Math.max(from, to) * units.length),
        ]
        const offset = units.slice(0, a).join('').length
        const edit = { offset, length: units.slice(a, b).join('').length, content }
        const stored = Buffer.from(before).toString('latin1')
        const region = got(utf8Region(wholeRegion(stored)))
        const now = edited(region, stored, edit)
        expect(Buffer.from(now, 'latin1').toString('utf8')).toBe(applyEdits(before, [edit]))
      }),
    )
  })

  it('holds no half of a character', () => {
    const region = got(utf8Region(wholeRegion('ab')))
    expect(() => region.toOuter({ offset: 1, length: 0, content: '\ud83d' })).toThrow(EditError)
    expect(utf8Region(wholeRegion('\xff'))).toBeUndefined()
    expect(utf8Region(wholeRegion('\xc3'))).toBeUndefined()
  })
})

/** RFC 9112 section 7.1, by its grammar. */
function unchunked(coded: Buffer): string {
  const found: Buffer[] = []
  for (let at = 0; ; ) {
    const end = coded.indexOf('\n', at)
    const size = Number.parseInt(coded.subarray(at, end).toString('latin1'), 16)
    at = end + 1
    if (size === 0) return Buffer.concat(found).toString('utf8')
    found.push(coded.subarray(at, at + size))
    at = coded.indexOf('\n', at + size) + 1
  }
}

describe('chunked transfer coding', () => {
  const coded = fc
    .tuple(
      fc.array(
        fc.string({ unit: fc.constantFrom('a', '0', 'é', '😀', '\r\n'), minLength: 1, maxLength: 20 }),
        { maxLength: 4 },
      ),
      fc.constantFrom('\r\n', '\n'),
      fc.constantFrom('', ';ext=10', ' ; q="0"'),
      fc.constantFrom('', '0-trailer: 00\r\n'),
    )
    .map(([pieces, eol, extension, trailer]) => ({
      whole: pieces.join(''),
      tail: `0${extension}${eol}${trailer}${eol}`,
      text: `${pieces.map((piece) => `${Buffer.byteLength(piece).toString(16)}${extension}${eol}${piece}${eol}`).join('')}0${extension}${eol}${trailer}${eol}`,
    }))

  it('is edited as what it adds up to', () => {
    fc.assert(
      fc.property(
        coded,
        spliceShares,
        fc.constantFrom('', 'x', 'new é text'),
        fc.boolean(),
        ({ whole, text, tail }, shares, content, isBytes) => {
          const stored = isBytes ? Buffer.from(text).toString('latin1') : text
          const bare = got(chunkedRegion(wholeRegion(stored), isBytes))
          const region = isBytes ? got(utf8Region(bare)) : bare
          expect(region.text).toBe(whole)
          const edit = { ...editFromShares(whole, shares), content }
          fc.pre(hasUtf8Form(applyEdits(whole, [edit])))
          fc.pre(
            hasUtf8Form(whole.slice(0, edit.offset)) &&
              hasUtf8Form(whole.slice(0, edit.offset + edit.length)),
          )
          const now = edited(region, stored, edit)
          expect(unchunked(Buffer.from(now, isBytes ? 'latin1' : 'utf8'))).toBe(applyEdits(whole, [edit]))
          expect(now.endsWith(tail)).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('with sizes that lie is none', () => {
    for (const text of [
      '5\r\nab\r\n0\r\n\r\n',
      '1\r\nab\r\n0\r\n\r\n',
      'ffffffffffffffff\r\nab\r\n0\r\n\r\n',
      '2\r\nab\r\n',
      '',
      'x',
      '-1\r\na\r\n0\r\n\r\n',
      '2\r\nab0\r\n\r\n',
    ])
      expect(chunkedRegion(wholeRegion(text), false), JSON.stringify(text)).toBeUndefined()
  })
})
