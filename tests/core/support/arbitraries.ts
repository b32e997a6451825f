import fc from 'fast-check'

/** Units that a careless editor breaks on: quotes, escapes, pairs and halves of pairs, controls. */
const UNITS = [
  'a',
  'b',
  'u',
  'n',
  '0',
  '9',
  ' ',
  '"',
  '\\',
  '/',
  '\n',
  '\r',
  '\t',
  '\b',
  '\f',
  '\u0000',
  '\u001f',
  '\u007f',
  'é',
  '\u00ff',
  '世',
  '\u2028',
  '\ufeff',
  '😀',
  '👋🏽',
  // differs from 😀 in its first half only
  '\u{1fa00}',
  '\ud83d',
  '\ude00',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
] as const

/** Any string, lone surrogates included. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...UNITS), { maxLength: 24 }).map((units) => units.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** Strings that have a UTF-8 form, as everything that a file can hold literally. */
export const soundText: fc.Arbitrary<string> = nastyText.map((text) => text.replaceAll(/\p{Cs}/gu, '\ufffd'))

/** One of the spellings JSON allows for each unit: raw where that is legal, a short escape, `\u` in any case. */
export function spellString(value: string, choose: (options: number) => number): string {
  let literal = ''
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at)
    const char = value.charAt(at)
    const hex = unit.toString(16).padStart(4, '0')
    const spellings = [`\\u${hex}`, `\\u${hex.toUpperCase()}`]
    const short = SHORT.get(char)
    if (short !== undefined) spellings.push(short)
    if (unit >= 0x20 && char !== '"' && char !== '\\' && !(unit >= 0xd800 && unit <= 0xdfff)) {
      spellings.push(char, char)
    }
    literal += spellings[choose(spellings.length)] ?? char
  }
  return `"${literal}"`
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

/** A string literal in mixed spellings. */
export const stringLiteral: fc.Arbitrary<string> = fc
  .tuple(nastyText, fc.infiniteStream(fc.nat()))
  .map(([text, choices]) => spellString(text, (options) => Number(choices.next().value) % options))

export const numberToken: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '1.0',
    '-0.0',
    '1E400',
    '1e-05',
    '-9999.0',
    '9007199254740993',
    '1e+16',
    '0.1E0',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
)

/** A JSON value as its tokens, so that a printer knows where each stands. */
type JsonTree =
  | { readonly kind: 'scalar'; readonly token: string }
  | { readonly kind: 'array'; readonly items: readonly JsonTree[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [key: string, value: JsonTree])[] }

const keyLiteral: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('"a"', '"b"', '"__proto__"', '""', '"a/b~c"', '"0"', '"\\u0061"', '"constructor"'),
  stringLiteral,
)

const jsonTree: fc.Arbitrary<JsonTree> = fc.letrec<{ tree: JsonTree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc
      .oneof(numberToken, stringLiteral, fc.constantFrom('true', 'false', 'null'))
      .map((token) => ({ kind: 'scalar' as const, token })),
    fc.array(tie('tree'), { maxLength: 4 }).map((items) => ({ kind: 'array' as const, items })),
    fc
      .array(fc.tuple(keyLiteral, tie('tree')), { maxLength: 4 })
      .map((members) => ({ kind: 'object' as const, members })),
  ),
})).tree

/** White space that a layout puts at a place: before or after a token, at a depth. */
type Layout = (place: 'inside' | 'after colon' | 'before colon' | 'around', depth: number) => string

const indented =
  (indent: string, lineEnd: string): Layout =>
  (place, depth) => {
    if (place === 'inside') return lineEnd + indent.repeat(depth)
    return place === 'after colon' ? ' ' : ''
  }

const layout: fc.Arbitrary<Layout> = fc.oneof(
  fc.constantFrom<Layout>(
    () => '',
    indented('  ', '\n'),
    indented('    ', '\n'),
    indented('  ', '\r\n'),
    indented('\t', '\r'),
    (place) => (place === 'around' ? '\r\n \t' : ' \n\t '),
  ),
  fc.infiniteStream(fc.constantFrom('', ' ', '\n', '\t', '\r\n', '   ')).map(
    (spaces): Layout =>
      () =>
        spaces.next().value ?? '',
  ),
)

interface Printed {
  readonly text: string
  /** Where each key and each value stands, in document order. */
  readonly spans: readonly { readonly start: number; readonly end: number; readonly isKey: boolean }[]
}

/** The independent oracle of the scanner: writes a tree and notes where it put what. */
function printTree(tree: JsonTree, space: Layout): Printed {
  let text = space('around', 0)
  const spans: { start: number; end: number; isKey: boolean }[] = []
  const print = (node: JsonTree, depth: number): void => {
    const span = { start: text.length, end: 0, isKey: false }
    spans.push(span)
    if (node.kind === 'scalar') text += node.token
    else {
      const parts = node.kind === 'array' ? node.items : node.members
      text += node.kind === 'array' ? '[' : '{'
      parts.forEach((part, at) => {
        text += (at > 0 ? ',' : '') + space('inside', depth + 1)
        if ('kind' in part) print(part, depth + 1)
        else {
          const [key, value] = part
          spans.push({ start: text.length, end: text.length + key.length, isKey: true })
          text += `${key}${space('before colon', depth)}:${space('after colon', depth)}`
          print(value, depth + 1)
        }
      })
      if (parts.length > 0) text += space('inside', depth)
      text += node.kind === 'array' ? ']' : '}'
    }
    span.end = text.length
  }
  print(tree, 0)
  return { text: text + space('around', 0), spans }
}

export const printedJson: fc.Arbitrary<Printed> = fc
  .tuple(jsonTree, layout)
  .map(([tree, space]) => printTree(tree, space))

/** A replacement of some characters of a text of this length, as a share, so that it can be made first. */
export const spliceShares: fc.Arbitrary<{
  readonly from: number
  readonly to: number
  readonly content: string
}> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  content: nastyText,
})

export function editFromShares(
  text: string,
  { from, to, content }: { readonly from: number; readonly to: number; readonly content: string },
): { readonly offset: number; readonly length: number; readonly content: string } {
  const a = Math.round(from * text.length)
  const b = Math.round(to * text.length)
  return { offset: Math.min(a, b), length: Math.abs(a - b), content }
}

/** False for a text with half a surrogate pair: on its way to the disk that becomes U+FFFD. */
export function hasUtf8Form(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}
