import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHttpTrace } from '../../../src/core/projection/http-trace.ts'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { held, hold, type Read, refused, replaced, viewIn } from './holding.ts'

const read: Read = (text) => {
  const trace = readHttpTrace(text)
  return 'problem' in trace ? undefined : trace.view(new Map())
}

interface Message {
  readonly first: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  readonly isChunked: boolean
}

function messageText({ first, headers, body, isChunked }: Message): string {
  const lines = [first, ...headers.map(([name, value]) => `${name}: ${value}`)]
  if (isChunked) lines.push('Transfer-Encoding: chunked')
  const size = Buffer.byteLength(body).toString(16)
  const coded = isChunked ? `${body === '' ? '' : `${size}\r\n${body}\r\n`}0\r\n\r\n` : body
  return `${lines.join('\r\n')}\r\n\r\n${coded}`
}

function trace(calls: readonly (readonly [Message, Message])[]): string {
  const written = calls.map(([request, response]) => {
    const [asked, answered] = [messageText(request), messageText(response)]
    return `${Buffer.byteLength(asked)} ${Buffer.byteLength(answered)}\n${asked}${answered}`
  })
  return `httprr trace v1\n${written.join('')}`
}

/** By the bytes, as httprr itself reads. */
function countsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const found: string[] = []
  let at = bytes.indexOf('\n') + 1
  while (at < bytes.length) {
    const end = bytes.indexOf('\n', at)
    const [first = 0, second = 0] = bytes.subarray(at, end).toString().split(' ').map(Number)
    expect(first + second).toBeGreaterThan(0)
    found.push(bytes.subarray(end + 1, end + 1 + first).toString())
    found.push(bytes.subarray(end + 1 + first, end + 1 + first + second).toString())
    at = end + 1 + first + second
  }
  expect(at, 'the counts add up').toBe(bytes.length)
  return found
}

const word = fc.constantFrom('a', 'text/plain', 'é 世', '😀', '1')
const body = fc.string({ unit: fc.constantFrom('a', 'é', '世', '😀', '\n', '{', '0 1\n'), maxLength: 12 })
const message = (first: readonly string[]): fc.Arbitrary<Message> =>
  fc.record({
    first: fc.constantFrom(...first),
    headers: fc.uniqueArray(fc.tuple(fc.constantFrom('Host', 'X-A', 'X-B'), word), {
      selector: ([name]) => name,
      maxLength: 3,
    }),
    body,
    isChunked: fc.boolean(),
  })
const calls = fc.array(
  fc.tuple(
    message(['POST https://x.io/v1 HTTP/1.1', 'GET / HTTP/1.1']),
    message(['HTTP/1.1 200 OK', 'HTTP/2.0 429 Too Many', 'HTTP/2.0 200 ']),
  ),
  { minLength: 1, maxLength: 3 },
)

