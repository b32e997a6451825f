import { useMemo } from 'react'
import type { Conversation } from '../../core/cassette/conversation.ts'
import { useDeck } from '../app/deck.ts'
import { type Analysis, barsOf, MOST_PAIRED, MOST_PLOTTED, type Pair } from './analyse.ts'
import { decodeVector } from './decode-vector.ts'
import { PlanePlot } from './plane-plot.tsx'
import { useAnalysis } from './use-analysis.ts'
import { VectorStrip } from './vector-strip.tsx'

/** What the embeddings of an answer are: how many, how long, and which are near each other. */
export function EmbeddingsView() {
  const { document, interaction } = useDeck()
  const { vectors } = interaction.stream
  const progress = useAnalysis(document, vectors)
  const inputs = useMemo(() => inputsOf(interaction.conversation), [interaction.conversation])
  const known = inputs.length === vectors.length ? inputs : []
  const count = vectors.length
  return (
    <section aria-label="Embeddings" data-testid="embeddings" className="mb-4 grid min-w-0 gap-3">
      <h3 className="font-[550]">
        {count.toLocaleString('en')} {count === 1 ? 'embedding' : 'embeddings'}
        {progress.kind === 'done' && progress.analysis && <Facts analysis={progress.analysis} />}
      </h3>
      {progress.kind === 'working' && (
        <p role="status" className="text-sm text-ink-3">
          Comparing the vectors…
        </p>
      )}
      {progress.kind === 'done' && progress.analysis === undefined && (
        <p className="text-ink-2">None of them can be read as numbers.</p>
      )}
      {progress.kind === 'done' && progress.analysis && <Shape analysis={progress.analysis} inputs={known} />}
    </section>
  )
}

function Facts({ analysis }: { readonly analysis: Analysis }) {
  const { dimensions, norms, left } = analysis
  const range =
    formatted(norms.least) === formatted(norms.most)
      ? `norm ${formatted(norms.least)}`
      : `norms ${formatted(norms.least)} to ${formatted(norms.most)}`
  return (
    <span className="font-normal text-ink-2">
      {' '}
      · {dimensions.toLocaleString('en')} dimensions · {range}
      {left > 0 && ` · ${left} left out: unreadable, or of another length`}
    </span>
  )
}

function formatted(number: number): string {
  return number.toLocaleString('en', { maximumSignificantDigits: 4 })
}

function Shape({ analysis, inputs }: { readonly analysis: Analysis; readonly inputs: readonly string[] }) {
  const { count, points, shown, pairs } = analysis
  if (points.length < 2) return <OneVector at={points[0]?.at ?? 0} input={inputs[0]} />
  const nameOf = (at: number): string => inputs[at] ?? `embedding ${at + 1}`
  const sampled = count > MOST_PLOTTED ? ` ${MOST_PLOTTED.toLocaleString('en')} of them are drawn.` : ''
  return (
    <>
      <figure className="grid gap-1.5">
        <PlanePlot points={points} nameOf={nameOf} />
        <figcaption className="max-w-[64ch] text-sm text-ink-3">
          Each as a point, on the two directions in which they differ most; these show{' '}
          {Math.round(shown * 100)} % of the differences.{sampled}
        </figcaption>
      </figure>
      <NearestPairs pairs={pairs} nameOf={nameOf} sampled={count > MOST_PAIRED} />
    </>
  )
}

function NearestPairs({
  pairs,
  nameOf,
  sampled,
}: {
  readonly pairs: readonly Pair[]
  readonly nameOf: (at: number) => string
  readonly sampled: boolean
}) {
  if (pairs.length === 0) return null
  return (
    <div className="grid gap-1">
      <h4 className="text-xs font-[550] text-ink-2">
        Nearest pairs, by cosine
        {sampled && ` (of ${MOST_PAIRED.toLocaleString('en')} that were compared)`}
      </h4>
      <ol className="grid max-w-[64ch] gap-1">
        {pairs.map(({ one, other, cosine }) => (
          <li key={`${one} ${other}`} className="grid grid-cols-[56px_minmax(0,1fr)] items-baseline gap-2">
            <span className="recorded tabular-nums">{cosine.toFixed(4)}</span>
            <span className="min-w-0 text-ink-2">
              <Named at={one} name={nameOf(one)} /> <Named at={other} name={nameOf(other)} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Named({ at, name }: { readonly at: number; readonly name: string }) {
  return (
    <span className="block truncate" title={name.slice(0, 1000)}>
      <span className="recorded mr-1.5 inline-block min-w-5 text-right text-ink-3">{at + 1}</span>
      {name.slice(0, 200)}
    </span>
  )
}

/** Bars that fit beside each other and can still be told apart. */
const BARS = 96

function OneVector({ at, input }: { readonly at: number; readonly input: string | undefined }) {
  const { document, interaction } = useDeck()
  const node = interaction.stream.vectors[at]?.node
  const bars = useMemo(() => {
    const vector = node === undefined ? undefined : decodeVector(document.node(node))
    return vector && barsOf(vector, BARS)
  }, [document, node])
  if (bars === undefined) return null
  return (
    <figure className="grid gap-1.5">
      <VectorStrip bars={bars} />
      <figcaption className="max-w-[64ch] truncate text-sm text-ink-3">
        Its numbers from first to last{input && `: ${input.slice(0, 200)}`}
      </figcaption>
    </figure>
  )
}

/** What was embedded, in words, in the order in which it was asked. */
function inputsOf({ messages }: Conversation): readonly string[] {
  return messages.map(({ parts }) =>
    parts
      .map((part) => (part.kind === 'text' ? part.text.value : part.kind))
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}
