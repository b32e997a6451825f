/**
 * Texts in YAML, edited: what is read afterwards is what the same edit makes of the text, nothing else changes, and
 * PyYAML agrees.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdits, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { readYaml } from '../../../src/core/yaml/yaml-source.ts'
import { HAS_PYYAML, readWithPyYaml } from './yaml-oracle.ts'
import { edited, styledScalar, typings, valueAt } from './yaml-samples.ts'

function source(text: string) {
  const read = readYaml(text)
  if ('problem' in read)
    throw new Error(`${read.problem.message} at ${read.problem.offset} of ${JSON.stringify(text)}`)
  return read
}

/** The file after one edit of the text at `pointer`. */
function typed(text: string, pointer: string, ...edits: readonly TextEdit[]): string {
  const region = source(text).region(pointer)
  if (region === undefined) throw new Error(`no text at ${pointer}`)
  return applyEdits(text, region.toOuter(...edits))
}

function insert(text: string, pointer: string, before: string, content: string): string {
  const offset = source(text).region(pointer)?.text.indexOf(before) ?? -1
  return typed(text, pointer, { offset, length: 0, content })
}

function append(text: string, pointer: string, content: string): string {
  return typed(text, pointer, { offset: source(text).region(pointer)?.text.length ?? 0, length: 0, content })
}

/** The JSON with the text at `pointer` left out. */
function others(text: string, pointer: string): string {
  const hole = { json: '0', put: () => [], span: () => undefined }
  return source(text).view(new Map([[pointer, hole]])).json
}

