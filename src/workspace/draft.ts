import type { Decoded } from '../core/file-text.ts'
import { applyEdits, EditError, invertEdits, spliceBetween, type TextEdit } from '../core/text/edit.ts'

/** Where a cassette came from. What a link or a URL brought is not trusted to load remote images. */
export type Origin =
  | { readonly kind: 'file' }
  | { readonly kind: 'paste' }
  | { readonly kind: 'sample' }
  | { readonly kind: 'link' }
  | { readonly kind: 'url'; readonly url: string }

export interface Renaming {
  readonly from: string
  readonly to: string
}

/** One undoable change, named for the person. */
export interface HistoryStep {
  readonly label: string
  readonly edits: readonly TextEdit[]
  readonly inverse: readonly TextEdit[]
  /** The file's name before and after, where the step gave it another one. */
  readonly renamed?: Renaming
  /** Steps with the same key that follow each other closely become one. */
  readonly coalesce?: string
  /** Milliseconds since the epoch. */
  readonly time: number
}

/**
 * One open cassette and what the person has done to it. The text is the only truth; `steps` before
 * `position` have been done, those from it on can be redone.
 */
export interface Draft {
  readonly id: string
  /** File name, with extension; a step of the history can change it, as the name can say what the text holds. */
  readonly name: string
  readonly origin: Origin
  /** The file as it was opened or last saved. */
  readonly base: Decoded
  /** What it was called then. */
  readonly baseName: string
  readonly text: string
  /** Grows with every change of `text`, undo included; readings and edits name the one they are about. */
  readonly revision: number
  readonly steps: readonly HistoryStep[]
  readonly position: number
  /** Every step was done before a file was saved with what they led to. */
  readonly settled: boolean
}

/** What somebody wants to change, planned against one revision. */
export interface Change {
  readonly label: string
  readonly edits: readonly TextEdit[]
  /** The revision that the offsets are about; an older one is refused. */
  readonly revision: number
  /** What the file is called from then on, when that changes as well. */
  readonly name?: string
  readonly coalesce?: string
}

export type Outcome =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly reason: string }

/** Typing that continues within this time (milliseconds) is one step. */
const COALESCE_WITHIN = 1200

export function createDraft(id: string, name: string, origin: Origin, base: Decoded): Draft {
  const text = base.text
  return { id, name, origin, base, baseName: name, text, revision: 0, steps: [], position: 0, settled: true }
}

/** Whether there is anything that the file on disk does not have yet: its text or its name. */
export function isChanged(draft: Draft): boolean {
  return draft.text !== draft.base.text || draft.name !== draft.baseName
}

/**
 * Whether something is lost with the draft: what its file does not have, or, though the text is the file's again,
 * steps that lead to texts which no file ever had.
 */
export function holdsWork(draft: Draft): boolean {
  return isChanged(draft) || (!draft.settled && draft.steps.length > 0)
}

/** Applies a change, or says why not; a refused change leaves the draft untouched. */
export function commit(draft: Draft, change: Change, now: number): Outcome {
  if (change.revision !== draft.revision) {
    return { ok: false, reason: 'The text has changed underneath. Look at the new text and try again.' }
  }
  const name = change.name ?? draft.name
  const isRenamed = name !== draft.name
  if (change.edits.length === 0 && !isRenamed) return { ok: true, draft }
  try {
    const text = applyEdits(draft.text, change.edits)
    if (text === draft.text && !isRenamed) return { ok: true, draft }
    const step: HistoryStep = {
      label: change.label,
      edits: change.edits,
      inverse: invertEdits(draft.text, change.edits),
      ...(isRenamed && { renamed: { from: draft.name, to: name } }),
      ...(change.coalesce !== undefined && { coalesce: change.coalesce }),
      time: now,
    }
    const done = draft.steps.slice(0, draft.position)
    const steps = appendStep(done, step)
    return {
      ok: true,
      draft: {
        ...draft,
        text,
        name,
        revision: draft.revision + 1,
        steps,
        position: steps.length,
        settled: false,
      },
    }
  } catch (error) {
    if (error instanceof EditError) return { ok: false, reason: `This cannot be changed: ${error.message}.` }
    throw error
  }
}

