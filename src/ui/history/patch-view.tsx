import { useMemo, useState } from 'react'
import { gitPatch } from '../../core/exports/git-patch.ts'
import type { Decoded } from '../../core/file-text.ts'
import type { Draft } from '../../workspace/draft.ts'
import { useStores } from '../app/deck.ts'
import { notify } from '../app/notices.ts'
import { Button } from '../widgets/button.tsx'

/** Lines drawn at once, and more each time they are asked for. */
const LINES = 500
/** Characters of a line that are drawn; the patch itself has them all. */
const LINE_LENGTH = 2000

/** The change as git shows and takes it. */
export function PatchView({ draft }: { readonly draft: Draft }) {
  const { browser } = useStores()
  const { base, baseName, name, text } = draft
  const patch = useMemo(
    () =>
      gitPatch({
        oldName: baseName,
        newName: name,
        before: asFile(base, base.text),
        after: asFile(base, text),
      }),
    [base, baseName, name, text],
  )
  const copy = async (): Promise<void> => {
    if (await browser.copyText(patch)) notify('Copied the patch.')
    else notify('The browser did not allow copying. Download the patch instead.', 'error')
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PatchText patch={patch} />
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-t pt-3">
        <Button tone="outline" onClick={() => void copy()}>
          Copy patch
        </Button>
        <Button
          tone="outline"
          onClick={() => browser.download(`${name}.patch`, new TextEncoder().encode(patch))}
        >
          Download .patch
        </Button>
        <span className="text-sm text-ink-3">
          for <code className="recorded">git apply</code>, in the folder of the file
        </span>
      </div>
    </div>
  )
}

/** A byte order mark is no part of a draft's text, but of the file that git sees. */
function asFile({ bom }: Decoded, text: string): string {
  return bom ? `\ufeff${text}` : text
}

function PatchText({ patch }: { readonly patch: string }) {
  const lines = useMemo(() => patch.replace(/\n$/, '').split('\n'), [patch])
  const [shown, setShown] = useState(LINES)
  const more = Math.min(LINES * 4, lines.length - shown)
  return (
    <section
      aria-label="Patch"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those without a pointer
      tabIndex={0}
      className="hairline-scroll min-h-0 flex-1 overflow-auto pb-2"
    >
      <pre className="recorded w-max min-w-full leading-[18px]" data-testid="patch">
        {lines.slice(0, shown).map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never change their places
          <span key={at} className={toneOf(line, lines[at - 1])}>
            {line.length > LINE_LENGTH
              ? `${line.slice(0, LINE_LENGTH)}… (${line.length.toLocaleString('en')} characters)`
              : line}
            {'\n'}
          </span>
        ))}
      </pre>
      {more > 0 && (
        <Button tone="outline" onClick={() => setShown(shown + more)} className="mt-2">
          Show {more.toLocaleString('en')} more of {lines.length.toLocaleString('en')} lines
        </Button>
      )}
    </section>
  )
}

/** By the sign that is there to be read as well. */
function toneOf(line: string, before: string | undefined): string {
  const isHead = /^(?:diff --git |similarity index |rename (?:from|to) )/.test(line)
  const isFile = line.startsWith('--- ') && !/^[-+ \\]/.test(before ?? '')
  if (isHead || isFile || (line.startsWith('+++ ') && before?.startsWith('--- '))) return 'text-ink-3'
  if (line.startsWith('@@')) return 'text-reasoning'
  if (line.startsWith('+')) return 'text-stop'
  if (line.startsWith('-')) return 'text-error'
  return line.startsWith('\\') ? 'text-ink-3' : 'text-ink-2'
}
