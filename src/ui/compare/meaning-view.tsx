import { memo } from 'react'
import type { CallMeaning, Meaning, Noise } from '../../core/compare/meaning.ts'
import { AnswerSections } from './answer-sections.tsx'
import { CompareSection, counted } from './compare-section.tsx'
import { RequestSections } from './request-sections.tsx'
import { DIFFERENCE } from './use-difference-keys.ts'

/** Calls that are shown one by one; a file of thousands has the same ones folded anyway. */
const MOST_CALLS = 200

/** All that differs between two recordings, call by call, by what it means; what means nothing folds away. */
export const MeaningView = memo(function MeaningView({ meaning }: { readonly meaning: Meaning }) {
  const { calls, noise } = meaning
  const several = calls.length > 1
  const differing = calls.filter(({ weight }) => weight !== 'noise')
  const same = calls.length - differing.length
  const shown = several ? differing.slice(0, MOST_CALLS) : calls
  return (
    <div className="grid gap-5 p-4">
      {shown.map((call) => (
        <Call key={`${call.before} ${call.after}`} call={call} several={several} />
      ))}
      {differing.length > MOST_CALLS && (
        <p className="text-ink-2">{counted(differing.length - MOST_CALLS, 'more call')} with differences.</p>
      )}
      {several && same > 0 && (
        <p className="text-ink-2">
          {same === 1
            ? '1 call asks and answers the same.'
            : `${counted(same, 'call')} ask and answer the same.`}
        </p>
      )}
      {noise && <NoiseSection noise={noise} />}
    </div>
  )
})

function Call({ call, several }: { readonly call: CallMeaning; readonly several: boolean }) {
  const { request, answer, before, after, reasons } = call
  const title = several && (
    <h2 className="font-[550]">
      Call {(after ?? before ?? 0) + 1}
      {before !== undefined && after !== undefined && before !== after && (
        <span className="font-normal text-ink-3"> (was call {before + 1})</span>
      )}
    </h2>
  )
  if (request === undefined || answer === undefined) {
    return (
      <article className="grid gap-1">
        {title}
        <p {...DIFFERENCE} className="[overflow-wrap:anywhere] first-letter:uppercase">
          {reasons.map(({ sentence }) => sentence).join('; ')}
        </p>
      </article>
    )
  }
  return (
    <article className="grid gap-2">
      {title}
      <AnswerSections answer={answer} />
      <RequestSections request={request} />
    </article>
  )
}

function NoiseSection({ noise: { groups, count, spelling } }: { readonly noise: Noise }) {
  const written = [
    spelling.keyOrder && 'Keys come in another order.',
    spelling.escapes && 'Characters are escaped otherwise.',
    spelling.whiteSpace && 'White space differs.',
  ].filter((line) => line !== false)
  if (count === 0 && written.length === 0) return null
  const title =
    count === 0 ? 'Only written otherwise' : `${counted(count, 'difference')} in ids, times and padding`
  return (
    <div className="border-t pt-3">
      <CompareSection title={title} differences={0} same="means nothing">
        <ul className="list-disc pl-4 text-ink-2">
          {groups.map(({ name, count: many, fields, known }) => (
            <li key={name} className="[overflow-wrap:anywhere]">
              {counted(many, 'difference')} in {name}
              {fields.length > 0 && <span className="recorded text-ink-3"> {fields.join(', ')}</span>}
              {!known && ' (nobody reads these)'}
            </li>
          ))}
          {written.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </CompareSection>
    </div>
  )
}
