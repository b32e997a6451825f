import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  type Address,
  escapePointerToken,
  formatAddress,
  parseAddress,
  pointerTokens,
  type Step,
} from '../../../src/core/text/address.ts'
import { nastyText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const token = fc.oneof(
  nastyText,
  fc.constantFrom('~', '/', '~1', '~0', '~01', ';', '%', '%3B', '%25', 'sse:1'),
)
const pointer = fc
  .array(token, { maxLength: 5 })
  .map((tokens) => tokens.map((t) => `/${escapePointerToken(t)}`).join(''))
const step: fc.Arbitrary<Step> = pointer.map((text) => ({ in: 'json', pointer: text }))
const address: fc.Arbitrary<Address> = fc.array(step, { maxLength: 4 })

describe('JSON pointers', () => {
  it('give their tokens back, whatever characters a key has', () => {
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        expect(pointerTokens(tokens.map((t) => `/${escapePointerToken(t)}`).join(''))).toEqual(tokens)
      }),
    )
  })

  it('are read as RFC 6901 section 5 gives them', () => {
    expect(pointerTokens('')).toEqual([])
    expect(pointerTokens('/')).toEqual([''])
    expect(pointerTokens('/a~1b')).toEqual(['a/b'])
    expect(pointerTokens('/m~0n')).toEqual(['m~n'])
    expect(pointerTokens('/~01')).toEqual(['~1'])
    expect(pointerTokens('/foo/0')).toEqual(['foo', '0'])
    expect(pointerTokens('foo')).toBeUndefined()
  })
})

describe('addresses', () => {
  it('survive being written into a URL and read back', () => {
    fc.assert(
      fc.property(address, (at) => {
        expect(parseAddress(formatAddress(at))).toEqual(at)
      }),
      { numRuns: 500 },
    )
  })

  it('have one text form each', () => {
    fc.assert(
      fc.property(address, address, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        expect(formatAddress(one) === formatAddress(other)).toBe(same)
      }),
    )
  })

  it('are written as people can read them', () => {
    const at: Address = [
      { in: 'json', pointer: '/response/body/3' },
      { in: 'json', pointer: '/a' },
    ]
    expect(formatAddress(at)).toBe('json:/response/body/3;json:/a')
  })

  it('are not made out of other text', () => {
    for (const text of ['x', 'json', 'json:a', 'sse:1', 'json:/a;', ';', 'yaml:/a']) {
      expect(parseAddress(text), text).toBeUndefined()
    }
  })

  it('never throw for any text', () => {
    fc.assert(fc.property(nastyText, (text) => void parseAddress(text)))
  })
})
