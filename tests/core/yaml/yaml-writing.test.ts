/** Lists, objects and values of every kind that come, go and change in YAML, in the layout of their neighbours. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { JsonDocument, type JsonNode } from '../../../src/core/syntax/json-node.ts'
import { applyEdits, invertEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { readYaml } from '../../../src/core/yaml/yaml-source.ts'
import { HAS_PYYAML, readWithPyYaml } from './yaml-oracle.ts'

function source(text: string) {
  const read = readYaml(text)
  if ('problem' in read)
    throw new Error(`${read.problem.message} at ${read.problem.offset} of ${JSON.stringify(text)}`)
  return read
}

/** The file after `pointer` says `json` instead. */
function set(text: string, pointer: string, json: string): string {
  const read = source(text)
  const node = JsonDocument.of(read.json).find(pointer) ?? expect.unreachable()
  const edit = { offset: node.start, length: node.end - node.start, content: json }
  return applyEdits(text, read.view(new Map()).put([edit]))
}

const TEXTS = [
  'a',
  'b c',
  '',
  'yes',
  '12',
  'x: y',
  '# no',
  "it's",
  '"q"',
  'data: 1\n\n',
  'line\nline\n',
  'é😀',
  '- a',
  ' lead',
  'end ',
  '2024-01-01',
  '1e3',
  '{a}',
  '[b',
  'k?',
  't\tb',
  '\u2028',
  'c\r\nd',
  '*/*',
  '%',
  '\n',
]
const KEYS = ['a', 'b', 'Content-Type', 'x y', '200', '', 'é', 'a: b', 'yes', '"', 'k\n', '~']

const leaf = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(1, -2.5, 1e21, 0, 1e-7),
  fc.boolean(),
  fc.constant(null),
)
const { value } = fc.letrec((tie) => ({
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('list'), tie('object')),
}))

/** A value in one of the layouts that writers of YAML have. */
const laidOut: fc.Arbitrary<string> = fc
  .record({
    value,
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL'),
    nullStr: fc.constantFrom('null', '~', ''),
    json: fc.constantFrom(false, false, false, true),
    newLine: fc.constantFrom('\n', '\n', '\r\n'),
    end: fc.constantFrom('\n', '\n', ''),
  })
  .map(({ value: made, json, newLine, end, ...options }) => {
    const text = json
      ? JSON.stringify(made, null, options.indent)
      : stringify(made, { lineWidth: 0, ...(options as object) })
    return (text.replace(/\n$/, '') + end).replaceAll('\n', newLine)
  })

interface Change {
  /** Which of all nodes, and which of its children go. */
  readonly node: number
  readonly gone: readonly boolean[]
  readonly news: readonly { readonly at: number; readonly key: string; readonly json: string }[]
  readonly whole: boolean
}

const change: fc.Arbitrary<Change> = fc.record({
  node: fc.nat(30),
  gone: fc.oneof(fc.constant([]), fc.array(fc.boolean(), { maxLength: 5 })),
  news: fc.array(
    fc.record({
      at: fc.nat(5),
      key: fc.constantFrom('new', 'a', 'n n'),
      json: value.map((made) => JSON.stringify(made)),
    }),
    { maxLength: 3 },
  ),
  whole: fc.boolean(),
})

/** The edit of a JSON text that makes a change: children of a group come and go, or a value becomes another. */
function editFor(json: string, { node, gone, news, whole }: Change): TextEdit {
  const nodes: JsonNode[] = []
  const walk = (each: JsonNode): void => {
    nodes.push(each)
    for (const child of each.children()) walk(child)
  }
  walk(JsonDocument.of(json).root ?? expect.unreachable())
  const target = nodes[node % nodes.length] ?? expect.unreachable()
  const range = { offset: target.start, length: target.end - target.start }
  const isGroup = target.kind === 'array' || target.kind === 'object'
  if (whole || !isGroup) return { ...range, content: news[0]?.json ?? 'null' }
  const isList = target.kind === 'array'
  const before = isList
    ? [...target.items()].map(({ raw }) => raw)
    : [...target.members()].map(({ key, value: member }) => `${JSON.stringify(key)}: ${member.raw}`)
  const kept = before.filter((_, at) => gone[at] !== true)
  for (const { at, key, json: made } of news) {
    const name = `${JSON.stringify(key)}: `
    if (!isList && kept.some((each) => each.startsWith(name))) continue
    kept.splice(Math.min(at, kept.length), 0, isList ? made : name + made)
  }
  const [open, close] = isList ? '[]' : '{}'
  return {
    ...range,
    content: kept.length === 0 ? `${open}${close}` : `${open}\n${kept.join(',\n')}\n${close}`,
  }
}

