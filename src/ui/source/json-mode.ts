/**
 * JSON for Monaco: colours on this thread, the rest from its JSON worker. Monaco's own `features/json/register`
 * does the same, but pulls in every feature of the editor (156 KiB gzip), and so late that their services are
 * missing ("depends on UNKNOWN service").
 */
import type { Uri } from 'monaco-editor/editor/editor.api'
import * as monaco from 'monaco-editor/editor/editor.api'
import {
  CompletionAdapter,
  DiagnosticsAdapter,
  FoldingRangeAdapter,
  HoverAdapter,
  SelectionRangeAdapter,
} from 'monaco-editor/languages/features/common/lspLanguageFeatures'
import type { DiagnosticsOptions } from 'monaco-editor/languages/features/json/register'
import { createTokenizationSupport } from 'monaco-editor/languages/features/json/tokenization'

const JSON_ID = 'json'

/** Registers the language; `startJsonWorker` is called when a JSON text is opened for the first time. */
export function registerJson(startJsonWorker: () => Worker, settings: DiagnosticsOptions): void {
  const { editor, languages } = monaco
  let client: { readonly worker: ReturnType<typeof editor.createWebWorker>; readonly proxy: Promise<object> }
  const open = (): typeof client => {
    const started = startJsonWorker()
    // the worker's protocol: the first message is thrown away, the second sets it up
    started.postMessage('ignore')
    started.postMessage({ languageId: JSON_ID, languageSettings: settings, enableSchemaRequest: false })
    const worker = editor.createWebWorker({ worker: started })
    return { worker, proxy: worker.getProxy() }
  }
  const language = async (...resources: Uri[]): Promise<object> => {
    client ??= open()
    const proxy = await client.proxy
    await client.worker.withSyncedResources(resources)
    return proxy
  }

  languages.register({ id: JSON_ID })
  languages.setTokensProvider(JSON_ID, createTokenizationSupport(false))
  languages.setLanguageConfiguration(JSON_ID, {
    wordPattern: /(-?\d*\.\d\w*)|([^[{\]}:",\s]+)/g,
    brackets: [
      ['{', '}'],
      ['[', ']'],
    ],
    autoClosingPairs: [
      { open: '{', close: '}', notIn: ['string'] },
      { open: '[', close: ']', notIn: ['string'] },
      { open: '"', close: '"', notIn: ['string'] },
    ],
  })
  // no formatting: re-printing a file is what this app exists to avoid; no colours: "#fff" in a message is none
  languages.registerHoverProvider(JSON_ID, new HoverAdapter(language))
  const completion = new CompletionAdapter(language, [' ', ':', '"'])
  languages.registerCompletionItemProvider(JSON_ID, {
    ...(completion.triggerCharacters && { triggerCharacters: completion.triggerCharacters }),
    async provideCompletionItems(model, ...where) {
      try {
        return await completion.provideCompletionItems(model, ...where)
      } catch (error) {
        // the answer comes from the worker, when the person may already look at another file
        if (model.isDisposed()) return undefined
        throw error
      }
    },
  })
  languages.registerFoldingRangeProvider(JSON_ID, new FoldingRangeAdapter(language))
  languages.registerSelectionRangeProvider(JSON_ID, new SelectionRangeAdapter(language))
  new DiagnosticsAdapter(JSON_ID, language, new monaco.Emitter<unknown>().event)
}
