import type { JsonNode } from '../syntax/json-node.ts'
import { EditError } from '../text/edit.ts'
import type { YamlFile } from './yaml-file.ts'
import { YAML_LIMITS } from './yaml-parse.ts'
import { isSurelyText, plainNumber } from './yaml-resolve.ts'
import { blockScalar, doubleQuoted, isPrintable } from './yaml-spelling.ts'

/** A place for a new value: the column of the block it stands in, or brackets. */
export interface Spot {
  readonly flow: boolean
  readonly column: number
  /** Between brackets whose texts all have double quotes, as JSON has them. */
  readonly likeJson?: boolean
}

const MAX_KEY = 1000

/** A text as a scalar on one line. */
function inlineText(file: YamlFile, value: string, { flow, likeJson }: Spot): string {
  if (!likeJson && isPlain(value, flow)) return value
  const fitsSingle = !likeJson && isPrintable(value) && !/[\t\n]/.test(value)
  return fitsSingle ? `'${value.replaceAll("'", "''")}'` : `"${doubleQuoted(value, file.habits)}"`
}

/** Whether every reader takes these characters without quotes for this text. */
function isPlain(value: string, flow: boolean): boolean {
  if (!/^[^\s\-?:,[\]{}#&*!|>'"%@`]/.test(value) || /[\t\n]| $|:(?: |$)| #|^\.\.\./.test(value)) return false
  if (flow && /[,[\]{}:?]/.test(value)) return false
  return isPrintable(value) && isSurelyText(value)
}

/** A key of a mapping with its colon. */
export function keyTextFor(file: YamlFile, key: string, spot: Spot): string {
  if (key.length > MAX_KEY) throw new EditError('a key this long cannot be written into YAML')
  return `${inlineText(file, key, { ...spot, flow: true })}:`
}

/** A value on one line: lists and objects between brackets. */
export function inlineValue(file: YamlFile, node: JsonNode, spot: Spot, depth = 0): string {
  checkDepth(depth)
  if (node.kind === 'array') {
    return `[${[...node.items()].map((item) => inlineValue(file, item, inBrackets(spot), depth + 1)).join(', ')}]`
  }
  if (node.kind === 'object') {
    const members = [...node.effectiveMembers()].map(({ key, value }) => {
      return `${keyTextFor(file, key, spot)} ${inlineValue(file, value, inBrackets(spot), depth + 1)}`
    })
    return `{${members.join(', ')}}`
  }
  if (node.kind === 'string') return inlineText(file, node.string() ?? '', spot)
  if (node.kind === 'number') return plainNumber(node.raw)
  return node.isNull ? 'null' : node.raw
}

function inBrackets(spot: Spot): Spot {
  return { ...spot, flow: true }
}

function checkDepth(depth: number): void {
  if (depth >= YAML_LIMITS.depth) throw new EditError('this is nested too deep to be written')
}

/**
 * What stands behind the `:` or `-` of a new entry of a block, from the space or line break before it on. `column` is
 * that of the entry; the last line has no break at its end.
 */
export function blockValue(
  file: YamlFile,
  node: JsonNode,
  column: number,
  holder: ':' | '-',
  depth = 0,
): string {
  checkDepth(depth)
  const { habits, newLine } = file
  if (node.kind === 'string') return ` ${blockText(file, node.string() ?? '', column)}`
  if (node.isNull) return habits.nullText === '' ? '' : ` ${habits.nullText}`
  const isList = node.kind === 'array'
  const isEmpty = isList ? node.item(0) === undefined : node.kind === 'object' && node.memberCount === 0
  if (isEmpty || !(isList || node.kind === 'object'))
    return ` ${inlineValue(file, node, { flow: false, column })}`
  const inner = holder === '-' ? column + 2 : column + (isList ? habits.listStep : habits.step)
  const entries = isList
    ? [...node.items()].map((item) => `-${blockValue(file, item, inner, '-', depth + 1)}`)
    : [...node.effectiveMembers()].map(({ key, value }) => {
        const name = keyTextFor(file, key, { flow: false, column: inner })
        return name + blockValue(file, value, inner, ':', depth + 1)
      })
  const lines = entries.join(newLine + ' '.repeat(inner))
  return holder === '-' ? ` ${lines}` : newLine + ' '.repeat(inner) + lines
}

/** A text in a block: several lines as a `|` block where the file does that. */
function blockText(file: YamlFile, value: string, column: number): string {
  const spot = { flow: false, column }
  const isBlock =
    file.habits.literal && value.includes('\n') && isPrintable(value) && !/^[ \t\n]|[ \t]\n/.test(value)
  if (!isBlock) return inlineText(file, value, spot)
  const spelling = { newLine: file.newLine, indent: ' '.repeat(column + 2), escapeNonAscii: false }
  const block = blockScalar(value, '|\n', spelling, undefined)
  // the break at its end is written with what follows
  return block === undefined ? inlineText(file, value, spot) : block.slice(0, -file.newLine.length)
}