interface Changed {
  readonly before: string
  readonly after: string
  readonly edits: readonly TextEdit[]
  readonly was: unknown
  readonly wanted: unknown
}

/** Undefined where the sample is no YAML for us, which the library's own layouts are but for tabs. */
function changed(before: string, given: Change): Changed | undefined {
  const read = readYaml(before)
  if ('problem' in read) return undefined
  const edit = editFor(read.json, given)
  const edits = read.view(new Map()).put([edit])
  const wanted: unknown = JSON.parse(applyEdits(read.json, [edit]))
  return { before, after: applyEdits(before, edits), edits, was: JSON.parse(read.json), wanted }
}

const OPTIONS = { uniqueKeys: false, logLevel: 'silent' } as const

/** What the `yaml` library reads; undefined where it refuses. */
function strictly(text: string): unknown {
  try {
    return parse(text, OPTIONS) as unknown
  } catch {
    return undefined
  }
}

/** -0 is no other number than 0. */
function plain(found: unknown): unknown {
  return found === undefined ? undefined : JSON.parse(JSON.stringify(found))
}

describe('a changed value', () => {
  it('reads as changed, by us and by the yaml library, and changes back', () => {
    fc.assert(
      fc.property(laidOut, change, (text, given) => {
        const made = changed(text, given)
        fc.pre(made !== undefined)
        expect(plain(JSON.parse(source(made.after).json))).toEqual(plain(made.wanted))
        expect(applyEdits(made.after, invertEdits(made.before, made.edits))).toBe(made.before)
        if (isDeepStrictEqual(plain(strictly(made.before)), plain(made.was))) {
          expect(plain(strictly(made.after)), made.after).toEqual(plain(made.wanted))
        }
      }),
      { numRuns: 500 },
    )
  })

  it.skipIf(!HAS_PYYAML)('reads the same with PyYAML (skipped where python3 has no yaml)', () => {
    const cases = fc
      .sample(fc.tuple(laidOut, change), 600)
      .flatMap(([text, given]) => changed(text, given) ?? [])
    const before = readWithPyYaml(cases.map((each) => each.before))
    const after = readWithPyYaml(cases.map((each) => each.after))
    let agreed = 0
    for (const [at, { wanted, ...each }] of cases.entries()) {
      const was = before[at]
      const is = after[at]
      if (was === undefined || 'error' in was) continue
      expect(is && 'value' in is ? plain(is.value) : is?.error, JSON.stringify(each)).toEqual(plain(wanted))
      agreed++
    }
    expect(agreed).toBeGreaterThan(350)
  })
})

