import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { judgeRemote } from '../../src/workspace/remote.ts'
import { nastyText } from '../core/support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const PUBLIC = 'https://deck.example.org/app/index.html?x=1#v=1'
const LOOPBACK = 'http://localhost:5173/app/'

type Verdict = 'allowed' | 'ask' | 'refused'
/** A URL, what a page on the web may do with it, and what a page on loopback may. */
type Row = readonly [url: string, fromPublic: Verdict, fromLoopback: Verdict]

const PRIVATE: readonly Row[] = [
  // RFC 1918, 6598, 3927, "this network", multicast and broadcast
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.0.1',
  '192.168.178.1:8443',
  '100.64.0.1',
  '100.127.255.255',
  '169.254.169.254/latest/meta-data/',
  '0.0.0.0',
  '0.1.2.3',
  '224.0.0.1',
  '255.255.255.255',
  // the same, as `new URL` normalises it
  '10.1',
  '0xa.0.0.1',
  '012.0.0.1',
  '167772161',
  '0x0A000001',
  '0xc0a80001',
  '3232235521',
  '0300.0250.0.1',
  '192.168.1',
  '1０.0.0.1',
  '192%2e168.0.1',
  '10.0.0.1.',
  '2852039166',
  // IPv6: unspecified, mapped, compatible, translated, NAT64, link-local, unique local, multicast
  '[::]',
  '[::ffff:10.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:ffff:7f00:1]',
  '[::ffff:c0a8:1]',
  '[::127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::10.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::1]',
  '[fe80::1]',
  '[FE80::1]',
  '[febf::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]:8443',
  '[ff02::1]',
  // names that are never public
  'intranet',
  'router/',
  'nas:5001/x.json',
  'printer.local',
  'PRINTER.LOCAL',
  'printer.local.',
  'db.internal',
  'metadata.google.internal',
  'box.lan',
  'box.home',
  'files.corp',
  'wiki.intranet',
  'router.home.arpa',
  'router.home.arpa.',
].map((host): Row => [`https://${host}`, 'refused', 'refused'])

const LOOPBACKS: readonly Row[] = [
  'localhost',
  'LOCALHOST:3000',
  'app.localhost',
  'a.b.localhost:8080',
  '127.0.0.1',
  '127.0.0.1.:8080',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '１２７.0.0.1',
  '①②⑦.0.0.1',
  '127%2E0.0.1',
  '[::1]',
  '[::1]:8080',
  '[0:0:0:0:0:0:0:1]',
  '[::0.0.0.1]',
].flatMap((host): readonly Row[] => [
  [`http://${host}/a.json`, 'refused', 'ask'],
  [`https://${host}/a.json`, 'refused', 'ask'],
])

const SCHEMES: readonly Row[] = [
  'file:///etc/passwd',
  'file://localhost/etc/passwd',
  'file://10.0.0.1/share',
  'data:application/json,{}',
  'data:text/html,<script>alert(1)</script>',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:x',
  'blob:https://elsewhere.example/0b1c',
  'blob:null/0b1c',
  'ftp://example.com/a.json',
  'ftp://localhost/a.json',
  'ws://localhost/',
  'wss://example.com/',
  'about:blank',
  'chrome://settings',
  'view-source:https://example.com/',
  'mailto:a@example.com',
  'http://example.com/a.json',
  'http://8.8.8.8/',
  'http://10.0.0.1/',
  'http://router/',
  'HTTP://EXAMPLE.COM',
].map((url): Row => [url, 'refused', 'refused'])

const CREDENTIALS: readonly Row[] = [
  'https://user@example.com/',
  'https://user:pass@example.com/',
  'https://:pass@example.com/',
  'https://example.com%40evil.example@example.com/',
  'http://user:pass@localhost:5173/app/a.json',
  'https://user@deck.example.org/app/a.json',
].map((url): Row => [url, 'refused', 'refused'])

