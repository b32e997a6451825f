import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { applyEdits } from '../../../src/core/text/edit.ts'
import { applyTyped, carryOver, lineEndOf, toLineFeeds } from '../../../src/core/text/line-ends.ts'
import { nastyText } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 30_000 })

const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
const token = fc.oneof(lineEnd, fc.constantFrom('a', 'b', ' ', '😀', '\ud83d'))
/** Texts dense with line ends of every kind. */
const mixed = fc.oneof(
  fc.array(token, { maxLength: 16 }).map((tokens) => tokens.join('')),
  nastyText,
)

describe('applyTyped', () => {
  it('changes nothing where nothing was typed', () => {
    fc.assert(fc.property(mixed, (text) => applyTyped(text, toLineFeeds(text)) === text))
  })

  it('reads as what was typed, whatever that is', () => {
    fc.assert(
      fc.property(mixed, mixed, fc.option(lineEnd, { nil: undefined }), (text, next, end) => {
        const typed = toLineFeeds(next)
        expect(toLineFeeds(applyTyped(text, typed, end))).toBe(typed)
      }),
    )
  })

  it('keeps every character around the change, and writes new lines in the kind of the text', () => {
    const word = fc.stringMatching(/^[xyz]{1,4}$/)
    const typedWords = fc.array(word, { minLength: 1, maxLength: 3 })
    fc.assert(
      // the digits keep the smallest splice from reaching any further than the words
      fc.property(mixed, typedWords, typedWords, mixed, (before, old, typed, after) => {
        const around = (middle: string) => `${before}1${middle}2${after}`
        const original = around(old.join('-'))
        const view = `${toLineFeeds(before)}1${typed.join('\n')}2${toLineFeeds(after)}`
        expect(applyTyped(original, view)).toBe(around(typed.join(lineEndOf(original))))
      }),
    )
  })

  it('keeps mixed line ends through any sequence of keystrokes elsewhere', () => {
    fc.assert(
      fc.property(
        fc.array(lineEnd, { maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (ends, places) => {
          let text = ends.map((end, at) => `${at}${end}`).join('')
          const opened = text
          for (const place of places) {
            // in front of a digit, never between two line ends
            const view = toLineFeeds(text)
            const at = [...view.matchAll(/\d/g)][place % Math.max(1, ends.length)]?.index ?? 0
            text = applyTyped(text, applyEdits(view, [{ offset: at, length: 0, content: 'x' }]))
          }
          expect(text.replaceAll('x', '')).toBe(opened)
        },
      ),
    )
  })

  it.each([
    ['a\r\nb\r\n', 'a\nX\nb\n', 'a\r\nX\r\nb\r\n'],
    ['a\rb', 'a\nb\n', 'a\rb\r'],
    ['a\r\nb\nc\rd', 'a\nb\nC\nd', 'a\r\nb\nC\rd'],
    ['a\r\nb', 'ab', 'ab'],
    ['', 'a\nb', 'a\nb'],
  ])('makes of %j, typed as %j, %j', (original, typed, wanted) => {
    expect(applyTyped(original, typed)).toBe(wanted)
  })

  it.each([
    ['a\rX\nb', 'a\n\nb'],
    ['a\rb\n\n', 'a\n\nb\n\n'],
    ['a\rb\rc\n', 'a\nb\ncy\n\n'],
  ])('does not let "\\r" and "\\n" become one line end: %j typed as %j', (original, typed) => {
    expect(toLineFeeds(applyTyped(original, typed))).toBe(typed)
  })
})

describe('lineEndOf', () => {
  it.each([
    ['', '\n'],
    ['a\nb', '\n'],
    ['a\r\nb\r\nc\n', '\r\n'],
    ['a\rb', '\r'],
    ['a\rb\rc\r\n', '\r'],
    ['a\r\nb\n', '\n'],
  ])('of %j is %j', (text, end) => {
    expect(lineEndOf(text)).toBe(end)
  })
})

describe('carryOver', () => {
  it('combines changes with something in between', () => {
    fc.assert(
      fc.property(
        fc.array(nastyText, { minLength: 5, maxLength: 5 }),
        ([a = '', b = '', c = '', d = '', e = '']) => {
          const text = (left: string, right: string) => `${left}<${a}|${b}>${right}`
          // one change lies left of "<", the other one right of ">"
          expect(carryOver(text(c, d), text(`${e}1`, d), text(c, `2${e}`))).toBe(
            carryOver(text(c, d), text(c, `2${e}`), text(`${e}1`, d)),
          )
        },
      ),
    )
    expect(carryOver('one two three', 'ONE two three', 'one two THREE')).toBe('ONE two THREE')
    expect(carryOver('one two three', 'one two 3', '0 one two three')).toBe('0 one two 3')
  })

  it('is the change itself where nothing else changed, and nothing where it did not', () => {
    fc.assert(
      fc.property(nastyText, nastyText, (before, after) => {
        expect(carryOver(before, after, before)).toBe(after)
        expect(carryOver(before, before, after)).toBe(after)
        expect(carryOver(before, after, after)).toBe(after)
      }),
    )
  })

  it('refuses changes of one place', () => {
    expect(carryOver('one two', 'one 2', 'one II')).toBeUndefined()
    expect(carryOver('one', 'one!', 'one?')).toBeUndefined()
  })
})
