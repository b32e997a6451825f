import type { editor, IDisposable } from 'monaco-editor/editor/editor.api'
import { formatProjection, type Projection, sameTokens } from '../../core/syntax/json-format.ts'
import { spliceBetween, type TextEdit } from '../../core/text/edit.ts'
import type { Change, Draft, Outcome } from '../../workspace/draft.ts'
import { editsBetween } from './draft-edits.ts'
import { asInFile, type Shown, soundIndex } from './shown-text.ts'

interface SyncHost {
  commit(change: Change): Outcome
  /** A change was taken back; the reason is a sentence. */
  refused(reason: string): void
  /** The text can no longer be shown in this way; build the model anew. */
  lost(): void
  /** Replaces the view's text by one edit without losing the carets: `move` leads from old to new offsets. */
  keepingCarets(change: () => void, move: (offset: number) => number): void
}

interface ModelSync extends IDisposable {
  readonly projection: Projection
  /** The newest draft that the model stands for. */
  readonly draft: Draft
  /** Takes over a draft that was changed elsewhere. Returns where in the view the change ends, if there was one. */
  follow(next: Draft): number | undefined
}

/** Typing pauses this long (milliseconds) before the formatted view is compared with the file again. */
const SETTLE_AFTER = 400

/**
 * Binds a model to a draft. The draft's text is the only truth: what is typed is committed at once, what the
 * draft refuses is taken back out of the model, and what others change is spliced in.
 */
export function syncModel(model: editor.ITextModel, start: Draft, shown: Shown, host: SyncHost): ModelSync {
  let draft = start
  let projection = shown.projection
  /** The model is changed by us: not typing. */
  let splicing = false
  /** A refused change is still in the model. */
  let refused = false
  /** During a commit the store may already hand out its outcome. */
  let committing = false
  let settling: ReturnType<typeof setTimeout> | undefined

  const splice = (edits: readonly TextEdit[]): void => {
    splicing = true
    try {
      model.applyEdits(
        edits.map(({ offset, length, content }) => {
          const [from, to] = [model.getPositionAt(offset), model.getPositionAt(offset + length)]
          const range = {
            startLineNumber: from.lineNumber,
            startColumn: from.column,
            endLineNumber: to.lineNumber,
            endColumn: to.column,
          }
          return { range, text: content }
        }),
      )
    } finally {
      splicing = false
    }
  }

  const putBack = (): void => {
    refused = false
    const edit = spliceBetween(model.getValue(), projection.text)
    if (edit !== undefined) splice([edit])
  }

  /** Shows another view of the same text. */
  const reshow = (next: Projection): void => {
    const before = projection
    const edit = spliceBetween(before.text, next.text)
    projection = next
    if (edit === undefined) return
    host.keepingCarets(
      () => splice([edit]),
      (offset) => next.toView(before.toSource(offset)),
    )
  }

  /** Once the text is whole again, its layout is; without `always` only where view and file tell apart. */
  const settle = (always: boolean): void => {
    if (shown.kind !== 'formatted') return
    clearTimeout(settling)
    settling = setTimeout(() => {
      const index = soundIndex(draft.text)
      if (index === undefined || (!always && sameTokens(projection.text, draft.text))) return
      reshow(formatProjection(draft.text, index, shown.eol))
    }, SETTLE_AFTER)
  }

  /** Splices edits of the file into the view; where the last of them ends there. */
  const takeOver = (edits: readonly TextEdit[]): number => {
    if (shown.kind === 'file') {
      projection = asInFile(draft.text)
      splice(edits)
      const last = edits.reduce((a, b) => (b.offset > a.offset ? b : a))
      const shift = edits.reduce((sum, edit) => sum + edit.content.length - edit.length, 0)
      return last.offset + last.length + shift
    }
    let end = 0
    for (const edit of edits.toSorted((a, b) => b.offset - a.offset)) {
      const viewEdit = projection.viewEdit(edit)
      projection = projection.afterSource(edit)
      splice([viewEdit])
      end = viewEdit.offset + viewEdit.content.length
    }
    settle(true)
    return end
  }

  const typed = (viewEdits: readonly TextEdit[]): void => {
    const edits: TextEdit[] = []
    let next = projection
    // from the end of the text to its start: offsets before an edit stay what they were
    for (const edit of viewEdits) {
      if (shown.kind === 'file') {
        edits.unshift(edit)
        continue
      }
      const meant = next.sourceEdit(edit)
      if (meant !== undefined) edits.unshift(meant)
      next = next.afterView(edit)
    }
    if (edits.length > 0) {
      committing = true
      const outcome = host.commit({
        label: 'Edit source',
        edits,
        revision: draft.revision,
        coalesce: 'source',
      })
      committing = false
      if (!outcome.ok) {
        refused = true
        // not inside Monaco's own change event; anything typed until then is taken back with it
        queueMicrotask(putBack)
        host.refused(outcome.reason)
        return
      }
      draft = outcome.draft
      // edits of several carets that met in the file: the view is made anew from it
      if (edits.length > 1 && draft.text !== next.source) host.lost()
    }
    projection = shown.kind === 'file' ? asInFile(draft.text) : next
    settle(false)
  }

  const listener = model.onDidChangeContent(({ changes }) => {
    if (splicing || refused) return
    const edits = changes.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      content: text,
    }))
    // Monaco lists one command's changes from the end; several commands in one event may be in any order,
    // each about the text that the one before it left
    const ordered = edits.every(
      (edit, at) => at === 0 || edit.offset + edit.length <= (edits[at - 1]?.offset ?? 0),
    )
    const whole = ordered ? undefined : spliceBetween(projection.text, model.getValue())
    typed(ordered ? edits : whole === undefined ? [] : [whole])
  })

  return {
    get projection() {
      return projection
    },
    get draft() {
      return draft
    },
    follow(next) {
      // React hands drafts on later than the store: an older one is our own past
      if (committing || next.revision <= draft.revision) return undefined
      const edits = editsBetween(draft, next)
      draft = next
      if (edits.length === 0) return undefined
      if (shown.kind === 'unified') {
        host.lost()
        return undefined
      }
      const end = takeOver(edits)
      // a line end of another kind came in, which the model has made its own
      if (model.getValueLength() !== projection.text.length) host.lost()
      return end
    },
    dispose() {
      clearTimeout(settling)
      listener.dispose()
    },
  }
}
