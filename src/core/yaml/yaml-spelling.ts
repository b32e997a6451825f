import { type Chomp, readBlockHeader } from './yaml-block.ts'

/** How continuation lines and special characters are written in one file. */
export interface Spelling {
  readonly newLine: string
  /** Indent of continuation lines. */
  readonly indent: string
  readonly escapeNonAscii: boolean
}

const SHORT: ReadonlyMap<number, string> = new Map([
  [0, '\\0'],
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
  [27, '\\e'],
  [34, '\\"'],
  [92, '\\\\'],
  [0x85, '\\N'],
  [0x2028, '\\L'],
  [0x2029, '\\P'],
])

/** Characters that may not stand as they are in a YAML text, or that readers see as line breaks. */
const UNPRINTABLE =
  /[^\t\n\x20-\x7e\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]/u

/** Whether a text can be written without escapes. */
export function isPrintable(value: string): boolean {
  return !UNPRINTABLE.test(value)
}

const ESCAPED = new RegExp(`["\\\\\\t\\n]|${UNPRINTABLE.source}`, 'gu')
const ESCAPED_ASCII = /["\\]|[^\x20-\x7e]/gu

/** The inside of a double-quoted scalar on one line. PyYAML joins no surrogates: `\U0001F600`, never a pair. */
export function doubleQuoted(value: string, { escapeNonAscii }: Pick<Spelling, 'escapeNonAscii'>): string {
  return value.replace(escapeNonAscii ? ESCAPED_ASCII : ESCAPED, (found) => {
    const code = found.codePointAt(0) ?? 0
    const short = SHORT.get(code)
    if (short !== undefined) return short
    const hex = code.toString(16).toUpperCase()
    if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
    return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
  })
}

/** Line breaks as folded lines have them: one more than is read. */
export function foldedLines(value: string, { newLine, indent }: Spelling): string {
  return value.replace(/\n+/g, (run) => newLine.repeat(run.length + 1) + indent)
}

export function singleQuoted(value: string, spelling: Spelling): string {
  return foldedLines(value.replaceAll("'", "''"), spelling)
}

/** Lines of a `|` block: blank ones have no indent. */
export function literalLines(value: string, { newLine, indent }: Spelling): string {
  return value
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join(newLine)
}

/** Lines of a `>` block, none of them broken: a break between two lines of text is doubled. */
function foldedBlockLines(value: string, spelling: Spelling): string {
  const lines = value.replace(/(?<=(?:^|\n)[^ \t\n][^\n]*)\n+(?=[^ \t\n])/g, (run) => `\n${run}`)
  return literalLines(lines, spelling)
}

/** How many line breaks a text ends with. */
export function trailingBreaks(value: string): number {
  let count = 0
  while (value.charCodeAt(value.length - 1 - count) === 10) count++
  return count
}

/** The end of block that holds `breaks` line breaks; what is there stays where it can. */
export function chompFor(breaks: number, now: Chomp): Chomp {
  if (breaks === 0) return '-'
  if (breaks > 1 || now === '+') return '+'
  return ''
}

/** The indicators of a block with another chomp: `|2-` to `|2+`. */
export function withChomp(indicators: string, chomp: Chomp): string {
  return indicators.replace(/[-+]/, '') + chomp
}

/**
 * A text as a whole block, with the line break at its end; undefined where that cannot be. `header` is that of the
 * block it replaces, or just `|`.
 */
export function blockScalar(
  value: string,
  header: string,
  spelling: Spelling,
  increment: number | undefined,
): string | undefined {
  const breaks = trailingBreaks(value)
  if (breaks === value.length) return undefined
  const { indicatorsEnd, chomp, folded } = readBlockHeader(header, 0)
  const bare = header.charAt(0) + (increment ?? '')
  const first = withChomp(bare, chompFor(breaks, chomp)) + header.slice(indicatorsEnd).trimEnd()
  const lines = folded ? foldedBlockLines(value, spelling) : literalLines(value, spelling)
  return first + spelling.newLine + lines + (breaks === 0 ? spelling.newLine : '')
}
