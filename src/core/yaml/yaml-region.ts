import { applyEdits, EditError, orderEdits, spliceBetween, type TextEdit } from '../text/edit.ts'
import type { Region } from '../text/region.ts'
import { readBlock, readBlockHeader } from './yaml-block.ts'
import { isBreak } from './yaml-chars.ts'
import type { YamlFile } from './yaml-file.ts'
import { beyondFolds, editsInPlace, WRITERS } from './yaml-in-place.ts'
import { LiteralLines } from './yaml-literal.ts'
import type { ScalarNode } from './yaml-node.ts'
import { PieceMap, TextSink } from './yaml-pieces.ts'
import { blockScalar, doubleQuoted, isPrintable, type Spelling } from './yaml-spelling.ts'
import { readScalar, readsAs } from './yaml-verify.ts'

/**
 * The content of a scalar as a region of the file. An edit is written in the scalar's own style at the very place it
 * is about, and read back where that is not sure; only where it reads otherwise the scalar is written anew, in its own
 * style if that can hold the text, else in double quotes.
 */
export function scalarRegion(file: YamlFile, node: ScalarNode): Region {
  const scalar = new ScalarText(file, node)
  return { text: node.value, toOuter: (...edits) => scalar.edited(edits) }
}

class ScalarText {
  private readonly file: YamlFile
  private readonly node: ScalarNode
  private knownPieces: PieceMap | undefined
  private knownLines: LiteralLines | undefined
  private knownSpelling: Spelling | undefined

  constructor(file: YamlFile, node: ScalarNode) {
    this.file = file
    this.node = node
  }

  private get pieces(): PieceMap {
    if (this.knownPieces) return this.knownPieces
    const pieces = new PieceMap()
    readScalar(this.file.text, this.node.start, this.node.context, pieces)
    this.knownPieces = pieces
    return pieces
  }

  private get lines(): LiteralLines {
    this.knownLines ??= new LiteralLines(this.file.text, this.node, this.spelling)
    return this.knownLines
  }

  private get spelling(): Spelling {
    this.knownSpelling ??= spellingFor(this.file, this.node)
    return this.knownSpelling
  }

  edited(given: readonly TextEdit[]): readonly TextEdit[] {
    const { file, node } = this
    const { value } = node
    const edits = orderEdits(given, value.length).filter(
      ({ offset, length, content }) => value.slice(offset, offset + length) !== content,
    )
    if (edits.length === 0) return []
    const sure = node.style === 'literal' ? this.lines.within(edits) : this.inPlace(edits, true)
    if (sure) return sure
    const wanted = applyEdits(value, edits)
    if (wanted === value) return []
    for (const attempt of this.attempts(edits, wanted)) {
      const made = attempt()
      if (made !== undefined && readsAs(file.text, node, made, wanted)) return made
    }
    throw new EditError('YAML cannot hold this text here')
  }

  /** The ways to write an edit, the smallest first. */
  private attempts(
    edits: readonly TextEdit[],
    wanted: string,
  ): readonly (() => readonly TextEdit[] | undefined)[] {
    const { node, spelling } = this
    const wide = edits.map((edit) => beyondFolds(node.value, edit))
    const small =
      node.style === 'literal'
        ? [() => this.lines.all(edits, wanted)]
        : [() => this.inPlace(edits, false), () => this.inPlace(wide, false)]
    return [
      ...small,
      () => this.rewritten(this.inOwnStyle(wanted)),
      () => this.rewritten(inSingleQuotes(node, wanted)),
      () => this.rewritten(`"${doubleQuoted(wanted, spelling)}"`),
    ]
  }

  private inPlace(edits: readonly TextEdit[], onlySure: boolean): readonly TextEdit[] | undefined {
    const { file, node, pieces, spelling } = this
    if (onlySure && node.style !== 'single' && node.style !== 'double') return undefined
    const made = editsInPlace(file.text, node, pieces, spelling, edits)
    return made && (made.isSure || !onlySure) ? made.edits : undefined
  }

  private inOwnStyle(wanted: string): string | undefined {
    const { node, spelling } = this
    if (node.style === 'literal' || node.style === 'folded') return this.inBlock(wanted)
    const written = WRITERS[node.style](wanted, spelling)
    if (written === undefined || node.style === 'plain') return written
    const quote = node.style === 'single' ? "'" : '"'
    return quote + written + quote
  }

  private inBlock(wanted: string): string | undefined {
    const { file, node, spelling } = this
    if (!isPrintable(wanted)) return undefined
    const { increment, end } = readBlockHeader(file.text, node.start)
    const header = file.text.slice(node.start, end)
    // the first line says the indent, unless it has blanks of its own
    const isNeeded = /^\n*[ \t]|^\n/.test(wanted) || increment !== undefined
    const columns = spelling.indent.length - Math.max(node.context.indent, 0)
    if (isNeeded && columns > 9) return undefined
    return blockScalar(wanted, header, spelling, isNeeded ? columns : undefined)
  }

  /** The whole scalar anew. */
  private rewritten(source: string | undefined): readonly TextEdit[] | undefined {
    if (source === undefined) return undefined
    const { file, node } = this
    const before = file.text.slice(node.start, node.end)
    const endsLine = isBreak(before.charCodeAt(before.length - 1))
    const isBlock = /^[|>]/.test(source)
    const splice = spliceBetween(before, endsLine && !isBlock ? source + file.newLine : source)
    return splice ? [{ ...splice, offset: splice.offset + node.start }] : []
  }
}

/** A word that would be something else without quotes: `12`, `a: b`. */
function inSingleQuotes(node: ScalarNode, wanted: string): string | undefined {
  const isOneLine = isPrintable(wanted) && !/[\t\n]/.test(wanted)
  return node.style === 'plain' && isOneLine ? `'${wanted.replaceAll("'", "''")}'` : undefined
}

/** Continuation lines are indented as those that are there, else by two columns beyond the holding block. */
function spellingFor({ text, newLine, habits }: YamlFile, node: ScalarNode): Spelling {
  const source = text.slice(node.start, node.end)
  return { newLine, escapeNonAscii: habits.escapeNonAscii, indent: continuationIndent(source, node) }
}

function continuationIndent(source: string, { style, context, value }: ScalarNode): string {
  const fallback = Math.max(context.indent, 0) + 2
  if (style !== 'literal' && style !== 'folded') {
    return /[\r\n]([ ]+)[^ \r\n]/.exec(source)?.[1] ?? ' '.repeat(fallback)
  }
  const { indent } = readBlock(source, 0, context.indent, new TextSink(source))
  return ' '.repeat(/[^\n]/.test(value) ? indent : fallback)
}
