/** Modules that monaco-editor exports without types; only what is used here. */
declare module 'monaco-editor/languages/features/common/lspLanguageFeatures' {
  import type { IEvent, languages, Uri } from 'monaco-editor/editor/editor.api'

  type WorkerAccessor = (...resources: Uri[]) => Promise<object>

  export const HoverAdapter: new (worker: WorkerAccessor) => languages.HoverProvider
  export const FoldingRangeAdapter: new (worker: WorkerAccessor) => languages.FoldingRangeProvider
  export const SelectionRangeAdapter: new (worker: WorkerAccessor) => languages.SelectionRangeProvider
  export const CompletionAdapter: new (
    worker: WorkerAccessor,
    triggers: string[],
  ) => languages.CompletionItemProvider
  export const DiagnosticsAdapter: new (
    languageId: string,
    worker: WorkerAccessor,
    configChanged: IEvent<unknown>,
  ) => { dispose(): void }
}

declare module 'monaco-editor/languages/features/json/tokenization' {
  import type { languages } from 'monaco-editor/editor/editor.api'

  export function createTokenizationSupport(withComments: boolean): languages.TokensProvider
}

declare module 'monaco-editor/editor/contrib/suggest/browser/suggestController'
