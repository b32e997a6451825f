import type { editor } from 'monaco-editor/editor/editor.api'
import type { Monaco } from './monaco-setup.ts'

/** The tokens of app.css that the editor needs; Monaco takes hex only, no custom properties. */
interface Palette {
  readonly pane: string
  readonly sunk: string
  readonly line: string
  readonly line2: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly tape: string
  readonly reasoning: string
  readonly tool: string
  readonly stop: string
  readonly error: string
}

const LIGHT: Palette = {
  pane: '#ffffff',
  sunk: '#f4f2ee',
  line: '#e8e4dd',
  line2: '#d8d3ca',
  ink: '#1d1b18',
  ink2: '#5f5a52',
  ink3: '#6f695f',
  tape: '#d9480f',
  reasoning: '#6f52b5',
  tool: '#1f66b3',
  stop: '#2b7a43',
  error: '#b8322a',
}

const DARK: Palette = {
  pane: '#181715',
  sunk: '#201e1b',
  line: '#292724',
  line2: '#3a3733',
  ink: '#ece8e1',
  ink2: '#aaa397',
  ink3: '#948d81',
  tape: '#ff8344',
  reasoning: '#b39cf0',
  tool: '#74b0f4',
  stop: '#74c48c',
  error: '#f08a80',
}

const NAMES = { light: 'deck-light', dark: 'deck-dark' } as const

function themeOf(base: 'vs' | 'vs-dark', palette: Palette): editor.IStandaloneThemeData {
  const { pane, sunk, line, line2, ink, ink2, ink3, tape, reasoning, tool, stop, error } = palette
  const rule = (token: string, color: string): editor.ITokenThemeRule => ({
    token,
    foreground: color.slice(1),
  })
  return {
    base,
    inherit: true,
    // what was said is read most: values in ink, their keys step back
    rules: [
      rule('', ink),
      rule('string.key.json', ink2),
      rule('string.value.json', ink),
      rule('number', reasoning),
      rule('number.json', reasoning),
      rule('keyword.json', tool),
      rule('delimiter', ink3),
      rule('comment', ink2),
      rule('type.yaml', ink2),
      rule('string.yaml', ink),
      rule('number.yaml', reasoning),
      rule('keyword.yaml', tool),
      rule('tag.yaml', tool),
      rule('operators.yaml', ink3),
      rule('operators.directivesEnd.yaml', ink3),
    ],
    colors: {
      'editor.background': pane,
      'editor.foreground': ink,
      'editorGutter.background': pane,
      'editorLineNumber.foreground': ink3,
      'editorLineNumber.activeForeground': ink,
      'editorCursor.foreground': ink,
      'editor.lineHighlightBackground': `${sunk}99`,
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `${tape}3d`,
      'editor.inactiveSelectionBackground': `${tape}29`,
      'editor.selectionHighlightBackground': `${tape}1f`,
      'editor.findMatchBackground': `${tape}66`,
      'editor.findMatchHighlightBackground': `${tape}33`,
      'editor.rangeHighlightBackground': `${tape}14`,
      'editor.hoverHighlightBackground': `${tape}14`,
      'editorBracketMatch.background': `${tape}29`,
      'editorBracketMatch.border': '#00000000',
      'editorBracketHighlight.foreground1': ink3,
      'editorBracketHighlight.foreground2': ink3,
      'editorBracketHighlight.foreground3': ink3,
      'editorIndentGuide.background1': line,
      'editorIndentGuide.activeBackground1': line2,
      'editorWhitespace.foreground': line2,
      'editorError.foreground': error,
      'editorWarning.foreground': tape,
      'editorInfo.foreground': tool,
      'editorWidget.background': pane,
      'editorWidget.foreground': ink,
      'editorWidget.border': line2,
      'editorHoverWidget.background': pane,
      'editorHoverWidget.border': line2,
      'editorSuggestWidget.background': pane,
      'editorSuggestWidget.border': line2,
      'editorSuggestWidget.foreground': ink,
      'editorSuggestWidget.selectedBackground': sunk,
      'editorSuggestWidget.selectedForeground': ink,
      'editorSuggestWidget.highlightForeground': tool,
      'editorSuggestWidget.focusHighlightForeground': tool,
      'input.background': pane,
      'input.foreground': ink,
      'input.border': line2,
      'menu.background': pane,
      'menu.foreground': ink,
      'menu.border': line2,
      'menu.selectionBackground': sunk,
      'menu.selectionForeground': ink,
      'menu.separatorBackground': line,
      'quickInput.background': pane,
      'quickInput.foreground': ink,
      'quickInputList.focusBackground': sunk,
      'quickInputList.focusForeground': ink,
      'list.hoverBackground': sunk,
      'list.highlightForeground': tool,
      'editorMarkerNavigation.background': pane,
      'textLink.foreground': tool,
      'textLink.activeForeground': tool,
      focusBorder: tape,
      'widget.shadow': '#00000029',
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${line2}b3`,
      'scrollbarSlider.hoverBackground': line2,
      'scrollbarSlider.activeBackground': line2,
      'diffEditor.insertedTextBackground': `${stop}40`,
      'diffEditor.insertedLineBackground': `${stop}1a`,
      'diffEditor.removedTextBackground': `${error}40`,
      'diffEditor.removedLineBackground': `${error}1a`,
      'diffEditor.border': line,
      'diffEditor.diagonalFill': line,
      'diffEditor.unchangedRegionBackground': sunk,
      'diffEditor.unchangedRegionForeground': ink2,
      'diffEditor.unchangedRegionShadow': '#00000000',
    },
  }
}

/** Themes are global in Monaco: one observer for the life of the page. */
export function followTheme(monaco: Monaco): void {
  monaco.editor.defineTheme(NAMES.light, themeOf('vs', LIGHT))
  monaco.editor.defineTheme(NAMES.dark, themeOf('vs-dark', DARK))
  const root = document.documentElement
  const apply = (): void => monaco.editor.setTheme(NAMES[root.dataset.theme === 'dark' ? 'dark' : 'light'])
  apply()
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme'] })
}
