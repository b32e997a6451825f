/** Differences that cannot be seen; what Unicode calls the letters is the oracle. */
import { describe, expect, it } from 'vitest'
import { unseen, visible } from '../../../src/core/lookup/invisible.ts'

describe('what of a difference cannot be seen', () => {
  it.each<[was: string, is: string, words: string | undefined]>([
    ['Hi', 'Hi ', 'one space more at the end'],
    ['Hi   ', 'Hi', '3 spaces less at the end'],
    ['Hi', 'Hi\n', 'one line end more at the end'],
    ['Hi\n', 'Hi ', 'other white space at the end'],
    ['Hi', '\tHi', 'one blank more at the beginning'],
    [' Hi', 'Hi', 'one space less at the beginning'],
    ['a b', 'a  b', 'only white space differs'],
    ['a b', 'a\u00a0b', 'only white space differs'],
    ['a\nb', 'a\r\nb', 'line ends: LF was recorded, CR LF was asked'],
    ['a\r\nb', 'a\rb', 'line ends: CR LF was recorded, CR was asked'],
    ['a\r\nb\nc', 'a\nb\nc', 'line ends: a mixture was recorded, LF was asked'],
    ['caf\u00e9', 'cafe\u0301', 'the same letters in another Unicode form: NFC was recorded, NFD was asked'],
    ['ab', 'a\u200bb', 'only characters that cannot be seen differ'],
    ['ab', 'a\u00adb', 'only characters that cannot be seen differ'],
    ['ab', 'a\u202eb', 'only characters that cannot be seen differ'],
    ['a\u2764b', 'a\u2764\ufe0fb', 'only characters that cannot be seen differ'],
    ['', ' ', 'one space more at the end'],
    ['Hi', 'Ho', undefined],
    ['Hi', 'hi', undefined],
    ['Hi ', 'Ho', undefined],
  ])('%j and %j', (was, is, words) => expect(unseen(was, is)).toBe(words))
})

describe('what is not seen gets a sign', () => {
  it.each<[text: string, shown: string]>([
    ['a\r\n\tb', 'a␍↵⇥b'],
    [' a b  c ', '·a b··c·'],
    ['a\u00a0b', 'a⍽b'],
    ['a\u200bb', 'a⟨zero-width space⟩b'],
    ['a\u202fb', 'a⟨U+202F⟩b'],
    ['a\u202eb', 'a⟨U+202E⟩b'],
    ['a\u0000b', 'a⟨U+0000⟩b'],
    ['\u{1f600} ü', '\u{1f600} ü'],
  ])('%j', (text, shown) => expect(visible(text)).toBe(shown))

  it('but blanks at the ends of words do not, where they are the same', () => {
    expect(visible('cat ', false)).toBe('cat ')
  })
})
