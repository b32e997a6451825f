import { type ReactNode, useId, useRef, useState } from 'react'
import { looksLikeDiff } from '../../core/review/git-diff.ts'
import { parseGitHubUrl } from '../../core/review/github-url.ts'
import type { ReviewSource } from '../../workspace/review-port.ts'
import type { TreeSource } from '../../workspace/tree.ts'
import { Button } from '../widgets/button.tsx'
import { Input, Refusal } from '../widgets/field.tsx'
import { TokenField } from './github-token.tsx'
import { LinkedChangeQuestion } from './linked-change.tsx'
import { hasToken, rememberToken } from './open-reviews.ts'
import { readDiff } from './read-diff.ts'
import { type FileSources, TreeField } from './tree-field.tsx'

/** Where the change comes from: GitHub, a diff, or two folders. */
export function ReviewStart({
  browser,
  base,
  linked,
  lost,
  onSource,
}: {
  readonly browser: FileSources
  /** The folder that is open, which a diff may be about. */
  readonly base: readonly TreeSource[] | undefined
  /** A change on GitHub that a link names. */
  readonly linked: string | undefined
  /** What was reviewed before the page was reloaded. */
  readonly lost: string | undefined
  onSource(source: ReviewSource): void
}) {
  return (
    <section aria-label="Review" className="hairline-scroll overflow-y-auto bg-pane">
      <div className="mx-auto grid max-w-[720px] gap-7 px-4 py-8">
        {linked !== undefined && (
          <LinkedChangeQuestion url={linked} onLoad={() => onSource({ kind: 'github', url: linked })} />
        )}
        {lost !== undefined && (
          <p role="status" className="break-words">
            {lost} was reviewed here before the page was reloaded. A page cannot open files again by itself:
            give them once more below. What was marked as viewed is still marked.
          </p>
        )}
        <p className="text-ink-2">
          Which recordings does a change touch, and what does it change about them? The files are compared
          here, in this browser.
        </p>
        <FromGitHub onSource={onSource} />
        <FromDiff base={base} onSource={onSource} />
        <FromTrees browser={browser} onSource={onSource} />
      </div>
    </section>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid gap-2 border-t pt-3">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function FromGitHub({ onSource }: { onSource(source: ReviewSource): void }) {
  const id = useId()
  const [url, setUrl] = useState('')
  const [token, setToken] = useState('')
  const [problem, setProblem] = useState<string>()
  return (
    <Part title="On GitHub">
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          const change = parseGitHubUrl(url)
          if (change === undefined) setProblem('This is no URL of a pull request, a commit or a comparison.')
          else if ('problem' in change) setProblem(change.problem)
          else {
            if (token.trim() !== '') rememberToken(token.trim())
            onSource({ kind: 'github', url: url.trim() })
          }
        }}
      >
        <div className="grid gap-0.5 text-sm text-ink-2">
          <label htmlFor={id}>URL of a pull request, a commit or a comparison</label>
          <Input
            id={id}
            type="text"
            inputMode="url"
            required
            placeholder="https://github.com/owner/repo/pull/123"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            className="recorded w-full"
          />
        </div>
        <div className="flex flex-wrap items-end gap-2">
          <TokenField value={token} onChange={setToken} />
          <Button tone="main" type="submit">
            Review
          </Button>
        </div>
        {hasToken() && <p className="text-sm text-ink-3">The token that was given before is used.</p>}
        <Refusal reason={problem} />
      </form>
    </Part>
  )
}

function FromDiff({
  base,
  onSource,
}: {
  readonly base: readonly TreeSource[] | undefined
  onSource(source: ReviewSource): void
}) {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const take = (name: string, text: string): void => {
    if (looksLikeDiff(text)) onSource({ kind: 'diff', name, text, ...(base && { base }) })
    else if (text.trim() === '') {
      setProblem(
        `${name} is empty: the command wrote nothing, or there is no difference between the two sides.`,
      )
    } else setProblem(`${name} is no git diff: it needs lines like "diff --git a/file b/file".`)
  }
  const open = base?.map(({ name }) => name).join(', ')
  return (
    <Part title="A git diff">
      <p className="text-sm text-ink-2">
        From git diff, git show or git format-patch, or the .diff of a pull request.{' '}
        {open === undefined
          ? 'With the folder open that it applies to, both versions are seen whole; without it, the changed lines are judged.'
          : `It is applied to ${open}, as it was before the change or after it.`}
      </p>
      <textarea
        aria-label="Text of a diff"
        placeholder="Paste a diff, or drop the file here"
        rows={3}
        spellCheck={false}
        value=""
        onChange={(event) => take('Pasted diff', event.currentTarget.value)}
        onDrop={(event) => {
          const [file] = event.dataTransfer.files
          if (file === undefined) return
          event.preventDefault()
          event.stopPropagation()
          void readDiff(file).then((text) => take(file.name, text))
        }}
        className="recorded w-full rounded-md border border-dashed border-line-2 bg-pane px-2 py-1.5"
      />
      <div>
        <Button tone="outline" onClick={() => input.current?.click()}>
          Choose a diff
        </Button>
        <input
          ref={input}
          hidden
          type="file"
          aria-label="Diff to review"
          tabIndex={-1}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            currentTarget.value = ''
            if (file) void readDiff(file).then((text) => take(file.name, text))
          }}
        />
      </div>
      <Refusal reason={problem} />
    </Part>
  )
}

function FromTrees({
  browser,
  onSource,
}: {
  readonly browser: FileSources
  onSource(source: ReviewSource): void
}) {
  const [before, setBefore] = useState<readonly TreeSource[]>([])
  const [after, setAfter] = useState<readonly TreeSource[]>([])
  return (
    <Part title="Two folders or archives">
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TreeField label="Before" value={before} browser={browser} onChange={setBefore} />
        <TreeField label="After" value={after} browser={browser} onChange={setAfter} />
      </div>
      <div>
        <Button
          tone="main"
          disabled={before.length === 0 || after.length === 0}
          onClick={() => onSource({ kind: 'trees', before, after })}
        >
          Review the change
        </Button>
      </div>
    </Part>
  )
}
