import { useState } from 'react'
import type { LookUpCandidate, Offer } from '../../core/lookup/answer.ts'
import { Button } from '../widgets/button.tsx'
import { nameOfPath } from '../widgets/path-words.ts'
import { DifferenceRow } from './difference-row.tsx'
import { STOP } from './stops.ts'

/** Differences that are shown before somebody asks for more. */
const FEW = 6

const OFFERS: Readonly<Record<Offer['kind'], string>> = {
  rename: 'Rename to match',
  edit: 'Edit to match',
  copy: 'Copy and edit to match',
}

/** A recording that may have been meant: what differs, and what can be done about it. */
export function CandidateRow({
  candidate,
  isBest,
  onOpen,
  onCompare,
  onApply,
}: {
  readonly candidate: LookUpCandidate
  /** What can be done about the others is folded away. */
  readonly isBest: boolean
  onOpen(): void
  onCompare: (() => void) | undefined
  onApply(offer: Offer): Promise<string | undefined>
}) {
  const { path, because, compared, differences, harmless, certain, offers, unhashed } = candidate
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? differences : differences.slice(0, FEW)
  const name = nameOfPath(path)
  return (
    <li data-testid="lookup-candidate" className="grid min-w-0 gap-1.5 border-t py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <button
          type="button"
          {...STOP}
          onClick={onOpen}
          title={`Open ${path}`}
          className="recorded min-h-6 max-w-full min-w-0 truncate text-left underline-offset-2 hover:underline pointer-coarse:min-h-10"
        >
          <span className="text-ink-3">{path.slice(0, path.length - name.length)}</span>
          {name}
        </button>
        <span className="text-sm text-ink-3">{because.join(' · ')}</span>
        {onCompare && (
          <Button className="-my-1 ml-auto" onClick={onCompare}>
            Compare
          </Button>
        )}
      </div>
      {compared && (
        <p className="text-ink-2">
          {differences.length === 0
            ? `Nothing that ${unhashed ? 'was said' : 'is hashed'} differs.`
            : differences.length === 1
              ? 'One difference.'
              : `${differences.length} differences.`}
          {certain && differences.length > 0 && ' That is all: with it the hash is reproduced.'}
        </p>
      )}
      {shown.length > 0 && (
        <ul
          aria-label={`What differs from ${name}`}
          className="grid min-w-0 border-l pl-3 [&>li+li]:border-t"
        >
          {shown.map((difference) => (
            <DifferenceRow key={`${difference.pointer} ${difference.kind}`} difference={difference} />
          ))}
        </ul>
      )}
      {differences.length > shown.length && (
        <Button className="justify-self-start" onClick={() => setWhole(true)}>
          {differences.length - shown.length} more differences
        </Button>
      )}
      {harmless.length > 0 && (
        <details className="text-ink-3">
          <summary className="min-h-6 cursor-default">
            {harmless.length === 1
              ? 'One difference that does not matter'
              : `${harmless.length} differences that do not matter`}
          </summary>
          <ul className="grid gap-0.5 pl-4">
            {harmless.map((sentence) => (
              <li key={sentence} className="break-words">
                {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
      {isBest ? (
        <Offers offers={offers} onApply={onApply} />
      ) : (
        offers.length > 0 && (
          <details>
            <summary className="min-h-6 cursor-default text-ink-3">Make it match</summary>
            <Offers offers={offers} onApply={onApply} />
          </details>
        )
      )}
    </li>
  )
}

function Offers({
  offers,
  onApply,
}: {
  readonly offers: readonly Offer[]
  onApply(offer: Offer): Promise<string | undefined>
}) {
  if (offers.length === 0) return null
  return (
    <div className="grid min-w-0 gap-1.5 py-1">
      {offers.map((offer) => (
        <OfferLine key={`${offer.kind} ${offer.to}`} offer={offer} onApply={onApply} />
      ))}
    </div>
  )
}

function OfferLine({
  offer,
  onApply,
}: {
  readonly offer: Offer
  onApply(offer: Offer): Promise<string | undefined>
}) {
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open')
  const [refusal, setRefusal] = useState<string>()
  const apply = async (): Promise<void> => {
    setState('busy')
    const reason = await onApply(offer).catch((error: unknown) =>
      error instanceof Error ? error.message : 'This could not be done.',
    )
    setRefusal(reason)
    setState(reason === undefined ? 'done' : 'open')
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <Button
        tone="outline"
        className="sm:w-44"
        data-testid="lookup-offer"
        disabled={state !== 'open'}
        onClick={() => void apply()}
      >
        {OFFERS[offer.kind]}
      </Button>
      <span className="min-w-0 flex-1 break-words text-ink-2 max-sm:basis-full" title={offer.to}>
        {state === 'done' ? 'Done. It can be undone in the recording.' : offer.sentence}
      </span>
      {refusal !== undefined && (
        <p role="alert" className="w-full text-error">
          {refusal}
        </p>
      )}
    </div>
  )
}
