import { JsonDocument } from '../syntax/json-node.ts'
import { spliceBetween, type TextEdit } from '../text/edit.ts'
import { isBreak, lineStartOf } from './yaml-chars.ts'
import type { YamlFile } from './yaml-file.ts'
import type { ScalarNode } from './yaml-node.ts'
import { replaceNode } from './yaml-replace.ts'
import { blockScalar, isPrintable } from './yaml-spelling.ts'

/** Writes a text in the place of a scalar, without its tag (`!!binary`): several lines as a `|` block where that can be. */
export function writeAsText(file: YamlFile, node: ScalarNode, value: string): readonly TextEdit[] {
  const block = node.flow ? undefined : blockOf(file, node, value)
  if (block === undefined) {
    const { root } = JsonDocument.of(JSON.stringify(value))
    return root ? replaceNode(file, node, root) : []
  }
  const { text, newLine } = file
  const holdsBreak = node.end > node.from && isBreak(text.charCodeAt(node.end - 1))
  const content = holdsBreak || node.end === text.length ? block : block.slice(0, -newLine.length)
  const splice = spliceBetween(text.slice(node.from, node.end), content)
  return splice ? [{ ...splice, offset: splice.offset + node.from }] : []
}

function blockOf(file: YamlFile, node: ScalarNode, value: string): string | undefined {
  if (!value.includes('\n') || !isPrintable(value) || /^[ \t\n]|[ \t]\n/.test(value)) return undefined
  const { text, newLine } = file
  // a comment behind it would become a part of the text
  const holdsBreak = node.end > node.from && isBreak(text.charCodeAt(node.end - 1))
  if (!holdsBreak && node.end < text.length && !isBreak(text.charCodeAt(node.end))) return undefined
  const lineStart = lineStartOf(text, node.after ?? node.from)
  // the key's column, behind the dashes of the lists that it is the first of
  const lead = /^(?: *- +)* */.exec(text.slice(lineStart))?.[0].length ?? 0
  const spelling = { newLine, indent: ' '.repeat(lead + 2), escapeNonAscii: false }
  return blockScalar(value, '|\n', spelling, undefined)
}