describe('entries', () => {
  const listed = 'a:\n- x\n- y # why\n- z\nb: 1\n'

  it('come and go on lines of their own', () => {
    expect(set(listed, '/a', '["x","z"]')).toBe('a:\n- x\n- z\nb: 1\n')
    expect(set(listed, '/a', '["x"]')).toBe('a:\n- x\nb: 1\n')
    expect(set(listed, '/a', '["x","y","z","new"]')).toBe('a:\n- x\n- y # why\n- z\n- new\nb: 1\n')
    expect(set(listed, '/a', '["new","x","y","z"]')).toBe('a:\n- new\n- x\n- y # why\n- z\nb: 1\n')
    expect(set(listed, '', '{"b":1}')).toBe('b: 1\n')
    expect(set('- a: 1\n  b: 2\n', '/0', '{"b":2}')).toBe('- b: 2\n')
    expect(set('- a: 1\n  b: 2\n', '/0', '{"a":1,"c":[1,{"d":2}]}')).toBe('- a: 1\n  c:\n  - 1\n  - d: 2\n')
    expect(set('a:\n    - x', '/a', '["x","z"]')).toBe('a:\n    - x\n    - z')
  })

  it('come and go between brackets', () => {
    expect(set('a: [x, y, z]\n', '/a', '["x","z"]')).toBe('a: [x, z]\n')
    expect(set('a: [x, y]\n', '/a', '["x"]')).toBe('a: [x]\n')
    expect(set('a: {}\n', '/a', '{"k":"v","l":null}')).toBe('a: {k: v, l: null}\n')
    expect(set('{"a": [\n  "x",\n  "y"\n]}', '/a', '["x","y","yes"]')).toBe(
      '{"a": [\n  "x",\n  "y",\n  "yes"\n]}',
    )
  })

  it('leave brackets behind when all go', () => {
    expect(set(listed, '/a', '[]')).toBe('a: []\nb: 1\n')
    expect(set('a:\n  b: |\n    x\nc: 1\n', '/a', '{}')).toBe('a: {}\nc: 1\n')
    expect(set('a: [x]\n', '/a', '[]')).toBe('a: []\n')
    expect(set('a: 1\n', '', '{}')).toBe('{}\n')
  })

  it('go with all pairs of the same key', () => {
    expect(set('a: 1\nb: 2\na: 3\n', '', '{"b":2}')).toBe('b: 2\n')
  })
})

describe('scalars that become others', () => {
  it('are written so that every reader sees what they are', () => {
    expect(set('a: 1\n', '/a', '1e5')).toBe('a: 1.0e+5\n')
    expect(set('a: 1\n', '/a', '"12"')).toBe("a: '12'\n")
    expect(set('a: 1\n', '/a', '"no"')).toBe("a: 'no'\n")
    expect(set('a: 1 # c\n', '/a', '"word"')).toBe('a: word # c\n')
    expect(set('a: word\n', '/a', 'true')).toBe('a: true\n')
    expect(set('a: |\n  x\nb: 1\n', '/a', '2')).toBe('a: 2\nb: 1\n')
    expect(set('a: &id 1\nb: *id\n', '/b', '2')).toBe('a: &id 2\nb: *id\n')
  })

  it('know how the file writes null', () => {
    expect(set('a: ~\nb: 1\n', '/b', 'null')).toBe('a: ~\nb: ~\n')
    expect(set('a:\nb: 1\n', '/b', 'null')).toBe('a:\nb:\n')
    expect(set('a:\nb: 1\n', '/a', '"x"')).toBe('a: x\nb: 1\n')
    expect(set('- \n- 1\n', '/0', '{"k":[]}')).toBe('- {k: []} \n- 1\n')
  })

  it('take lists and objects, and these take scalars', () => {
    expect(set('a: x\n', '/a', '{"k":["v",1]}')).toBe('a: {k: [v, 1]}\n')
    expect(set('a:\n- x\n- y\nb: 1\n', '/a', '"x"')).toBe('a: x\nb: 1\n')
    expect(set('a:\n  b: &c |\n    x\nd: 1\n', '/a', 'null')).toBe('a: null\nd: 1\n')
  })
})

describe('views in the place of values', () => {
  it('show theirs and get the edits that lie in them', () => {
    const read = source('a:\n- b: x\n- c\n')
    const seen: TextEdit[] = []
    const hole = {
      json: '{"in":1}',
      put: (edits: readonly TextEdit[]) => {
        seen.push(...edits)
        return [{ offset: 0, length: 0, content: '# ' }]
      },
      span: () => ({ start: 7, end: 8 }),
    }
    const view = read.view(new Map([['/a/0/b', hole]]))
    expect(JSON.parse(view.json)).toEqual({ a: [{ b: { in: 1 } }, 'c'] })
    const at = view.json.indexOf('1')
    expect(view.put([{ offset: at, length: 1, content: '2' }])).toEqual([
      { offset: 0, length: 0, content: '# ' },
    ])
    expect(seen).toEqual([{ offset: 6, length: 1, content: '2' }])
    expect(view.span(at, at + 1)).toEqual({ start: 7, end: 8 })
    const c = view.json.indexOf('"c"')
    expect(view.span(c, c + 3)).toEqual({ start: 12, end: 13 })
  })
})
