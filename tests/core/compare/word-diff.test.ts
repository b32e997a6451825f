import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type WordPiece, wordDiff } from '../../../src/core/compare/word-diff.ts'

const without = (pieces: readonly WordPiece[], kind: WordPiece['kind']): string =>
  pieces
    .filter((piece) => piece.kind !== kind)
    .map(({ text }) => text)
    .join('')

const short = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('')

describe('two texts, word by word', () => {
  it('add up to what they were, whatever is in them', () => {
    const words = fc.array(
      fc.constantFrom('a', 'bc', ' ', '\n', ', ', "don't", '猫', '👩‍👩‍👧', '\ud800', 'é'),
      {
        maxLength: 40,
      },
    )
    fc.assert(
      fc.property(words, words, (one, other) => {
        const [before, after] = [one.join(''), other.join('')]
        const pieces = wordDiff(before, after)
        expect(without(pieces, 'added')).toBe(before)
        expect(without(pieces, 'removed')).toBe(after)
        expect(pieces.every(({ text }) => text !== '')).toBe(true)
        if (before === after) expect(pieces.every(({ kind }) => kind === 'same')).toBe(true)
      }),
    )
  })

  it('name whole words and nothing more', () => {
    expect(short('I see a llama here.', 'I see an alpaca here.')).toBe('I see [-a llama-]{+an alpaca+} here.')
    expect(short('one two', 'one two three')).toBe('one two{+ three+}')
    expect(short('end.', 'end!')).toBe('end[-.-]{+!+}')
    expect(short('猫が好き', '犬が好き')).toBe('[-猫-]{+犬+}が好き')
  })

  it('hold for texts that are long, and changed in few places', () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at} of a long answer\n`)
    const before = lines.join('')
    const after = lines.with(777, 'line 777 of a lengthy answer\n').join('')
    const pieces = wordDiff(before, after)
    expect(pieces.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'long' },
      { kind: 'added', text: 'lengthy' },
    ])
    expect(without(pieces, 'added')).toBe(before)
  })

  it('give up on words where all of a huge text is another', () => {
    const pieces = wordDiff('x'.repeat(150_000), 'y'.repeat(150_000))
    expect(pieces.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
