import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { useState } from 'react'
import type { NameVerdict } from '../../core/containers/container.ts'
import type { KeyReport } from '../../core/naming.ts'
import { type KeyAnswer, keyQuery } from '../../queries/key.ts'
import { useDeck } from '../app/deck.ts'
import { Button } from '../widgets/button.tsx'
import { CopyButton } from '../widgets/copy-button.tsx'
import { Refusal } from '../widgets/field.tsx'
import { Section } from './row.tsx'

function useKey(): KeyAnswer | undefined {
  const { draft, view } = useDeck()
  const { data } = useQuery({ ...keyQuery(draft, view), placeholderData: keepPreviousData })
  return data
}

/** Stays in sight while the request is no longer what its file is named after. */
export function KeyNotice() {
  const data = useKey()
  if (!data?.wasNamedRight || data.report === undefined) return null
  return (
    <section aria-label="Request hash" className="shrink-0 border-b bg-tape-wash px-5 py-2 max-md:px-4">
      <p>The request has changed: the recorder no longer finds it under this file's name.</p>
      <FollowUp report={data.report} />
    </section>
  )
}

/** The hash by which the recorder finds this file again, and whether the file is named so. */
export function KeySection() {
  const { draft } = useDeck()
  const data = useKey()
  if (data?.report === undefined) return null
  const { report, wasNamedRight } = data
  const { key, verdict } = report
  return (
    <Section title="Key">
      {key && (
        <div className="flex min-w-0 items-start gap-1">
          <span data-testid="request-hash" className="recorded min-w-0 truncate" title={key.hash}>
            {key.hash}
          </span>
          <CopyButton text={key.hash} label="request hash" className="-my-0.5 shrink-0" />
        </div>
      )}
      <p data-testid="key-verdict" className="flex items-start gap-1.5 wrap-anywhere text-ink-2">
        {verdict.kind === 'matches' && <Check aria-hidden size={14} className="mt-[3px] text-stop" />}
        {sentenceOf(verdict, draft.name, wasNamedRight)}
      </p>
      {verdict.kind !== 'matches' && key && !wasNamedRight && <FollowUp report={report} />}
      {key && <Canonical text={key.canonical} />}
    </Section>
  )
}

function sentenceOf(verdict: NameVerdict, name: string, wasNamedRight: boolean): string {
  switch (verdict.kind) {
    case 'matches':
      return 'The file is named after this request.'
    case 'older-rule':
    case 'not-computable':
      return verdict.because
    case 'other-models':
      return 'The recorder finds this list of models, but its name was made for another list.'
    case 'other-request':
      return wasNamedRight
        ? `The request has changed: under its name, ${name}, the recorder looks for what it was before.`
        : `${name} is the name of another request: the recorder does not find this one under it.`
    case 'not-a-hash':
      return 'The file is not named after a request; the recorder would not find it.'
    default:
      return verdict satisfies never
  }
}

/** The name and the ids that follow from the request: a step of its own, never done unasked. */
function FollowUp({ report }: { readonly report: KeyReport }) {
  const { edit, editable, view } = useDeck()
  const [refusal, setRefusal] = useState<string>()
  const { key, otherIds } = report
  if (key === undefined) return null
  const ids = otherIds === 0 ? '' : ` and rewrite ${otherIds} ${otherIds === 1 ? 'id' : 'ids'}`
  const follow = async (): Promise<void> => {
    const { followKey } = await import('../../core/naming.ts')
    const container = view.cassette?.container ?? ''
    setRefusal(
      edit(
        `Rename${ids} after the request`,
        (document) => followKey(container, document)?.edits ?? [],
        key.fileName,
      ),
    )
  }
  return (
    <div className="mt-1.5 grid justify-items-start gap-1">
      <Button
        tone="outline"
        disabled={!editable}
        onClick={() => void follow()}
        className="h-auto! min-h-7 max-w-full py-1 whitespace-normal! pointer-coarse:min-h-10"
      >
        Rename{ids} after the request
      </Button>
      <p className="recorded text-xs break-all text-ink-3">{key.fileName}</p>
      <Refusal reason={refusal} />
    </div>
  )
}

/** Longer ones hold images; nobody reads them. */
const SHOWN_CANONICAL = 20_000

/** What is hashed, for those who look for the one field that differs. */
function Canonical({ text }: { readonly text: string }) {
  const [shown, setShown] = useState(false)
  return (
    <div className="mt-1">
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="text-sm text-ink-3 underline decoration-line-2 underline-offset-3 hover:text-ink pointer-coarse:min-h-10"
      >
        {shown ? 'Hide what is hashed' : 'What is hashed'}
      </button>
      {shown && (
        <div className="flex items-start gap-1">
          <p
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            tabIndex={0}
            className="recorded hairline-scroll max-h-60 min-w-0 overflow-y-auto text-xs whitespace-pre-wrap wrap-anywhere text-ink-2"
          >
            {text.slice(0, SHOWN_CANONICAL)}
            {text.length > SHOWN_CANONICAL && '…'}
          </p>
          <CopyButton text={text} label="what is hashed" />
        </div>
      )}
    </div>
  )
}
