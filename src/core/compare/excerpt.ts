import { spliceBetween } from '../text/edit.ts'
import { align } from './align.ts'

/** Some words of a text that was edited. */
export interface ExcerptPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Characters that are kept around what changed. */
const AROUND = 32
/** Characters that are shown of one removed or added part. */
const LONGEST_PART = 160
/** Parts that are shown; the others are announced by dots. */
const MOST_PARTS = 16
/** Characters between the first and the last difference that are compared word by word. */
const MOST_COMPARED = 50_000

/** What changed from one text to another, word by word, with a little around it; empty for the same text. */
export function excerptOf(before: string, after: string): readonly ExcerptPart[] {
  const splice = spliceBetween(before, after)
  if (splice === undefined) return []
  // whole words, or a letter in the middle would be told
  const start = wordStart(before, splice.offset)
  const oldEnd = wordEnd(before, splice.offset + splice.length)
  const newEnd = oldEnd + after.length - before.length
  const [old, now] = [before.slice(start, oldEnd), after.slice(start, newEnd)]
  const parts: ExcerptPart[] = []
  add(parts, 'same', before.slice(Math.max(0, start - AROUND - 1), start))
  if (old.length + now.length > MOST_COMPARED) {
    add(parts, 'removed', old)
    add(parts, 'added', now)
  } else compareWords(parts, old, now)
  add(parts, 'same', before.slice(oldEnd, oldEnd + AROUND + 1))
  const shown = parts.slice(0, MOST_PARTS)
  return shown.map(({ kind, text }, at) => ({
    kind,
    text: kind === 'same' ? shortSame(text, at === 0, at === shown.length - 1) : shortPart(text),
  }))
}

function compareWords(parts: ExcerptPart[], before: string, after: string): void {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const runs = align(
    old.length,
    now.length,
    (at) => old[at] ?? '',
    (at) => now[at] ?? '',
  )
  for (const { same, oldStart, oldEnd, newStart, newEnd } of runs) {
    if (same) add(parts, 'same', old.slice(oldStart, oldEnd).join(''))
    else {
      add(parts, 'removed', old.slice(oldStart, oldEnd).join(''))
      add(parts, 'added', now.slice(newStart, newEnd).join(''))
    }
  }
}

/** Words with the white space behind them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\S+\s*|^\s+/g) ?? []
}

function add(parts: ExcerptPart[], kind: ExcerptPart['kind'], text: string): void {
  if (text !== '') parts.push({ kind, text })
}

function wordStart(text: string, offset: number): number {
  const near = Math.max(0, offset - AROUND)
  return near + text.slice(near, offset).search(/\S*$/)
}

function wordEnd(text: string, offset: number): number {
  return offset + (/^\S*/.exec(text.slice(offset, offset + AROUND))?.[0].length ?? 0)
}

/** Unchanged words: all of a few, else those next to what changed. */
function shortSame(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= (isFirst || isLast ? AROUND : 2 * AROUND)) return text
  if (isFirst) return `…${whole(text.slice(-AROUND))}`
  if (isLast) return `${whole(text.slice(0, AROUND))}…`
  return `${whole(text.slice(0, AROUND))} … ${whole(text.slice(-AROUND))}`
}

function shortPart(text: string): string {
  if (text.length <= LONGEST_PART) return text
  const half = LONGEST_PART / 2
  return `${whole(text.slice(0, half))} … ${whole(text.slice(-half))}`
}

/** Halves of a character that a cut has left over are taken away. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '')
}