const WEB: readonly Row[] = [
  'https://example.com/a.json',
  'https://EXAMPLE.com:8443/a.json',
  'https://raw.githubusercontent.com/o/r/main/a.json',
  'https://8.8.8.8/a.json',
  'https://172.15.0.1/',
  'https://172.32.0.1/',
  'https://100.63.255.255/',
  'https://100.128.0.1/',
  'https://169.253.0.1/',
  'https://192.167.0.1/',
  'https://11.0.0.1/',
  'https://223.255.255.255/',
  'https://[2606:4700::1111]/',
  'https://[2001:4860:4860::8888]:8443/',
  'https://localhost.example.com/',
  'https://local.example.com/',
  'https://10.example.com/',
  'https://not-local.dev/x',
  'https://mylan.dev/',
  'https://bücher.example/a.json',
  'https:\\\\example.com\\a.json',
  ' https://example.com/a.json ',
  '//example.com/a.json',
].map((url): Row => [url, 'ask', url.startsWith('//') ? 'refused' : 'ask'])

const SAME_ORIGIN: readonly Row[] = [
  ['seed-llama.json', 'allowed', 'allowed'],
  ['./a/../b.json', 'allowed', 'allowed'],
  ['/other.json?x=1', 'allowed', 'allowed'],
  ['?a', 'allowed', 'allowed'],
  ['', 'allowed', 'allowed'],
  ['https://deck.example.org/else/a.json', 'allowed', 'ask'],
  ['https://DECK.example.org:443/a.json', 'allowed', 'ask'],
  ['//deck.example.org/a.json', 'allowed', 'refused'],
  ['https://deck.example.org:8443/a.json', 'ask', 'ask'],
  ['http://deck.example.org/a.json', 'refused', 'refused'],
  ['http://localhost:5173/a.json', 'refused', 'allowed'],
  ['http://localhost:5174/a.json', 'refused', 'ask'],
  ['https://localhost:5173/a.json', 'refused', 'ask'],
  ['http://127.0.0.1:5173/a.json', 'refused', 'ask'],
  // the page's own scheme without two slashes is a path on the page's own server
  ['http:/example.com/a.json', 'refused', 'allowed'],
]

const NO_URLS: readonly Row[] = [
  'https://',
  'https://[fe80::1%25eth0]/',
  'https://1.2.3.4.5/',
  'https://a b/',
  'http://[',
  'https://%00/',
].map((url): Row => [url, 'refused', 'refused'])

const TABLE: readonly Row[] = [
  ...PRIVATE,
  ...LOOPBACKS,
  ...SCHEMES,
  ...CREDENTIALS,
  ...WEB,
  ...SAME_ORIGIN,
  ...NO_URLS,
]

