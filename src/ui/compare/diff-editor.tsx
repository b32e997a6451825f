import { useEffect, useEffectEvent, useRef } from 'react'
import { SHARED_OPTIONS } from '../source/editor-options.ts'
import type { Monaco } from '../source/monaco-setup.ts'
import { textLanguage } from '../source/text-language.ts'
import type { Sides } from './comparable.ts'
import { countChanges, type DiffCount } from './diff-count.ts'

/** Width in pixels under which the two sides are shown in one column. */
const SIDE_BY_SIDE_FROM = 900

/** Monaco's diff editor on two texts, for reading. */
export function DiffEditor({
  monaco,
  sides,
  originalLabel,
  modifiedLabel,
  onCount,
}: {
  readonly monaco: Monaco
  readonly sides: Sides
  readonly originalLabel: string
  readonly modifiedLabel: string
  onCount(count: DiffCount): void
}) {
  const element = useRef<HTMLDivElement>(null)
  const counted = useEffectEvent(onCount)
  useEffect(() => {
    if (element.current === null) return
    const original = monaco.editor.createModel(sides.original, textLanguage(sides.original))
    const modified = monaco.editor.createModel(sides.modified, textLanguage(sides.modified))
    const view = monaco.editor.createDiffEditor(element.current, {
      ...SHARED_OPTIONS,
      lineNumbersMinChars: 4,
      readOnly: true,
      domReadOnly: true,
      originalEditable: false,
      originalAriaLabel: `Original: ${originalLabel}`,
      modifiedAriaLabel: `Modified: ${modifiedLabel}`,
      useInlineViewWhenSpaceIsLimited: true,
      renderSideBySideInlineBreakpoint: SIDE_BY_SIDE_FROM,
      hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 5 },
      ignoreTrimWhitespace: false,
      renderOverviewRuler: false,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      diffWordWrap: 'on',
    })
    view.setModel({ original, modified })
    // the two labels above do not reach the fields that a screen reader meets, and each layout clears them
    const labelFields = (): void => {
      labelField(view.getOriginalEditor(), `Original: ${originalLabel}`)
      labelField(view.getModifiedEditor(), `Modified: ${modifiedLabel}`)
    }
    labelFields()
    const relabel = [view.getOriginalEditor(), view.getModifiedEditor()].map((editor) =>
      editor.onDidChangeConfiguration(labelFields),
    )
    let revealed = false
    const listener = view.onDidUpdateDiff(() => {
      if (!revealed) view.revealFirstDiff()
      revealed = true
      const count = countChanges(view)
      labelFields()
      if (count !== undefined) counted(count)
    })
    return () => {
      listener.dispose()
      for (const each of relabel) each.dispose()
      view.dispose()
      original.dispose()
      modified.dispose()
    }
  }, [monaco, sides, originalLabel, modifiedLabel])
  return <div ref={element} className="min-h-0 flex-1" />
}

function labelField(editor: { getDomNode(): HTMLElement | null }, label: string): void {
  editor.getDomNode()?.querySelector('textarea')?.setAttribute('aria-label', label)
}
