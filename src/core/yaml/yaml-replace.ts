import type { JsonNode } from '../syntax/json-node.ts'
import { EditError, spliceBetween, type TextEdit } from '../text/edit.ts'
import { isBreak, isSpaceOrEnd } from './yaml-chars.ts'
import type { YamlFile } from './yaml-file.ts'
import type { YamlNode } from './yaml-node.ts'
import { inlineValue } from './yaml-value.ts'

/** Writes another value in the place of a node, on one line: one of another kind, or an emptied group. */
export function replaceNode(file: YamlFile, node: YamlNode, json: JsonNode): readonly TextEdit[] {
  const { text, newLine } = file
  const spot = { flow: node.flow, column: file.column(node.start), likeJson: isLikeJson(text, node) }
  const isNull = json.isNull && !node.flow && node.kind === 'scalar'
  const written = isNull ? nullFor(file, node) : inlineValue(file, json, spot)
  const isBlockGroup = node.kind !== 'scalar' && !node.flow && !/^[[{]/.test(text.charAt(node.start))
  const isMissing = node.from === node.end
  if (isMissing && node.after === undefined && node.flow)
    throw new EditError('this key has no ":" to write a value behind')
  const anchor = node.anchor === undefined ? '' : `&${node.anchor} `
  // nothing is written right behind the ":", as the file does
  const isBare = isBlockGroup || anchor + written === ''
  const start = isBare && node.after !== undefined ? node.after : node.from
  const touches = start > 0 && !isSpaceOrEnd(text.charCodeAt(start - 1))
  const lead = (start === node.after || (isMissing && touches)) && written !== '' ? ' ' : ''
  const ending = node.end > start && isBreak(text.charCodeAt(node.end - 1)) ? newLine : ''
  const splice = spliceBetween(text.slice(start, node.end), lead + anchor + written + ending)
  return splice ? [{ ...splice, offset: splice.offset + start }] : []
}

/** Null as the file writes it; nothing at all only where something says that there is a value. */
function nullFor(file: YamlFile, node: YamlNode): string {
  const { nullText } = file.habits
  return nullText === '' && node.after === undefined ? 'null' : nullText
}

/** Whether a group's first text is in double quotes. */
export function isLikeJson(text: string, node: YamlNode): boolean {
  if (node.kind === 'scalar') return node.flow && node.style === 'double'
  return node.flow && /^[[{]\s*"/.test(text.slice(node.start, node.start + 200))
}
