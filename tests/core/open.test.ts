import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Diagnostic } from '../../src/core/cassette/diagnostic.ts'
import { decodeFile, encodeFile } from '../../src/core/file-text.ts'
import { readCassette } from '../../src/core/open.ts'
import { bytesOf, containerFixtures, SEED } from '../support/corpus.ts'
import { nastyText, printedJson } from './support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const utf8 = new TextEncoder()

/** All that a person is told about a file, whichever of the two doors refuses it. */
function open(bytes: Uint8Array): readonly Diagnostic[] {
  const decoded = decodeFile(bytes)
  return 'problem' in decoded ? [decoded.problem] : readCassette(decoded.text).diagnostics
}

/** The one sentence about a file that cannot be opened, checked to be one. */
function refusalOf(input: string | Uint8Array): Diagnostic {
  const diagnostics = open(typeof input === 'string' ? utf8.encode(input) : input)
  expect(diagnostics.length, diagnostics.map(({ message }) => message).join('\n')).toBe(1)
  const [problem] = diagnostics
  if (problem === undefined) throw new Error('nothing is said')
  expect(problem.severity).toBe('error')
  expect(problem.message).toMatch(/^[A-Z].*\.$/s)
  expect(problem.message.length).toBeLessThan(300)
  expect(problem.advice ?? '').toMatch(/^[A-Z].*\.$/s)
  return problem
}

interface BadInput {
  readonly what: string
  readonly input: string | Uint8Array
  readonly code: string
  readonly says: RegExp
}

const BAD: readonly BadInput[] = [
  { what: 'an empty file', input: '', code: 'empty', says: /empty/ },
  {
    what: 'words',
    input: 'hello there',
    code: 'unsupported',
    says: /no recording.*neither JSON, nor YAML/,
  },
  {
    what: 'white space',
    input: ' \n\t ',
    code: 'unsupported',
    says: /no recording/,
  },
  {
    what: 'an HTML page',
    input: '<!DOCTYPE html>\n<html><body>404</body></html>',
    code: 'unsupported',
    says: /HTML/,
  },
  {
    what: 'a Git LFS pointer',
    input: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
    code: 'unsupported',
    says: /git lfs pull/,
  },
  { what: 'a git diff', input: 'diff --git a/x.json b/x.json\n', code: 'unsupported', says: /git diff/ },
  {
    what: 'a bare request',
    input: '{"model": "x", "messages": []}',
    code: 'unsupported',
    says: /without its response/,
  },
  {
    what: 'some object',
    input: '{"name": "cassette-deck", "version": "0.1.0"}',
    code: 'unsupported',
    says: /JSON, but no recording.*no request and no response|package description/,
  },
  { what: 'an array', input: '[1, 2, 3]', code: 'unsupported', says: /JSON, but no recording/ },
  { what: 'a number', input: '42', code: 'unsupported', says: /JSON, but no recording/ },
  { what: 'null', input: 'null', code: 'unsupported', says: /JSON, but no recording/ },
  {
    what: 'a PNG',
    input: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    code: 'not-text',
    says: /PNG/,
  },
  {
    what: 'a gzip file',
    input: Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0),
    code: 'not-inflated',
    says: /compressed.*unpacked/,
  },
  {
    what: 'a zip file',
    input: Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0),
    code: 'not-text',
    says: /zip.*unpack/,
  },
  {
    what: 'UTF-16',
    input: Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
    code: 'not-text',
    says: /UTF-16.*UTF-8/,
  },
  {
    what: 'Latin-1',
    input: Uint8Array.of(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d),
    code: 'invalid-utf8',
    says: /UTF-8.*0xe9.*offset 2\b/,
  },
  {
    what: 'half a character at the end',
    input: Uint8Array.of(0x22, 0xf0, 0x9f, 0x98),
    code: 'invalid-utf8',
    says: /0xf0.*offset 1\b/,
  },
  {
    what: '100,000 levels',
    input: '['.repeat(100_000) + ']'.repeat(100_000),
    code: 'too-deep',
    says: /100,000 levels/,
  },
]

describe('a file that cannot be opened gets one sentence that says what it is and what to do', () => {
  for (const { what, input, code, says } of BAD) {
    const check = (): void => {
      const problem = refusalOf(input)
      expect(problem.message).toMatch(says)
      expect(problem.code).toBe(code)
    }
    it(what, check)
  }

  it('20 MB of noise, within seconds', () => {
    let state = 1
    const noise = Buffer.alloc(20_000_000)
    for (let at = 0; at < noise.length; at++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
      noise[at] = 0x20 + ((state >> 16) % 95)
    }
    const [first] = open(new Uint8Array(noise))
    expect(first?.code).toBe('unsupported')
    expect(first?.message).toMatch(/no recording/)
  })

  it('20 MB of random bytes: the first that is no UTF-8 is named', () => {
    const noise = new Uint8Array(20_000_000).fill(0x61)
    noise[12_345_678] = 0xc0
    expect(refusalOf(noise).message).toMatch(/0xc0.*offset 12,345,678/)
  })

  it('an unsound byte behind a byte order mark: the offset is that in the file', () => {
    expect(refusalOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x80)).message).toMatch(/0x80.*offset 4\b/)
  })

  it('100,000 levels inside a recording, also when they are never closed', () => {
    const deep = '['.repeat(100_000)
    const head = '{"request": {"body": {}}, "response": {"is_streaming": false, "body": '
    expect(refusalOf(`${head}${deep}${']'.repeat(100_000)}}}`).code).toBe('too-deep')
    const codes = open(utf8.encode(head + deep)).map(({ code }) => code)
    expect(codes).toContain('too-deep')
    expect(codes).toContain('truncated')
  })

  it('knows no recording in any small JSON, and throws for none', () => {
    fc.assert(
      fc.property(printedJson, ({ text }) => {
        const reading = readCassette(text)
        if (reading.cassette === undefined) expect(reading.diagnostics.length).toBeGreaterThan(0)
      }),
    )
  })

  it('throws for no text and no bytes at all', () => {
    fc.assert(fc.property(nastyText, (text) => void readCassette(text)))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void open(bytes)))
  })
})

