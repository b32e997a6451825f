/**
 * The change of one file as `git diff` prints it and `git apply` takes it.
 *
 * Format: https://git-scm.com/docs/diff-format, https://git-scm.com/docs/git-apply. Lines end at "\n" only, as
 * for git: a "\r" before it belongs to the line. Names are quoted as with git's default `core.quotePath`.
 */
import { structuredPatch } from 'diff'

/** One file before and after. A byte order mark is the first character of its text. */
export interface FileChange {
  readonly oldName: string
  readonly newName: string
  readonly before: string
  readonly after: string
}

interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: readonly string[]
}

const CONTEXT = 3
/** The smallest difference takes time with its square; above this many lines a plainer one is given. */
const MAX_DIFFERENT_LINES = 3000
const NO_LINE_END = '\\ No newline at end of file'

/** The patch; empty when neither text nor name has changed. */
export function gitPatch({ oldName, newName, before, after }: FileChange): string {
  if (oldName === newName && before === after) return ''
  const hunks = before === after ? [] : hunksBetween(before, after)
  const [from, to] = [quoted(`a/${oldName}`), quoted(`b/${newName}`)]
  const head = [`diff --git ${from} ${to}`]
  if (oldName !== newName) {
    head.push(
      `similarity index ${similarity(hunks, before, after)}%`,
      `rename from ${quoted(oldName)}`,
      `rename to ${quoted(newName)}`,
    )
  }
  if (hunks.length > 0) head.push(`--- ${from}${tabAfter(oldName)}`, `+++ ${to}${tabAfter(newName)}`)
  const body = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
    ...lines,
  ])
  return `${[...head, ...body].join('\n')}\n`
}

/** Without any line the place is the line before it. */
function range(start: number, count: number): string {
  if (count === 0) return `${start - 1},0`
  return count === 1 ? String(start) : `${start},${count}`
}

/** A name with a space would end there: git puts a tab behind. */
function tabAfter(name: string): string {
  return name.includes(' ') ? '\t' : ''
}

const SHORT_ESCAPES: ReadonlyMap<number, string> = new Map([
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
  [34, '\\"'],
  [92, '\\\\'],
])

/** A name with anything but plain ASCII in it stands in quotes, byte for byte in octal. */
function quoted(name: string): string {
  if (/^[ !#-[\]-~]*$/.test(name)) return name
  let letters = ''
  for (const byte of new TextEncoder().encode(name)) {
    const isPlain = byte >= 0x20 && byte < 0x7f
    letters +=
      SHORT_ESCAPES.get(byte) ??
      (isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)
  }
  return `"${letters}"`
}

/** How much of the larger text stayed, in per cent; 100 only for the same text, as git says it. */
function similarity(hunks: readonly Hunk[], before: string, after: string): number {
  if (before === after) return 100
  let removed = 0
  for (const { lines } of hunks) {
    for (const line of lines) if (line.startsWith('-')) removed += line.length
  }
  const larger = Math.max(before.length, after.length)
  return Math.min(99, Math.max(0, Math.floor(((before.length - removed) * 100) / larger)))
}

/**
 * Only the lines between the first and the last difference are compared, with the context around them: an edit in
 * a file of 100 MB costs one look at its characters.
 */
function hunksBetween(before: string, after: string): readonly Hunk[] {
  const head = commonHead(before, after)
  const tail = commonTail(before, after, head)
  const start = linesBack(before, head, CONTEXT)
  const [oldEnd, newEnd] = [before.length - tail, after.length - tail]
  const [old, now] = [before.slice(start, oldEnd), after.slice(start, newEnd)]
  const firstLine = countLines(before, start)
  const found = smallestHunks(old, now) ?? plainHunks(linesOf(old), linesOf(now))
  const rest = linesOf(before.slice(oldEnd, linesOn(before, oldEnd, CONTEXT)))
  const hunks = withContextBehind(found, linesOf(old).length, rest)
  return hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + firstLine,
    newStart: hunk.newStart + firstLine,
  }))
}

/**
 * The lines behind the last difference. They must not be compared: a hunk in which they were found further up has
 * none behind it, and git takes that for the end of the file.
 */
