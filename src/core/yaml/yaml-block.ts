import { breakLength, breakText, isBlank, isBreak, lineEndAt, YamlError } from './yaml-chars.ts'
import type { Sink } from './yaml-pieces.ts'

/** What happens to the line breaks at the end of a block. */
export type Chomp = '-' | '' | '+'

/** The line that begins a block scalar: `|2-  # why`. */
export interface BlockHeader {
  readonly folded: boolean
  readonly chomp: Chomp
  /** Indent in columns beyond that of the holding block, where the header says it. */
  readonly increment: number | undefined
  /** After `|2-`. */
  readonly indicatorsEnd: number
  /** Where the lines begin. */
  readonly end: number
}

export interface BlockEnd {
  /** After the last line break that belongs to the block. */
  readonly end: number
  /** Where reading goes on: spaces behind it are passed. */
  readonly next: number
  /** Columns before the text of a line. */
  readonly indent: number
}

export function readBlockHeader(text: string, start: number): BlockHeader {
  let at = start + 1
  let chomp: Chomp = ''
  let increment: number | undefined
  for (let count = 0; count < 2; count++) {
    const sign = text.charAt(at)
    if ((sign === '+' || sign === '-') && chomp === '') chomp = sign
    else if (/^[1-9]$/.test(sign) && increment === undefined) increment = Number(sign)
    else break
    at++
  }
  const indicatorsEnd = at
  while (isBlank(text.charCodeAt(at))) at++
  if (text.charCodeAt(at) === 35) at = lineEndAt(text, at)
  if (at < text.length && !isBreak(text.charCodeAt(at))) {
    throw new YamlError(at, 'the text of a block begins on its next line')
  }
  const end = at < text.length ? at + breakLength(text, at) : at
  return { folded: text.charCodeAt(start) === 62, chomp, increment, indicatorsEnd, end }
}

/** Reads the `|` or `>` block at `start`, held by a block that is indented by `parent` columns. */
export function readBlock(text: string, start: number, parent: number, sink: Sink): BlockEnd {
  const header = readBlockHeader(text, start)
  const least = Math.max(parent + 1, 1)
  let at = header.end
  let lineStart = at
  let breaks = ''
  /** Passes blank lines and the indent, up to `limit` columns of it. */
  const pass = (limit: number): number => {
    let widest = 0
    for (;;) {
      while (at - lineStart < limit && text.charCodeAt(at) === 32) at++
      widest = Math.max(widest, at - lineStart)
      if (!isBreak(text.charCodeAt(at))) return widest
      breaks += breakText(text, at)
      at += breakLength(text, at)
      lineStart = at
    }
  }
  let indent = least + (header.increment ?? 0) - 1
  if (header.increment === undefined) indent = Math.max(least, pass(Number.POSITIVE_INFINITY))
  else pass(indent)
  if (breaks !== '' && isLine()) sink.put(breaks, header.end, at)
  let lineBreak = ''
  let lineEnd = header.end
  let end = lineStart
  let hasLines = false
  function isLine(): boolean {
    return at - lineStart === indent && at < text.length
  }
  while (isLine()) {
    hasLines = true
    const isText = !isBlank(text.charCodeAt(at))
    lineEnd = lineEndAt(text, at)
    sink.copy(at, lineEnd)
    at = lineEnd
    breaks = ''
    lineBreak = ''
    if (at < text.length) {
      lineBreak = breakText(text, at)
      at += breakLength(text, at)
      lineStart = at
      pass(indent)
      end = lineStart
    } else {
      lineStart = at
      end = at
    }
    if (!isLine()) break
    const joins = header.folded && lineBreak === '\n' && isText && !isBlank(text.charCodeAt(at))
    const between = joins ? breaks || ' ' : lineBreak + breaks
    sink.put(between, lineEnd, at)
  }
  const tail = (header.chomp === '-' ? '' : lineBreak) + (header.chomp === '+' ? breaks : '')
  if (tail !== '') sink.put(tail, hasLines ? lineEnd : header.end, end)
  return { end, next: at, indent }
}
