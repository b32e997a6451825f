import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Numbers, Totals } from '../../core/library/numbers.ts'
import { numbersQuery } from '../../queries/library.ts'
import type { Library } from '../../workspace/library.ts'
import { sizeWords, testWords } from '../library/entry-words.ts'
import { Histogram } from './histogram.tsx'
import { ShareBars } from './share-bars.tsx'

/** What the folder, or what the query finds of it, adds up to. Every bar leads to the list of what it counts. */
export function NumbersPage({
  library,
  query,
  onQuery,
  onOpen,
}: {
  readonly library: Library
  readonly query: string
  /** Shows the list of what a query finds. */
  onQuery(query: string): void
  onOpen(path: string): void
}) {
  const { data, error } = useQuery({ ...numbersQuery(library, query), placeholderData: keepPreviousData })
  if (data === undefined) {
    return (
      <p role="status" className="p-8 text-ink-3">
        {error ? `The numbers could not be made: ${error.message}` : 'Counting…'}
      </p>
    )
  }
  return (
    <section aria-label="Numbers" className="hairline-scroll min-h-0 overflow-y-auto bg-pane">
      <div className="mx-auto grid max-w-[1200px] gap-6 px-5 py-4">
        {query !== '' && (
          <p className="flex flex-wrap gap-2 text-ink-2">
            Of what this finds: <span className="recorded">{query}</span>
            <button type="button" className="underline underline-offset-2" onClick={() => onQuery(query)}>
              Show the list
            </button>
          </p>
        )}
        <TotalsLine totals={data.totals} />
        <Distributions numbers={data} onQuery={onQuery} />
        <div className="grid grid-cols-3 gap-6 max-md:grid-cols-1">
          <Histogram title="Size" bars={data.sizes} onQuery={onQuery} />
          <Histogram title="Chunks" bars={data.chunks} onQuery={onQuery} />
          <Histogram
            title="Age"
            bars={data.age.bars}
            onQuery={onQuery}
            note={
              data.age.by === 'recorded'
                ? 'When the calls were made, as the recordings say.'
                : 'When the files were changed: the recordings do not say when they were made.'
            }
          />
        </div>
        <Largest numbers={data} onOpen={onOpen} />
      </div>
    </section>
  )
}

function TotalsLine({ totals }: { readonly totals: Totals }) {
  const facts: readonly (readonly [string, string])[] = [
    ['recordings', totals.recordings.toLocaleString('en')],
    ['calls', totals.calls.toLocaleString('en')],
    ['size', sizeWords(totals.bytes)],
    ['chunks', totals.chunks.toLocaleString('en')],
    ['tests', totals.tests.toLocaleString('en')],
    ['with tool calls', totals.withToolCalls.toLocaleString('en')],
    ['with images', totals.withImages.toLocaleString('en')],
    ...tokensOf(totals),
    ...(totals.problems > 0 ? [['with a problem', totals.problems.toLocaleString('en')] as const] : []),
  ]
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 border-b pb-4">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-sm text-ink-3">{name}</dt>
          <dd className="text-lg font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Nothing where no recording says any; where some do not, that is said. */
function tokensOf({
  withTokens,
  recordings,
  inputTokens,
  outputTokens,
}: Totals): readonly (readonly [string, string])[] {
  if (withTokens === 0) return []
  const name = withTokens < recordings ? 'tokens in · out, where recorded' : 'tokens in · out'
  return [[name, `${inputTokens.toLocaleString('en')} · ${outputTokens.toLocaleString('en')}`]]
}

function Distributions({ numbers, onQuery }: { readonly numbers: Numbers; onQuery(query: string): void }) {
  return (
    <div className="grid grid-cols-3 gap-x-8 gap-y-6 max-lg:grid-cols-2 max-md:grid-cols-1">
      <ShareBars title="Outcome" shares={numbers.outcomes} onQuery={onQuery} />
      <ShareBars title="Provider" shares={numbers.providers} onQuery={onQuery} />
      <ShareBars title="Model" shares={numbers.models} onQuery={onQuery} />
      <ShareBars title="Endpoint" shares={numbers.endpoints} onQuery={onQuery} />
      <ShareBars title="Finish reason" shares={numbers.finishes} onQuery={onQuery} />
      <ShareBars title="Tool called" shares={numbers.tools} onQuery={onQuery} />
      <ShareBars title="Has" shares={numbers.features} onQuery={onQuery} />
      <ShareBars title="Format" shares={numbers.containers} onQuery={onQuery} />
      <ShareBars title="Dialect" shares={numbers.dialects} onQuery={onQuery} />
      <ShareBars title="Test" shares={numbers.tests} onQuery={onQuery} words={testWords} />
      <ShareBars title="Folder" shares={numbers.folders} onQuery={onQuery} />
    </div>
  )
}

function Largest({ numbers, onOpen }: { readonly numbers: Numbers; onOpen(path: string): void }) {
  if (numbers.largest.length === 0) return null
  return (
    <section aria-label="Largest files" className="min-w-0">
      <h2 className="pb-1 text-xs font-[550] text-ink-2">Largest files</h2>
      <ol>
        {numbers.largest.map(({ path, size }) => (
          <li key={path}>
            <button
              type="button"
              onClick={() => onOpen(path)}
              className="flex min-h-6 w-full items-center gap-4 rounded px-1 text-left hover:bg-sunk pointer-coarse:min-h-10"
            >
              <span className="w-16 shrink-0 text-right text-ink-2 tabular-nums">{sizeWords(size)}</span>
              <span className="recorded min-w-0 truncate">{path}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
