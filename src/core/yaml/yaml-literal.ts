import { applyEdits, spliceBetween, type TextEdit } from '../text/edit.ts'
import { type BlockHeader, readBlockHeader } from './yaml-block.ts'
import { isBreak } from './yaml-chars.ts'
import type { ScalarNode } from './yaml-node.ts'
import {
  chompFor,
  isPrintable,
  literalLines,
  type Spelling,
  trailingBreaks,
  withChomp,
} from './yaml-spelling.ts'

/** Lines of the decoded text that one or more edits touch. */
interface Touched {
  readonly from: number
  readonly to: number
  readonly edits: readonly TextEdit[]
}

/**
 * The lines of a `|` block. Every decoded line is one line of source, so the touched lines are written anew and what
 * comes out the same is not touched. Where the end of the text changes, its chomping does.
 */
export class LiteralLines {
  private readonly text: string
  private readonly node: ScalarNode
  private readonly spelling: Spelling
  private readonly header: BlockHeader
  /** Where the text ends but for line breaks; -1 where lines of source are not lines of text. */
  private readonly contentEnd: number
  private readonly decoded: number[] = [0]
  private readonly source: number[]

  constructor(text: string, node: ScalarNode, spelling: Spelling) {
    this.text = text
    this.node = node
    this.spelling = spelling
    this.header = readBlockHeader(text, node.start)
    this.source = [this.header.end]
    const { value } = node
    const isOdd = /\r(?!\n)|[\x85\u2028\u2029]/.test(text.slice(this.header.end, node.end))
    const contentEnd = value.length - trailingBreaks(value)
    this.contentEnd = isOdd || contentEnd === 0 ? -1 : contentEnd
    let source = this.header.end
    for (let at = value.indexOf('\n'); at !== -1; at = value.indexOf('\n', at + 1)) {
      source = text.indexOf('\n', source) + 1
      this.decoded.push(at + 1)
      this.source.push(source)
    }
  }

  /** Edits that leave the first lines and the end alone: those read as wanted without a look. */
  within(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    if (!this.canHold(edits)) return undefined
    const { value } = this.node
    const first = /[^\n][^\n]*/.exec(value)
    const headEnd = first ? first.index + first[0].length : value.length
    const touched = this.touched(edits)
    if (!touched.every(({ from, to }) => from > headEnd && to < value.length)) return undefined
    const made = touched.flatMap((lines) => this.inner(lines))
    return made.some(({ content }) => /\p{Surrogate}/u.test(content)) ? undefined : made
  }

  /** Edits of any lines; they may need a look. */
  all(edits: readonly TextEdit[], wanted: string): readonly TextEdit[] | undefined {
    if (!this.canHold(edits) || trailingBreaks(wanted) === wanted.length) return undefined
    const { value } = this.node
    const made = this.touched(edits).flatMap((lines) =>
      lines.to < value.length ? this.inner(lines) : this.tail(lines, wanted),
    )
    return made.toSorted((a, b) => a.offset - b.offset)
  }

  private canHold(edits: readonly TextEdit[]): boolean {
    return this.contentEnd !== -1 && edits.every(({ content }) => isPrintable(content))
  }

  private inner(lines: Touched): readonly TextEdit[] {
    return this.replaced(
      this.sourceOf(lines.from),
      lineEnd(this.text, this.sourceOf(lines.to)),
      literalLines(contentOf(this.node.value, lines), this.spelling),
    )
  }

  private tail(lines: Touched, wanted: string): readonly TextEdit[] {
    const { text, node, header, spelling } = this
    const chomp = chompFor(trailingBreaks(wanted), header.chomp)
    const indicators = text.slice(node.start, header.indicatorsEnd)
    const content = contentOf(node.value, lines)
    const isOpen = content !== '' && !content.endsWith('\n')
    const written = literalLines(content, spelling) + (isOpen ? spelling.newLine : '')
    const start = this.sourceOf(lines.from)
    // blank lines behind the text are none of it, unless it keeps them
    const blank = chomp === '+' || header.chomp === '+' ? '' : blankLines(text.slice(start, node.end))
    const head = chomp === header.chomp ? indicators : withChomp(indicators, chomp)
    return [
      ...this.replaced(node.start, header.indicatorsEnd, head),
      ...this.replaced(start, node.end, written + blank),
    ]
  }

  private replaced(start: number, end: number, content: string): readonly TextEdit[] {
    const splice = spliceBetween(this.text.slice(start, end), content)
    return splice ? [{ ...splice, offset: splice.offset + start }] : []
  }

  /** The edits by the lines they touch; what reaches the line breaks at the end reaches to the end of all. */
  private touched(edits: readonly TextEdit[]): readonly Touched[] {
    const { value } = this.node
    const found: Touched[] = []
    for (const edit of edits) {
      const from = this.decoded[this.lineOf(edit.offset)] ?? 0
      const end = value.indexOf('\n', edit.offset + edit.length)
      const to = end === -1 || end >= this.contentEnd ? value.length : end
      const last = found.at(-1)
      if (last && from <= last.to) {
        found[found.length - 1] = {
          from: last.from,
          to: Math.max(to, last.to),
          edits: [...last.edits, edit],
        }
      } else found.push({ from, to, edits: [edit] })
    }
    return found
  }

  /** Number of the line that holds a decoded offset. */
  private lineOf(offset: number): number {
    let low = 0
    let high = this.decoded.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.decoded[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Where the source line of a decoded offset begins. */
  private sourceOf(offset: number): number {
    return this.source[this.lineOf(offset)] ?? this.node.end
  }
}

function contentOf(value: string, { from, to, edits }: Touched): string {
  return applyEdits(
    value.slice(from, to),
    edits.map((edit) => ({ ...edit, offset: edit.offset - from })),
  )
}

function lineEnd(text: string, lineStart: number): number {
  let end = lineStart
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++
  return end
}

/** The blank lines at the end of some lines. */
function blankLines(lines: string): string {
  return /(?:^|\n)((?:[ ]*\r?\n)*)$/.exec(lines)?.[1] ?? ''
}