describe('an httprr trace', () => {
  it('holds every edit of what it shows, with true byte counts', () => {
    fc.assert(
      fc.property(
        calls,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(6), fc.constantFrom('', 'x', 'é世😀', ' y', 'a\nb', 'PUT')), {
          minLength: 1,
          maxLength: 4,
        }),
        (list, at, changes) => {
          const text = trace(list)
          const { json } = viewIn(read, text)
          const call = `/interactions/${at % list.length}`
          const places = [
            'request/method',
            'request/uri',
            'request/body',
            'response/status/message',
            'response/body',
            'response/status/code',
          ]
          const chosen = new Map(
            changes.map(([place, value]) => [places[place % places.length] ?? '', value]),
          )
          const edits = [...chosen].map(([place, value]) =>
            replaced(json, `${call}/${place}`, place.endsWith('code') ? 500 : value),
          )
          const after = hold(read, text, edits)
          if (after === undefined) return
          const before = countsOf(text)
          const now = countsOf(after)
          expect(now.length).toBe(before.length)
          const position = (at % list.length) * 2
          before.forEach((each, index) => {
            if (index !== position && index !== position + 1) expect(now[index]).toBe(each)
          })
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('counts what comes at the very beginning and end of a message', () => {
    const text = trace([
      [
        { first: 'POST /v1 HTTP/1.1', headers: [], body: '', isChunked: false },
        { first: 'HTTP/1.1 200 OK', headers: [], body: '', isChunked: false },
      ],
    ])
    const at = (json: string, pointer: string, content: string): ReturnType<typeof replaced> => {
      const { offset } = replaced(json, pointer, '')
      return { offset: offset + 1, length: 0, content }
    }
    const { json } = viewIn(read, text)
    const after = held(read, text, [
      at(json, '/interactions/0/request/method', 'X'),
      at(json, '/interactions/0/request/body', 'asked é'),
      at(json, '/interactions/0/response/body', 'said é'),
    ])
    expect(countsOf(after)).toEqual(['XPOST /v1 HTTP/1.1\r\n\r\nasked é', 'HTTP/1.1 200 OK\r\n\r\nsaid é'])
  })

  it('refuses what its lines cannot hold', () => {
    const text = trace([
      [
        { first: 'POST /v1 HTTP/1.1', headers: [['Host', 'x']], body: 'b', isChunked: false },
        { first: 'HTTP/1.1 200 OK', headers: [['Host', 'x']], body: 'b', isChunked: false },
      ],
    ])
    const { json } = viewIn(read, text)
    const one = '/interactions/0'
    for (const [pointer, value] of [
      ['/httprr', 'v2'],
      ['/interactions', []],
      [`${one}/request/method`, ''],
      [`${one}/request/method`, 'A B'],
      [`${one}/request/uri`, ''],
      [`${one}/request/uri`, 'a\tb'],
      [`${one}/request/headers/Host`, 'a\r\nX: y'],
      [`${one}/request/headers/Host`, ' a'],
      [`${one}/request/headers`, {}],
      [`${one}/request/headers`, { Host: 'x', More: 'y' }],
      [`${one}/response/status/message`, 'a\nb'],
      [`${one}/response/status/code`, 99],
      [`${one}/response/status/code`, '200'],
      [`${one}/response/body`, null],
      ['', []],
    ] as const)
      refused(read, text, [replaced(json, pointer, value)])
  })

  it('tells where it breaks off', () => {
    const text = trace([
      [
        { first: 'POST /v1 HTTP/1.1', headers: [], body: 'é', isChunked: false },
        { first: 'HTTP/1.1 200 OK', headers: [], body: '世', isChunked: true },
      ],
    ])
    for (let end = 0; end < text.length; end++) {
      const cut = readHttpTrace(text.slice(0, end))
      if (!('problem' in cut)) expect(cut.view(new Map()).put([])).toEqual([])
      else expect(cut.problem.message).toMatch(/\w+ \w+/)
    }
    for (const counts of ['99999999999999999999 1', '1 99999999999', '0 0', '-1 5', 'x']) {
      const lying = readHttpTrace(`httprr trace v1\n${counts}\nGET / HTTP/1.1\r\n\r\n`)
      if (!('problem' in lying)) expect(lying.diagnostics.length).toBeGreaterThan(0)
    }
  })

  it('is edited in bytes where it was opened as bytes', () => {
    const text = Buffer.from(
      trace([
        [
          { first: 'POST /v1 HTTP/1.1', headers: [], body: 'ask 😀', isChunked: false },
          { first: 'HTTP/1.1 200 OK', headers: [], body: 'said 世', isChunked: true },
        ],
      ]),
    ).toString('latin1')
    const { json, put } = viewIn(read, text)
    expect(json).toContain('said 世')
    const after = applyEdits(text, put([replaced(json, '/interactions/0/response/body', 'said é😀!')]))
    expect(countsOf(Buffer.from(after, 'latin1').toString('utf8'))[1]).toContain(
      '\r\nc\r\nsaid é😀!\r\n0\r\n',
    )
  })
})
