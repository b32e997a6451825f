import { applyEdits, type TextEdit } from '../text/edit.ts'
import { readBlock } from './yaml-block.ts'
import { isBreak, YamlError } from './yaml-chars.ts'
import type { ScalarNode } from './yaml-node.ts'
import { type Sink, TextSink } from './yaml-pieces.ts'
import { readPlain, startsPlain } from './yaml-plain.ts'
import { readQuoted } from './yaml-quoted.ts'
import { isSurelyText } from './yaml-resolve.ts'

/** Reads a scalar of any style; returns where it ends. Throws `YamlError`. */
export function readScalar(text: string, start: number, context: ScalarNode['context'], sink: Sink): number {
  const sign = text.charAt(start)
  if (sign === '"' || sign === "'") return readQuoted(text, start, sink)
  if ((sign === '|' || sign === '>') && !context.flow) return readBlock(text, start, context.indent, sink).end
  if (!startsPlain(text, start, context.flow)) throw new YamlError(start, 'no text can begin here')
  return readPlain(text, start, context, sink).end
}

const HALF_PAIR = /\p{Surrogate}/u

/** Whether a scalar reads as `wanted` after the edits, and all behind it as before. */
export function readsAs(text: string, node: ScalarNode, edits: readonly TextEdit[], wanted: string): boolean {
  const before = text.slice(node.start, node.end)
  const after = applyEdits(
    before,
    edits.map((edit) => ({ ...edit, offset: edit.offset - node.start })),
  )
  // half a pair has no place in a file, only in an escape
  if (HALF_PAIR.test(after) && !HALF_PAIR.test(before)) return false
  const isBlock = /^[|>]/.test(after)
  const isQuoted = /^["']/.test(after)
  // what follows decides where a plain scalar or a block ends
  const sink = new TextSink(after + (isQuoted ? '' : followingText(text, node.end)))
  try {
    const end = readScalar(sink.source, 0, node.context, sink)
    const tail = after.slice(end)
    if (end > after.length || (tail !== '' && (isBlock || !/^\r?\n$/.test(tail)))) return false
  } catch (error) {
    if (error instanceof YamlError) return false
    throw error
  }
  if (sink.text !== wanted) return false
  if (isBlock) return isSoundBlock(after, before, wanted, node)
  return isQuoted || isSoundPlain(wanted, node)
}

/** The rest of the line and the next one with text. */
function followingText(text: string, end: number): string {
  let to = end
  while (to < text.length && (isBreak(text.charCodeAt(to)) || text.charCodeAt(to) === 32)) to++
  while (to < text.length && !isBreak(text.charCodeAt(to))) to++
  return text.slice(end, to + 1)
}

/** A last line that only PyYAML sees is none: one without a line break, or of blanks. */
function isSoundBlock(after: string, before: string, wanted: string, { value }: ScalarNode): boolean {
  const isClosed =
    isBreak(after.charCodeAt(after.length - 1)) || !isBreak(before.charCodeAt(before.length - 1))
  const isAsBefore = BLANK_END.test(value) && firstLine(after) === firstLine(before)
  return isClosed && (!BLANK_END.test(wanted) || isAsBefore)
}

const BLANK_END = /(?:^|\n)[ \t]+\n*$/

function firstLine(text: string): string {
  return text.slice(0, Math.max(text.indexOf('\n'), 0))
}

/** Without quotes a text must be one for every reader. */
function isSoundPlain(value: string, node: ScalarNode): boolean {
  // PyYAML takes every "?" between brackets for a key
  if (node.context.flow && value.includes('?') && !node.value.includes('?')) return false
  if (/^(?:---|\.\.\.)/.test(value)) return false
  if (isSurelyText(value) || node.tag !== undefined) return true
  // what was a date without quotes may become another one
  return node.style === 'plain' && !isSurelyText(node.value) && /^[0-9]{4}-/.test(value)
}
