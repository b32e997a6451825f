import type { TextEdit } from '../text/edit.ts'
import { readBlockHeader } from './yaml-block.ts'
import { breakLength, isBreak, lineEndAt, lineStartOf } from './yaml-chars.ts'
import type { YamlFile } from './yaml-file.ts'
import type { YamlNode } from './yaml-node.ts'
import { withChomp } from './yaml-spelling.ts'

/** An item of a list or a member of an object in the text. */
export interface Entry {
  readonly start: number
  readonly end: number
}

/** What comes and goes at once. Positions are those of now. */
export interface Changes {
  readonly removed: ReadonlySet<number>
  readonly inserted: readonly { readonly position: number; readonly text: string }[]
}

/** Entries on lines of their own. `column` is where they begin. */
export function blockEdits(
  file: YamlFile,
  entries: readonly Entry[],
  column: number,
  { removed, inserted }: Changes,
): readonly TextEdit[] {
  const { text, newLine } = file
  const count = entries.length
  const gap = newLine + ' '.repeat(column)
  const first = entries[0]?.start ?? 0
  const contentEnd = entries.at(-1)?.end ?? 0
  if (removed.size === count) {
    // one in the place of all: the first line stays where it is
    const ending = isBreak(text.charCodeAt(contentEnd - 1)) ? newLine : ''
    const content = inserted.map((each) => each.text).join(gap) + ending
    return [{ offset: first, length: contentEnd - first, content }]
  }
  const made: TextEdit[] = []
  const last = endOfLine(text, contentEnd)
  const isOpen = !isBreak(text.charCodeAt(last - 1))
  let isTailRemoved = false
  const startOf = (at: number): number => entries[at]?.start ?? last
  const atEnd = inserted.filter(({ position }) => nextKept(position, removed, count) === count)
  for (const { position, text: entry } of inserted) {
    const before = nextKept(position, removed, count)
    if (before < count) made.push({ offset: startOf(before), length: 0, content: entry + gap })
  }
  for (let at = 0; at < count; at++) {
    if (!removed.has(at)) continue
    const from = at
    while (removed.has(at + 1)) at++
    isTailRemoved = at + 1 >= count
    const start = isTailRemoved ? lineStartOf(text, startOf(from)) : startOf(from)
    made.push({ offset: start, length: startOf(at + 1) - start, content: '' })
  }
  if (atEnd.length > 0) {
    const lines = atEnd.map((each) => each.text).join(gap)
    const isOnOpenLine = isOpen && !isTailRemoved
    const content = isOnOpenLine ? gap + lines : gap.slice(newLine.length) + lines + newLine
    if (isOnOpenLine) made.push(...closeBlock(file))
    made.push({ offset: last, length: 0, content })
  }
  return made
}

/** A block at the end of a text without a last line break: what comes behind it must not give it one. */
function closeBlock({ text, root }: YamlFile): readonly TextEdit[] {
  let last: YamlNode | undefined = root
  while (last && last.kind !== 'scalar') {
    if (last.kind === 'sequence') last = last.items.at(-1)?.node
    else last = last.kind === 'mapping' ? last.pairs.at(-1)?.value : undefined
  }
  const isBlock = last?.style === 'literal' || last?.style === 'folded'
  if (last === undefined || !isBlock || last.value.endsWith('\n')) return []
  const { start } = last
  const header = text.slice(start, lineEndAt(text, start))
  const { indicatorsEnd, chomp } = readBlockHeader(header, 0)
  if (chomp === '-') return []
  const content = withChomp(header.slice(0, indicatorsEnd), '-')
  return [{ offset: start, length: indicatorsEnd, content }]
}

/** Entries between brackets. `start` and `end` are those of the brackets. */
export function flowEdits(
  { text }: YamlFile,
  entries: readonly Entry[],
  { start, end }: Entry,
  { removed, inserted }: Changes,
): readonly TextEdit[] {
  const count = entries.length
  const lastEnd = entries.at(-1)?.end ?? start + 1
  if (removed.size === count) {
    const from = entries[0]?.start ?? start + 1
    const to = count === 0 ? end - 1 : lastEnd
    return [{ offset: from, length: to - from, content: inserted.map((each) => each.text).join(', ') }]
  }
  const first = entries[0]
  const second = entries[1]
  // the file's own way between two entries, a comma and white space
  const between = first && second ? text.slice(first.end, second.start) : ', '
  const gap = /^,\s*$/.test(between) ? between : ', '
  const made: TextEdit[] = []
  for (const { position, text: entry } of inserted) {
    const before = nextKept(position, removed, count)
    if (before < count) made.push({ offset: entries[before]?.start ?? 0, length: 0, content: entry + gap })
  }
  for (let at = 0; at < count; at++) {
    if (!removed.has(at)) continue
    const from = at
    while (removed.has(at + 1)) at++
    const isTail = at + 1 >= count
    const offset = (isTail ? entries[from - 1]?.end : entries[from]?.start) ?? 0
    made.push({
      offset,
      length: ((isTail ? entries[at]?.end : entries[at + 1]?.start) ?? 0) - offset,
      content: '',
    })
  }
  for (const { position, text: entry } of inserted) {
    if (nextKept(position, removed, count) === count)
      made.push({ offset: lastEnd, length: 0, content: gap + entry })
  }
  return made
}

function nextKept(position: number, removed: ReadonlySet<number>, count: number): number {
  let at = position
  while (at < count && removed.has(at)) at++
  return at
}

/** After the line break behind an entry; where the entry ends with one: there. */
function endOfLine(text: string, end: number): number {
  if (end > 0 && isBreak(text.charCodeAt(end - 1))) return end
  const at = lineEndAt(text, end)
  return at < text.length ? at + breakLength(text, at) : at
}
