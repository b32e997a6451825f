/**
 * A JSON text shown with line breaks and indentation that are not in the file. The view holds exactly the
 * file's tokens, character for character; only the white space between them is its own. The two are kept
 * aligned run by run, never by parsing, so the alignment survives the broken states that typing goes through.
 */
import { applyEdits, type TextEdit } from '../text/edit.ts'
import type { JsonIndex } from './json-index.ts'

export interface Projection {
  /** The text of the file that this is a view of. */
  readonly source: string
  /** The view. */
  readonly text: string
  /** Where an offset of the view lies in the file; inside added white space: where the next token starts. */
  toSource(offset: number): number
  toView(offset: number): number
  /** The edit of the file that an edit of the view means; undefined when it is only about white space. */
  sourceEdit(viewEdit: TextEdit): TextEdit | undefined
  /** The edit of the view that shows an edit of the file. */
  viewEdit(sourceEdit: TextEdit): TextEdit
  /** This view after an edit of it (and its `sourceEdit` of the file). */
  afterView(viewEdit: TextEdit): Projection
  /** This view after an edit of the file (and its `viewEdit` of the view). */
  afterSource(sourceEdit: TextEdit): Projection
}

/** Levels; deeper ones are not indented further, or a deep file would grow to gigabytes of spaces. */
const MAX_INDENT = 40

/** Lays a valid JSON text out with two spaces a level. `eol` is what a line break is in this file. */
export function formatProjection(source: string, index: JsonIndex, eol: '\n' | '\r\n' = '\n'): Projection {
  const runs = new Runs()
  const parts: string[] = []
  let length = 0
  let depth = 0
  let node = 0
  let last = ''
  for (let at = 0; at < source.length; ) {
    const char = source[at] ?? ''
    if (isBlank(char)) {
      at++
      continue
    }
    const opens = char === '{' || char === '['
    const closes = char === '}' || char === ']'
    const isScalar = !opens && !closes && char !== ',' && char !== ':'
    const end = isScalar ? Math.max(at + 1, index.nodes[node * 3 + 1] ?? source.length) : at + 1
    if (closes) depth--
    const afterOpener = last === '{' || last === '['
    const breaks = closes ? !afterOpener : afterOpener || last === ','
    const gap = breaks ? eol + '  '.repeat(Math.min(depth, MAX_INDENT)) : last === ':' ? ' ' : ''
    runs.add(at, length + gap.length, end - at)
    parts.push(gap, source.slice(at, end))
    length += gap.length + end - at
    if (opens) depth++
    if (opens || isScalar) node++
    last = isScalar ? '' : char
    at = end
  }
  return new AlignedText(source, parts.join(''), runs.packed())
}

/** The same tokens in the same order, whatever white space stands between them. */
export function sameTokens(one: string, other: string): boolean {
  let inside = false
  let [a, b] = [0, 0]
  for (;;) {
    if (!inside) {
      while (isBlank(one[a])) a++
      while (isBlank(other[b])) b++
    }
    if (one[a] !== other[b]) return false
    if (one[a] === undefined) return true
    if (inside && one[a] === '\\') {
      if (one[++a] !== other[++b]) return false
    } else if (one[a] === '"') inside = !inside
    a++
    b++
  }
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t'
}

