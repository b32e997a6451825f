import {
  breakLength,
  breakText,
  isBlank,
  isBreak,
  isDocumentMark,
  isFlowIndicator,
  isSpaceOrEnd,
} from './yaml-chars.ts'
import type { Sink } from './yaml-pieces.ts'

/** Where a scalar stands: the indent of the block that holds it, and whether it stands inside brackets. */
export interface ScalarContext {
  readonly indent: number
  readonly flow: boolean
}

export interface PlainEnd {
  /** After the last character of the scalar. */
  readonly end: number
  /** Where reading goes on: blanks and breaks behind it are passed. */
  readonly next: number
  /** Whether a line break was passed. */
  readonly broken: boolean
}

/** Whether an unquoted scalar can begin at `at`. */
export function startsPlain(text: string, at: number, flow: boolean): boolean {
  const unit = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (isSpaceOrEnd(unit)) return false
  if (unit === 45) return !isSpaceOrEnd(next) && !(flow && isFlowIndicator(next))
  if (unit === 63 || unit === 58) return !isSpaceOrEnd(next) && !flow
  return !',[]{}#&*!|>\'"%@`'.includes(text.charAt(at))
}

function endsPlain(text: string, at: number, unit: number, flow: boolean): boolean {
  if (unit === 58) {
    const next = text.charCodeAt(at + 1)
    return isSpaceOrEnd(next) || (flow && isFlowIndicator(next))
  }
  return (
    (unit <= 32 && isBlank(unit)) || isBreak(unit) || Number.isNaN(unit) || (flow && isFlowIndicator(unit))
  )
}

/** Reads the unquoted scalar at `start`: it goes on over lines that are indented deeper than its block. */
export function readPlain(
  text: string,
  start: number,
  { indent, flow }: ScalarContext,
  sink: Sink,
): PlainEnd {
  let at = start
  let end = start
  let broken = false
  /** What stands between the words read and those at `at`. */
  let gap: string | undefined
  for (;;) {
    if (gap !== undefined && text.charCodeAt(at) === 35) break
    let to = at
    for (let unit = text.charCodeAt(to); !endsPlain(text, to, unit, flow); unit = text.charCodeAt(to)) to++
    if (to === at) break
    if (gap === '') sink.copy(end, to)
    else {
      if (gap !== undefined) sink.put(gap, end, at)
      sink.copy(at, to)
    }
    end = to
    at = to
    while (isBlank(text.charCodeAt(at))) at++
    if (!isBreak(text.charCodeAt(at))) {
      if (at === end) break
      gap = ''
      continue
    }
    broken = true
    const lines = readBreaks(text, at)
    at = lines.next
    if (lines.isLast || (!flow && at - lines.lineStart <= indent)) break
    gap = lines.text
  }
  return { end, next: at, broken }
}

interface Breaks {
  readonly text: string
  readonly next: number
  readonly lineStart: number
  readonly isLast: boolean
}

function readBreaks(text: string, at: number): Breaks {
  const first = breakText(text, at)
  let next = at + breakLength(text, at)
  let lineStart = next
  let rest = ''
  for (;;) {
    if (isDocumentMark(text, next)) return { text: '', next, lineStart, isLast: true }
    while (isBlank(text.charCodeAt(next))) next++
    if (!isBreak(text.charCodeAt(next))) break
    rest += breakText(text, next)
    next += breakLength(text, next)
    lineStart = next
  }
  const folded = first === '\n' ? rest || ' ' : first + rest
  return { text: folded, next, lineStart, isLast: false }
}
