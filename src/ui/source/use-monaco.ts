import { useCallback, useEffect, useState } from 'react'
import type { Monaco } from './monaco-setup.ts'

type MonacoState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'ready'; readonly monaco: Monaco }

let loading: Promise<Monaco> | undefined

/** One load for the whole page; a failed one is forgotten so that it can be tried again. */
function loadMonaco(): Promise<Monaco> {
  loading ??= import('./monaco-setup.ts').then(
    ({ monaco }) => monaco,
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

/** Monaco, once it has arrived. `wanted: false` loads nothing. */
export function useMonaco(wanted = true): { readonly state: MonacoState; retry(): void } {
  const [state, setState] = useState<MonacoState>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is what runs the effect again
  useEffect(() => {
    if (!wanted) return
    let left = false
    loadMonaco().then(
      (monaco) => left || setState({ kind: 'ready', monaco }),
      (error: unknown) => left || setState({ kind: 'failed', reason: String(error) }),
    )
    return () => {
      left = true
    }
  }, [wanted, attempt])
  const retry = useCallback(() => {
    setState({ kind: 'loading' })
    setAttempt((count) => count + 1)
  }, [])
  return { state, retry }
}
