import type { editor } from 'monaco-editor/editor/editor.api'

/** What the source editor and the comparison have in common. */
export const SHARED_OPTIONS = {
  automaticLayout: true,
  accessibilitySupport: 'auto',
  // a plain textarea: global shortcuts, input methods and test drivers know it as a text field
  editContext: false,
  fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSize: 12,
  lineHeight: 19,
  fontLigatures: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollBeyondLastLine: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  padding: { top: 8, bottom: 8 },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  wordWrap: 'on',
  wrappingIndent: 'same',
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  renderWhitespace: 'selection',
  occurrencesHighlight: 'off',
  bracketPairColorization: { enabled: false },
  guides: { indentation: true, bracketPairs: false },
  stickyScroll: { enabled: false },
  links: false,
  colorDecorators: false,
  lightbulb: { enabled: 'off' as editor.ShowLightbulbIconMode },
  // in a shadow root the menu would have neither our font nor its frame
  useShadowDOM: false,
  // a hover near the edge must not be cut off by the pane
  fixedOverflowWidgets: true,
} as const satisfies editor.IStandaloneEditorConstructionOptions

export const SOURCE_OPTIONS = {
  ...SHARED_OPTIONS,
  folding: true,
  // JSON strings may hold U+2028; it is no line end here and no reason to ask
  unusualLineTerminators: 'off',
  // nothing may enter the text that nobody typed or chose
  trimAutoWhitespace: false,
  formatOnPaste: false,
  formatOnType: false,
  insertSpaces: true,
  tabSize: 2,
  wordBasedSuggestions: 'off',
  quickSuggestions: { strings: false, other: true, comments: false },
  // files dropped on the editor belong to the whole window
  dropIntoEditor: { enabled: false },
  dragAndDrop: false,
} as const satisfies editor.IStandaloneEditorConstructionOptions
