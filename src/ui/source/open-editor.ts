import type { editor } from 'monaco-editor/editor/editor.api'
import type { Diagnostic } from '../../core/cassette/diagnostic.ts'
import type { Change, Draft, Outcome } from '../../workspace/draft.ts'
import type { Store } from '../../workspace/store.ts'
import { SOURCE_OPTIONS } from './editor-options.ts'
import { LLAMA_STACK_FILES } from './llama-stack-schema.ts'
import { syncModel } from './model-sync.ts'
import type { Monaco } from './monaco-setup.ts'
import type { Shown } from './shown-text.ts'
import { showMarkers } from './source-markers.ts'
import type { TextLanguage } from './text-language.ts'

/** Characters of a file. */
export interface Span {
  readonly start: number
  readonly end: number
}

interface EditorHost {
  readonly reveal: Store<Span | undefined>
  commit(change: Change): Outcome
  undo(): void
  redo(): void
  refused(reason: string): void
  lost(): void
  /** The person put the caret at this character of the file. */
  caretAt(offset: number): void
  /** This was shown because somebody asked for it. */
  revealed(span: Span): void
  /** The person wants to go on with the keyboard elsewhere. */
  leave(): void
}

export interface OpenEditor {
  follow(draft: Draft): void
  focus(): void
  mark(diagnostics: readonly Diagnostic[]): void
  dispose(): void
}

/** Ranges that were shown once; an editor that is opened later must not jump back to them. */
const revealed = new WeakSet<Span>()

/** Cursor moves of our own, which tell the panels nothing new. */
const OURS = 'cassette-deck'

/** Esc has other work to do first while one of these holds. */
const NOTHING_TO_DISMISS =
  'editorTextFocus && !findWidgetVisible && !suggestWidgetVisible && !editorHasSelection && !editorHasMultipleSelections && !inSnippetMode && !markersNavigationVisible'

let models = 0

export function openEditor(
  monaco: Monaco,
  element: HTMLElement,
  draft: Draft,
  shown: Shown,
  language: TextLanguage,
  schema: 'llama-stack' | undefined,
  /** What to show first: where an earlier editor on this text stood. */
  first: Span | undefined,
  host: EditorHost,
): OpenEditor {
  // the name of the file plays no part: names repeat, and Monaco chooses the schema by this one
  const name = schema === 'llama-stack' ? LLAMA_STACK_FILES.replace('*', '') : `.${language}`
  const uri = monaco.Uri.from({ scheme: 'cassette', path: `/${++models}${name}` })
  const model = monaco.editor.createModel(shown.projection.text, language, uri)
  model.setEOL(
    shown.eol === '\r\n' ? monaco.editor.EndOfLineSequence.CRLF : monaco.editor.EndOfLineSequence.LF,
  )
  const view = monaco.editor.create(element, {
    ...SOURCE_OPTIONS,
    model,
    readOnly: shown.readOnly !== undefined,
    ariaLabel: `Source of ${draft.name}. Press Escape to leave the editor, Control M to let Tab move on.`,
    ...(shown.readOnly !== undefined && { readOnlyMessage: { value: shown.readOnly } }),
  })

  const keepingCarets = (change: () => void, move: (offset: number) => number): void => {
    const top = view.getScrollTop()
    const moved = (view.getSelections() ?? []).map((selection) => {
      const anchor = model.getOffsetAt(selection.getSelectionStart())
      const active = model.getOffsetAt(selection.getPosition())
      return [move(anchor), move(active)] as const
    })
    change()
    const selections = moved.map(([anchor, active]) =>
      monaco.Selection.fromPositions(model.getPositionAt(anchor), model.getPositionAt(active)),
    )
    if (selections.length > 0) view.setSelections(selections, OURS)
    view.setScrollTop(top)
  }

  const sync = syncModel(model, draft, shown, {
    commit: host.commit,
    refused: host.refused,
    lost: host.lost,
    keepingCarets,
  })

  const select = (start: number, end: number): void => {
    const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)]
    const range = monaco.Range.fromPositions(from, to)
    view.setSelection(range, OURS)
    view.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate)
  }

  const selectSpan = ({ start, end }: Span): void =>
    select(sync.projection.toView(start), sync.projection.toView(end))

  const reveal = (): void => {
    const span = host.reveal.get()
    if (span === undefined || revealed.has(span)) return
    revealed.add(span)
    host.revealed(span)
    selectSpan(span)
  }

  /** The next change from outside is an undo that was asked for here: the caret goes where it happened. */
  let undoing = false
  const takeStep = (step: () => void): void => {
    undoing = true
    step()
  }
  addKeys(monaco, view, {
    undo: () => takeStep(host.undo),
    redo: () => takeStep(host.redo),
    leave: host.leave,
  })

  let frame = 0
  const cursor = view.onDidChangeCursorPosition(({ source, reason }) => {
    if (source === OURS || reason === monaco.editor.CursorChangeReason.RecoverFromMarkers) return
    undoing = false
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      const position = view.getPosition()
      if (position !== null) host.caretAt(sync.projection.toSource(model.getOffsetAt(position)))
    })
  })

  const unsubscribe = host.reveal.subscribe(reveal)
  if (first !== undefined) selectSpan(first)
  reveal()

  return {
    follow(next) {
      const end = sync.follow(next)
      if (undoing && end !== undefined) select(end, end)
      if (end !== undefined) undoing = false
    },
    focus: () => view.focus(),
    mark: (diagnostics) => showMarkers(monaco, model, sync.projection, diagnostics),
    dispose() {
      unsubscribe()
      cancelAnimationFrame(frame)
      cursor.dispose()
      sync.dispose()
      view.dispose()
      model.dispose()
    },
  }
}

interface Keys {
  undo(): void
  redo(): void
  leave(): void
}

/** Undo belongs to the draft; these bindings stand before Monaco's own, in the text only (not in its search box). */
function addKeys(monaco: Monaco, view: editor.IStandaloneCodeEditor, keys: Keys): void {
  const { KeyCode, KeyMod } = monaco
  const inText = 'editorTextFocus'
  view.addAction({
    id: 'deck.undo',
    label: 'Undo',
    keybindings: [KeyMod.CtrlCmd | KeyCode.KeyZ],
    keybindingContext: inText,
    run: keys.undo,
  })
  view.addAction({
    id: 'deck.redo',
    label: 'Redo',
    keybindings: [KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, KeyMod.CtrlCmd | KeyCode.KeyY],
    keybindingContext: inText,
    run: keys.redo,
  })
  view.addAction({
    id: 'deck.leave',
    label: 'Leave the editor',
    keybindings: [KeyCode.Escape],
    keybindingContext: NOTHING_TO_DISMISS,
    run: keys.leave,
  })
}
