/**
 * The only place that knows how Monaco is put together: by parts (`import 'monaco-editor'` would ship 3.2 MB),
 * from this origin, under a CSP without eval. Loaded through `use-monaco.ts`, never statically.
 */
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/diffEditor/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/gotoLine/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/lineSelection/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/longLinesHelper/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/readOnlyMessage/register'
import 'monaco-editor/features/smartSelect/register'
import 'monaco-editor/features/snippet/register'
// `features/suggest/register` alone brings suggestions inside the line, not the list of them
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/wordOperations/register'
// colours only; the reader of core says what is wrong
import 'monaco-editor/languages/definitions/yaml/register'
import * as monaco from 'monaco-editor/editor/editor.api'
import editorWorkerUrl from 'monaco-editor/editor/editor.worker?worker&url'
import jsonWorkerUrl from 'monaco-editor/language/json/json.worker?worker&url'
import { startWorker } from '../../platform/trusted-worker.ts'
import { registerJson } from './json-mode.ts'
import { LLAMA_STACK_FILES, LLAMA_STACK_SCHEMA } from './llama-stack-schema.ts'
import { followTheme } from './monaco-theme.ts'
import './monaco.css'

self.MonacoEnvironment = {
  getWorker: () => startWorker(editorWorkerUrl),
}

registerJson(() => startWorker(jsonWorkerUrl), {
  validate: true,
  allowComments: false,
  comments: 'error',
  trailingCommas: 'error',
  enableSchemaRequest: false,
  schemaValidation: 'warning',
  schemas: [
    {
      uri: 'cassette-deck://schemas/llama-stack.json',
      fileMatch: [LLAMA_STACK_FILES],
      schema: LLAMA_STACK_SCHEMA,
    },
  ],
})
followTheme(monaco)
// measured before the web font is there, every caret would stand beside its character
void document.fonts.load('12px "JetBrains Mono Variable"').then(() => monaco.editor.remeasureFonts())

export { monaco }
export type Monaco = typeof monaco
