import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Change, Draft, Outcome } from '../../workspace/draft.ts'
import type { Store } from '../../workspace/store.ts'
import type { CassetteView } from '../../workspace/view.ts'
import type { Monaco } from './monaco-setup.ts'
import { type OpenEditor, openEditor, type Span } from './open-editor.ts'
import { showText } from './shown-text.ts'
import { textLanguage } from './text-language.ts'
import { UNPACKED } from './unpacked-draft.ts'

export interface SourceProps {
  readonly draft: Draft
  readonly view: CassetteView | undefined
  readonly reveal: Store<Span | undefined>
  onCommit(change: Change): Outcome
  onUndo(): void
  onRedo(): void
  onSelect?: ((offset: number) => void) | undefined
}

/** Monaco on a draft, in the layout that is asked for. */
export function SourceEditor({
  monaco,
  formatted,
  draft,
  view,
  reveal,
  ...on
}: SourceProps & { readonly monaco: Monaco; readonly formatted: boolean }) {
  const element = useRef<HTMLDivElement>(null)
  const footer = useRef<HTMLParagraphElement>(null)
  const place = useRef<Span>(undefined)
  const focused = useRef(false)
  const [open, setOpen] = useState<OpenEditor>()
  const [refusal, setRefusal] = useState<string>()
  const [readOnly, setReadOnly] = useState<string>()
  /** Grows when the model no longer fits the text and a new one is needed. */
  const [generation, setGeneration] = useState(0)
  const schema = useSchema(view)
  // once known it stays, whatever state typing leaves the text in
  const [language] = useState(() => textLanguage(draft.text))

  const begin = useEffectEvent((parent: HTMLElement): OpenEditor => {
    const shown = showText(draft.text, formatted, draft.base.bytes ? UNPACKED : undefined)
    setReadOnly(shown.readOnly)
    setRefusal(undefined)
    return openEditor(monaco, parent, draft, shown, language, schema, place.current, {
      reveal,
      commit: (change) => {
        const outcome = commit(change)
        if (outcome.ok) setRefusal(undefined)
        return outcome
      },
      undo: () => undo(),
      redo: () => redo(),
      refused: setRefusal,
      lost: () => setGeneration((count) => count + 1),
      caretAt: (offset) => {
        place.current = { start: offset, end: offset }
        select(offset)
      },
      revealed: (span) => {
        place.current = span
      },
      leave: () => footer.current?.focus(),
    })
  })
  const commit = useEffectEvent(on.onCommit)
  const undo = useEffectEvent(on.onUndo)
  const redo = useEffectEvent(on.onRedo)
  const select = useEffectEvent((offset: number) => on.onSelect?.(offset))

  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these needs an editor of its own
  useEffect(() => {
    if (element.current === null) return
    const parent = element.current
    const opened = begin(parent)
    if (focused.current) opened.focus()
    setOpen(opened)
    return () => {
      focused.current = parent.contains(document.activeElement)
      opened.dispose()
    }
  }, [monaco, draft.id, formatted, generation, schema, reveal])

  useEffect(() => open?.follow(draft), [open, draft])
  useEffect(() => {
    // offsets of an older text would underline something else
    if (view?.revision === draft.revision && !draft.base.bytes) open?.mark(view.diagnostics)
  }, [open, view, draft.revision, draft.base.bytes])

  return (
    <>
      {readOnly && <Note text={readOnly} />}
      {refusal && <Note text={`Taken back. ${refusal}`} />}
      <div ref={element} className="min-h-0 flex-1" />
      <p
        ref={footer}
        tabIndex={-1}
        className="shrink-0 border-t px-5 py-0.5 text-right text-xs text-ink-3 max-md:hidden"
      >
        Esc leaves the editor
      </p>
    </>
  )
}

function Note({ text }: { readonly text: string }) {
  return (
    <p role="status" className="shrink-0 border-b bg-sunk px-5 py-1 text-sm text-ink-2 max-md:px-4">
      {text}
    </p>
  )
}

/** Which schema the file has; once known it stays, whatever state typing leaves the text in. */
function useSchema(view: CassetteView | undefined): 'llama-stack' | undefined {
  const known = view?.cassette?.container === 'llama-stack-json'
  const [schema, setSchema] = useState<'llama-stack'>()
  if (known && schema === undefined) setSchema('llama-stack')
  return schema
}
