import { formatProjection, type Projection } from '../../core/syntax/json-format.ts'
import { type JsonIndex, NodeKind, scanJson } from '../../core/syntax/json-index.ts'
import { applyEdits } from '../../core/text/edit.ts'

/** Above this Monaco stops colouring a line, and 5 MB on one line cost 1.2 s a keystroke. */
const LONG_LINE = 20_000
/** A file that is one line longer than this is no fun to read either. */
const LONG_FILE_LINE = 2_000
/** Deeper files are not formatted: nobody wrote them, and their layout is mostly indentation. */
const MAX_DEPTH = 512

/** Laying out longer texts takes seconds, and Monaco as long again. */
export const FORMAT_LIMIT = 5_000_000

export function tooLongToFormat(text: string): boolean {
  return text.length > FORMAT_LIMIT
}

/** How the file's text stands in the editor. */
export interface Shown {
  readonly kind: 'file' | 'formatted' | 'unified'
  readonly projection: Projection
  readonly eol: '\n' | '\r\n'
  /** Why nothing can be typed, as a sentence. */
  readonly readOnly?: string
}

type LineEnds = 'none' | 'lf' | 'crlf' | 'mixed'

function lineEndsOf(text: string): LineEnds {
  if (!text.includes('\r')) return text.includes('\n') ? 'lf' : 'none'
  return /(?:^|[^\r])\n|\r(?!\n)/.test(text) ? 'mixed' : 'crlf'
}

/** Why this text is better shown formatted: "one line of 2,720 characters". */
export function longLineOf(text: string, index: JsonIndex): string | undefined {
  if (index.depth > MAX_DEPTH || index.count === 0) return undefined
  const length = text.trimEnd().length
  let longest = 0
  for (let start = 0; start < length; ) {
    const end = text.indexOf('\n', start)
    const stop = end === -1 ? length : end
    longest = Math.max(longest, stop - start)
    start = stop + 1
  }
  if (longest === length && length > LONG_FILE_LINE)
    return `one line of ${length.toLocaleString('en')} characters`
  // where one string makes the line, formatting would not shorten it
  return longest > LONG_LINE && longestToken(index) < longest / 2
    ? `a line of ${longest.toLocaleString('en')} characters`
    : undefined
}

function longestToken({ nodes, count }: JsonIndex): number {
  let longest = 0
  for (let at = 0; at < count * 3; at += 3) {
    const kind = (nodes[at + 2] ?? 0) & 7
    if (kind === NodeKind.object || kind === NodeKind.array) continue
    longest = Math.max(longest, (nodes[at + 1] ?? 0) - (nodes[at] ?? 0))
  }
  return longest
}

/** The index of a text that parses; undefined for a broken one. */
export function soundIndex(text: string): JsonIndex | undefined {
  const index = scanJson(text)
  return index.valid ? index : undefined
}

/**
 * What to put into the editor. `unpacked` is why a text can only be looked at, `formatted` is a wish: a text that is too long or does not parse is shown as in
 * the file.
 */
export function showText(text: string, formatted: boolean, unpacked?: string): Shown {
  const shown = showEditable(text, formatted)
  return unpacked === undefined ? shown : { ...shown, readOnly: unpacked }
}

function showEditable(text: string, formatted: boolean): Shown {
  const ends = lineEndsOf(text)
  const eol = ends === 'crlf' ? '\r\n' : '\n'
  const index = formatted && !tooLongToFormat(text) ? soundIndex(text) : undefined
  if (index !== undefined && index.depth <= MAX_DEPTH) {
    return { kind: 'formatted', projection: formatProjection(text, index, eol), eol }
  }
  if (ends === 'mixed') {
    return {
      kind: 'unified',
      projection: unified(text),
      eol,
      readOnly:
        'Read only here: this file mixes kinds of line ends, and the editor would make them all alike.',
    }
  }
  if (text.startsWith('\ufeff')) {
    return {
      kind: 'unified',
      projection: {
        ...asInFile(text),
        text: text.slice(1),
        toSource: (at) => at + 1,
        toView: (at) => at - 1,
      },
      eol,
      readOnly:
        'Read only here: this text begins with a second byte order mark, which the editor would drop.',
    }
  }
  return { kind: 'file', projection: asInFile(text), eol }
}

/** Each character where it is in the file. */
export function asInFile(text: string): Projection {
  return {
    source: text,
    text,
    toSource: (offset) => offset,
    toView: (offset) => offset,
    sourceEdit: (edit) => edit,
    viewEdit: (edit) => edit,
    afterView: (edit) => asInFile(applyEdits(text, [edit])),
    afterSource: (edit) => asInFile(applyEdits(text, [edit])),
  }
}

/** Every line end as "\n", for reading only. */
function unified(source: string): Projection {
  // where the view has one character for two of the file
  const joined: number[] = []
  for (let at = source.indexOf('\r\n'); at !== -1; at = source.indexOf('\r\n', at + 2)) {
    joined.push(at - joined.length)
  }
  const countBefore = (offset: number, of: (at: number, index: number) => number): number => {
    let [low, high] = [0, joined.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (of(joined[middle] ?? 0, middle) < offset) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    ...asInFile(source.replaceAll(/\r\n?/g, '\n')),
    source,
    toSource: (offset) => offset + countBefore(offset, (at) => at),
    toView: (offset) => offset - countBefore(offset, (at, index) => at + index),
  }
}
