/** YAML scalars of every style in many places, and edits of what they say. */
import fc from 'fast-check'
import { applyEdits, type TextEdit } from '../../../src/core/text/edit.ts'
import { readYaml } from '../../../src/core/yaml/yaml-source.ts'

export interface StyledScalar {
  readonly head: string
  readonly scalar: string
  readonly tail: string
  readonly pointer: string
}

const PLACES: readonly (readonly [head: string, pointer: string])[] = [
  ['k: ', '/k'],
  ['a:\n  b: ', '/a/b'],
  ['- ', '/0'],
  ['- - ', '/0/0'],
  ['a:\n- ', '/a/0'],
  ['a:\n    - x: 1\n      y: ', '/a/0/y'],
  ['o: {a: 1, b: ', '/o/b'],
  ['o: [1, ', '/o/1'],
  ['"q": ', '/q'],
  ['a: !!str ', '/a'],
  ['a: &id ', '/a'],
  ['', ''],
]

const WORDS = [
  'data: ',
  'a',
  'b c',
  '{"x":1}',
  '# no',
  'é',
  '😀',
  '-',
  '? ',
  '"',
  "'",
  '\\',
  'x: y',
  ':',
  '12',
  '%',
  '  ',
  '\t',
  ',',
  'true',
]
const TYPED = [
  'x',
  ' ',
  '\n',
  '\n\n',
  'ä',
  "'",
  '"',
  ': ',
  ' #',
  '\t',
  '\r',
  '\x07',
  '\u2028',
  'data: y\n\n',
  '\ud800',
  '\n  q',
  '',
  '\u00a0',
  '\\',
  'ä\'"\n: #',
]

const word = fc.constantFrom(...WORDS)
const join = (part: fc.Arbitrary<string>, maxLength = 8): fc.Arbitrary<string> =>
  fc.array(part, { maxLength }).map((parts) => parts.join(''))

/** A fold as quoted and plain scalars have them: blanks, line breaks, an indent. */
const fold = (indent: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('', ' ', '  '), fc.integer({ min: 1, max: 3 }), fc.constantFrom('', ' '))
    .map(([before, breaks, deeper]) => before + '\n'.repeat(breaks) + indent + deeper)

function styled(style: string, indent: string): fc.Arbitrary<string> {
  if (style === 'single') {
    const text = word.map((each) => each.replaceAll("'", "''"))
    return join(fc.oneof(text, text, fold(indent))).map((inside) => `'${inside}'`)
  }
  if (style === 'double') {
    const text = word.map((each) => each.replace(/["\\]/g, '\\$&'))
    const escaped = fc.constantFrom(
      '\\n',
      '\\"',
      '\\x41',
      '\\u00e9',
      '\\U0001F600',
      '\\t',
      `\\\n${indent}`,
      `\\\n${indent}\\ `,
    )
    return join(fc.oneof(text, escaped, fold(indent))).map((inside) => `"${inside}"`)
  }
  if (style === 'plain') {
    const text = fc.constantFrom('w', 'word ', 'data:y', ' b', 'é', 'http://x/a=b&c', '😀')
    return join(fc.oneof(text, text, fold(indent))).map((inside) => inside.trim() || 'w')
  }
  const line = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('', indent) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('', '', ' '), join(word, 4))
        .map(([lead, text]) => indent + lead + text),
    },
  )
  return fc
    .record({
      chomp: fc.constantFrom('', '-', '+'),
      digit: fc.constantFrom('', '', '2'),
      lines: fc.array(line, { maxLength: 7 }),
    })
    .map(
      ({ chomp, digit, lines }) =>
        `${style === 'literal' ? '|' : '>'}${digit}${chomp}\n${lines.map((each) => `${each}\n`).join('')}`,
    )
}

const STYLES = ['single', 'double', 'plain', 'literal', 'folded'] as const

/** A scalar in its place, with what may follow it. Not all of them are YAML: `- - ` and a digit, a `: ` at a line's end. */
export const styledScalar: fc.Arbitrary<StyledScalar> = fc
  .record({
    place: fc.constantFrom(...PLACES),
    style: fc.constantFrom(...STYLES),
    deeper: fc.constantFrom(1, 2, 4),
    follows: fc.constantFrom('', '\n', ' # c\n', '\n# c\n'),
    isLast: fc.boolean(),
    newLine: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  })
  .chain(({ place: [head, pointer], style, deeper, follows, isLast, newLine }) => {
    const isBlock = style === 'literal' || style === 'folded'
    const column = /^[ -]*/.exec(head.split('\n').at(-1) ?? '')?.[0].length ?? 0
    const flow = /[[{]/.exec(head)?.[0]
    const closing = flow === undefined ? '' : flow === '{' ? '}' : ']'
    const own = isBlock ? '' : closing + follows
    const next = isLast || pointer === '' ? '' : head.startsWith('- ') ? '- zz\n' : 'zz: 1\n'
    const between = next !== '' && !isBlock && !own.endsWith('\n') ? '\n' : ''
    const lines = (text: string): string => text.replaceAll('\n', newLine)
    return styled(style, ' '.repeat(column + (isBlock ? 2 : deeper))).map((scalar) => ({
      head: lines(head),
      scalar: lines(isBlock && flow ? `'${closing}'` : scalar),
      tail: lines((isBlock && flow ? closing : own) + between + next),
      pointer,
    }))
  })

/** An edit of a text that is not known yet: where it begins is a share of its length. */
export interface Typing {
  readonly share: number
  readonly length: number
  readonly content: string
}

export const typings: fc.Arbitrary<readonly Typing[]> = fc.array(
  fc.record({
    share: fc.constantFrom(0, 0.2, 0.5, 0.7, 0.9, 1),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 }), fc.constant(30)),
    content: fc.oneof(fc.constantFrom(...TYPED), join(fc.oneof(word, fc.constantFrom('\n', '\n\n')), 4)),
  }),
  { minLength: 1, maxLength: 2 },
)

/** Edits in order, none over another. */
function editsOf(value: string, given: readonly Typing[]): readonly TextEdit[] {
  const made: TextEdit[] = []
  let end = 0
  for (const { share, length, content } of given.toSorted((a, b) => a.share - b.share)) {
    const offset = Math.max(end, Math.floor(share * value.length))
    if (offset > value.length || (made.length > 0 && offset === end)) continue
    const edit = { offset, length: Math.min(length, value.length - offset), content }
    end = offset + edit.length
    made.push(edit)
  }
  return made
}

export interface EditedScalar {
  readonly before: string
  readonly after: string
  readonly value: string
  readonly wanted: string
  readonly edits: readonly TextEdit[]
}

/** Writes the edits into the file; undefined where the sample is no YAML or no text. */
export function edited(
  { head, scalar, tail, pointer }: StyledScalar,
  given: readonly Typing[],
): EditedScalar | undefined {
  const before = head + scalar + tail
  const source = readYaml(before)
  const region = 'problem' in source ? undefined : source.region(pointer)
  if (region === undefined) return undefined
  const typed = editsOf(region.text, given)
  const edits = region.toOuter(...typed)
  return {
    before,
    after: applyEdits(before, edits),
    value: region.text,
    wanted: applyEdits(region.text, typed),
    edits,
  }
}

/** The value at a pointer without escapes. */
export function valueAt(value: unknown, pointer: string): unknown {
  let found = value
  for (const token of pointer.split('/').slice(1)) {
    found = (found as Record<string, unknown> | undefined)?.[
      token.replaceAll('~1', '/').replaceAll('~0', '~')
    ]
  }
  return found
}