describe('a URL that a link names', () => {
  it.each(TABLE)('%s is %s on the web and %s on loopback', (url, fromPublic, fromLoopback) => {
    for (const [page, wanted] of [
      [PUBLIC, fromPublic],
      [LOOPBACK, fromLoopback],
    ] as const) {
      const verdict = judgeRemote(url, page)
      expect(verdict.kind, page).toBe(wanted)
      if (verdict.kind === 'refused') expect(verdict.reason).toMatch(/^\S.+\S$/s)
      else expect(verdict.url).toBe(new URL(url, page).href)
      // whoever is asked sees the very host that will be reached, port and all
      if (verdict.kind === 'ask') expect(verdict.host).toBe(new URL(url, page).host)
    }
  })

  it('was judged by a table that is not empty', () => {
    expect(TABLE.length).toBeGreaterThan(120)
  })

  it('may be on loopback from every form of a loopback page, and on a private network from none', () => {
    for (const page of [
      'http://127.0.0.1:4173/',
      'http://[::1]:4173/',
      'https://deck.localhost/',
      'http://127.1/',
    ]) {
      expect(judgeRemote('http://localhost:1/', page).kind, page).toBe('ask')
      expect(judgeRemote('http://192.168.0.1/', page).kind, page).toBe('refused')
      expect(judgeRemote('https://192.168.0.1/', page).kind, page).toBe('refused')
    }
  })

  it('may be on the own origin, even where that is a private network', () => {
    const page = 'http://192.168.0.9:8080/deck/'
    expect(judgeRemote('a.json', page).kind).toBe('allowed')
    expect(judgeRemote('http://192.168.0.9:8081/a.json', page).kind).toBe('refused')
    expect(judgeRemote('http://localhost/a.json', page).kind).toBe('refused')
  })

  it('never throws and never lets anything but http(s) through, for any text', () => {
    const scheme = fc.constantFrom(
      '',
      'https://',
      'http://',
      '//',
      'data:',
      'javascript:',
      'https://a@',
      'https://[::',
    )
    fc.assert(
      fc.property(scheme, nastyText, fc.constantFrom(PUBLIC, LOOPBACK), (start, rest, page) => {
        const verdict = judgeRemote(start + rest, page)
        if (verdict.kind === 'refused') return
        const url = new URL(verdict.url)
        expect(['https:', 'http:']).toContain(url.protocol)
        expect(url.username + url.password).toBe('')
        if (verdict.kind === 'allowed') expect(url.origin).toBe(new URL(page).origin)
        else if (page === PUBLIC) expect(url.protocol).toBe('https:')
      }),
      { numRuns: 2000 },
    )
  })

  it('is private for every IPv4 address of a private network, in every spelling', () => {
    const octet = fc.nat({ max: 255 })
    const inside = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
    )
    const spellings: readonly ((ip: readonly number[], value: number) => string)[] = [
      (ip) => ip.join('.'),
      (_, value) => String(value),
      (_, value) => `0x${value.toString(16)}`,
      (ip) => ip.map((part) => `0${part.toString(8)}`).join('.'),
      (ip, value) => `${ip[0]}.${value % 2 ** 24}`,
      (ip) => `[::ffff:${ip.join('.')}]`,
      (ip) => `[64:ff9b::${ip.join('.')}]`,
    ]
    fc.assert(
      fc.property(inside, fc.constantFrom(...spellings), fc.nat({ max: 65535 }), (ip, spell, port) => {
        const value = ip.reduce((sum, part) => sum * 256 + part, 0)
        expect(judgeRemote(`https://${spell(ip, value)}:${port}/`, PUBLIC).kind).toBe('refused')
      }),
      { numRuns: 1000 },
    )
  })

  it('is the own machine with a dot at its end as well: localhost.', () => {
    for (const host of ['localhost.', 'app.localhost.', 'LOCALHOST.:8080']) {
      expect(judgeRemote(`https://${host}/`, PUBLIC).kind, host).toBe('refused')
    }
  })

  it('is in the own network with a dot behind a single label: router.', () => {
    expect(judgeRemote('https://router./', PUBLIC).kind).toBe('refused')
  })

  it('is not the own machine because a public name begins with 127.: plain http leaves', () => {
    expect(judgeRemote('http://127.evil.example/a.json', LOOPBACK).kind).toBe('refused')
  })

  it('is asked about when a public name begins with 127.', () => {
    expect(judgeRemote('https://127.example.com/a.json', PUBLIC).kind).toBe('ask')
  })

  it('may not reach loopback from a public page whose name begins with 127.', () => {
    expect(judgeRemote('http://localhost:8080/a.json', 'https://127.0.0.1.deck.example/').kind).toBe(
      'refused',
    )
  })

  it('is no blob:, not even one of the own origin', () => {
    expect(judgeRemote('blob:https://deck.example.org/0b1c', PUBLIC).kind).toBe('refused')
  })

  it('is not the same origin because both have none: data:, file: and javascript: from a file: page', () => {
    for (const url of ['data:application/json,{}', 'file:///etc/passwd', 'javascript:alert(1)']) {
      expect(judgeRemote(url, 'file:///home/me/deck/index.html').kind, url).toBe('refused')
    }
  })

  it('is private in the site-local block of RFC 4291 and in 6to4 forms that hide an IPv4 address', () => {
    for (const host of ['[fec0::1]', '[2002:7f00:1::]', '[2002:c0a8:1::1]']) {
      expect(judgeRemote(`https://${host}/`, PUBLIC).kind, host).toBe('refused')
    }
  })
})
