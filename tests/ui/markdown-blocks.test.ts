import fc from 'fast-check'
import { Lexer, type Token, type Tokens } from 'marked'
import { describe, expect, it, vi } from 'vitest'
import {
  decodeEntities,
  lexMarkdown,
  linkTarget,
  MarkdownReader,
  namesHost,
  plainText,
  TAIL_LIMIT,
} from '../../src/ui/response/markdown-blocks.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

/** What is drawn: white space between blocks and the spelling of definitions are not. */
function drawn(tokens: readonly Token[]): unknown {
  const bare = (token: Token): unknown => {
    const { raw, ...rest } = token as Tokens.Generic
    return JSON.parse(JSON.stringify({ ...rest, raw: raw.trim() }))
  }
  return tokens.filter(({ type }) => type !== 'space' && type !== 'def').map(bare)
}

function read(reader: MarkdownReader, shown: number): unknown {
  const { blocks, plainFrom } = reader.read(shown)
  expect(plainFrom).toBe(shown)
  let at = 0
  for (const { start, end } of blocks) {
    expect(start).toBe(at)
    at = end
  }
  expect(at).toBe(shown)
  return drawn(blocks.flatMap(({ tokens }) => tokens))
}

const words = 'The quick brown fox jumps over the lazy dog and *runs* `away` from [here][one] & there. '

const PASSAGES = [
  words.repeat(12),
  `${words}\n${words}`,
  '# Heading',
  'Setext\n===',
  '- one\n- two\n  more\n\n  and more\n- three',
  '1. a\n\n2. b\n\n   ```js\n   x()\n\n   y()\n   ```\n\n3. c',
  '* other list\n\n* loose',
  `- ${words.repeat(8)}\n`.repeat(6),
  '    indented code\n\n    still code',
  '```ts\nconst a = 1\n\n\nconst b = "[one]"\n```',
  '~~~\n```\n\n# no heading\n~~~',
  '> quote\n> more\n\n> another',
  '| a | b |\n|---|:-:|\n| 1 | `x` |\n| 2 | y |',
  '<div>\n\n*html*\n\n</div>',
  '<!-- a comment\n\n# over blank lines\n\n-->',
  '<pre>\n\nkept\n\n</pre>',
  '---',
  '[one]: https://one.example/?a=1&amp;b=2 "One"',
  '[Two Words]: <https://two.example>\n[one]: https://late.example',
  'See [two words][], [one], ![alt][two  WORDS] and [nothing][none].',
  'www.example.com and https://example.com/a_b_c and a@b.org',
  '- [x] done\n- [ ] open',
  'a\\\nb  \nc',
  '   slightly indented',
  '\ttab',
  '1986\\. A great year',
  '+',
  '😀 *é* \u00a0',
]

const document = fc
  .array(fc.tuple(fc.constantFrom(...PASSAGES), fc.constantFrom('\n\n', '\n\n', '\n\n\n', '\n \n', '\n')), {
    minLength: 4,
    maxLength: 40,
  })
  .map((parts) => parts.map((part) => part.join('')).join(''))
  .filter((text) => text.length < TAIL_LIMIT)