describe('the text of a scalar', () => {
  it('reads as edited, in every style and place, with all around it as it was', () => {
    fc.assert(
      fc.property(styledScalar, typings, (sample, given) => {
        const made = edited(sample, given)
        fc.pre(made !== undefined)
        expect(source(made.after).region(sample.pointer)?.text).toBe(made.wanted)
        expect(others(made.after, sample.pointer)).toBe(others(made.before, sample.pointer))
        expect(made.after.startsWith(sample.head)).toBe(true)
        expect(made.after.endsWith(sample.tail)).toBe(true)
        expect(applyEdits(made.after, invertEdits(made.before, made.edits))).toBe(made.before)
        expect(source(made.before).region(sample.pointer)?.toOuter()).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it.skipIf(!HAS_PYYAML)('reads the same with PyYAML (skipped where python3 has no yaml)', () => {
    const samples = fc.sample(fc.tuple(styledScalar, typings), 1500)
    const cases = samples.flatMap(([sample, given]) => {
      const made = edited(sample, given)
      return made ? [{ ...made, pointer: sample.pointer }] : []
    })
    expect(cases.length).toBeGreaterThan(800)
    const before = readWithPyYaml(cases.map((each) => each.before))
    const after = readWithPyYaml(cases.map((each) => each.after))
    let agreed = 0
    for (const [at, each] of cases.entries()) {
      const was = before[at]
      const is = after[at]
      // tabs and the like: PyYAML is stricter than its own emitter needs
      if (was === undefined || 'error' in was) continue
      const told = JSON.stringify(each)
      expect(valueAt(was.value, each.pointer), told).toBe(each.value)
      expect(is && 'error' in is ? is.error : undefined, told).toBeUndefined()
      expect(is && 'value' in is ? valueAt(is.value, each.pointer) : undefined, told).toBe(each.wanted)
      agreed++
    }
    expect(agreed).toBeGreaterThan(800)
  })

  it('changes only the characters that were typed', () => {
    expect(append('a: word # c\n', '/a', 's')).toBe('a: words # c\n')
    expect(insert("a: 'it''s\n  so'\nb: 1\n", '/a', 'so', 'very ')).toBe("a: 'it''s\n  very so'\nb: 1\n")
    expect(insert('a: "x\\ty \\\n  z"\n', '/a', 'y', '"')).toBe('a: "x\\t\\"y \\\n  z"\n')
    expect(append("a: ''\n", '/a', 'x')).toBe("a: 'x'\n")
    expect(append("- 'x'\n", '/0', "'")).toBe("- 'x'''\n")
  })

  it('takes whole events into every style that holds lines', () => {
    const event = 'data: 2\n\n'
    expect(append('b: |+\n  data: 1\n\nc: 1\n', '/b', event)).toBe('b: |+\n  data: 1\n\n  data: 2\n\nc: 1\n')
    expect(insert('b: |+\n  data: 1\n\nc: 1\n', '/b', 'data', event)).toBe(
      'b: |+\n  data: 2\n\n  data: 1\n\nc: 1\n',
    )
    expect(append('b: "data: 1\\n\\n"\n', '/b', event)).toBe('b: "data: 1\\n\\ndata: 2\\n\\n"\n')
    const folded = "b: 'data: 1\n\n\n  '\nc: 1\n"
    expect(append(folded, '/b', event)).toBe("b: 'data: 1\n\n\n  data: 2\n\n\n  '\nc: 1\n")
    expect(insert(folded, '/b', 'data', event)).toBe("b: 'data: 2\n\n\n  data: 1\n\n\n  '\nc: 1\n")
    expect(append('b: |\r\n  x\r\nc: 1\r\n', '/b', 'y\n')).toBe('b: |\r\n  x\r\n  y\r\nc: 1\r\n')
  })

  it('changes how a block ends where its text does', () => {
    expect(append('b: |-\n  x\nc: 1\n', '/b', '\n')).toBe('b: |\n  x\nc: 1\n')
    expect(append('b: |\n  x\nc: 1\n', '/b', '\n')).toBe('b: |+\n  x\n\nc: 1\n')
    expect(append('b: |\n  x\nc: 1\n', '/b', 'y')).toBe('b: |-\n  x\n  y\nc: 1\n')
    expect(typed('b: |+\n  x\n\n\nc: 1\n', '/b', { offset: 1, length: 3, content: '' })).toBe(
      'b: |-\n  x\nc: 1\n',
    )
  })

  it('says in another style what its own cannot', () => {
    expect(append('a: x\n', '/a', ': y')).toBe("a: 'x: y'\n")
    expect(typed('a: x1\n', '/a', { offset: 0, length: 1, content: '' })).toBe("a: '1'\n")
    expect(typed('a: x\n', '/a', { offset: 0, length: 1, content: '' })).toBe("a: ''\n")
    expect(append('a: x\n', '/a', '\r')).toBe('a: "x\\r"\n')
    expect(append('b: |\n  x\nc: 1\n', '/b', '\u0007')).toBe('b: "x\\n\\a"\nc: 1\n')
    expect(insert('b: |\n  x\nc: 1\n', '/b', 'x', ' ')).toBe('b: |2\n   x\nc: 1\n')
    expect(append("a: 'x'\n", '/a', '\ud83d')).toBe('a: "x\\uD83D"\n')
  })

  it('escapes what the file escapes, and never as a pair', () => {
    expect(append('a: "\\xe9"\n', '/a', 'ä😀')).toBe('a: "\\xe9\\xE4\\U0001F600"\n')
    expect(append('a: "é"\n', '/a', 'ä😀')).toBe('a: "éä😀"\n')
  })

  it('takes several edits at once, and spans of a long text one after the other', () => {
    const text = "a: 'one\n\n  two three'\n"
    expect(
      typed(text, '/a', { offset: 0, length: 3, content: '1' }, { offset: 4, length: 3, content: '2' }),
    ).toBe("a: '1\n\n  2 three'\n")
    const lines = Array.from({ length: 50_000 }, (_, at) => `data: {"at":${at}}\n\n`).join('')
    for (const long of [`b: ${JSON.stringify(lines)}\n`, `b: |+\n${lines.replace(/^(?=.)/gm, '  ')}`]) {
      const read = source(long)
      for (let at = 0; at < 500; at++) {
        const offset = lines.indexOf(`"at":${at * 100}}`) + 1
        const [edit] = read.region('/b')?.toOuter({ offset, length: 2, content: 'AT' }) ?? []
        expect(edit?.content).toBe('AT')
        expect(long.slice(edit?.offset).replace('\\', '')).toMatch(new RegExp(`^at":${at * 100}}`))
      }
    }
  })
})

describe('base64 of bytes', () => {
  it('is read without white space and written in lines as wide as they were', () => {
    const text = 'a:\n  b: !!binary |\n    QUJD\n    REVG\n    Rw==\n  c: 1\n'
    const read = source(text)
    expect([...read.binary]).toEqual(['/a/b'])
    expect(read.region('/a/b')?.text).toBe('QUJDREVGRw==')
    expect(typed(text, '/a/b', { offset: 8, length: 4, content: 'R0hJSg==' })).toBe(
      'a:\n  b: !!binary |\n    QUJD\n    REVG\n    R0hJ\n    Sg==\n  c: 1\n',
    )
    expect(typed('a: !binary |-\n  QUJD\n', '/a', { offset: 0, length: 4, content: 'REVGR0g=' })).toBe(
      'a: !binary |-\n  REVGR0g=\n',
    )
    expect(typed('a: !!binary QUJD\n', '/a', { offset: 0, length: 4, content: '' })).toBe("a: !!binary ''\n")
    expect(() => typed('a: !!binary QUJD\n', '/a', { offset: 0, length: 0, content: '!' })).toThrow('base64')
  })
})
