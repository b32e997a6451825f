/**
 * Characters as YAML 1.1 sees them (PyYAML, libyaml: what wrote nearly every cassette). Units come from `charCodeAt`,
 * which is NaN after the end of a text.
 */

export function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13 || unit === 0x85 || unit === 0x2028 || unit === 0x2029
}

export function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9
}

/** A blank, a line break or the end of the text. */
export function isSpaceOrEnd(unit: number): boolean {
  return isBlank(unit) || isBreak(unit) || Number.isNaN(unit)
}

/** One of `,[]{}`, which end a plain scalar inside brackets. */
export function isFlowIndicator(unit: number): boolean {
  return unit === 44 || unit === 91 || unit === 93 || unit === 123 || unit === 125
}

export function breakLength(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1
}

/** What a line break at `at` is read as. */
export function breakText(text: string, at: number): string {
  const unit = text.charCodeAt(at)
  return unit === 0x2028 || unit === 0x2029 ? text.charAt(at) : '\n'
}

/** Whether `---` or `...` stands at `at`, the start of a line: the end of a document. */
export function isDocumentMark(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return (
    (unit === 45 || unit === 46) &&
    text.charCodeAt(at + 1) === unit &&
    text.charCodeAt(at + 2) === unit &&
    isSpaceOrEnd(text.charCodeAt(at + 3))
  )
}

/** Start of the line that holds `at`. */
export function lineStartOf(text: string, at: number, floor = 0): number {
  let start = at
  while (start > floor && !isBreak(text.charCodeAt(start - 1))) start--
  return start
}

/** Where the line that holds `at` ends, before its break. */
export function lineEndAt(text: string, at: number): number {
  let end = at
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++
  return end
}

/** Why a text is no YAML: thrown inside the reader, never out of it. */
export class YamlError extends Error {
  override readonly name = 'YamlError'
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}
