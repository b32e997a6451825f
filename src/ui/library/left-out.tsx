import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { VList } from 'virtua'
import type { Library } from '../../workspace/library.ts'

const LINE = 22

/** Beneath the list, in one quiet line: the files that are not in it, each kind with the list of its paths behind it. */
export function LeftOut({ library: { progress, others, gone } }: { readonly library: Library }) {
  const [shown, setShown] = useState<'others' | 'gone'>()
  const skipped = progress.skipped ?? 0
  if (skipped === 0 && gone.length === 0) return null
  const toggle = (which: 'others' | 'gone') => () => setShown(shown === which ? undefined : which)
  return (
    <section
      aria-label="Files that are not in the list"
      className="shrink-0 border-t px-4 text-sm text-ink-3"
    >
      <div className="flex flex-wrap gap-x-4">
        {gone.length > 0 && (
          <Disclosure open={shown === 'gone'} onToggle={toggle('gone')}>
            {gone.length.toLocaleString('en')} {gone.length === 1 ? 'file is' : 'files are'} gone
          </Disclosure>
        )}
        {skipped > 0 && (
          <Disclosure open={shown === 'others'} onToggle={toggle('others')}>
            {skipped.toLocaleString('en')} other {skipped === 1 ? 'file' : 'files'}
          </Disclosure>
        )}
      </div>
      {shown === 'gone' && gone.length > 0 && (
        <Paths
          label="Files that are gone"
          about="They were here before the folder was looked at again. What is open of them stays open as it is."
          paths={gone}
        />
      )}
      {shown === 'others' && skipped > 0 && (
        <Paths
          label="Other files"
          about={`None of them is called like a recording (json, yaml, har, txt, httprr, jsonl, sse).${others.length > 0 && others.length < skipped ? ` These are the first ${others.length.toLocaleString('en')}.` : ''}`}
          paths={others}
        />
      )}
    </section>
  )
}

function Disclosure({
  open,
  onToggle,
  children,
}: {
  readonly open: boolean
  onToggle(): void
  readonly children: React.ReactNode
}) {
  const Icon = open ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      className="flex min-h-7 items-center gap-1 tabular-nums hover:text-ink pointer-coarse:min-h-10"
    >
      <Icon aria-hidden="true" size={13} />
      <span>{children}</span>
    </button>
  )
}

function Paths({
  label,
  about,
  paths,
}: {
  readonly label: string
  readonly about: string
  readonly paths: readonly string[]
}) {
  return (
    <div className="pb-2">
      <p className="pb-1">{about}</p>
      {paths.length > 0 && (
        <VList
          data={paths as string[]} // virtua asks for a list that it never writes to
          itemSize={LINE}
          role="group"
          aria-label={label}
          tabIndex={0}
          className="hairline-scroll"
          style={{ height: `min(${paths.length * LINE}px, 30vh)` }}
        >
          {(path) => (
            <p key={path} title={path} className="recorded truncate text-xs leading-[22px]">
              {path}
            </p>
          )}
        </VList>
      )}
    </div>
  )
}
