import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scanJson } from '../../../src/core/syntax/json-index.ts'
import { rescanJson } from '../../../src/core/syntax/json-rescan.ts'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'

const typed = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom('"', '\\', '\\n', '\\u00e9', '\\u00', '\n', '":"', 'é👧', ''),
)

it('is what a scan of the new text finds, or nothing', () => {
  let found = 0
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(undefined, 2),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), typed), { minLength: 1, maxLength: 20 }),
      (value, indent, edits) => {
        const text = JSON.stringify({ key: 'a text to type into', value, '"': [] }, null, indent)
        const index = scanJson(text)
        for (const [at, length, content] of edits) {
          const offset = at % text.length
          const edit: TextEdit = { offset, length: Math.min(length, text.length - offset), content }
          const after = applyEdits(text, [edit])
          const again = rescanJson(index, edit, after)?.index
          if (again === undefined) continue
          found++
          const scanned = scanJson(after)
          // a key whose escape was taken away is still looked at as if some key had one: slower, not wrong
          expect({ ...again, escapedKeys: true }).toEqual({ ...scanned, escapedKeys: true })
          expect(again.escapedKeys || !scanned.escapedKeys).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(found, 'edits inside of strings').toBeGreaterThan(500)
})

it('leaves everything but a change inside of a string to a scan', () => {
  const text = '{"a": "text", "b": 12, "c": []}'
  const index = scanJson(text)
  const again = (offset: number, length: number, content: string) => {
    const edit = { offset, length, content }
    return rescanJson(index, edit, applyEdits(text, [edit]))
  }
  expect(again(text.indexOf('ext'), 1, 'E')).toBeDefined()
  // at the quotes, over them, in a number, between tokens, a string that ends sooner
  expect(again(text.indexOf('"text'), 0, 'x')).toBeUndefined()
  expect(again(text.indexOf('t",'), 2, '')).toBeUndefined()
  expect(again(text.indexOf('12'), 1, '9')).toBeUndefined()
  expect(again(text.indexOf(' "b"'), 1, '')).toBeUndefined()
  expect(again(text.indexOf('ext'), 0, '"')).toBeUndefined()
  expect(again(text.indexOf('ext'), 0, '\n')).toBeUndefined()
  expect(
    rescanJson(scanJson('{"a": "te'), { offset: 8, length: 0, content: 'x' }, '{"a": "txe'),
  ).toBeUndefined()
})
