import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Health } from '../../core/library/health.ts'
import { healthQuery } from '../../queries/library.ts'
import type { Library } from '../../workspace/library.ts'
import { Button } from '../widgets/button.tsx'
import { Findings, PathList } from './findings.tsx'

/** What is wrong with the folder as a whole. It reads every file once more, so it waits until it is asked to. */
export function HealthPage({
  library,
  onOpen,
  onCompare,
}: {
  readonly library: Library
  onOpen(path: string): void
  onCompare(one: string, other: string): void
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
  return <Report health={data} onOpen={onOpen} onCompare={onCompare} />
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
}: {
  readonly health: Health
  onOpen(path: string): void
  onCompare(one: string, other: string): void
}) {
  const nothing = stale.length + duplicates.length + mergeable.length + problems.length === 0
  return (
    <section aria-label="Check" className="hairline-scroll min-h-0 overflow-y-auto bg-pane">
      <div className="mx-auto grid max-w-[1000px] gap-6 px-5 py-4">
        <p className="text-ink-2">
          {checked.toLocaleString('en')} recordings were checked.
          {nothing && ' Nothing is wrong with them: every name fits, and no two say the same.'}
        </p>
        <Findings
          title="Names that no longer fit"
          lead="The recorder looks a request up by the name of its file. Under these names it finds nothing, or something else."
          items={stale}
          keyOf={({ path }) => path}
          kindOf={({ verdict }) => (verdict.kind === 'older-rule' ? verdict.rule : verdict.kind)}
        >
          {({ path, because }) => (
            <>
              <PathList paths={[path]} onOpen={onOpen} />
              <p className="text-ink-2">{because}</p>
            </>
          )}
        </Findings>
        <Findings
          title="Duplicates"
          lead="They differ only in ids, times and padding. One of each is enough, unless tests look them up under different names."
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
          lead="One question of one test, recorded several times. The request changes in a way that the recorder does not see through."
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
          items={problems}
          keyOf={({ path }) => path}
          kindOf={({ code }) => code}
        >
          {({ path, message }) => (
            <>
              <p className="recorded break-all">{path}</p>
              <p className="text-ink-2">{message}</p>
            </>
          )}
        </Findings>
      </div>
    </section>
  )
}
