import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Health } from '../../core/library/health.ts'
import { healthQuery } from '../../queries/library.ts'
import type { Library } from '../../workspace/library.ts'
import { Button } from '../widgets/button.tsx'
import { Findings, PathList } from './findings.tsx'
import { StaleNames, type StaleNamesProps } from './stale-names.tsx'

/** What is wrong with the folder as a whole. It reads every file once more, so it waits until it is asked to. */
export function HealthPage({
  library,
  onOpen,
  onCompare,
  onRename,
}: Pick<StaleNamesProps, 'onOpen' | 'onCompare' | 'onRename'> & {
  readonly library: Library
}) {
  const [progress, setProgress] = useState<{ readonly done: number; readonly all: number }>()
  const { data, error, refetch, isFetching } = useQuery({
    ...healthQuery(library, (done, all) => setProgress({ done, all })),
    // for as long as the folder is read there is no whole to speak of
    enabled: library.status !== 'reading',
  })
  if (library.status === 'reading') return <Waiting words="Waiting until the folder has been read…" />
  if (error) {
    return (
      <div role="alert" className="grid justify-items-start gap-3 p-8">
        <p>The check did not get through: {error.message}</p>
        <Button tone="outline" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    )
  }
  if (data === undefined || isFetching) {
    const share = progress && `${progress.done.toLocaleString('en')} of ${progress.all.toLocaleString('en')}`
    return <Waiting words={`Reading the requests and their names… ${share ?? ''}`} />
  }
  return <Report health={data} onOpen={onOpen} onCompare={onCompare} onRename={onRename} />
}

function Waiting({ words }: { readonly words: string }) {
  return (
    <p role="status" className="p-8 text-ink-3 tabular-nums">
      {words}
    </p>
  )
}

function Report({
  health: { stale, duplicates, mergeable, problems, checked },
  onOpen,
  onCompare,
  onRename,
}: Pick<StaleNamesProps, 'onOpen' | 'onCompare' | 'onRename'> & { readonly health: Health }) {
  const nothing = stale.length + duplicates.length + mergeable.length + problems.length === 0
  return (
    <section aria-label="Check" className="hairline-scroll min-h-0 overflow-y-auto bg-pane">
      <div className="mx-auto grid max-w-[1000px] gap-6 px-5 py-4">
        <p className="text-ink-2">
          {checked.toLocaleString('en')} recordings were checked.
          {nothing && ' Nothing is wrong with them: every name fits, and no two say the same.'}
        </p>
        <StaleNames stale={stale} onOpen={onOpen} onCompare={onCompare} onRename={onRename} />
        <Findings
          title="Duplicates"
          lead="They ask and answer the same, and differ only in ids, times, padding and the cutting into chunks. One of each is enough, unless tests look them up under different names."
          items={duplicates}
          keyOf={({ paths }) => paths.join('\n')}
        >
          {({ paths, why }) => (
            <>
              <p className="text-ink-2">{why}</p>
              <PathList paths={paths} onOpen={onOpen} onCompare={onCompare} />
            </>
          )}
        </Findings>
        <Findings
          title="Groups that should be one"
          lead="One question of one test, recorded several times: the request changes in a way that the recorder does not see through. One of each would do."
          items={mergeable}
          keyOf={({ paths }) => paths.join('\n')}
        >
          {({ paths, why, test }) => (
            <>
              {test && <p className="recorded break-all">{test}</p>}
              <p className="text-ink-2">{why}</p>
              <PathList paths={paths} onOpen={onOpen} onCompare={onCompare} />
            </>
          )}
        </Findings>
        <Findings
          title="Files that are no recordings"
          lead="They were left out of everything else."
          items={[...byMessage(problems)]}
          count={problems.length}
          keyOf={([message]) => message}
        >
          {([message, paths]) => (
            <>
              <p className="text-ink-2">
                {message}
                {paths.length > 1 && (
                  <span className="ml-2 text-ink-3 tabular-nums">{paths.length.toLocaleString('en')}</span>
                )}
              </p>
              <PathList paths={paths} />
            </>
          )}
        </Findings>
      </div>
    </section>
  )
}

/** What is wrong with many files is said once. */
function byMessage(problems: Health['problems']): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const { path, message } of problems) {
    const group = groups.get(message)
    if (group === undefined) groups.set(message, [path])
    else group.push(path)
  }
  return new Map([...groups].toSorted(([, a], [, b]) => b.length - a.length))
}