/** Joins a step to the one before it when both are single edits and the typing simply went on. */
function appendStep(done: readonly HistoryStep[], step: HistoryStep): readonly HistoryStep[] {
  const last = done.at(-1)
  const [before, after] = [last?.edits[0], step.edits[0]]
  if (
    last === undefined ||
    before === undefined ||
    after === undefined ||
    step.coalesce === undefined ||
    last.coalesce !== step.coalesce ||
    last.edits.length !== 1 ||
    step.edits.length !== 1 ||
    step.time - last.time > COALESCE_WITHIN
  ) {
    return [...done, step]
  }
  const joined = joinEdits(before, last.inverse[0]?.content ?? '', after, step.inverse[0]?.content ?? '')
  if (joined === undefined) return [...done, step]
  // typed and taken back: nothing is left to undo
  if (joined.edit.content === joined.removed) return done.slice(0, -1)
  return [
    ...done.slice(0, -1),
    {
      ...step,
      edits: [joined.edit],
      inverse: [{ offset: joined.edit.offset, length: joined.edit.content.length, content: joined.removed }],
    },
  ]
}

/** Two edits in a row as one, when the second starts or ends inside what the first wrote. */
function joinEdits(
  first: TextEdit,
  firstRemoved: string,
  second: TextEdit,
  secondRemoved: string,
): { readonly edit: TextEdit; readonly removed: string } | undefined {
  const writtenEnd = first.offset + first.content.length
  const secondEnd = second.offset + second.length
  if (secondEnd < first.offset || second.offset > writtenEnd) return undefined
  // what the second removes outside the first's text was there before either
  const headLength = Math.max(0, first.offset - second.offset)
  const tailLength = Math.max(0, secondEnd - writtenEnd)
  const removedHead = secondRemoved.slice(0, headLength)
  const removedTail = secondRemoved.slice(secondRemoved.length - tailLength)
  const kept =
    first.content.slice(0, Math.max(0, second.offset - first.offset)) +
    second.content +
    first.content.slice(Math.min(first.content.length, Math.max(0, secondEnd - first.offset)))
  return {
    edit: {
      offset: Math.min(first.offset, second.offset),
      length: headLength + first.length + tailLength,
      content: kept,
    },
    removed: removedHead + firstRemoved + removedTail,
  }
}

/** Takes the last step back; the same draft when there is none. */
export function undo(draft: Draft): Draft {
  const step = draft.steps[draft.position - 1]
  if (step === undefined) return draft
  return {
    ...draft,
    text: applyEdits(draft.text, step.inverse),
    name: step.renamed?.from ?? draft.name,
    revision: draft.revision + 1,
    position: draft.position - 1,
  }
}

/** Does the next step again; the same draft when there is none. */
export function redo(draft: Draft): Draft {
  const step = draft.steps[draft.position]
  if (step === undefined) return draft
  return {
    ...draft,
    text: applyEdits(draft.text, step.edits),
    name: step.renamed?.to ?? draft.name,
    revision: draft.revision + 1,
    position: draft.position + 1,
  }
}

/** The draft as it was, or will be, after the first `position` steps of its history. */
export function jump(draft: Draft, position: number): Draft {
  const target = Math.max(0, Math.min(draft.steps.length, position))
  let there = draft
  while (there.position > target) there = undo(there)
  while (there.position < target) there = redo(there)
  return there
}

/**
 * The draft after its text has been written to disk. History stays: undo goes back past a save, but typing that
 * goes on is a step of its own, so that undo can stop at what was saved.
 */
export function markSaved(draft: Draft, saved: Decoded, name = draft.name): Draft {
  const steps = draft.steps.map(({ coalesce: _, ...step }) => step)
  // what was typed on while the file was written is in no file yet
  const settled = saved.text === draft.text && name === draft.name
  return { ...draft, base: saved, baseName: name, steps, settled }
}

/** The file on disk is another one now: what it holds becomes what the draft is compared with; the text stays. */
export function keepMine(draft: Draft, disk: Decoded): Draft {
  // the file that held them is gone
  return { ...draft, base: disk, settled: false }
}

/** The file on disk is another one now and takes the place of the text, as a step that undo takes back. */
export function loadDisk(draft: Draft, disk: Decoded, now: number): Draft {
  const splice = spliceBetween(draft.text, disk.text)
  const outcome = commit(
    draft,
    { label: 'Load the file from disk', edits: splice ? [splice] : [], revision: draft.revision },
    now,
  )
  return { ...(outcome.ok ? outcome.draft : draft), base: disk }
}
