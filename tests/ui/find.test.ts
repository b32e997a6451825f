import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Interaction } from '../../src/core/cassette/cassette.ts'
import { type ContentPart, EMPTY_CONVERSATION, type Message } from '../../src/core/cassette/conversation.ts'
import type { Stream, Track } from '../../src/core/cassette/stream.ts'
import { decodeFile } from '../../src/core/file-text.ts'
import { readCassette } from '../../src/core/open.ts'
import type { Located } from '../../src/core/text/address.ts'
import { findInCassette } from '../../src/ui/app/find.ts'
import { bytesOf, containerFixtures, SEED } from '../support/corpus.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

interface Piece {
  readonly chunk: number
  readonly text: string
}

function located(value: string): Located<string> {
  return { value, at: [] }
}

function track(pieces: readonly Piece[]): Track {
  let length = 0
  return {
    choice: 0,
    kind: 'text',
    text: pieces.map(({ text }) => text).join(''),
    pieceChunks: Uint32Array.from(pieces, ({ chunk }) => chunk),
    pieceEnds: Uint32Array.from(pieces, ({ text }) => {
      length += text.length
      return length
    }),
    pieceNodes: new Uint32Array(pieces.length),
  }
}

function interaction(tracks: readonly (readonly Piece[])[], messages: readonly Message[] = []): Interaction {
  const stream: Stream = {
    chunkNodes: new Int32Array(0),
    kinds: new Uint8Array(0),
    added: new Uint32Array(0),
    tracks: tracks.map(track),
    messages: [],
    vectors: [],
    markers: [],
    constants: [],
    errors: [],
  }
  return {
    at: [],
    extras: [],
    dialect: 'unknown',
    dialectBecause: '',
    request: { headers: [], extras: [] },
    conversation: { ...EMPTY_CONVERSATION, messages },
    response: { streaming: true, framing: 'object-list' },
    stream,
  }
}

function message(role: string, ...parts: readonly ContentPart[]): Message {
  return { role, at: [], parts }
}

function text(value: string): ContentPart {
  return { kind: 'text', text: located(value) }
}

/** Letters whose lower case is as long as they are. */
const letters = fc.constantFrom(
  'a',
  'A',
  'b',
  'B',
  'é',
  'É',
  'Я',
  'я',
  ' ',
  '\n',
  '😀',
  'ß',
  '.',
  '*',
  '(',
  '𐐀',
  '𐐨',
)
const pieces = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.array(letters, { maxLength: 6 })), { maxLength: 15 })
  .map((all) => {
    let chunk = 0
    return all.map(([gap, units]): Piece => {
      chunk += gap
      return { chunk, text: units.join('') }
    })
  })
const query = fc.array(letters, { minLength: 1, maxLength: 3 }).map((units) => units.join(''))

/** By walking: every place where the next letters are the wanted ones, from left to right, none over another. */
function walk(
  all: readonly Piece[],
  wanted: string,
): readonly { chunk: number; match: string; at: number }[] {
  const units = all.flatMap(({ chunk, text: piece }) => piece.split('').map((unit) => ({ chunk, unit })))
  const found: { chunk: number; match: string; at: number }[] = []
  for (let at = 0; at + wanted.length <= units.length; at++) {
    const match = units
      .slice(at, at + wanted.length)
      .map(({ unit }) => unit)
      .join('')
    if (match.toLowerCase() !== wanted.toLowerCase()) continue
    found.push({ chunk: units[at]?.chunk ?? -1, match, at })
    at += wanted.length - 1
  }
  return found
}