describe('bytes', () => {
  it('come back as they were, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.boolean(), (text, bom) => {
        const bytes = encodeFile({ text, bom })
        const decoded = decodeFile(bytes)
        if ('problem' in decoded) return expect(decoded.problem.code).toBe('not-text')
        expect(decoded).toEqual({
          text: bom || !text.startsWith('\ufeff') ? text : text.slice(1),
          bom: bom || text.startsWith('\ufeff'),
        })
        expect(encodeFile(decoded)).toEqual(bytes)
      }),
    )
  })

  it('that start with two byte order marks keep both', () => {
    const bytes = utf8.encode('\ufeff\ufeff{}')
    const decoded = decodeFile(bytes)
    if ('problem' in decoded) throw new Error(decoded.problem.message)
    expect(decoded).toEqual({ text: '\ufeff{}', bom: true })
    expect(encodeFile(decoded)).toEqual(bytes)
  })
})

/** A recording whose content can become anything: every value of the seed replaced by arbitrary JSON. */
describe('recordings of any content', () => {
  const seed = new TextDecoder().decode(bytesOf(SEED))

  it('never make the reader throw, whatever stands at any place of them', () => {
    const spots = [...seed.matchAll(/(?<=: ?)(?:"[^"\\]*"|true|null|\d+|\[\]|\{\})/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }))
    expect(spots.length).toBeGreaterThan(60)
    fc.assert(
      fc.property(fc.nat(), printedJson, (pick, { text }) => {
        const { start, end } = spots[pick % spots.length] ?? { start: 0, end: 0 }
        const reading = readCassette(seed.slice(0, start) + text + seed.slice(end))
        expect(reading.sound).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a truncated recording', () => {
  const seed = new TextDecoder().decode(bytesOf(SEED))

  it('shows the chunks in front of the break', () => {
    const cut = seed.slice(0, seed.indexOf('"lama"') + '"lama"'.length)
    const { cassette, diagnostics, sound } = readCassette(cut)
    expect(sound).toBe(false)
    expect(diagnostics[0]?.code).toBe('truncated')
    expect(diagnostics[0]?.message).toMatch(/breaks off at line 1, column \d+/)
    expect(diagnostics[0]?.advice).toMatch(/[Rr]epair|intact/)
    const stream = cassette?.interactions[0]?.stream
    expect(stream?.chunkNodes.length).toBe(3)
    expect(stream?.tracks.map(({ text }) => text)).toEqual(['Llama'])
    expect(cassette?.interactions[0]?.conversation.messages.length).toBe(1)
  })

  it('shows the chunks in front of the break where the recorder wrote "is_streaming" first', () => {
    const early = seed.replace('"response": { "body"', '"response": { "is_streaming": true, "body"')
    expect(early).not.toBe(seed)
    const { cassette, sound } = readCassette(early.slice(0, early.indexOf('"lama"') + '"lama"'.length))
    expect(sound).toBe(false)
    const stream = cassette?.interactions[0]?.stream
    expect(stream?.chunkNodes.length).toBe(3)
    expect(stream?.tracks.map(({ text }) => text)).toEqual(['Llama'])
    expect(cassette?.interactions[0]?.conversation.messages.length).toBe(1)
  })

  it('shows ever more of the answer, and never anything that is not in it', () => {
    let last = 0
    for (let end = 0; end < seed.length; end += 7) {
      const text = readCassette(seed.slice(0, end)).cassette?.interactions[0]?.stream.tracks[0]?.text ?? ''
      expect('Llama'.startsWith(text)).toBe(true)
      expect(text.length).toBeGreaterThanOrEqual(last)
      last = text.length
    }
    expect(last).toBe(5)
  })

  it('says so when it has a request and nothing else', () => {
    const { cassette, diagnostics } = readCassette(seed.slice(0, seed.indexOf('"response"')))
    expect(diagnostics.map(({ code }) => code)).toContain('truncated')
    expect(cassette ?? diagnostics.at(-1)?.code).toBeDefined()
  })

  it('is said to break off wherever it is cut between two tokens', () => {
    for (const { index } of seed.matchAll(/[,:\]}]\s/g)) {
      if (index < seed.indexOf('"is_streaming"')) {
        expect(readCassette(seed.slice(0, index + 1)).diagnostics[0]?.code).toBe('truncated')
      }
    }
  })

  for (const [what, part] of [
    ['a string', '"What type'],
    ['a word', '"stream": tr'],
    ['an escape', ''],
  ] as const) {
    it(`is said to break off when the end cuts ${what}`, () => {
      const cut = part === '' ? '{"request": "caf\\u00' : seed.slice(0, seed.indexOf(part) + part.length)
      expect(readCassette(cut).diagnostics[0]?.code).toBe('truncated')
    })
  }

  it('is never taken for a sound one, at any cut', () => {
    for (const file of containerFixtures('llama-stack-json').slice(0, 6)) {
      const text = new TextDecoder().decode(bytesOf(file))
      const end = text.trimEnd().length
      for (let at = 1; at < end; at += 3)
        expect(readCassette(text.slice(0, at)).sound, `${file.name} ${at}`).toBe(false)
    }
  })
})
