import { lineStartOf } from './yaml-chars.ts'
import type { YamlNode } from './yaml-node.ts'

/** A text, what it says, and the habits it is written in. */
export class YamlFile {
  readonly text: string
  readonly root: YamlNode
  readonly newLine: string
  private found: Habits | undefined

  constructor(text: string, root: YamlNode) {
    this.text = text
    this.root = root
    const first = text.indexOf('\n')
    this.newLine = first > 0 && text.charCodeAt(first - 1) === 13 ? '\r\n' : '\n'
  }

  get habits(): Habits {
    this.found ??= findHabits(this.text, this.root)
    return this.found
  }

  column(offset: number): number {
    return offset - lineStartOf(this.text, offset)
  }
}

export interface Habits {
  /** Whether characters beyond ASCII are written as escapes. */
  readonly escapeNonAscii: boolean
  /** Whether texts of several lines are written as `|` blocks. */
  readonly literal: boolean
  readonly nullText: string
  /** Columns that a mapping is indented by in another. */
  readonly step: number
  /** Columns that a list is indented by under its key. */
  readonly listStep: number
}

/** Enough to know a file's ways. */
const MAX_LOOKED_AT = 5000

function findHabits(text: string, root: YamlNode): Habits {
  let escapes = false
  let literal: boolean | undefined
  let nullText: string | undefined
  let step: number | undefined
  let listStep: number | undefined
  const waiting: { readonly node: YamlNode; readonly column: number }[] = [{ node: root, column: 0 }]
  const column = (at: number): number => at - lineStartOf(text, at)
  for (let looked = 0; looked < MAX_LOOKED_AT; looked++) {
    const next = waiting.shift()
    if (next === undefined) break
    const { node } = next
    if (node.kind === 'scalar') {
      const isLong = node.value.includes('\n')
      if (isLong) literal = (literal ?? true) && (node.style === 'literal' || node.style === 'folded')
      if (node.style === 'plain' && /^(?:~|null|Null|NULL|)$/.test(node.value)) nullText ??= node.value
      if (node.style === 'double' && !escapes) escapes = /\\[xuU]/.test(text.slice(node.start, node.end))
    } else if (node.kind === 'sequence') {
      if (!node.flow && node.after !== undefined && column(node.start) >= next.column) {
        if (text.charCodeAt(node.after - 1) === 58) listStep ??= column(node.start) - next.column
      }
      const own = node.flow ? 0 : column(node.start) + 2
      for (const item of node.items.slice(0, 50)) waiting.push({ node: item.node, column: own })
    } else if (node.kind === 'mapping') {
      const isUnderKey = node.after !== undefined && text.charCodeAt(node.after - 1) === 58
      if (!node.flow && isUnderKey) step ??= column(node.start) - next.column
      const own = node.flow ? 0 : column(node.start)
      for (const { value } of node.pairs.slice(0, 50)) waiting.push({ node: value, column: own })
    }
  }
  return {
    escapeNonAscii: escapes && !/[^\0-\x7f]/.test(text),
    literal: literal ?? false,
    nullText: nullText ?? 'null',
    step: step !== undefined && step > 0 ? step : 2,
    listStep: listStep ?? 0,
  }
}
