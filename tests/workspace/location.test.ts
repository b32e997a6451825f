import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  formatLocation,
  type LinkSource,
  LOCATION_VERSION,
  type Location,
  parseLocation,
} from '../../src/workspace/location.ts'
import { nastyText, soundText } from '../core/support/arbitraries.ts'
import { seededRandom } from '../core/support/random.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

/** Text full of what means something in a URL. */
const urlText = fc
  .array(
    fc.oneof(soundText, fc.constantFrom('&', '=', '#', '?', '%', '%26', '%zz', '+', ' ', 'v=9', '&t=3', ';')),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''))

const source: fc.Arbitrary<LinkSource> = fc.oneof(
  fc.record({ kind: fc.constant('url' as const), url: urlText.map((rest) => `https://${rest}`) }),
  fc.record({ kind: fc.constant('url' as const), url: urlText.filter(Boolean) }),
  fc.record({
    kind: fc.constant('data' as const),
    data: fc.oneof(fc.string({ unit: fc.constantFrom(...'abzAZ09-_'), maxLength: 40 }), urlText),
    name: urlText.filter((name) => name !== '' && name.length <= 255),
  }),
  fc.constant<LinkSource>({ kind: 'sample' }),
)

const anyLocation: fc.Arbitrary<Location> = fc.record(
  {
    source,
    interaction: fc.nat({ max: 999_998 }),
    position: fc.nat({ max: 999_999_999 }),
    autoplay: fc.constant(true),
  },
  { requiredKeys: [] },
)

function located(search: string, hash: string): Location {
  const parsed = parseLocation(search, hash)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.location
}

