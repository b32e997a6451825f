import type { editor } from 'monaco-editor/editor/editor.api'

export interface DiffCount {
  readonly changes: number
  readonly added: number
  readonly removed: number
}

interface Place {
  readonly lineNumber: number
  readonly column: number
}

/** Characters between two places; whole lines count with their line end. */
function lengthBetween(model: editor.ITextModel, from: Place, to: Place): number {
  return model.getOffsetAt(to) - model.getOffsetAt(from)
}

function linesLength(model: editor.ITextModel, first: number, last: number): number {
  // Monaco says "no lines" by a last line of 0
  return last < first
    ? 0
    : lengthBetween(model, { lineNumber: first, column: 1 }, { lineNumber: last + 1, column: 1 })
}

/** What the diff editor found, counted. Undefined while it still compares. */
export function countChanges(view: editor.IStandaloneDiffEditor): DiffCount | undefined {
  const changes = view.getLineChanges()
  const models = view.getModel()
  if (changes === null || models === null) return undefined
  let added = 0
  let removed = 0
  for (const change of changes) {
    if (change.charChanges === undefined || change.charChanges.length === 0) {
      removed += linesLength(models.original, change.originalStartLineNumber, change.originalEndLineNumber)
      added += linesLength(models.modified, change.modifiedStartLineNumber, change.modifiedEndLineNumber)
    }
    for (const inner of change.charChanges ?? []) {
      removed += lengthBetween(
        models.original,
        { lineNumber: inner.originalStartLineNumber, column: inner.originalStartColumn },
        { lineNumber: inner.originalEndLineNumber, column: inner.originalEndColumn },
      )
      added += lengthBetween(
        models.modified,
        { lineNumber: inner.modifiedStartLineNumber, column: inner.modifiedStartColumn },
        { lineNumber: inner.modifiedEndLineNumber, column: inner.modifiedEndColumn },
      )
    }
  }
  return { changes: changes.length, added, removed }
}

/** "3 changes · 41 characters added, 12 removed". */
export function inWords({ changes, added, removed }: DiffCount): string {
  const number = (value: number, one: string): string =>
    `${value.toLocaleString('en')} ${one}${value === 1 ? '' : 's'}`
  return `${number(changes, 'change')} · ${number(added, 'character')} added, ${removed.toLocaleString('en')} removed`
}
