import { applyEdits, EditError, spliceBetween, type TextEdit } from '../../core/text/edit.ts'
import type { Draft } from '../../workspace/draft.ts'

/**
 * What turned the text of `before` into that of `after`. A step of the history says it exactly (several small
 * edits far apart leave the caret between them alone); otherwise it is one splice.
 */
export function editsBetween(before: Draft, after: Draft): readonly TextEdit[] {
  if (before.text === after.text) return []
  if (after.revision === before.revision + 1) {
    const undone = after.position === before.position - 1
    const known = undone ? before.steps[before.position - 1]?.inverse : after.steps[after.position - 1]?.edits
    if (known !== undefined && leadsTo(before.text, known, after.text)) return known
  }
  const splice = spliceBetween(before.text, after.text)
  return splice === undefined ? [] : [splice]
}

/** A step that was joined with the one before it does not. */
function leadsTo(before: string, edits: readonly TextEdit[], after: string): boolean {
  try {
    return applyEdits(before, edits) === after
  } catch (error) {
    if (error instanceof EditError) return false
    throw error
  }
}
