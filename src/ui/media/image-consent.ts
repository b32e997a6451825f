import type { Draft } from '../../workspace/draft.ts'
import { judgeRemote } from '../../workspace/remote.ts'
import { createStore } from '../../workspace/store.ts'
import { useSelect } from '../app/deck.ts'

/** Hosts from which the person lets a cassette load images, for the page's life. */
const allowed = createStore<ReadonlySet<string>>(new Set())

function keyOf(draft: Draft, host: string): string {
  return `${draft.id} ${host}`
}

export type Consent =
  | { readonly kind: 'given' }
  | { readonly kind: 'needed'; give(): void }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * May this image be loaded? Files that the person opened may; what came by link, by URL or as the sample asks
 * once per host, since nobody chose that host, and may never reach into a private network.
 */
export function useImageConsent(draft: Draft, src: string, host: string): Consent {
  const given = useSelect(allowed, (keys) => keys.has(keyOf(draft, host)))
  if (draft.origin.kind === 'file' || draft.origin.kind === 'paste') return { kind: 'given' }
  // an image is never executed: for it http is as good as https, unlike for a cassette
  const verdict = judgeRemote(src.replace(/^http:/i, 'https:'), location.href)
  if (verdict.kind === 'refused') return { kind: 'refused', reason: verdict.reason }
  if (given) return { kind: 'given' }
  return {
    kind: 'needed',
    give: () => allowed.update((keys) => new Set([...keys, keyOf(draft, host)])),
  }
}