describe('the address bar', () => {
  it('gives every location back, whatever characters its names and URLs have', () => {
    fc.assert(
      fc.property(anyLocation, (location) => {
        const hash = formatLocation(location)
        expect(located('', hash)).toEqual(location)
        // and again after a browser has had it in its address bar
        const href = new URL(hash, 'https://deck.example/app/?from=mail').href
        expect(located('?from=mail', new URL(href).hash)).toEqual(location)
        expect(formatLocation(located('', hash))).toBe(hash)
      }),
      { numRuns: 2000 },
    )
  })

  it('holds only characters that mail and chat programs leave alone', () => {
    fc.assert(
      fc.property(anyLocation, (location) => {
        expect(formatLocation(location)).toMatch(/^(?:#v=\d+[A-Za-z0-9&=%+*._-]+)?$/)
      }),
      { numRuns: 500 },
    )
  })

  it('says nothing when there is nothing to say', () => {
    expect(formatLocation({})).toBe('')
    expect(formatLocation({ autoplay: false })).toBe('')
    expect(located('', '')).toEqual({})
    expect(located('', '#')).toEqual({})
    expect(located('?', '#')).toEqual({})
  })

  it('names its version first', () => {
    expect(formatLocation({ position: 3 })).toBe(`#v=${LOCATION_VERSION}&t=3`)
    expect(formatLocation({ source: { kind: 'sample' }, position: 0, autoplay: true })).toBe(
      `#v=${LOCATION_VERSION}&sample=1&t=0&autoplay=1`,
    )
  })

  it('ignores keys it does not know, wherever they stand', () => {
    fc.assert(
      fc.property(anyLocation, urlText, urlText, (location, key, value) => {
        const known = ['v', 'url', 'data', 'name', 'sample', 't', 'autoplay']
        fc.pre(!known.includes(key))
        const hash = formatLocation(location)
        fc.pre(hash !== '')
        const unknown = new URLSearchParams([[key, value]]).toString()
        expect(located('', `${hash}&${unknown}`)).toEqual(location)
        expect(located('', `#${unknown}&${hash.slice(1)}`)).toEqual(location)
        expect(located(`?${unknown}`, hash)).toEqual(location)
      }),
      { numRuns: 500 },
    )
  })

  it('reads links that people wrote by hand, before there were versions', () => {
    const url = 'https://example.com/a.json'
    const by = { source: { kind: 'url', url } }
    expect(located('', `#url=${url}`)).toEqual(by)
    expect(located(`?url=${url}`, '')).toEqual(by)
    expect(located(`?url=${encodeURIComponent(url)}`, '#')).toEqual(by)
    expect(located(`?utm=1&url=${url}`, '#t=4')).toEqual({ ...by, position: 4 })
    expect(located(`?url=${url}`, '#autoplay=1')).toEqual({ ...by, autoplay: true })
    expect(located('', '#v=0&sample=1')).toEqual({ source: { kind: 'sample' } })
    expect(located('', '#url=seed.json')).toEqual({ source: { kind: 'url', url: 'seed.json' } })
    const query = 'https://example.com/raw?ref=main&path=a%20b'
    expect(located('', `#url=${encodeURIComponent(query)}`)).toEqual({ source: { kind: 'url', url: query } })
    // a URL's own query is no trouble as long as it has one parameter
    expect(located('', '#url=https://example.com/raw?ref=main')).toEqual({
      source: { kind: 'url', url: 'https://example.com/raw?ref=main' },
    })
  })

  it('prefers the fragment to the query, and a cassette in the link to a URL', () => {
    expect(located('?url=https://q.example/', '#url=https://f.example/')).toEqual({
      source: { kind: 'url', url: 'https://f.example/' },
    })
    expect(located('?url=https://q.example/', '#v=1&data=AAA&name=a.json')).toEqual({
      source: { kind: 'data', data: 'AAA', name: 'a.json' },
    })
  })

  it('refuses a newer version and a version that is none, in a sentence', () => {
    for (const version of [
      String(LOCATION_VERSION + 1),
      '99',
      '9999',
      '10000',
      '-1',
      '1.5',
      'x',
      '1e0',
      ' 1',
      '٣',
    ]) {
      const parsed = parseLocation('', `#v=${encodeURIComponent(version)}&url=https://example.com/`)
      expect(parsed.ok, version).toBe(false)
      if (!parsed.ok) expect(parsed.reason).toMatch(/^[A-Z].+\.$/)
    }
    expect(parseLocation('?url=https://example.com/', '#v=2').ok).toBe(false)
  })

  it('takes only whole numbers from 0 for the playhead and only 1 for yes', () => {
    for (const t of ['-1', '1.5', '1e3', 'x', '', '1234567890', '0x10', 'NaN', 'Infinity', '٣', ' 3']) {
      expect(located('', `#v=1&t=${encodeURIComponent(t)}`), t).toEqual({})
    }
    expect(located('', '#v=1&t=007')).toEqual({ position: 7 })
    for (const yes of ['0', 'true', '', '11', 'yes']) {
      expect(located('', `#v=1&autoplay=${yes}&sample=${yes}`), yes).toEqual({})
    }
  })

  it('gives a cassette without a name one, and cuts endless names', () => {
    expect(located('', '#v=1&data=AAA')).toEqual({
      source: { kind: 'data', data: 'AAA', name: 'cassette.json' },
    })
    expect(located('', '#v=1&data=AAA&name=')).toEqual(located('', '#v=1&data=AAA'))
    expect(located('', `#v=1&data=AAA&name=${'n'.repeat(5000)}`)).toEqual({
      source: { kind: 'data', data: 'AAA', name: 'n'.repeat(255) },
    })
  })

  it('does not cut a character of an endless name in two', () => {
    const { source: cut } = located('', `#v=1&data=AAA&name=${'n'.repeat(254)}${encodeURIComponent('😀')}`)
    expect(cut?.kind === 'data' && /\p{Cs}/u.test(cut.name)).toBe(false)
  })

  it('is data only: the same keys as always come out, of the types that they say', () => {
    for (const hash of [
      '#__proto__=1&constructor=2',
      '#v=1&toString=1&t=3&__proto__[t]=4',
      '#v=1&url=a&url=b&t=1&t=2',
    ]) {
      const location = located('', hash)
      expect(Object.getPrototypeOf(location)).toBe(Object.prototype)
      expect(['source', 'position', 'autoplay']).toEqual(expect.arrayContaining(Object.keys(location)))
    }
  })

  it('never throws for 10,000 mutated fragments', () => {
    const random = seededRandom('fragments')
    const [seeds] = fc.sample(fc.array(anyLocation, { minLength: 200, maxLength: 200 }), {
      seed: 7,
      numRuns: 1,
    })
    const hashes = (seeds ?? []).map(formatLocation).filter(Boolean)
    const junk = [
      '%',
      '%f',
      '%ff',
      '&',
      '=',
      '#',
      '\u0000',
      '\ud83d',
      '😀',
      'v=',
      'v=1',
      'v=2',
      '&t=',
      '+',
      '\n',
      '<',
    ]
    const allowed = new Set(['source', 'interaction', 'position', 'autoplay'])
    for (let run = 0; run < 10_000; run++) {
      let hash = random.pick(hashes)
      for (let left = 1 + random.below(4); left > 0; left--) {
        const at = random.below(hash.length + 1)
        hash =
          hash.slice(0, at) +
          (random.below(4) > 0 ? random.pick(junk) : '') +
          hash.slice(at + random.below(6))
      }
      const search = random.below(5) === 0 ? `?url=${hash.slice(random.below(20))}` : ''
      const parsed = parseLocation(search, hash)
      if (parsed.ok) {
        for (const key of Object.keys(parsed.location)) expect(allowed).toContain(key)
        const { position, source: from } = parsed.location
        if (position !== undefined) expect(Number.isSafeInteger(position) && position >= 0).toBe(true)
        // what was understood can be said again
        expect(parseLocation('', formatLocation(parsed.location)).ok).toBe(true)
        if (from?.kind === 'data') expect(from.name.length).toBeLessThanOrEqual(255)
      } else expect(parsed.reason).toMatch(/^[A-Z].+\.$/)
    }
  })

  it('never throws for any text', () => {
    fc.assert(
      fc.property(nastyText, nastyText, (search, hash) => {
        expect(typeof parseLocation(search, hash).ok).toBe('boolean')
      }),
      { numRuns: 1000 },
    )
  })
})
