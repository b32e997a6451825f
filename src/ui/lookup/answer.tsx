import { useState } from 'react'
import type { LookUp, LookUpCandidate, Offer } from '../../core/lookup/answer.ts'
import { Button } from '../widgets/button.tsx'
import { CandidateRow } from './candidate-row.tsx'
import { STOP } from './stops.ts'

/** Recordings of a test that are listed before somebody asks for more. */
const FEW = 12

export interface AnswerProps {
  readonly answer: LookUp
  onOpen(path: string): void
  onCompare(candidate: LookUpCandidate, asked: string): void
  onApply(offer: Offer): Promise<string | undefined>
}

/** What was understood of a paste, where it is, and what comes near. */
export function Answer({ answer, onOpen, onCompare, onApply }: AnswerProps) {
  const { understood, exact, candidates, alike, recordingsOfTest, notes, asked, nothing } = answer
  return (
    <div className="grid min-w-0 gap-4">
      {understood.length > 0 && (
        <ul aria-label="Understood" className="flex min-w-0 flex-wrap gap-1.5">
          {understood.map((words) => (
            <li
              key={words}
              className="recorded max-w-full truncate rounded border px-1.5 text-sm leading-6 text-ink-2"
              title={words}
            >
              {words}
            </li>
          ))}
        </ul>
      )}
      {notes.map((note) => (
        <p key={note} data-testid="lookup-note" className="break-words text-ink-2">
          {note}
        </p>
      ))}
      {exact.length > 0 && (
        <ul aria-label="Found" className="grid min-w-0">
          {exact.map(({ path, sentences }) => (
            <li key={path} data-testid="lookup-exact" className="grid min-w-0 gap-0.5 border-t py-2">
              <PathButton path={path} onOpen={onOpen} />
              {sentences.map((sentence) => (
                <p key={sentence} className="break-words text-ink-2">
                  {sentence}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      {nothing !== undefined && <p className="text-ink-2">{nothing}</p>}
      {candidates.length > 0 && (
        <section aria-label="Nearest recordings" className="grid min-w-0 gap-1">
          <h2 className="font-semibold">
            {exact.length > 0 ? 'Others that come near' : 'Nearest recordings'}
          </h2>
          <ul className="min-w-0">
            {candidates.map((candidate, at) => (
              <CandidateRow
                key={candidate.path}
                candidate={candidate}
                isBest={at === 0 && exact.length === 0}
                onOpen={() => onOpen(candidate.path)}
                onCompare={asked === undefined ? undefined : () => onCompare(candidate, asked)}
                onApply={onApply}
              />
            ))}
          </ul>
        </section>
      )}
      {alike.length > 0 && <Alike candidates={alike} asked={asked} onOpen={onOpen} onCompare={onCompare} />}
      {recordingsOfTest.length > 0 && <OfTest paths={recordingsOfTest} onOpen={onOpen} />}
    </div>
  )
}

/** No answers: what little they have in common, for who wants to look. */
function Alike({
  candidates,
  asked,
  onOpen,
  onCompare,
}: Pick<AnswerProps, 'onOpen' | 'onCompare'> & {
  readonly candidates: readonly LookUpCandidate[]
  readonly asked: string | undefined
}) {
  return (
    <section aria-label="Weakly alike" className="grid min-w-0 gap-1">
      <h2 className="font-semibold">Weakly alike</h2>
      <ul className="min-w-0">
        {candidates.map((candidate) => (
          <li
            key={candidate.path}
            data-testid="lookup-alike"
            className="flex min-w-0 flex-wrap items-center gap-x-3 border-t py-1"
          >
            <PathButton path={candidate.path} onOpen={onOpen} />
            <span className="text-sm text-ink-3">{candidate.because.join(' · ')}</span>
            {asked !== undefined && (
              <Button className="ml-auto" onClick={() => onCompare(candidate, asked)}>
                Compare
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function OfTest({ paths, onOpen }: { readonly paths: readonly string[]; onOpen(path: string): void }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? paths : paths.slice(0, FEW)
  return (
    <section aria-label="Recordings of this test" className="grid min-w-0 gap-1">
      <h2 className="flex items-baseline gap-2 font-semibold">
        Recordings of this test
        <span className="font-normal text-ink-3 tabular-nums">{paths.length.toLocaleString('en')}</span>
      </h2>
      <ul className="min-w-0">
        {shown.map((path) => (
          <li key={path} className="min-w-0">
            <PathButton path={path} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {paths.length > shown.length && (
        <Button className="justify-self-start" onClick={() => setWhole(true)}>
          {(paths.length - shown.length).toLocaleString('en')} more
        </Button>
      )}
    </section>
  )
}

function PathButton({ path, onOpen }: { readonly path: string; onOpen(path: string): void }) {
  return (
    <button
      type="button"
      {...STOP}
      onClick={() => onOpen(path)}
      title={`Open ${path}`}
      className="recorded min-h-6 max-w-full truncate text-left underline-offset-2 hover:underline pointer-coarse:min-h-10"
    >
      {path}
    </button>
  )
}