function withContextBehind(
  hunks: readonly Hunk[],
  lineCount: number,
  rest: readonly string[],
): readonly Hunk[] {
  const last = hunks.at(-1)
  if (last === undefined || last.oldStart - 1 + last.oldLines < lineCount) return hunks
  const shown = last.lines.length - 1 - last.lines.findLastIndex((line) => !line.startsWith(' '))
  const behind = rest.slice(0, Math.max(0, CONTEXT - shown))
  const longer: Hunk = {
    ...last,
    oldLines: last.oldLines + behind.length,
    newLines: last.newLines + behind.length,
    lines: [...last.lines, ...written(' ', behind)],
  }
  return [...hunks.slice(0, -1), longer]
}

function smallestHunks(before: string, after: string): readonly Hunk[] | undefined {
  const options = { context: CONTEXT, maxEditLength: MAX_DIFFERENT_LINES }
  return structuredPatch('', '', before, after, undefined, undefined, options)?.hunks
}

/** Length of the whole lines that both texts begin with. */
function commonHead(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length)
  let at = 0
  let lineStart = 0
  while (at < shorter && one.charCodeAt(at) === other.charCodeAt(at)) {
    if (one.charCodeAt(at++) === 10) lineStart = at
  }
  return lineStart
}

/** Length of the whole lines that both texts end with; none of them in the head of either. */
function commonTail(one: string, other: string, head: number): number {
  const most = Math.min(one.length, other.length) - head
  let length = 0
  let lineStart = 0
  while (
    length < most &&
    one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)
  ) {
    // the line end before a line makes the line whole
    if (one.charCodeAt(one.length - 1 - length) === 10) lineStart = length
    length++
  }
  return lineStart
}

/** Start of the line that is `count` lines above the one that starts at `offset`. */
function linesBack(text: string, offset: number, count: number): number {
  let at = offset
  for (let line = 0; line < count && at > 0; line++) at = at < 2 ? 0 : text.lastIndexOf('\n', at - 2) + 1
  return at
}

/** End of the line that is `count` lines below the one that ends at `offset`. */
function linesOn(text: string, offset: number, count: number): number {
  let at = offset
  for (let line = 0; line < count && at < text.length; line++) {
    const end = text.indexOf('\n', at)
    at = end === -1 ? text.length : end + 1
  }
  return at
}

function countLines(text: string, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Lines with their ends; an empty text has none. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  return [...lines.map((line) => `${line}\n`), ...(last === '' ? [] : [last])]
}

function written(sign: ' ' | '+' | '-', lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? `${sign}${line.slice(0, -1)}` : [`${sign}${line}`, NO_LINE_END],
  )
}

/**
 * Hunks where the smallest difference would take too long: line against line where both have as many (a field
 * that changed in every chunk), else all of one against all of the other.
 */
function plainHunks(old: readonly string[], now: readonly string[]): readonly Hunk[] {
  if (old.length !== now.length) {
    const lines = written('-', old).concat(written('+', now))
    return [{ oldStart: 1, oldLines: old.length, newStart: 1, newLines: now.length, lines }]
  }
  const hunks: Hunk[] = []
  for (let at = 0; at < old.length; ) {
    if (old[at] === now[at]) {
      at++
      continue
    }
    const start = Math.max(0, at - CONTEXT)
    let end = at
    for (let ahead = at; ahead < old.length && ahead <= end + 2 * CONTEXT + 1; ahead++) {
      if (old[ahead] !== now[ahead]) end = ahead
    }
    const stop = Math.min(old.length, end + 1 + CONTEXT)
    hunks.push(hunkOf(old, now, start, stop))
    at = stop
  }
  return hunks
}

function hunkOf(old: readonly string[], now: readonly string[], start: number, stop: number): Hunk {
  const lines: string[] = []
  for (let at = start; at < stop; ) {
    if (old[at] === now[at]) {
      lines.push(...written(' ', old.slice(at, ++at)))
      continue
    }
    const first = at
    while (at < stop && old[at] !== now[at]) at++
    // one by one: a spread of 500,000 lines overflows the stack
    for (const line of written('-', old.slice(first, at))) lines.push(line)
    for (const line of written('+', now.slice(first, at))) lines.push(line)
  }
  return { oldStart: start + 1, oldLines: stop - start, newStart: start + 1, newLines: stop - start, lines }
}
