import { lazy, Suspense } from 'react'
import { useSelect, useStores } from './deck.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import type { Opener } from './use-opener.ts'

/** Fetches the dialogs; also called ahead of need, so that a later deployment cannot take them away. */
export const loadDialogs = () => import('./dialogs.tsx')

const Dialogs = lazy(async () => ({ default: (await loadDialogs()).Dialogs }))

/** Whatever lies over the page. A defect here must not take the cassette with it. */
export function DialogLayer({ opener }: { readonly opener: Opener }) {
  const { overlay } = useStores()
  const shown = useSelect(overlay, (value) => value)
  if (shown === undefined) return null
  return (
    <div className="fixed inset-x-0 bottom-0 z-50">
      <ErrorBoundary name="Dialog" onRetry={() => overlay.set(undefined)}>
        <Suspense>
          <Dialogs overlay={shown} opener={opener} />
        </Suspense>
      </ErrorBoundary>
    </div>
  )
}
