import { nameOfChange, parseGitHubUrl } from '../../core/review/github-url.ts'
import { Button } from '../widgets/button.tsx'

/** A link names a change: whose servers are asked is said, and agreed to, before anything is asked. */
export function LinkedChangeQuestion({ url, onLoad }: { readonly url: string; onLoad(): void }) {
  const change = parseGitHubUrl(url)
  if (change === undefined || 'problem' in change) {
    return (
      <p role="alert" className="break-words text-error">
        This link names no change that can be reviewed: {url}. {change?.problem}
      </p>
    )
  }
  return (
    <section aria-label="Linked change" className="grid gap-2">
      <h2 className="font-semibold">Load {nameOfChange(change)} from api.github.com?</h2>
      <p className="text-ink-2">
        The change and its files are fetched from api.github.com and raw.githubusercontent.com, without
        cookies and without saying where you come from. GitHub sees your address, as for any page you visit.
      </p>
      <p className="recorded break-all text-ink-3">{url}</p>
      <div>
        <Button tone="main" autoFocus onClick={onLoad}>
          Load from api.github.com
        </Button>
      </div>
    </section>
  )
}
