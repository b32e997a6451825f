import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { formatProjection, type Projection, sameTokens } from '../../../src/core/syntax/json-format.ts'
import { scanJson } from '../../../src/core/syntax/json-index.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { printedJson } from '../support/arbitraries.ts'

// generous: the machine may be busy with other work
vi.setConfig({ testTimeout: 60_000 })

const format = (text: string) => formatProjection(text, scanJson(text))

/** One edit of the view, on both sides. */
function typed(before: Projection, edit: TextEdit): Projection {
  const after = before.afterView(edit)
  const sourceEdit = before.sourceEdit(edit)
  expect(after.text).toBe(applyEdits(before.text, [edit]))
  expect(after.source).toBe(sourceEdit ? applyEdits(before.source, [sourceEdit]) : before.source)
  return after
}

/** Numbers, words and punctuation apart, as a reader of JSON takes them. */
const tokens = (text: string): readonly string[] =>
  text.match(/[{}[\],:]|"(?:\\.|[^"\\])*"?|[^\s{}[\],:"]+/g) ?? []

const anEdit = (text: string, [from, to]: readonly [number, number], content: string): TextEdit => {
  const offset = from % (text.length + 1)
  return { offset, length: to % (Math.min(9, text.length - offset) + 1), content }
}

describe('formatProjection', () => {
  it('lays a text out as JSON.stringify does, without touching a token', () => {
    const view = format('{ "a":1.0,"b" : ["\\u00e9",{},[ ]] ,"c":{"d":-0}}').text
    expect(view).toBe(
      '{\n  "a": 1.0,\n  "b": [\n    "\\u00e9",\n    {},\n    []\n  ],\n  "c": {\n    "d": -0\n  }\n}',
    )
  })

  it('is what JSON.stringify prints, for values that print as they were written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(format(JSON.stringify(value)).text).toBe(JSON.stringify(value, null, 2))
      }),
    )
  })

  it('holds the same tokens as any text, and leads there and back', () => {
    fc.assert(
      fc.property(printedJson, ({ text }) => {
        const shown = format(text)
        expect(sameTokens(shown.text, text)).toBe(true)
        expect(shown.source).toBe(text)
        for (let at = 0; at < shown.text.length; at++) {
          if (/\s/.test(shown.text.charAt(at))) continue
          expect(text[shown.toSource(at)]).toBe(shown.text[at])
          expect(shown.toView(shown.toSource(at))).toBe(at)
        }
      }),
    )
  })

  it('means by an edit inside a token the same edit of the file', () => {
    const content = fc.string({ maxLength: 5 }).map((text) => text.replaceAll(/["\\\s]/g, 'x'))
    fc.assert(
      fc.property(
        printedJson,
        fc.nat(),
        fc.nat(),
        fc.nat(),
        content,
        ({ text }, node, from, to, replacement) => {
          const index = scanJson(text)
          const id = node % index.count
          const [start = 0, end = 0, kind = 0] = index.nodes.subarray(id * 3, id * 3 + 3)
          if ((kind & 7) < 2 || end - start < 3) return
          const offset = start + 1 + (from % (end - start - 2))
          const length = to % (end - 1 - offset)
          const shown = format(text)
          const edit = { offset: shown.toView(offset), length, content: `y${replacement}` }
          expect(shown.sourceEdit(edit)).toEqual({ offset, length, content: edit.content })
        },
      ),
      { numRuns: 500 },
    )
  })

  it('keeps white space between tokens out of the file', () => {
    const shown = format('{"a":1,"b":[]}')
    const at = (what: string) => shown.text.indexOf(what) + what.length
    expect(shown.sourceEdit({ offset: at('1,'), length: 0, content: '\n  ' })).toBeUndefined()
    expect(shown.sourceEdit({ offset: at('{'), length: 3, content: '' })).toBeUndefined()
    expect(shown.sourceEdit({ offset: at('['), length: 0, content: '\n' })).toBeUndefined()
    expect(typed(shown, { offset: at('['), length: 0, content: '\n' }).toSource(at('[') + 1)).toBe(12)
    expect(shown.sourceEdit({ offset: at('"a'), length: 0, content: ' ' })).toEqual({
      offset: 3,
      length: 0,
      content: ' ',
    })
  })

  it('writes a new member where it was typed', () => {
    let shown: Projection = format('{"a":1, "b":2}')
    let caret = shown.text.indexOf('1') + 1
    for (const content of [',', '\n  ', ...'"x y": 3']) {
      shown = typed(shown, { offset: caret, length: 0, content })
      caret += content.length
    }
    expect(shown.text).toBe('{\n  "a": 1,\n  "x y": 3,\n  "b": 2\n}')
    expect(shown.source).toBe('{"a":1,"x y":3, "b":2}')
  })

  it('never lets two words of the view become one in the file, or the other way about', () => {
    const numbers = fc
      .array(fc.tuple(fc.constantFrom('1', '23', '[4]', '[]', 'true', '{}'), fc.constantFrom('', ' ', '  ')))
      .map((items) => `[${items.map(([item, space]) => `${space}${item}${space}`).join(',')}]`)
    const edits = fc.array(
      fc.tuple(
        fc.tuple(fc.nat(), fc.nat()),
        fc.constantFrom('', '', '5', ' ', '\n  ', ',', ', 6', '7 ', '[', ']'),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(numbers, edits, (text, list) => {
        let shown: Projection = format(text)
        for (const [range, content] of list) {
          shown = typed(shown, anEdit(shown.text, range, content))
          expect(tokens(shown.text)).toEqual(tokens(shown.source))
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps both sides aligned through any edits of either', () => {
    const content = fc.constantFrom('', 'x', '"', ' ', '\n', '{"k": [1,2]}', ',', ':', '\\', ']}')
    const edits = fc.array(fc.tuple(fc.boolean(), fc.tuple(fc.nat(), fc.nat()), content), { maxLength: 12 })
    fc.assert(
      fc.property(printedJson, edits, ({ text }, list) => {
        let shown: Projection = format(text)
        for (const [inView, range, written] of list) {
          if (inView) {
            shown = typed(shown, anEdit(shown.text, range, written))
          } else {
            const edit = anEdit(shown.source, range, written)
            const after = shown.afterSource(edit)
            expect(after.source).toBe(applyEdits(shown.source, [edit]))
            expect(after.text).toBe(applyEdits(shown.text, [shown.viewEdit(edit)]))
            shown = after
          }
          for (let at = 0; at < shown.source.length; at++) {
            if (!/\s/.test(shown.source.charAt(at)))
              expect(shown.text[shown.toView(at)]).toBe(shown.source[at])
          }
          for (let at = 0; at < shown.text.length; at++) {
            if (!/\s/.test(shown.text.charAt(at)))
              expect(shown.source[shown.toSource(at)]).toBe(shown.text[at])
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  it('breaks lines as the file does, and does not indent without end', () => {
    expect(formatProjection('[1]', scanJson('[1]'), '\r\n').text).toBe('[\r\n  1\r\n]')
    const deep = '['.repeat(2000) + ']'.repeat(2000)
    expect(format(deep).text.length).toBeLessThan(deep.length * 85)
  })
})

describe('sameTokens', () => {
  it('minds white space inside strings only', () => {
    expect(sameTokens('{"a" : 1}', '{"a":1}\n')).toBe(true)
    expect(sameTokens('{"a b":1}', '{"ab":1}')).toBe(false)
    expect(sameTokens('["\\" x"]', '["\\" x" ]')).toBe(true)
    expect(sameTokens('[1]', '[1')).toBe(false)
  })
})