describe('markdown that grows', () => {
  it('is at every length what one reading of the whole gives', () => {
    fc.assert(
      fc.property(document, fc.boolean(), fc.array(fc.nat(), { maxLength: 12 }), (source, crlf, places) => {
        const text = crlf ? source.replaceAll('\n', '\r\n') : source
        const reader = new MarkdownReader(text, () => 0)
        const lengths = [...places.map((place) => place % text.length).sort((a, b) => a - b), text.length]
        for (const shown of lengths) {
          expect(read(reader, shown)).toEqual(drawn(new Lexer().lex(text.slice(0, shown))))
        }
        // and backwards, as the playhead may go
        for (const shown of lengths.reverse()) {
          expect(read(reader, shown)).toEqual(drawn(new Lexer().lex(text.slice(0, shown))))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('reads character by character what it reads at once', () => {
    const text = PASSAGES.join('\n\n')
    const reader = new MarkdownReader(text)
    for (let shown = 0; shown < text.length; shown += 7) {
      // a tail that was slow is read again a little later
      expect(reader.read(shown).plainFrom).toBeGreaterThan(shown - 3000)
    }
    expect(read(reader, text.length)).toEqual(drawn(new Lexer().lex(text)))
  })

  it('keeps the very blocks that are finished', () => {
    const text = `${words}\n\n`.repeat(2000)
    const reader = new MarkdownReader(text)
    const before = reader.read(text.length / 2).blocks
    const after = reader.read(text.length / 2 + 500).blocks
    expect(before.length).toBeGreaterThan(5)
    for (const [at, block] of before.slice(0, -1).entries()) expect(after[at]).toBe(block)
  })

  it('shows as text what is too long to be read again and again', () => {
    for (const text of [`- ${words}\n`.repeat(1000), words.repeat(1000), '😀'.repeat(30_000)]) {
      const reader = new MarkdownReader(`# Title\n\n${text}`)
      const { blocks, plainFrom, trouble } = reader.read(text.length)
      expect(trouble).toBe('long')
      expect(plainFrom).toBeLessThanOrEqual(TAIL_LIMIT)
      expect(plainFrom).toBeGreaterThan(TAIL_LIMIT - 2000)
      expect(reader.read(text.length + 5).blocks.at(-1)).toBe(blocks.at(-1))
    }
  })

  it('never throws for deep nesting, and shows it as text', () => {
    for (const unit of ['>', '- ', '> ', '> - ', '1. ', '* > ', '+ ']) {
      const deep = unit.repeat(2000)
      expect(lexMarkdown(deep), unit).toBeUndefined()
      const reader = new MarkdownReader(`before\n\n${deep}x`)
      expect(reader.read(deep.length + 9)).toMatchObject({ plainFrom: 8, trouble: 'nested' })
      expect(new MarkdownReader(deep).read(deep.length)).toEqual({
        blocks: [],
        plainFrom: 0,
        trouble: 'nested',
      })
      expect(reader.read(8).blocks).toHaveLength(1)
    }
    const later = `${`${words}\n\n`.repeat(60)}${'>'.repeat(2000)}`
    const { blocks, plainFrom, trouble } = new MarkdownReader(later).read(later.length)
    expect(trouble).toBe('nested')
    expect(blocks.length).toBeGreaterThan(0)
    expect(plainFrom).toBe(blocks.at(-1)?.end)
    expect(lexMarkdown('> '.repeat(50))).toBeDefined()
  })

  it('never throws for marks without end', () => {
    for (const unit of [
      '*a **b ',
      '_a *b ',
      '[',
      '![',
      '[a](',
      '**a*',
      '~~a ~',
      '<',
      '`',
      '|',
      '[a]: ',
      '&#',
    ]) {
      const text = unit.repeat(700)
      const { blocks, plainFrom } = new MarkdownReader(text).read(text.length)
      expect(blocks.length > 0 || plainFrom === 0, unit).toBe(true)
    }
  })
})

describe('links', () => {
  it('lead where the source says, decoded, to the web and to mail only', () => {
    expect(linkTarget('https://a.example/?x=1&amp;y=2')).toEqual({
      href: 'https://a.example/?x=1&y=2',
      host: 'a.example',
    })
    expect(linkTarget('mailto:a@b.org?subject=x')).toMatchObject({ host: 'a@b.org' })
    expect(linkTarget('https://good.example@evil.example/')?.host).toBe('evil.example')
    for (const href of [
      'javascript:alert(1)',
      'java&#115;cript:x',
      '/path',
      'http:path',
      'data:text/html,x',
      '',
    ]) {
      expect(linkTarget(href), href).toBeUndefined()
    }
  })

  it('need no host beside a text that names it', () => {
    for (const text of ['a.example', 'https://a.example/b', 'A.example/b', 'http://a.example']) {
      expect(namesHost(text, 'a.example'), text).toBe(true)
    }
    for (const text of ['here', 'a.example.org', 'https://b.example/a.example', 'a.example@b.example', '']) {
      expect(namesHost(text, 'a.example'), text).toBe(false)
    }
  })

  it('have a text without marks', () => {
    const [paragraph] = lexMarkdown('[*a* `b` &amp; c](https://x.example)')?.tokens ?? []
    expect(plainText((paragraph as Tokens.Paragraph).tokens)).toBe('a b & c')
  })
})

describe('entities', () => {
  it('are decoded once, unknown ones stay', () => {
    expect(decodeEntities('&lt;a&gt; &amp;lt; &#8212; &#x1F600; &nope; & &#0;')).toBe(
      '<a> &lt; — 😀 &nope; & \ufffd',
    )
  })
})
