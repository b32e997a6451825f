import { queryOptions } from '@tanstack/react-query'
import type { KeyReport } from '../core/naming.ts'
import { JsonDocument } from '../core/syntax/json-node.ts'
import type { Draft } from '../workspace/draft.ts'
import type { CassetteView } from '../workspace/view.ts'
import { baseNumber } from './reading.ts'

/** Milliseconds: while somebody types nobody reads the hash. */
const SETTLE = 150

/** The key of what the panels show, and whether the file was named right before it was edited. */
export interface KeyAnswer {
  readonly report: KeyReport | undefined
  readonly wasNamedRight: boolean
}

/** How the recorder would file the request on screen. Nothing where the text is not sound or has no such key. */
export function keyQuery(draft: Draft, view: CassetteView) {
  return queryOptions({
    queryKey: ['key', draft.id, view.revision, draft.name, baseNumber(draft), draft.baseName] as const,
    queryFn: async ({ signal }): Promise<KeyAnswer> => {
      await settled(signal)
      const { document, cassette, sound } = view
      if (document === undefined || cassette === undefined || !sound) return NOTHING
      const { judgeName, reportKey } = await import('../core/naming.ts')
      const report = reportKey(cassette.container, document, draft.name)
      if (report === undefined || report.verdict.kind === 'matches') return { report, wasNamedRight: false }
      const base = JsonDocument.of(draft.base.text)
      // a file that is no JSON has no such name
      const before = base.index.valid ? judgeName(cassette.container, base, draft.baseName) : undefined
      return { report, wasNamedRight: before?.kind === 'matches' }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 2000,
    structuralSharing: false,
    retry: false,
    networkMode: 'always',
  })
}

const NOTHING: KeyAnswer = { report: undefined, wasNamedRight: false }

function settled(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLE)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
