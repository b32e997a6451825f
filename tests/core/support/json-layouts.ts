/** Printers of JSON in the layouts that recorders write, token by token: numbers and escapes stay as they are. */

export interface PrintStyle {
  readonly name: string
  readonly indent: string | undefined
  readonly eol: string
  /** Between elements and inside brackets, where everything stands on one line. */
  readonly gap: string
  readonly pad: string
  readonly colon: string
}

const base: Omit<PrintStyle, 'name'> = { indent: undefined, eol: '\n', gap: ', ', pad: '', colon: ': ' }

export const STYLES: readonly PrintStyle[] = [
  { ...base, name: 'python with indent 2', indent: '  ' },
  { ...base, name: 'indent 4', indent: '    ' },
  { ...base, name: 'tabs', indent: '\t' },
  { ...base, name: 'indent 2, CRLF', indent: '  ', eol: '\r\n' },
  { ...base, name: 'python on one line' },
  { ...base, name: 'compact', gap: ',', colon: ':' },
  { ...base, name: 'padded as in the seed', pad: ' ' },
  { ...base, name: 'no indentation', indent: '' },
]

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** The same tokens in a style; empty containers as `[]` and `{}`. */
export function printTokens(text: string, style: PrintStyle): string {
  const tokens = text.match(TOKENS) ?? []
  let depth = 0
  let result = ''
  const line = (): string => (style.indent === undefined ? '' : style.eol + style.indent.repeat(depth))
  tokens.forEach((token, position) => {
    const before = tokens[position - 1]
    const next = tokens[position + 1]
    if (token === '{' || token === '[') {
      result += token
      if (next === '}' || next === ']') return
      depth++
      result += style.indent === undefined ? style.pad : line()
    } else if (token === '}' || token === ']') {
      if (before !== '{' && before !== '[') {
        depth--
        result += style.indent === undefined ? style.pad : line()
      }
      result += token
    } else if (token === ',') result += style.indent === undefined ? style.gap : `,${line()}`
    else if (token === ':') result += style.colon
    else result += token
  })
  return result
}

/** The style in which a text is printed, whatever white space it ends with; undefined for a mixture. */
export function styleOf(text: string): PrintStyle | undefined {
  return STYLES.find((style) => printTokens(text, style) === text.trimEnd())
}

/** As `json.dumps` does by default, in lower case. */
export function escapeNonAscii(text: string): string {
  return text.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