describe('finding words in an answer', () => {
  it('finds what a walk over the pieces of the chunks finds, at the same chunk', () => {
    fc.assert(
      fc.property(pieces, query, (all, wanted) => {
        const hits = findInCassette(interaction([all]), wanted)
        const expected = walk(all, wanted).slice(0, 30)
        expect(hits.map(({ chunk, match }) => ({ chunk, match }))).toEqual(
          expected.map(({ chunk, match }) => ({ chunk, match })),
        )
        for (const hit of hits) expect(hit.where).toBe(`chunk ${hit.chunk}`)
      }),
      { numRuns: 1500 },
    )
  })

  it('shows the text around a hit as it stands, and says with … that there is more before', () => {
    fc.assert(
      fc.property(pieces, query, (all, wanted) => {
        const whole = all.map(({ text: piece }) => piece).join('')
        const expected = walk(all, wanted)
        findInCassette(interaction([all]), wanted).forEach(({ before, match, after }, number) => {
          const at = expected[number]?.at ?? 0
          const shown = before.replace(/^…/, '')
          expect(before.startsWith('…')).toBe(shown.length < at)
          expect(whole.slice(at - shown.length, at + match.length + after.length)).toBe(shown + match + after)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('gives the chunk in which a word begins that is spread over several', () => {
    const all = ['He', 'll', '', 'o wor', 'ld'].map((piece, at) => ({ chunk: at * 2 + 1, text: piece }))
    expect(findInCassette(interaction([all]), 'LO').map(({ chunk }) => chunk)).toEqual([3])
    expect(findInCassette(interaction([all]), 'world').map(({ chunk }) => chunk)).toEqual([7])
    expect(findInCassette(interaction([all]), 'o').map(({ chunk }) => chunk)).toEqual([7, 7])
    expect(findInCassette(interaction([all]), 'hello world')).toMatchObject([
      { chunk: 1, match: 'Hello world' },
    ])
  })

  it('searches every track and every message, 30 hits in all, each with a key of its own', () => {
    const many = [{ chunk: 4, text: 'cat '.repeat(20) }]
    const hits = findInCassette(interaction([many, many], [message('user', text('cat'))]), 'cat')
    expect(hits).toHaveLength(30)
    expect(new Set(hits.map(({ key }) => key)).size).toBe(30)
    const few = findInCassette(
      interaction(
        [[{ chunk: 2, text: 'a Cat' }]],
        [
          message('system', text('no dog')),
          message('user', text('CAT'), { kind: 'image', url: located('cat.png') }),
          message('assistant', {
            kind: 'tool-call',
            call: { name: located('find_cat'), arguments: located('{"x":"cats"}') },
          }),
          message('tool', { kind: 'tool-result', content: [text('the cat')] }),
        ],
      ),
      'cat',
    )
    expect(few.map(({ where, match }) => `${where}: ${match}`)).toEqual([
      'chunk 2: Cat',
      'user: CAT',
      'assistant: cat',
      'assistant: cat',
      'tool: cat',
    ])
    // what is in the request is scrolled to, what is in the answer is played to
    for (const hit of few) expect(hit.chunk === undefined).toBe(hit.reveal !== undefined)
  })

  it('takes the words as they are, not as a pattern', () => {
    const all = [{ chunk: 0, text: 'a.c abc [a-z]+ $& \\d (' }]
    for (const wanted of ['.', '[a-z]+', '$&', '\\d', '(', 'a.c']) {
      expect(
        findInCassette(interaction([all]), wanted).map(({ match }) => match),
        wanted,
      ).toEqual([wanted])
    }
    expect(findInCassette(interaction([all]), 'zzz')).toEqual([])
    // the next hit begins behind the one before
    expect(findInCassette(interaction([[{ chunk: 0, text: 'aaaaa' }]]), 'aa')).toHaveLength(2)
    expect(findInCassette(interaction([]), 'a')).toEqual([])
  })

  it('agrees with a walk over the chunks of every fixture', () => {
    for (const file of [SEED, ...containerFixtures('llama-stack-json')]) {
      const decoded = decodeFile(bytesOf(file))
      if ('problem' in decoded) throw new Error(file.name)
      for (const found of readCassette(decoded.text).cassette?.interactions ?? []) {
        for (const wanted of ['e', 'La', '"', '\n', 'the']) {
          const expected = found.stream.tracks.flatMap((one) => {
            const cut = [...one.pieceEnds].map((end, at) => ({
              chunk: one.pieceChunks[at] ?? -1,
              text: one.text.slice(one.pieceEnds[at - 1] ?? 0, end),
            }))
            return walk(cut, wanted).map(({ chunk, match }) => `${chunk} ${match}`)
          })
          const hits = findInCassette(found, wanted).filter(({ chunk }) => chunk !== undefined)
          expect(
            hits.map(({ chunk, match }) => `${chunk} ${match}`),
            `${file.name} ${wanted}`,
          ).toEqual(expected.slice(0, 30))
        }
      }
    }
  })

  it('finds the right words behind a letter whose lower case is longer: İ', () => {
    const all = [
      { chunk: 0, text: 'İİİ' },
      { chunk: 1, text: 'the ' },
      { chunk: 2, text: 'cat' },
      { chunk: 3, text: ' sat' },
    ]
    expect(findInCassette(interaction([all]), 'cat')).toMatchObject([
      { chunk: 2, before: 'İİİthe ', match: 'cat', after: ' sat' },
    ])
  })

  it('shows the whole match where the words themselves have such a letter', () => {
    const all = [{ chunk: 0, text: 'in İstanbul now' }]
    expect(findInCassette(interaction([all]), 'İstanbul')).toMatchObject([
      { match: 'İstanbul', after: ' now' },
    ])
  })

  it('finds a capital sigma that stands at the end of a word', () => {
    // "ΟΔΟΣ".toLowerCase() ends in ς, "Σ".toLowerCase() is σ
    expect(findInCassette(interaction([[{ chunk: 0, text: 'ΟΔΟΣ' }]]), 'Σ')).toHaveLength(1)
  })

  it('gives hits in two parts of one message keys of their own', () => {
    const hits = findInCassette(interaction([], [message('user', text('cat'), text('cat'))]), 'cat')
    expect(hits).toHaveLength(2)
    expect(new Set(hits.map(({ key }) => key)).size).toBe(2)
  })

  it('does not cut a character in two at the edges of what it shows', () => {
    const all = [{ chunk: 0, text: `${'😀'.repeat(30)}xcat ${'😀'.repeat(30)}` }]
    const [hit] = findInCassette(interaction([all]), 'cat')
    expect(hit).toBeDefined()
    expect(/\p{Cs}/u.test(`${hit?.before}|${hit?.after}`)).toBe(false)
  })

  it('finds nothing when nothing is looked for', () => {
    expect(findInCassette(interaction([[{ chunk: 0, text: 'abc' }]]), '')).toEqual([])
  })
})
