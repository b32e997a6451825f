/** What YAML says, as JSON: judged by PyYAML over real cassettes, and what a hostile text may cost. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { readYaml } from '../../../src/core/yaml/yaml-source.ts'
import { CORPUS_MISSING, CORPUS_ROOT } from '../../support/corpus.ts'
import { HAS_PYYAML, readWithPyYaml } from './yaml-oracle.ts'
import { valueAt } from './yaml-samples.ts'

const FOLDER = join(CORPUS_ROOT, 'other-recorders')
const FILES = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.ya?ml$/.test(path))
      .toSorted()
  : []
const TEXTS = FILES.map((path) => readFileSync(join(FOLDER, path), 'utf8'))
const SKIPPED = `${CORPUS_MISSING}, or python3 has no yaml`

function source(text: string) {
  const read = readYaml(text)
  if ('problem' in read)
    throw new Error(`${read.problem.message} at ${read.problem.offset} of ${JSON.stringify(text)}`)
  return read
}

function value(text: string): unknown {
  return JSON.parse(source(text).json)
}

function codes(text: string): readonly string[] {
  return source(text).diagnostics.map(({ code }) => code)
}

function stringPointers(found: unknown, pointer = ''): readonly string[] {
  if (typeof found === 'string') return [pointer]
  if (typeof found !== 'object' || found === null) return []
  return Object.entries(found).flatMap(([key, inner]) =>
    stringPointers(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}

describe('plain scalars', () => {
  it('are numbers, booleans and null where YAML 1.1 and 1.2 agree', () => {
    expect(value('[1, -2, +3, 1.50, 5., .5, 0x1F, 1.0e+5, 007.5]')).toEqual([
      1, -2, 3, 1.5, 5, 0.5, 31, 1e5, 7.5,
    ])
    expect(value('[true, False, null, ~, NULL, ]')).toEqual([true, false, null, null, null])
    expect(source('1.50').json).toBe('1.50')
    expect(source('12345678901234567890').json).toBe('12345678901234567890')
  })

  it('are texts where they do not', () => {
    const words = [
      'yes',
      'no',
      'on',
      'y',
      '012',
      '0o17',
      '1e3',
      '1_000',
      '2024-01-01',
      '1:30',
      '.inf',
      '0b1',
      '=',
    ]
    expect(value(`[${words.join(', ')}]`)).toEqual(words)
  })

  it('follow their tags', () => {
    expect(
      value('- !!str 12\n- !!int "3"\n- !!python/unicode x\n- !!python/tuple [a]\n- !mine z\n- !!null ""\n'),
    ).toEqual(['12', 3, 'x', ['a'], 'z', null])
  })
})

describe('mappings', () => {
  it('show Python text keys by what they wrap', () => {
    const text = '? !!python/object/apply:multidict._multidict.istr\n- Content-Type\n: - text/html\n'
    expect(value(text)).toEqual({ 'Content-Type': ['text/html'] })
  })

  it('show the last of equal keys, and say so', () => {
    const read = source('a: 1\nb: 2\na: 3\n')
    expect(JSON.parse(read.json)).toEqual({ a: 3, b: 2 })
    expect(read.diagnostics).toMatchObject([{ code: 'duplicate-key', span: { start: 0, end: 1 } }])
  })

  it('show what they take in with <<, and do not change it there', () => {
    const text = 'd: &d {a: 1, b: 2}\ne:\n  <<: *d\n  b: 3\n'
    const read = source(text)
    expect(JSON.parse(read.json)).toEqual({ d: { a: 1, b: 2 }, e: { b: 3, a: 1 } })
    const view = read.view(new Map())
    const offset = view.json.lastIndexOf('1')
    expect(() => view.put([{ offset, length: 1, content: '9' }])).toThrow('<<')
    expect(value('<<: 1\n')).toEqual({ '<<': 1 })
  })

  it('follow aliases: an edit there changes what they name', () => {
    const text = 'a: &x word\nb: *x\n'
    const edits = source(text).region('/b')?.toOuter({ offset: 4, length: 0, content: 's' }) ?? []
    expect(applyEdits(text, edits)).toBe('a: &x words\nb: *x\n')
  })
})

describe('texts that are no YAML', () => {
  it('are told where and why', () => {
    expect(readYaml('a: "x')).toEqual({ problem: { offset: 3, message: expect.stringContaining('closed') } })
    expect(readYaml('a: b: c')).toEqual({ problem: { offset: 4, message: expect.stringContaining(':') } })
    expect(readYaml('a: 1\nnone\nb: 2')).toEqual({ problem: { offset: 5, message: expect.any(String) } })
    expect(readYaml('a: [1')).toMatchObject({ problem: { offset: 5 } })
    expect(readYaml('')).toMatchObject({ json: 'null' })
    expect(codes('a: 1\n---\nb: 2\n')).toEqual(['yaml-more-documents'])
    expect(codes('a: *none\nb: &b [*b]\n')).toEqual(['yaml-alias', 'yaml-alias'])
  })
})

describe('hostile texts', () => {
  it('end at a depth', () => {
    const deep = 100_000
    expect(readYaml('['.repeat(deep))).toHaveProperty('problem')
    expect(readYaml('- '.repeat(10_000_000))).toHaveProperty('problem')
    for (const text of [
      `${'['.repeat(deep)}${']'.repeat(deep)}`,
      `${'- '.repeat(deep)}x`,
      `${'{a: '.repeat(deep)}${'}'.repeat(deep)}`,
    ]) {
      const read = source(text)
      expect(read.diagnostics).toMatchObject([{ code: 'yaml-too-deep', span: { end: expect.any(Number) } }])
      expect(read.json.length).toBeLessThan(10_000)
    }
    const chain = Array.from({ length: 2000 }, (_, at) => `k${at + 1}: &k${at + 1} [*k${at}]`)
    expect(codes(`k0: &k0 [x]\n${chain.join('\n')}`)).toContain('yaml-too-deep')
  })

  it('end at a size', () => {
    const names = [...'abcdefghij']
    const bomb = names.map((name, at) => {
      const inner = Array.from({ length: 9 }, () => (at === 0 ? 'lol' : `*${names[at - 1]}`))
      return `${name}: &${name} [${inner.join(', ')}]`
    })
    const read = source(bomb.join('\n'))
    expect(read.diagnostics.length).toBeGreaterThan(0)
    expect(read.diagnostics.every(({ code }) => code === 'yaml-alias-budget')).toBe(true)
    expect(read.json.length).toBeLessThan(3_000_000)
    const merges = Array.from({ length: 60 }, (_, at) => `k${at + 1}: &k${at + 1} {<<: [*k${at}, *k${at}]}`)
    expect(codes(`k0: &k0 {x: 1}\n${merges.join('\n')}`)).toContain('yaml-alias-budget')
    expect(readYaml('-\n'.repeat(2_000_000))).toHaveProperty('problem')
  })

  it('never take longer than their length asks for', () => {
    for (const noise of [
      "'",
      '"',
      '\n',
      ' ',
      '#\n',
      '{',
      '&a ',
      '! ',
      '?\n',
      '%\n',
      '{},',
      'a: |\n ',
      "''\n",
      '- - ',
      '\t',
      '|',
    ]) {
      expect(() => readYaml(noise.repeat(1_000_000 / noise.length))).not.toThrow()
    }
  })
})

describe.skipIf(FILES.length === 0)(`real cassettes (${SKIPPED})`, () => {
  it('open without a diagnostic', () => {
    for (const [at, text] of TEXTS.entries()) expect(codes(text), FILES[at]).toEqual([])
  })

  it.skipIf(!HAS_PYYAML)('read as PyYAML reads them', () => {
    for (const [at, reading] of readWithPyYaml(TEXTS).entries()) {
      expect(value(TEXTS[at] ?? ''), FILES[at]).toEqual('value' in reading ? reading.value : reading.error)
    }
  })

  it('show base64 of bytes at the pointers of the binary ones', () => {
    let count = 0
    for (const text of TEXTS) {
      const read = source(text)
      const shown = JSON.parse(read.json)
      count += read.binary.size
      for (const pointer of read.binary) expect(valueAt(shown, pointer)).toMatch(/^[A-Za-z0-9+/=]*$/)
    }
    expect(count).toBeGreaterThan(100)
  })

  it.skipIf(!HAS_PYYAML)('read as edited, by us and by PyYAML, with all else as it was', () => {
    const made: { file: string; pointer: string; wanted: string; after: string; all: unknown }[] = []
    for (const [at, text] of TEXTS.entries()) {
      const read = source(text)
      const all: unknown = JSON.parse(read.json)
      const pointers = stringPointers(all)
      const step = Math.max(1, Math.floor(pointers.length / (text.length > 20_000 ? 1 : 4)))
      const lengths = pointers.map((pointer) => read.region(pointer)?.text.length ?? 0)
      const longest = pointers[lengths.indexOf(Math.max(...lengths))]
      const sampled = pointers.filter((pointer, index) => index % step === 0 || pointer === longest)
      for (const [index, pointer] of sampled.entries()) {
        const region = read.region(pointer)
        if (region === undefined) throw new Error(`no text at ${pointer}`)
        const edit = read.binary.has(pointer)
          ? { offset: region.text.length, length: 0, content: 'QUJD' }
          : typing(region.text, pointer === longest ? at : index)
        const after = applyEdits(text, region.toOuter(edit))
        made.push({ file: FILES[at] ?? '', pointer, wanted: applyEdits(region.text, [edit]), after, all })
      }
    }
    for (const [at, reading] of readWithPyYaml(made.map(({ after }) => after)).entries()) {
      const { file, pointer, wanted, after, all } = made[at] ?? expect.unreachable()
      const now = value(after)
      expect(valueAt(now, pointer), `${file} ${pointer}`).toBe(wanted)
      expect('value' in reading ? reading.value : reading.error, `${file} ${pointer}`).toEqual(now)
      expect(without(now, pointer), `${file} ${pointer}`).toEqual(without(all, pointer))
    }
  })

  it('never make the reader throw, wherever they are cut off', () => {
    for (const text of TEXTS) {
      const step = Math.max(1, Math.floor(text.length / 7))
      for (let end = 1; end < text.length; end += step)
        expect(() => readYaml(text.slice(0, end))).not.toThrow()
    }
  })
})

/** One of the ways people type: in the middle, at the end, special characters, a whole event. */
function typing(text: string, way: number): TextEdit {
  const middle = Math.floor(text.length / 2)
  const ways: readonly TextEdit[] = [
    { offset: middle, length: text === '' ? 0 : 1, content: 'z' },
    { offset: text.length, length: 0, content: 'x' },
    { offset: middle, length: 0, content: 'ä\'"\n: #' },
    { offset: middle, length: 0, content: 'data: {"x":1}\n\ndata: y\n\n' },
  ]
  return ways[way % ways.length] ?? expect.unreachable()
}

/** A value in which the text at a pointer is empty. */
function without(found: unknown, pointer: string): unknown {
  const copy = { root: structuredClone(found) }
  const tokens = ['root', ...pointer.split('/').slice(1)].map((token) =>
    token.replaceAll('~1', '/').replaceAll('~0', '~'),
  )
  let holder: Record<string, unknown> = copy
  for (const token of tokens.slice(0, -1)) holder = holder[token] as Record<string, unknown>
  holder[tokens.at(-1) ?? ''] = ''
  return copy.root
}
