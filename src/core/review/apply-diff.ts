/** Both sides of a change from its diff, with the text that it was made from where that is at hand. */
import { type DiffChange, meets } from './diff-changes.ts'
import type { DiffFile, Hunk } from './git-diff.ts'

/** A text that was made, or why not: a clause without its full stop. */
export type Applied = { readonly text: string } | { readonly misfit: string }

/** Applies hunks at the lines that they name, letter by letter, no searching and no fuzz: a near fit would lie. */
export function applyHunks(text: string, hunks: readonly Hunk[], back = false): Applied {
  const parts: string[] = []
  let at = 0
  let line = 1
  for (const hunk of hunks) {
    const [start, count] = back ? [hunk.newStart, hunk.newLines] : [hunk.oldStart, hunk.oldLines]
    const first = count === 0 ? start + 1 : start
    const kept = at
    for (; line < first; line++) {
      if (at >= text.length) return { misfit: `line ${line} is not there` }
      at = lineEnd(text, at)
    }
    parts.push(text.slice(kept, at))
    for (const written of hunk.lines) {
      const sign = written.charAt(0)
      const [isTaken, isGiven] = back ? [sign !== '-', sign !== '+'] : [sign !== '+', sign !== '-']
      const content = written.slice(1)
      if (isTaken) {
        if (at >= text.length || !isLineAt(text, at, content))
          return { misfit: `line ${line} is another one` }
        at += content.length
        line++
      }
      if (isGiven) parts.push(content)
    }
  }
  return { text: parts.join('') + text.slice(at) }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** A line without its break is only the last one. */
function isLineAt(text: string, at: number, content: string): boolean {
  return text.startsWith(content, at) && (content.endsWith('\n') || at + content.length === text.length)
}

export interface RebuildOptions {
  /** The file as it is now, before or after the change. */
  readonly base?: string
  /** Git's name of a content, to know for certain. */
  readonly blobOf?: (text: string) => string
}

/** The sides that could be made; `undefined` where the file is not on that side. */
export type Rebuilt =
  | { readonly before: string | undefined; readonly after: string | undefined }
  | { readonly problem: string }

/** The diff is sound, and not enough. */
export const ONLY_A_PART =
  'The diff shows only a part of this file: open the folder as well to see the whole.'

/** Both sides of a change. */
export function rebuild(change: DiffChange, { base, blobOf }: RebuildOptions = {}): Rebuilt {
  const { steps } = change
  const broken = steps.find((step) => step.broken)
  if (broken) return { problem: 'The diff of this file breaks off.' }
  if (steps.some((step) => step.binary)) {
    return { problem: 'The diff says only that this binary file differs: open both folders to compare it.' }
  }
  if (change.oldPath === undefined) return fromStart(steps, '', true)
  if (change.newPath === undefined && base === undefined) return fromEnd(steps)
  if (base !== undefined) return fromBase(change, base, blobOf)
  const [first] = steps
  const whole = first && wholeFile(first, blobOf)
  if (whole !== undefined) return fromStart(steps, whole, false)
  return { problem: ONLY_A_PART }
}

function fromStart(steps: readonly DiffFile[], start: string, isNew: boolean): Rebuilt {
  const after = applyAll(steps, start)
  if ('misfit' in after) return { problem: `The diff of this file does not fit together: ${after.misfit}.` }
  return {
    before: isNew ? undefined : start,
    after: steps.at(-1)?.newPath === undefined ? undefined : after.text,
  }
}

/** A removed file is all in the diff. */
function fromEnd(steps: readonly DiffFile[]): Rebuilt {
  const before = applyAll(steps.toReversed(), '', true)
  return 'text' in before
    ? { before: before.text, after: undefined }
    : { problem: `The diff of this file does not fit together: ${before.misfit}.` }
}

function applyAll(steps: readonly DiffFile[], start: string, back = false): Applied {
  let text = start
  for (const { hunks } of steps) {
    const next = applyHunks(text, hunks, back)
    if ('misfit' in next) return next
    text = next.text
  }
  return { text }
}

/** Which side the file at hand is: by git's name of it where that is said, else by what fits. */
function fromBase({ steps, newPath }: DiffChange, base: string, blobOf: RebuildOptions['blobOf']): Rebuilt {
  const blob = blobOf?.(base)
  const isAfter = blob !== undefined && meets(steps.at(-1)?.newBlob, blob) && !meets(steps[0]?.oldBlob, blob)
  const forward = applyAll(steps, base)
  if ('text' in forward && !isAfter)
    return { before: base, after: newPath === undefined ? undefined : forward.text }
  const backward = applyAll(steps.toReversed(), base, true)
  if ('text' in backward) return { before: backward.text, after: newPath === undefined ? undefined : base }
  const line = 'misfit' in forward ? forward.misfit : backward.misfit
  return {
    problem: `The file in the folder is neither the one before nor the one after this change: ${line}. Open the folder at one of the two commits.`,
  }
}

/** The old side where the hunks show all of it: they begin at line 1 and nothing can follow. */
function wholeFile({ hunks, oldBlob }: DiffFile, blobOf: RebuildOptions['blobOf']): string | undefined {
  const [hunk, more] = hunks
  if (hunk === undefined || more !== undefined || hunk.oldStart > 1) return undefined
  const text = hunk.lines
    .filter((line) => !line.startsWith('+'))
    .map((line) => line.slice(1))
    .join('')
  if (blobOf && oldBlob !== undefined) return meets(blobOf(text), oldBlob) ? text : undefined
  const isAtEnd = hunk.lines.some((line) => !line.endsWith('\n'))
  return isAtEnd || isWholeJson(text) ? text : undefined
}

function isWholeJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