const BLANK = /^[ \t\r\n]*$/
const WORD = /^[^\s{}[\],:"]$/

/** Without white space between them these two would read as one number or word. */
function fuse(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && WORD.test(before) && WORD.test(after)
}

/** An added line break is never inside a string, so the line tells whether `offset` is. */
function insideString(view: string, offset: number): boolean {
  let inside = false
  for (let at = view.lastIndexOf('\n', offset - 1) + 1; at < offset; at++) {
    const char = view[at]
    if (char === '"') inside = !inside
    else if (inside && char === '\\') at++
  }
  return inside
}

/** Where a run starts in the one text and in the other, and its length: the side to ask about. */
type Side = 0 | 1
const SOURCE: Side = 0
const VIEW: Side = 1

/** Collects runs in order and joins those that touch on both sides. */
class Runs {
  #words: number[] = []

  add(source: number, view: number, length: number): void {
    if (length <= 0) return
    const words = this.#words
    const slot = words.length - 3
    const before = words[slot + 2] ?? 0
    if (slot >= 0 && (words[slot] ?? 0) + before === source && (words[slot + 1] ?? 0) + before === view) {
      words[slot + 2] = before + length
    } else {
      words.push(source, view, length)
    }
  }

  packed(): Int32Array {
    return Int32Array.from(this.#words)
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

class AlignedText implements Projection {
  readonly source: string
  readonly text: string
  readonly #runs: Int32Array

  constructor(source: string, text: string, runs: Int32Array) {
    this.source = source
    this.text = text
    this.#runs = runs
  }

  toSource(offset: number): number {
    return this.#across(VIEW, offset)
  }

  toView(offset: number): number {
    return this.#across(SOURCE, offset)
  }

  sourceEdit(edit: TextEdit): TextEdit | undefined {
    const { text, source } = this
    const { offset, content } = edit
    const end = offset + edit.length
    const [before, after] = [text[offset - 1], text[end]]
    const onlySpace =
      BLANK.test(content) && BLANK.test(text.slice(offset, end)) && !insideString(text, offset)
    const splits = edit.length === 0 && content !== '' && fuse(before, after)
    let { start: from, end: to } = this.#range(VIEW, offset, end)
    const touches = fuse(before, content === '' ? after : content[0])
    if (onlySpace && !splits) {
      // taking the last white space between two words makes them one, here and in the file
      const left = this.#range(VIEW, offset, offset).start
      const right = this.#across(VIEW, end)
      return content === '' && touches && right > left
        ? { offset: left, length: right - left, content: '' }
        : undefined
    }
    // what touches in the view must touch in the file
    if (touches) while (from > 0 && isBlank(source[from - 1])) from--
    if (content === '' ? touches : fuse(content.at(-1), after)) while (isBlank(source[to])) to++
    // and what added white space keeps apart must be kept apart
    const next = content === '' ? source[to] : content[0]
    const lead = !touches && fuse(source[from - 1], next) && (isBlank(before) || isBlank(after)) ? ' ' : ''
    const tail = content !== '' && isBlank(after) && fuse(content.at(-1), source[to]) ? ' ' : ''
    return { offset: from, length: to - from, content: lead + content + tail }
  }

  viewEdit(edit: TextEdit): TextEdit {
    const { start, end } = this.#range(SOURCE, edit.offset, edit.offset + edit.length)
    return { offset: start, length: end - start, content: edit.content }
  }

  afterView(edit: TextEdit): Projection {
    const end = edit.offset + edit.length
    const sourceEdit = this.sourceEdit(edit)
    if (sourceEdit !== undefined) return this.#replaced(sourceEdit, edit)
    // the characters stay in the file; those of them that leave the view are no longer aligned
    const from = this.#range(VIEW, edit.offset, edit.offset).start
    const to = edit.length === 0 ? from : Math.max(from, this.#range(VIEW, end, end).start)
    return this.#replaced(
      { offset: from, length: to - from, content: this.source.slice(from, to) },
      edit,
      false,
    )
  }

  afterSource(edit: TextEdit): Projection {
    return this.#replaced(edit, this.viewEdit(edit))
  }

  /** The run that starts last at or before an offset of one side; -1 when none does. */
  #runAt(side: Side, offset: number): number {
    let [low, high] = [0, this.#runs.length / 3]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#runs[middle * 3 + side] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Start on `side`, start on the other side and length. */
  #run(side: Side, run: number): readonly [start: number, across: number, length: number] | undefined {
    if (run < 0 || run * 3 >= this.#runs.length) return undefined
    const at = run * 3
    return [this.#runs[at + side] ?? 0, this.#runs[at + 1 - side] ?? 0, this.#runs[at + 2] ?? 0]
  }

  #across(side: Side, offset: number): number {
    const run = this.#runAt(side, offset)
    const found = this.#run(side, run)
    if (found !== undefined && offset <= found[0] + found[2]) return found[1] + offset - found[0]
    const next = this.#run(side, run + 1)
    return next?.[1] ?? (found === undefined ? 0 : found[1] + found[2])
  }

  /** What a range of one side covers on the other: never the white space at its edges. */
  #range(side: Side, from: number, to: number): Range {
    const behind = this.#run(side, this.#runAt(side, from - 1))
    if (from === to) {
      // typing at the end of a token continues it
      const start =
        behind !== undefined && from <= behind[0] + behind[2]
          ? behind[1] + from - behind[0]
          : this.#across(side, from)
      return { start, end: start }
    }
    const run = this.#runAt(side, from)
    const first = this.#run(side, run)
    const start =
      first !== undefined && from < first[0] + first[2]
        ? first[1] + from - first[0]
        : (this.#run(side, run + 1)?.[1] ?? (first === undefined ? 0 : first[1] + first[2]))
    const last = this.#run(side, this.#runAt(side, to - 1))
    const end = last === undefined ? start : last[1] + Math.min(last[2], to - last[0])
    return { start, end: Math.max(start, end) }
  }

  /** Applies an edit to each side; what both of them write (unless `shared` is false) is a run of its own. */
  #replaced(source: TextEdit, view: TextEdit, shared = true): Projection {
    const [sourceEnd, viewEnd] = [source.offset + source.length, view.offset + view.length]
    const sourceShift = source.content.length - source.length
    const viewShift = view.content.length - view.length
    const words = this.#runs
    const runs = new Runs()
    for (let at = 0; at < words.length; at += 3) {
      const [inSource, inView, length] = [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0]
      runs.add(inSource, inView, Math.min(length, source.offset - inSource, view.offset - inView))
    }
    if (shared) {
      // `sourceEdit` may have put a space around what was typed
      const [outer, inner] = [source.content, view.content]
      const lead = outer.length > inner.length && !outer.startsWith(inner) ? 1 : 0
      runs.add(source.offset + lead, view.offset, Math.min(inner.length, outer.length - lead))
    }
    for (let at = 0; at < words.length; at += 3) {
      const [inSource, inView, length] = [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0]
      const skip = Math.max(0, sourceEnd - inSource, viewEnd - inView)
      runs.add(inSource + skip + sourceShift, inView + skip + viewShift, length - skip)
    }
    return new AlignedText(applyEdits(this.source, [source]), applyEdits(this.text, [view]), runs.packed())
  }
}
