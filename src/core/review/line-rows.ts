/** The lines of a diff as they are read: each with its numbers, and where it differs from the line in its place. */
import { spliceBetween } from '../text/edit.ts'
import type { Hunk } from './git-diff.ts'

/** From where to where a text differs from its partner, in UTF-16 units. */
export interface Span {
  readonly from: number
  readonly to: number
}

export type LineRow =
  | {
      readonly kind: 'same' | 'removed' | 'added'
      readonly text: string
      /** Counted from 1; absent on the side where the line is not. */
      readonly old?: number
      readonly now?: number
      /** What is another in it than in the line that stood in its place; absent where there was none. */
      readonly span?: Span
      /** The file ends here, without a line break. */
      readonly isUnbroken: boolean
    }
  /** Lines that the diff leaves out, as many as can be told from the numbers. */
  | { readonly kind: 'gap'; readonly lines: number }

type Written = Exclude<LineRow, { readonly kind: 'gap' }>

/** All lines of the hunks of one file, in order. */
export function lineRows(hunks: readonly Hunk[]): readonly LineRow[] {
  const rows: LineRow[] = []
  let end = 1
  for (const hunk of hunks) {
    const first = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart
    if (first > end) rows.push({ kind: 'gap', lines: first - end })
    rows.push(...rowsOf(hunk))
    end = first + hunk.oldLines
  }
  return rows
}

function rowsOf(hunk: Hunk): readonly LineRow[] {
  const rows: Written[] = []
  let old = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart
  let now = hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart
  for (const line of hunk.lines) {
    const sign = line.charAt(0)
    rows.push({
      kind: sign === '-' ? 'removed' : sign === '+' ? 'added' : 'same',
      text: line.slice(1).replace(/\r?\n$/, ''),
      ...(sign !== '+' && { old: old++ }),
      ...(sign !== '-' && { now: now++ }),
      isUnbroken: !line.endsWith('\n'),
    })
  }
  return withSpans(rows)
}

/** Removed lines and the added ones right behind them belong together one by one where they are as many. */
function withSpans(rows: readonly Written[]): readonly LineRow[] {
  const found: Written[] = [...rows]
  for (let at = 0; at < rows.length; ) {
    const removed = runOf(rows, at, 'removed')
    const added = runOf(rows, at + removed, 'added')
    if (removed === added) for (let i = at; i < at + removed; i++) pair(found, i, i + removed)
    at += Math.max(1, removed + added)
  }
  return found
}

function runOf(rows: readonly Written[], start: number, kind: Written['kind']): number {
  let end = start
  while (rows[end]?.kind === kind) end++
  return end - start
}

function pair(rows: Written[], old: number, now: number): void {
  const [was, is] = [rows[old], rows[now]]
  if (was === undefined || is === undefined) return
  const splice = spliceBetween(was.text, is.text)
  if (splice === undefined) return
  const from = splice.offset
  rows[old] = { ...was, span: { from, to: from + splice.length } }
  rows[now] = { ...is, span: { from, to: from + splice.content.length } }
}
