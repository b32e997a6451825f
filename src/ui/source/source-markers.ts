import type { editor } from 'monaco-editor/editor/editor.api'
import type { Diagnostic, Severity } from '../../core/cassette/diagnostic.ts'
import type { Projection } from '../../core/syntax/json-format.ts'
import type { Monaco } from './monaco-setup.ts'

const OWNER = 'cassette-deck'

/** Underlines what the reader found, where it says where. */
export function showMarkers(
  monaco: Monaco,
  model: editor.ITextModel,
  projection: Projection,
  diagnostics: readonly Diagnostic[],
): void {
  const severities: Readonly<Record<Severity, number>> = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  }
  const markers = diagnostics.flatMap(({ span, severity, message, advice }) => {
    if (span === undefined) return []
    const from = model.getPositionAt(projection.toView(span.start))
    const to = model.getPositionAt(projection.toView(span.end))
    const marker: editor.IMarkerData = {
      severity: severities[severity],
      message: advice === undefined ? message : `${message} ${advice}`,
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    }
    return [marker]
  })
  monaco.editor.setModelMarkers(model, OWNER, markers)
}
