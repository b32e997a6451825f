/** Pastes that are made to hang or break the reading of them: it ends, and finds what is there. */
import { describe, expect, it } from 'vitest'
import { parsePaste } from '../../../src/core/lookup/parse-paste.ts'

describe('a hostile paste', () => {
  it.each<[what: string, text: string]>([
    // each bracket that is read twice doubles the work: 200 of them would not end
    ['brackets that nobody closes', `f(a=${'('.repeat(200)}`],
    ['brackets around nothing', `f(a=${'('.repeat(200)}x${')'.repeat(200)})`],
    ['a base without digits', 'f(a=0x_)'],
    ['a number of a million hex digits', `f(a=0x${'f'.repeat(1_000_000)})`],
    ['millions of blanks', `f(a=${' '.repeat(8_000_000)}`],
    ['braces that nobody closes', '{'.repeat(300_000)],
    ['line ends in front of a brace', `${'\n'.repeat(3990)}{}`.repeat(50)],
    ['words as long as can be', `${'a'.repeat(1999)} `.repeat(200)],
    ['folders as deep as can be', `${'a/'.repeat(990)} `.repeat(200)],
  ])('%s: is no request', (_, text) => expect(parsePaste(text).requests).toEqual([]))

  it('a picture of millions of letters: is a request', () => {
    const request = { model: 'm', messages: [{ role: 'user', content: 'A'.repeat(12_000_000) }] }
    const [found] = parsePaste(JSON.stringify(request)).requests
    expect(JSON.parse(found?.body ?? '')).toEqual(request)
  })

  it('brackets of Python hold together or make a list', () => {
    const [found] = parsePaste('f(messages=((("a" "b"))), stop=("x",), n=(), m=(1, 2))').requests
    expect(JSON.parse(found?.body ?? '')).toEqual({ messages: 'ab', stop: ['x'], n: [], m: [1, 2] })
  })
})
